"""Offline forms in LibreOffice: choices, locks and answers are there after it saved them, and come back as they were.

Councils that have no Excel fill the forms in with LibreOffice. Where it is not installed these tests say so by name.
"""

import io
import shutil
import subprocess

import openpyxl
import pytest

from audit_app import sheets
from audit_app.audits.kinds.given import Given
from audit_app.audits.offline import reading
from audit_app.library import asking
from audit_app.library.routes_showing import at_full_length
from audit_app.library.sets import offline
from audit_app.library.sets.workbook import blank_workbook
from frameworks.kinds import answered as kinds
from tests.audit_app.library.own_sets.test_tools_as_printed import COME_IN, lists_of, read

FORMATS = ("xlsx", "ods")
SAW = "Seen in the record – “as agreed”, on 3/4.\nSecond line"
HOW_FILLED = {"date": "27 March 2026", "number": "1,234.5", "words": "=Not a formula"}


def filled(data, questions):
    """The form as somebody fills it in: the last answer offered in each row, and words with quotes and new lines."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page, rows = book[offline.QUESTIONS], {row.key: row for row in offline.rows_of(questions)}
    for number in range(2, page.max_row + 1):
        row = rows[page.cell(number, offline.KEY + 1).value]
        for column in (offline.ANSWER, offline.SAW):
            assert not page.cell(number, column + 1).protection.locked
        assert page.cell(number, offline.KEY + 1).protection.locked
        cell = page.cell(number, offline.ANSWER + 1)
        cell.value, cell.data_type = _answer(questions, row), "s"
        page.cell(number, offline.SAW + 1).value = SAW
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _answer(questions, row):
    if row.choices:
        return row.choices[-1]
    key, _, part = row.key.partition(offline.MARK)
    if part or "/" not in key:
        return "Words"
    question = questions.question(key)
    if kinds.answered_with(question) == "points":
        return "; ".join(point.name for point in questions.scale_for(question).points)
    return HOW_FILLED[kinds.answered_with(question)]


def expected(questions, question):
    """What is then answered, worked out from the question alone."""
    scale = questions.scale_for(question)
    match kinds.answered_with(question):
        case "point":
            offered = asking.choices_of(questions, question)
            named = next((point.code for point in scale.points if point.name == offered[-1]), "not_applicable")
            given = {"code": named, "given": "", "text": SAW}
        case "points":
            given = {"given": ",".join(point.code for point in scale.points), "code": "", "text": SAW}
        case "date":
            given = {"given": "2026-03-27", "code": "", "text": SAW}
        case "number":
            given = {"given": "1234.5", "code": "", "text": SAW}
        case _:
            given = {"text": f"=Not a formula\n{SAW}"}
    if question.second:
        given["second"] = questions.scale(question.second.scale).as_offered[-1].code
    if question.asks_evidence:
        given["evidence"] = " ".join(f"Words {SAW}".split())
    return given


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    """Each tool's set, its blank form, and its filled form as LibreOffice saved it, in both formats."""
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed: no offline form was tried in LibreOffice")
    folder = tmp_path_factory.mktemp("forms")
    sets = {name: at_full_length(read(name).own) for name in COME_IN}
    for name, questions in sets.items():
        (folder / f"{name}.xlsx").write_bytes(filled(blank_workbook(questions, "Version 1"), questions))
    for ending in FORMATS:
        home = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", str(folder / ending)]
        made = subprocess.run([*command, *map(str, sorted(folder.glob("*.xlsx")))], capture_output=True, check=False)
        assert made.returncode == 0, made.stderr
    return {name: (questions, folder) for name, questions in sets.items()}


@pytest.mark.proof("LibreOffice opens and saves each form: half a minute for every format")
@pytest.mark.parametrize("name", COME_IN)
def test_a_filled_form_comes_back_from_libreoffice_with_the_same_answers(forms, name):
    questions, folder = forms[name]
    for ending in FORMATS:
        data = (folder / ending / f"{name}.{ending}").read_bytes()
        rows, faults = reading.rows_in(sheets.read_book(data, f"{name}.{ending}"), questions.fingerprint)
        assert faults == ()
        brought = reading.read(questions, rows)
        assert brought.faults == []
        wanted = {question.key: expected(questions, question) for question in questions.questions}
        given = {key: Given(**columns) for key, columns in brought.answers.items()}
        assert given == {key: Given(**columns) for key, columns in wanted.items()}
        graded = {domain.id for domain in questions.domains if domain.graded and questions.domain_scale}
        assert {key for key, columns in brought.domains.items() if columns.get("grade")} == graded
        assert set(brought.whole) >= set(offline.CLOSING)


@pytest.mark.proof("LibreOffice opens and saves each form: half a minute for every format")
@pytest.mark.parametrize("name", COME_IN)
def test_choices_and_locks_are_still_there_after_libreoffice_saved(forms, name):
    questions, folder = forms[name]
    data = (folder / "xlsx" / f"{name}.xlsx").read_bytes()
    offered = {row.key: list(row.choices) for row in offline.rows_of(questions) if row.choices}
    assert lists_of(data) == offered
    page = openpyxl.load_workbook(io.BytesIO(data))[offline.QUESTIONS]
    assert page.protection.sheet
    for number in range(2, page.max_row + 1):
        locked = [page.cell(number, column + 1).protection.locked for column in range(len(offline.HEADINGS))]
        assert [at for at, is_locked in enumerate(locked) if not is_locked] == [offline.ANSWER, offline.SAW]
        assert not page.row_dimensions[number].hidden
