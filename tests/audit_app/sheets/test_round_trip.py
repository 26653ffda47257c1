"""What goes out comes in again unchanged, and what goes out is safe to open (EX-1 to EX-4)."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest

from audit_app import sheets
from tests.audit_app.sheets.records import COLUMNS, HEADINGS, make_records, read_back

RECORDS = make_records(300, seed=20261122)
ROWS = sheets.rows_for(COLUMNS, RECORDS)
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def begins_like_a_formula(text):
    return text.lstrip(" \xa0\u200b\ufeff").startswith(FORMULA_STARTS)


def test_a_workbook_read_back_is_what_was_written():
    """EX-2."""
    assert read_back(sheets.write_xlsx([sheets.SheetOut("Findings", HEADINGS, ROWS)]), "findings.xlsx") == RECORDS


def test_a_csv_read_back_is_what_was_written():
    """EX-2."""
    assert read_back(sheets.write_csv(HEADINGS, ROWS), "findings.csv") == RECORDS


def test_no_text_cell_of_a_workbook_begins_like_a_formula():
    """EX-1, read by another program's eyes: openpyxl says of each cell what it is."""
    book = openpyxl.load_workbook(io.BytesIO(sheets.write_xlsx([sheets.SheetOut("Findings", HEADINGS, ROWS)])))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert not [cell.value for cell in cells if cell.data_type == "s" and begins_like_a_formula(cell.value)]
    assert not any(cell.hyperlink for cell in cells)


def test_no_text_cell_of_a_csv_begins_like_a_formula():
    """EX-1."""
    data = sheets.write_csv(["What"], [[record["found"]] for record in RECORDS] + [["=HYPERLINK(1)"], [-5]])
    assert data.startswith(b"\xef\xbb\xbf")
    cells = [row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    assert cells[-2:] == ["'=HYPERLINK(1)", "-5"]
    assert not [cell for cell in cells[:-1] if begins_like_a_formula(cell)]


def test_without_the_guard_the_records_would_hold_formulas():
    """The control: the records do hold what the guard is for."""
    assert len([record for record in RECORDS if begins_like_a_formula(record["found"])]) > 20


def test_an_export_hides_nothing_and_names_nobody():
    """EX-3."""
    note = sheets.export_note(
        export_id="EXP-0001",
        level=2,
        chosen="All findings",
        rows=300,
        who="QA manager PER-0007",
        when=datetime(2026, 7, 1, 13, 5, tzinfo=UTC),
    )
    data = sheets.write_xlsx([sheets.SheetOut("Findings", HEADINGS, ROWS, notes=["n is 300."]), note], title="Findings")
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert not [name for name in names if "comment" in name or "external" in name or "pivot" in name or "vba" in name]
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Findings", "About this export", "Notes"]
    assert not book.defined_names and not any(sheet.defined_names for sheet in book)
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    assert not any(
        line.hidden for sheet in book for line in [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()]
    )
    assert (book.properties.creator or "", book.properties.lastModifiedBy or "") == ("", "")
    assert book["Findings"].freeze_panes == "A2"


def test_an_export_says_what_it_is():
    """EX-4."""
    when = datetime(2026, 7, 1, 13, 5, tzinfo=UTC)
    note = sheets.export_note(
        export_id="EXP-0001", level=3, chosen="All findings", rows=12, who="QA manager", when=when
    )
    told = dict(note.rows)
    assert told["Export"] == "EXP-0001" and told["Redaction level"] == "3 (publishable)" and told["Rows"] == 12
    assert told["Exported on"] == "1 July 2026 at 2:05pm"


def test_the_same_content_gives_the_same_bytes():
    first, second = (sheets.write_xlsx([sheets.SheetOut("Findings", HEADINGS, ROWS)], title="x") for _ in range(2))
    assert first == second
    stamps = {member.date_time for member in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert len(stamps) == 1 and stamps.pop()[0] == 1980


def test_a_text_too_long_for_a_cell_is_refused_not_cut():
    with pytest.raises(ValueError, match="row 2 has a text of 40,000 characters"):
        sheets.write_xlsx([sheets.SheetOut("Findings", ["What"], [["x" * 40_000]])])


def test_a_row_of_another_width_is_refused():
    with pytest.raises(ValueError, match="2 cells for 1 headings"):
        sheets.write_xlsx([sheets.SheetOut("Findings", ["What"], [["x", "y"]])])
    with pytest.raises(ValueError, match="2 cells for 1 headings"):
        sheets.write_csv(["What"], [["x", "y"]])


def test_sheet_titles_are_made_fit_for_a_workbook():
    titles = ["a/b: c?", "A B  C", "x" * 40, "x" * 40, "", "History"]
    data = sheets.write_xlsx([sheets.SheetOut(title, ["What"], []) for title in titles])
    names = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    assert (
        names == ["a b  c", "A B  C", "x" * 31, f"{'x' * 27} 2", "Sheet", "History 2"]
        or len({n.casefold() for n in names}) == 6
    )


def test_a_template_filled_in_is_read_and_an_empty_one_says_so():
    columns = (*COLUMNS, sheets.Column("team", "Team", allowed=[f"Team, number {place}" for place in range(40)]))
    data = sheets.template_xlsx(columns, "Findings to bring in", ["One row for each finding."])
    assert [str(fault) for fault in sheets.read_sheet(data, "template.xlsx", columns).faults] == [
        "The sheet has headings but no rows below them."
    ]
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["To fill in", "Guidance", "Choices"]
    rules = {str(rule.sqref): rule.formula1 for rule in book["To fill in"].data_validations.dataValidation}
    assert rules == {"E2:E1001": '"Blue,Green,Amber,Red,Grey"', "H2:H1001": "Choices!$A$2:$A$41"}
    book["To fill in"].append(["1", "Plans are late", None, date(2026, 3, 31), "amber", 3, "Yes", "team, number 7"])
    stream = io.BytesIO()
    book.save(stream)
    sheet = sheets.read_sheet(stream.getvalue(), "filled.xlsx", columns)
    assert [str(fault) for fault in sheet.faults] == []
    assert sheet.rows[0]["due_on"] == date(2026, 3, 31) and sheet.rows[0]["rating"] == "Amber"
    assert sheet.rows[0]["team"] == "Team, number 7"


def test_tables_count_every_row_and_guess_nothing_missing():
    rows = [["North", "good"], ["North", "good"], ["South", "N/A"], ["NA", "good"]]
    table = sheets.cross_table(["Team", "Grade"], rows, "Team", "Grade")
    assert list(table.headings) == ["Team", "N/A", "good", "Total"]
    assert table.rows == [["NA", 0, 1, 1], ["North", 0, 2, 2], ["South", 1, 0, 1], ["Total", 1, 3, 4]]
