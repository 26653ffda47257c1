"""Every workbook of ours can be filtered, printed and read: tried on the file by another library and by its own XML."""

import ast
import io
import re
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest

from audit_app.sheets import SheetOut, export_note, heights, template_xlsx, write_long_xlsx, write_xlsx
from audit_app.sheets.columns import Column
from tests.house import source

MARKING = "OFFICIAL-SENSITIVE & more"
LONG = "The plan says what must change, by when and who will help. " * 30
ROWS = [["short", LONG, date(2026, 3, 31), 12], ["short", "two\nlines", date(2026, 4, 1), 3]]
HEADINGS = ("Audit", "What was found in the records that were read", "Due", "n")
NOTE = export_note(export_id="EXP-1", level=0, chosen="All", rows=2, who="QA", when=datetime(2026, 11, 30, tzinfo=UTC))


def at_once(folder):
    return write_xlsx([SheetOut("Audits", HEADINGS, ROWS), NOTE], title="Register", marking=MARKING)


def in_parts(folder):
    file = io.BytesIO()
    parts = [SheetOut("Audits", HEADINGS, [row]) for row in ROWS]
    write_long_xlsx(file, parts, lambda _rows: NOTE, title="Register", folder=folder, marking=MARKING)
    return file.getvalue()


@pytest.fixture(params=[at_once, in_parts])
def book(request, tmp_path):
    return openpyxl.load_workbook(io.BytesIO(request.param(tmp_path)))


def test_each_sheet_is_ready_to_filter_and_to_print(book):
    assert book.properties.title == "Register"
    for page, top, last in zip(book, ("2", "1"), (4, 8), strict=True):
        assert page.print_title_rows == f"${top}:${top}"
        assert page.freeze_panes == f"A{int(top) + 1}"
        assert re.fullmatch(rf"A{top}:[A-Z]{last}", page.auto_filter.ref)
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage and page.page_setup.fitToHeight == 0
        assert page.oddHeader.left.text == "Register"
        assert page.oddFooter.right.text == "Page &P of &N"
        for part in (page.oddHeader.right, page.oddFooter.center):
            assert part.text == "&B" + MARKING.replace("&", "&&")
    assert book["Audits"]["A1"].value == MARKING
    assert [cell.value for cell in book["Audits"][2]] == list(HEADINGS)
    assert book["About this export"]["A1"].value == "What"


def test_rows_are_as_high_as_their_text_needs(book):
    page = book["Audits"]
    wide = page.column_dimensions["B"].width
    # By hand: 1,770 letters on lines of 60 or a little more, each of 15 points, which end at words.
    assert page.row_dimensions[3].height >= 15 * len(LONG) / wide
    assert page.row_dimensions[3].height <= 409 and wide >= 60
    assert page.row_dimensions[4].height == 30


def test_a_text_too_long_for_the_highest_row_gets_a_wider_column():
    words = "word " * 900
    (wide,) = heights.widths(["What"], [[words]])
    assert wide > 60 and heights.lines(words, wide) <= heights.MOST_LINES
    assert heights.widths(["What"], [["x" * 40_000]]) == [200]  # no wider: it is kept whole, and shown from its start


def test_a_form_that_is_read_back_has_its_headings_first_and_says_its_marking_on_paper():
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx([Column("a", "Team"), Column("b", "Due")], "People")))
    page = book.worksheets[0]
    assert [cell.value for cell in page[1]] == ["Team", "Due"]
    assert page.oddHeader.right.text == "&BOFFICIAL-SENSITIVE when filled in"
    assert page.auto_filter.ref == "A1:B1001"


def test_nothing_is_a_formula_but_the_names_that_printing_and_filtering_need():
    data = write_xlsx([SheetOut("=A1", ["=1+1", "b"], [["=1+1", "@x"]])], title="=1", marking="=2")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        names = re.findall(r'definedName name="([^"]+)"', parts.read("xl/workbook.xml").decode())
    assert set(names) == {"_xlnm._FilterDatabase", "_xlnm.Print_Titles"}


def test_no_workbook_goes_past_the_one_place_that_makes_them():
    makers = set()
    for path in (path for path in source.modules() if "xlsxwriter" in path.read_text("utf-8")):
        for node in source.walk(source.tree_of(path)):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == "xlsxwriter" for name in named):
                makers.add(source.name_of(path))
    # The demo makes files as other people bring them.
    assert makers == {"audit_app.sheets.workbook", "audit_app.demo.evidence_files"}
