"""Findings from a file: seen before saved, all or nothing, the same file twice changes nothing."""

import io

import pytest
from sqlalchemy import event

from audit_app.improvement.findings import file_rows, service_file
from audit_app.people.tables import Role
from audit_app.sheets import SheetOut, rows_for, write_xlsx
from findings.tables import Finding, Source
from tests.audit_app.improvement.rows import rows_of

HEADINGS = "Kind,Came from,What was found,Document,Paragraphs,Due\n"
GOOD = HEADINGS + (
    "Area for improvement,Peer review,Chronologies are not kept up to date.,Peer review letter,12,30/06/2026\n"
    "Strength,Staff,Practitioners say supervision helps them think.,Staff survey,,\n"
)


@pytest.fixture
def qa(signed_in_as):
    return signed_in_as(Role.qa_manager)


def upload(qa, text, name="findings.csv", status=303):
    qa.get("/greenhaven/findings/imports")
    data = text if isinstance(text, bytes) else text.encode()
    return qa.post("/greenhaven/findings/imports", {"file": (io.BytesIO(data), name)}, status=status)


def test_a_file_is_seen_then_confirmed_then_changes_nothing_im_6_im_7(qa, session):
    upload(qa, GOOD)
    assert "2 findings will be raised" in qa.text
    assert rows_of(session, Finding) == []
    qa.submit()
    assert "2 findings brought in" in qa.text
    found = rows_of(session, Finding, Finding.number)
    assert [(row.kind, row.origin, row.paragraphs) for row in found] == [
        ("area_for_improvement", "peer_review", "12"),
        ("strength", "staff", ""),
    ]
    assert [row.document for row in rows_of(session, Source, Source.id)] == ["Peer review letter", "Staff survey"]
    upload(qa, GOOD)
    assert "Nothing has changed" in qa.text
    upload(qa, GOOD + "Strength,Data,Visits are on time in most teams.,Weekly report,,\n")
    assert "1 finding will be raised" in qa.text
    assert "2 rows say what is already here" in qa.text
    assert len(rows_of(session, Finding)) == 2


def test_one_row_at_fault_and_none_is_brought_in_with_every_fault_listed_im_6(qa, session):
    bad = (
        GOOD
        + "Area for worry,Nowhere,,Letter,,31/02/2026\n"
        + "Strength,Staff,Practitioners say supervision helps them think.,,,\n"
    )
    seen = upload(qa, bad, status=422)
    assert "Row 4, column “Kind”: “Area for worry” is not one of the choices" in seen.text
    assert "Row 4, column “What was found”: this is blank" in seen.text
    assert "31/02/2026 is not a real date" in seen.text
    assert rows_of(session, Finding) == []
    seen = upload(qa, GOOD + GOOD.splitlines()[1] + "\n", status=422)
    assert "this row says the same as row 2" in seen.text


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"%PDF-1.7", "findings.pdf", "A PDF (.pdf) is no spreadsheet"),
        (b"not a workbook", "findings.xlsx", "Nothing was brought in"),
        (b"", "findings.csv", "Nothing was brought in"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_the_reason_up_1(qa, data, name, said):
    assert said in upload(qa, data, name, status=422).text


def test_columns_that_look_personal_are_flagged_and_left_out_im_9(qa, session):
    given = "Kind,Came from,What was found,Document\nStrength,Data,Visits are on time.,Fetch SE10 8QY\n"
    upload(qa, given.replace("Fetch SE10 8QY", "SE10 8QY"))
    assert "Column “Document” looks like postcodes. It was left out." in qa.text
    qa.submit()
    assert "SE10" not in "".join(row.document for row in rows_of(session, Source))


def test_nobody_else_can_confirm_a_file_im_6(qa, signed_in_as):
    upload(qa, GOOD)
    other = signed_in_as(Role.qa_manager)
    other.get(qa.url, status=409)
    signed_in_as(Role.auditor).get("/greenhaven/findings/imports", status=403)


def test_what_the_template_asks_for_comes_in_again(qa):
    columns = file_rows.columns()
    row = {"kind": "Strength", "origin": "Research", "text": "=1+1 is what one child said", "verbatim": "No"}
    made = write_xlsx([SheetOut("Findings", [one.heading for one in columns], rows_for(columns, [row]))])
    upload(qa, made, "findings.xlsx")
    assert "=1+1 is what one child said" in qa.text
    assert file_rows.template()[:2] == b"PK"


def test_a_longer_file_takes_only_the_statements_of_its_lines_in_the_log(session, engine, now):
    """What is written together does not grow with the file; each finding's line in the chained log is three."""
    taken = []
    for count in (5, 50):
        rows = [
            dict.fromkeys((column.key for column in file_rows.columns()), "")
            | dict.fromkeys(("due_on", "dated_on", "printed_number", "printed_total", "verbatim"))
            | {"kind": "strength", "origin": "staff", "text": f"Visit {place} of {count}."}
            for place in range(count)
        ]
        file = file_rows.WaitingFile(str(count) * 32, "findings.csv", tuple(rows))
        counted = []
        event.listen(engine, "before_cursor_execute", lambda *_, into=counted: into.append(1))
        assert service_file.import_findings(session, 1, file, by=1, now=now).raised == count
        taken.append(len(counted))
    assert taken[1] - taken[0] <= 3 * (50 - 5), taken
