"""Files as people have them: each is read as it was meant, or told in one true line what to do."""

import io
from datetime import datetime

import openpyxl
import pytest

from audit_app import sheets
from audit_app.improvement.findings import file_rows
from tests.audit_app.sheets.here import COLUMNS, LAST_OF_MARCH, read_here, told
from tests.audit_app.sheets.opendocuments import HEADS, KIND, opendocument

TOLD = {
    "F01-plan-as-printed.xlsx": ["This looks like an action plan."],
    "F02-due-as-people-write.xlsx": [
        "Row 3, column “Due”: “Mar-27” names no single day. If 31 March 2027 is meant, write 31/03/2027.",
        "Row 4, column “Due”: “March 2027” names no single day. If 31 March 2027",
        "Row 6, column “Due”: 31.3.27 has only two figures for the year. If 31 March 2027",
        "Row 7, column “Due”: “46477” is the number by which a spreadsheet keeps a day.",
        "Row 12, column “Due”: “Q4 2026/27” names no single day. If 31 March 2027",
        "Row 13, column “Due”: “Ongoing” is not a date. Leave the cell blank",
        "Row 14, column “Due”: “TBC” is not a date. Leave the cell blank",
        "Row 17, column “Due”: “immediate” is not a date. Leave the cell blank",
    ],
    "F04-filtered.xlsx": ["Row 4: this row is hidden, perhaps by a filter."],
    "F05-totals-row.xlsx": ["Row 5: this looks like a row of totals. Delete it."],
    "F08-na-and-formula.xlsx": [
        "Row 2, column “Short title”: this shows the error #N/A.",
        "Row 3, column “Short title”: this is a formula.",
    ],
    "F10-numbers.xlsx": [
        "Row 7, column “Printed number”: “1 of 5” is not a whole number.",
        "Row 8, column “Paragraphs”: this number has more figures than Excel keeps.",
    ],
    "F11-mmm-yy.xlsx": ["Row 2, column “Due”: “Mar-27” names no single day. If 31 March 2027"],
    "F11b-mmm-yy.xlsx": ["Row 2, column “Due”: “Mar-27” names no single day. If 31 March 2027"],
    "F12-collapsed-columns.xlsx": ["Columns M to O are hidden."],
    "F16-us-dates.xlsx": [
        "Row 2, column “Due”: 12/31/2027 is not a real date: the day comes before the month here.",
        "Row 3, column “Due”: 03/04/2027 may be 3 April 2027 or 4 March 2027",
    ],
    "G06-short-row.csv": ["Row 3: this row has 4 cells, but there are 5 headings."],
    "G07-no-header.csv": [
        "No row of headings was found; the first row holds “Recommendation, Inspection, Leaders’ plan"
    ],
    "G12-duplicate-header.csv": ["Row 1: there are 2 columns for “Due”, E and F. Keep one."],
    "G14-annex-a-list.csv": ["This looks like a list of children"],
    "K-libreoffice.xls": ["The older Excel format (.xls) cannot be read here. Save it as"],
    "K-macro.xlsm": ["A workbook that may hold macros (.xlsm) cannot be read here. Save it as"],
    "K-xls-renamed.xlsx": ["The file is named .xlsx but is of the older kind (.xls). Save it as"],
}
READ = {
    "F03-spaces-nbsp-blank-rows.xlsx": (2, ""),
    "F06-protected-conditional.xlsx": (3, ""),
    "F07-two-header-rows.xlsx": (1, "The headings stand in row 3. Passed over above them: “Findings from"),
    "F09-1904.xlsx": (1, ""),
    "F13-rich-text-comment-link.xlsx": (1, ""),
    "F14-tabs-moved.xlsx": (1, "Only the sheet “To fill in” is read."),
    "F15-cover-sheet.xlsx": (1, "Only the sheet “To fill in” is read."),
    "G01-cp1252.csv": (2, ""),
    "G02-utf16-tab.csv": (2, ""),
    "G03-utf8-bom-semicolon.csv": (2, ""),
    "G04-trailing-commas.csv": (2, ""),
    "G05-blank-lines-only-commas.csv": (2, ""),
    "G08-cr-only.csv": (2, ""),
    "G09-sep-line.csv": (2, ""),
    "G10-pipe.csv": (2, ""),
    "G11-utf16-no-bom.csv": (2, ""),
    "G13-multiline-cells.csv": (1, ""),
    "K-libreoffice.csv": (2, ""),
    "K-libreoffice.ods": (2, "Only the first sheet, “To fill in”, is read."),
    "K-libreoffice.xlsx": (2, ""),
    "K-wrong-dimension.xlsx": (2, ""),
    "L-last-row-1048576.xlsx": (2, ""),
    "L2-libreoffice-all-rows-high.xlsx": (2, ""),
}


