"""A long workbook written part by part says cell for cell what the workbook written at once says."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from audit_app import sheets
from audit_app.sheets import SheetOut
from audit_app.words import Ours

HEADINGS = ("Audit", "What", "Number", "Day", "Moment")
ODD = [
    ["AUD-0001", "=1+1", 3, date(2026, 3, 29), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)],  # the clocks go forward
    ["AUD-0002", "<b> & “quotes” ]]>", Decimal("2.5"), None, datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC)],
    ["AUD-0003", "two\nlines \t and a tab ", 10**16, date(1999, 12, 31), True],
    ["AUD-0004", " spaces around ", 0.1, date(2026, 1, 1), None],
    ["", None, -7, None, False],
    ["AUD-0006", Ours("a text of ours"), float("nan"), None, "\x00\x1fŵ"],
    ["AUD-0007", "x" * 32_000, 0, None, "@SUM(A1)"],
]  # fmt: skip


def about(rows):
    when = datetime(2026, 11, 2, 10, tzinfo=UTC)
    return sheets.export_note(export_id="EXP-0001", level=0, chosen="All", rows=rows, who="somebody", when=when)


def written(tmp_path, parts):
    file = io.BytesIO()
    count = sheets.write_long_xlsx(file, parts, about, title="Register", folder=tmp_path)
    return count, openpyxl.load_workbook(io.BytesIO(file.getvalue()))


def cells(book):
    return {
        page.title: [[(c.value, c.number_format) for c in row if c.value is not None] for row in page] for page in book
    }


def test_parts_say_what_the_whole_says_and_leave_nothing_behind(tmp_path):
    rows = ODD * 50
    parts = [SheetOut("Audits", HEADINGS, rows[at : at + 60]) for at in range(0, len(rows), 60)]
    count, book = written(tmp_path, parts)
    at_once = sheets.write_xlsx([SheetOut("Audits", HEADINGS, rows), about(len(rows))])
    whole = openpyxl.load_workbook(io.BytesIO(at_once))
    assert count == len(rows) and book["Audits"].dimensions == "A1:E351"
    assert cells(book) == cells(whole)
    assert book["Audits"].freeze_panes == "A2" and list(tmp_path.iterdir()) == []


def test_an_empty_register_has_its_headings_and_says_none(tmp_path):
    count, book = written(tmp_path, [SheetOut("Audits", HEADINGS, [])])
    assert count == 0 and [c.value for c in book["Audits"][1]] == list(HEADINGS)
    assert book["Audits"].max_row == 1


@pytest.mark.parametrize("row", [["AUD-0001"], ["AUD-0001", "x" * 32_768, 1, None, None]])
def test_a_row_that_does_not_fit_is_an_error_and_never_cut(tmp_path, row):
    with pytest.raises(ValueError, match=r"row [34] has"):
        written(tmp_path, [SheetOut("Audits", HEADINGS, [*ODD[:2]]), SheetOut("Audits", HEADINGS, [row])])


def test_the_code_of_a_letter_stays_the_text_that_was_typed(tmp_path):
    """Programs read _x0041_ as A, in a shared text and in one that stands in its cell."""
    file = io.BytesIO()
    part = SheetOut("Audits", HEADINGS, [["_x0041_", None, None, None, None]])
    sheets.write_long_xlsx(file, [part], about, title="Register", folder=tmp_path)
    with zipfile.ZipFile(file) as book:
        assert b">_x005F_x0041_<" in book.read("xl/worksheets/sheet1.xml")
