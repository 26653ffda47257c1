"""Tools as councils print them come in as they are meant, go out and come in the same, and have their forms.

The files are small inputs made after councils' own tools; where they are not at hand these tests are skipped by name.
"""

import io
import json
import os
from pathlib import Path

import openpyxl
import pytest

from audit_app.library import asking
from audit_app.library.own_sets import files, matching, workbook
from audit_app.library.own_sets.sheet import numbering, scales
from audit_app.library.own_sets.sheet.cells import Line, Reading
from audit_app.library.own_sets.sheet.columns import QUESTIONS, SCALES
from audit_app.library.routes_showing import at_full_length
from audit_app.library.sets.pdf import Note, blank_form
from audit_app.library.sets.workbook import blank_workbook
from audit_app.sheets import Book, Page
from audit_app.sheets.confined import whole_workbook
from audit_app.sheets.guard import tidy, unguard
from frameworks.kinds import answered as kinds
from frameworks.own_sets import own_set, scale_order
from frameworks.schema import Point
from tests.builders_library import areas_of, make_document
from tests.chosen import one_in

FOLDER = Path(os.environ.get("AUDIT_TEST_DOCUMENTS", "../shared")) / "cases"
HEADS = {head.key: head for head in SCALES.heads}
# How many questions each asks, and something that must be true of it.
COME_IN = {
    "D01-section11-mended": 10, "D02-carer-checklist-as-printed": 9, "D02-carer-checklist-mended": 9,
    "D03-file-monitoring-as-typed": 8, "D03-file-monitoring-mended": 8, "D04-supervision-as-typed": 5,
    "D04-supervision-mended": 5, "D07-rag-priority": 6, "D08-early-help-as-typed": 6,
    "D10-levels-with-descriptors": 2, "D11-plan-checklist-quotes": 5, "D12-pages-by-plan": 7,
    "D14-scales-0-10-commas": 5, "D14-scales-0-10-mended": 5, "I04-stray-blanks": 6, "I20-separators": 5,
    "L-D01-section11-mended-libreoffice": 10, "L-D12-pages-by-plan-libreoffice": 7,
}  # fmt: skip
REFUSED = {
    "D09-three-records": "use a dip sample",
    "D16-45-items-in-core": "The core has 46 questions; 40 is the most.",
}


def book_of(data):
    """The sheets of a workbook, read as the confined child reads them, in this process: a child for each is slow."""
    header = json.dumps({"filename": "set.xlsx", "rows": 5_000, "columns": 60, "names": []}).encode()
    reply = json.loads(whole_workbook.answer(header + b"\n" + data))
    assert "refused" not in reply, reply
    pages = [
        Page(
            page["title"],
            tuple((row, tuple(tidy(unguard(cell)) for cell in cells)) for row, cells in page["rows"] if any(cells)),
        )
        for page in reply["sheets"]
    ]
    return Book("set.xlsx", "0" * 64, tuple(pages))


def read(name):
    path = FOLDER / f"{name}.xlsx"
    if not path.exists():
        pytest.skip(f"{path} is not at hand: this tool was not tried")
    return files.from_book(book_of(path.read_bytes()))


def lists_of(offline):
    """The answers that each row of the offline form offers, by the row's key."""
    book = openpyxl.load_workbook(io.BytesIO(offline))
    page, choices = book["Questions"], book["Choices"]
    offered = {}
    for rule in page.data_validations.dataValidation:
        cells = choices[rule.formula1.partition("!")[2].replace("$", "")]
        for cell in str(rule.sqref).split():
            offered[page.cell(page[cell].row, 7).value] = [each[0].value for each in cells]
    return offered


@pytest.mark.parametrize(
    ("name", "count"), one_in(3, COME_IN.items(), "the tools differ in what is typed, hardly in what reads it")
)
def test_a_tool_comes_in_goes_round_and_has_its_forms(name, count):
    file = read(name)
    assert file.faults == ()
    own = file.own
    assert len(own.asked) == count
    again = files.from_book(book_of(workbook.exported(own)))
    assert (again.faults, again.own, again.asked) == ((), own, ())
    questions = at_full_length(own)
    assert blank_form(questions, Note("Greenhaven", "Version 1")).startswith(b"%PDF")
    offered = lists_of(blank_workbook(questions, "Version 1"))
    for question in questions.questions:
        if kinds.answered_with(question) == "point":
            assert offered[question.key] == asking.choices_of(questions, question)


@pytest.mark.parametrize("name", ["D01-section11-as-typed", "I07-number-1.10"])
def test_a_tenth_number_is_no_first_one_again(name):
    file = read(name)
    assert file.faults == ()
    numbers = [question.number for _, question in asking.every(file.own)]
    assert numbers == [f"1.{place}" for place in range(1, 11)]
    assert any("read as 1.10" in note for note in file.notes) is name.startswith("D01")


def test_only_the_number_that_must_follow_gets_its_nought_back():
    def read_as(*numbers):
        reading, heads = Reading(), {head.key: head for head in QUESTIONS.heads}
        lines = [
            Line("Questions", row, {"number": number, "domain": "a"}, heads) for row, number in enumerate(numbers, 2)
        ]
        return [line.cells["number"] for line in numbering.as_typed(lines, reading)]

    assert read_as("1.8", "1.9", "1.1")[-1] == "1.1"  # no first 1.1 above it: nothing says that this is the tenth
    assert read_as("1.1", "1.19", "1.2", "1.2") == ["1.1", "1.19", "1.2", "1.2"]
    assert read_as("1.1", "1.2", "1.19", "1.2")[-1] == "1.20"
    assert read_as("1.1", "1.9", "1.1", "1.1") == ["1.1", "1.9", "1.10", "1.1"]  # the second is told as twice


