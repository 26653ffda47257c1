"""OpenDocument sheets, built by hand so that each attribute is known: as shown, bounded, nothing hidden."""

import pytest

from tests.audit_app.sheets.here import COLUMNS, LAST_OF_MARCH, read_here, told
from tests.audit_app.sheets.opendocuments import KIND, opendocument, text_cell


def test_an_opendocument_sheet_is_read_as_it_is_shown():
    sheet = read_here(
        opendocument(
            KIND + "<table:table-cell><office:annotation><text:p>a comment</text:p></office:annotation><text:p>Plans "
            "<text:span>must</text:span><text:s/>say</text:p><text:p>who.</text:p></table:table-cell>"
            + '<table:table-cell office:value-type="float" office:value="1.1"><text:p>1.10</text:p></table:table-cell>'
            + '<table:table-cell office:value-type="date" office:date-value="2027-03-31"><text:p>31 March 27</text:p>'
            "</table:table-cell>",
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>',
        ),
        "a.ods",
        COLUMNS,
    )
    assert sheet.ok, sheet.faults
    assert sheet.rows[0].values == {
        "kind": "Strength",
        "text": "Plans must say\nwho.",
        "paragraph": "1.10",
        "due_on": LAST_OF_MARCH,
    }
    assert sheet.facts.remarks == ("Only the sheet “North” is read.",) and sheet.rows[0].line == 2


@pytest.mark.parametrize(
    ("attributes", "text", "said"),
    [
        ('table:formula="of:=1+1"', "2", "this is a formula"),
        ('calcext:value-type="error"', "#N/A", "the error #N/A"),
        ('office:value="12345678901234567890"', "1E19", "more figures"),
        ('office:value-type="date" office:date-value="2026-06-04"', "04-Jun", "holds a date and shows 04-Jun"),
        ('table:number-rows-spanned="2"', "2", "cells B2:B3 are merged"),
    ],
)
def test_what_an_opendocument_sheet_hides_is_told(attributes, text, said):
    lines = told(
        opendocument(f"{KIND}<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"), "a.ods"
    )
    assert len(lines) == 1 and said in lines[0], lines


def test_hidden_and_far_cells_of_an_opendocument_sheet_are_told():
    row = KIND + text_cell("x")
    assert told(opendocument(f'<table:table-row table:visibility="filter">{row}</table:table-row>'), "a.ods") == [
        "Row 2: this row is hidden, perhaps by a filter. Show it, or delete it."
    ]
    assert told(opendocument(row, columns='<table:table-column table:visibility="collapse"/>'), "a.ods") == [
        "Column A is hidden. Show what is hidden, or delete it."
    ]
    far = f'<table:table-row table:number-rows-repeated="30000">{row}</table:table-row>'
    assert "at most 20,000 rows can be read" in told(opendocument(far), "a.ods")[0]
    wide = row + '<table:table-cell table:number-columns-repeated="16000"/>' + text_cell("far")
    assert "at most 60 columns can be read" in told(opendocument(wide), "a.ods")[0]