def brought(documents, name):
    return read_here((documents / "cases" / name).read_bytes(), name, file_rows.columns())


@pytest.mark.parametrize("name", TOLD)
def test_what_cannot_be_read_is_told_in_one_line_a_fault(documents, name):
    lines = [str(fault) for fault in brought(documents, name).faults]
    assert len(lines) == len(TOLD[name]), lines
    for line, beginning in zip(lines, TOLD[name], strict=True):
        assert line.startswith(beginning)


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read_whole(documents, name):
    sheet = brought(documents, name)
    rows, remark = READ[name]
    assert not sheet.faults and len(sheet.rows) == rows
    assert any(line.startswith(remark) for line in ("", *sheet.facts.remarks))
    for row in sheet.rows:
        assert row["kind"] in ("recommendation", "strength") and row["due_on"] in (LAST_OF_MARCH, None)
        assert "�" not in row["text"] and len(row["text"]) > 15
    if name.startswith("G") and rows == 2:
        assert sheet.rows[0]["text"] == "Leaders’ plan – the £2m “invest to save” – isn’t dated."


def test_each_findings_file_is_tried(documents):
    names = {path.name for path in (documents / "cases").glob("[FGKL]*") if not path.name.startswith("L-D")}
    assert names == TOLD.keys() | READ.keys()


def test_numbers_of_questions_come_as_they_are_shown(documents):
    name = "I07-number-1.10.xlsx"
    book = sheets.read_book((documents / "cases" / name).read_bytes(), name)
    questions = next(page for page in book.pages if page.title == "Questions")
    assert [cells[15] for _row, cells in questions.rows[1:]] == [f"1.{number}" for number in range(1, 11)]


# --- the same kinds, built small --------------------------------------------------------------------------------------