@pytest.mark.parametrize(("name", "line"), REFUSED.items())
def test_what_is_no_set_is_told_so_in_one_line(name, line):
    file = read(name)
    assert file.own is None
    assert len(file.faults) == 1
    assert line in file.faults[0]


def test_the_better_end_follows_from_the_words_and_is_asked():
    file = read("D07-rag-priority")
    names = {scale.id: [point.name for point in scale.points] for scale in file.own.scales}
    assert names["rag"] == ["Red: not yet reached", "Amber: partly reached", "Green: reached"]
    assert names["priority"] == ["Low", "Medium", "High"]
    assert (file.asked, file.unsure) == (("rag", "priority"), ("priority",))
    assert any("“Green: reached” is read as its best point" in note for note in file.notes)


def test_figures_for_codes_stay_to_be_seen():
    legend = next(scale for scale in read("D03-file-monitoring-as-typed").own.scales if scale.id == "legend")
    assert legend.points[0].name == "0 Inadequate: nothing on the record"
    assert [point.name[0] for point in legend.points] == ["0", "1", "2", "3"]


def test_what_does_not_apply_is_no_point_of_a_scale():
    rows = (("rag", "", "Green", ""), ("rag", "", "Amber", ""), ("rag", "", "Red", ""), ("rag", "", "N/A", ""))
    reading = Reading(value={"scales": ()})
    lines = [Line("Scales", at, dict(zip(("scale", "code", "name"), row, strict=False)), HEADS)
             for at, row in enumerate(rows, 2)]  # fmt: skip
    scales.read_scales(lines, reading)
    assert [point["name"] for point in reading.value["scales"][0]["points"]] == ["Red", "Amber", "Green"]
    assert len(reading.notes) == 2
    own = make_document()
    named = Point(code="away", name="Not applicable")
    with_away = own.scales[0].model_copy(update={"points": (*own.scales[0].points, named)})
    worse = own.model_copy(update={"scales": (with_away, *own.scales[1:])})
    assert any("“Not applicable” is no point of a scale" in said for _, said in own_set.complaints(worse, areas_of))


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (("Green", "Amber", "Red"), True),
        (("Red", "Amber", "Green"), False),
        (("Yes", "Partly", "No"), True),
        (("Not met", "Partly met", "Fully met"), False),
        (("0", "1", "2", "3"), False),
        (("Low", "Medium", "High"), None),
        (("Early help", "Child in need"), None),
    ],
)
def test_the_words_of_a_scale_tell_its_better_end_or_do_not(names, first):
    assert scale_order.best_first(names) is first


@pytest.mark.parametrize(
    ("cell", "codes", "strange"),
    [
        ("No, not at all; Yes, in part", ("none", "some"), ()),
        ("no, not at all or Yes, in part", ("none", "some"), ()),
        ("“Yes, fully”", ("full",), ()),
        ("Yes", (), ("yes",)),
        ("Green | Red", ("green", "red"), ()),
        ("Green: reached\nRed", ("green", "red"), ()),
        ("", (), ()),
    ],
)
def test_answers_are_found_however_they_are_divided(cell, codes, strange):
    points = tuple(
        Point(code=code, name=name)
        for code, name in (
            ("none", "No, not at all"), ("some", "Yes, in part"), ("full", "Yes, fully"), ("green", "Green: reached"),
            ("red", "Red: not yet"),
        )
    )  # fmt: skip
    assert matching.answers_named(cell, points) == (codes, strange)


def test_names_with_commas_quotes_and_blanks_are_what_they_look_like():
    commas = {question.text: question for _, question in read("D14-scales-0-10-commas").own.asked}
    assert commas["What is missing from it?"].show_if.answers == ("no_way", "some")
    quotes = read("D11-plan-checklist-quotes").own
    assert asking.find(quotes, quotes.asked[-1][1].show_if.question).text.startswith("(ii) Does it give the child's")
    assert [domain.title for domain in read("I04-stray-blanks").own.domains] == ["The whole", "The plan"]
    separated = [question.show_if.answers for _, question in read("I20-separators").own.asked if question.show_if]
    assert separated == [("no", "partly")] * len(separated)
    assert len(separated) == 3


def test_kinds_that_real_tools_ask_in():
    early_help = {question.number: question for _, question in read("D08-early-help-as-typed").own.asked}
    assert [early_help[number].type for number in ("1a", "2b", "2c")] == ["check", "several", "date"]
    own = read("D08-early-help-as-typed").own
    wheels = asking.scale_of(own, early_help["2b"])
    assert [point.name for point in wheels.points] == ["My wheel", "Family wheel", "Teen wheel"]
    assert not wheels.ordered
    assert {question.type for _, question in read("D04-supervision-as-typed").own.asked} >= {"number", "narrative"}
    numbers = [question.number for _, question in read("D02-carer-checklist-as-printed").own.asked]
    assert numbers == ["1", "2", "3", "4", "1", "2", "3", "1", "2"]