def workbook(*rows, formats=None, titles=("Findings",), before=()):
    book = openpyxl.Workbook()
    for place, title in enumerate(titles):
        page = book.create_sheet(title)
        for row in (*before, HEADS, *rows) if place == len(titles) - 1 else (["A note"],):
            page.append(list(row))
        for cell, look in (formats or {}).items():
            page[cell].number_format = look
    book.remove(book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_what_became_a_date_is_a_fault_where_no_date_is_asked_for():
    day = datetime(2026, 6, 4)  # noqa: DTZ001 (cells have no zone)
    for look, text in [("d-mmm", "4-Jun"), ("dd/mm/yyyy", "04/06/2026")]:
        lines = told(workbook(["Strength", "Visits are on time.", day, day], formats={"C2": look, "D2": "dd/mm/yyyy"}))
        assert len(lines) == 1
        assert lines[0].startswith(
            f"Row 2, column “Paragraphs”: this cell holds a date and shows {text}. A spreadsheet"
        )
        assert lines[0].endswith("such as 4-6. Format the cell as text and type it again.")


def test_a_sheet_of_our_headings_is_found_behind_others_and_one_like_it_is_named():
    data = workbook(["Strength", "x", "1.10", None], titles=("Cover", "North"), before=(["Findings"], [None]))
    sheet = read_here(data, "a.xlsx", COLUMNS)
    assert sheet.ok and [row.line for row in sheet.rows] == [4]
    assert sheet.facts.remarks == (
        "Only the sheet “North” is read.",
        "The headings stand in row 3. Passed over above them: “Findings”.",
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.copy_worksheet(book["North"]).title = "South"
    stream = io.BytesIO()
    book.save(stream)
    remarks = read_here(stream.getvalue(), "a.xlsx", COLUMNS).facts.remarks
    assert "The sheet “South” has such headings too. Bring it in as a file of its own." in remarks


def test_faults_come_all_at_once_in_the_order_of_the_file():
    data = workbook([None, "x", "=A1", "soon"], ["Strength", None, 1.5, "31/02/2026"], formats={"C3": "# ?/?"})
    assert [line.split(":")[0] for line in told(data)] == [
        "Row 2, column “Kind”",
        "Row 2, column “Paragraphs”",
        "Row 2, column “Due”",
        "Row 3, column “What was found”",
        "Row 3, column “Paragraphs”",
        "Row 3, column “Due”",
    ]


def test_each_unknown_heading_is_told_once_with_the_one_that_may_be_meant():
    text = "Kind,What was found,Paragraf,Colour,Colour\nStrength,x,1,2,3\n"
    assert told(text.encode(), "a.csv") == [
        "Row 1: the heading “Paragraf” is not one of ours. Did you mean “Paragraphs”?",
        "Row 1: the heading “Colour” is not one of ours. Take the column out, or correct the heading.",
    ]


def test_what_a_spreadsheet_program_made_of_a_cell_in_a_text_file_asks():
    lines = told(
        b"Kind,What was found,Paragraphs\nStrength,x,04-Jun\nStrength,x,1.23457E+19\nStrength,x,1e5\n", "a.csv"
    )
    assert len(lines) == 2
    assert lines[0].startswith("Row 2, column “Paragraphs”: this cell holds a date and shows 04-Jun.")
    assert lines[1].startswith("Row 3, column “Paragraphs”: this number was cut short")


def test_blanks_in_a_short_cell_are_one_blank_and_a_row_about_totals_is_a_row():
    columns = (*COLUMNS[:2], sheets.Column("team", "Team", max_length=120))
    rows = "Total visits fell,x  y,Early\u00a0 Help\n"
    sheet = read_here(f"Kind,What was found,Team\n{rows}".encode(), "a.csv", columns)
    assert sheet.ok and sheet.rows[0].values == {"kind": "Total visits fell", "text": "x  y", "team": "Early Help"}


@pytest.mark.parametrize(
    ("encoding", "newline", "named"),
    [
        ("mac_roman", "\r", "Macintosh"),
        ("utf-16-be", "\r\n", "UTF-16 without its mark"),
        ("utf-16-le", "\n", "UTF-16 without its mark"),
        ("cp1252", "\r\n", "Windows-1252"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_in_any_usual_letters_and_separators(encoding, newline, named, separator):
    lines = ["A title; with, both", "Kind,What was found,Due", "Strength,Leaders’ plan – £2m,31/03/2027"]
    text = newline.join([lines[0], *(line.replace(",", separator) for line in lines[1:])])
    sheet = read_here(text.encode(encoding), "a.csv", COLUMNS)
    assert sheet.facts.encoding == named and sheet.ok, sheet.faults
    assert (sheet.rows[0]["text"], sheet.rows[0]["due_on"]) == ("Leaders’ plan – £2m", LAST_OF_MARCH)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (opendocument(KIND, parts={"Basic/Standard/Module1.xml": "x"}), "a.ods", "holds macros"),
        (opendocument(KIND, parts={"Object 1/content.xml": "x"}), "a.ods", "embedded objects"),
        (opendocument(KIND, parts={"META-INF/manifest.xml": "<x encryption-data/>"}), "a.ods", "has a password"),
        (opendocument(content='<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'), "a.ods", "is damaged"),
        (opendocument(KIND), "a.xlsx", "is an OpenDocument spreadsheet. Rename it so that it ends in .ods."),
        (workbook(["x", "y"]), "a.ods", "is not an OpenDocument spreadsheet"),
        (workbook(["x", "y"]), "a.csv", "holds something else: a workbook"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "has a password. Take it off"),
        (b"x", "a.xlsb", "Excel’s binary format (.xlsb) cannot be read here. Save it as"),
    ],
    ids=range(9),
)
def test_a_file_of_another_sort_says_what_to_do(data, name, said):
    lines = told(data, name)
    assert len(lines) == 1 and said in lines[0], lines
