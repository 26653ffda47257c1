"""10,000 records out and in again, by workbook and by CSV (EX-2)."""

from audit_app import sheets
from tests.audit_app.sheets.records import COLUMNS, HEADINGS, make_records, read_back

RECORDS = 10_000
PART = 2_000  # a file at a time, well within what an import takes


def test_ten_thousand_records_come_back_unchanged_ex_2():
    records = make_records(RECORDS, seed=1)
    for first in range(0, RECORDS, PART):
        part = records[first : first + PART]
        rows = sheets.rows_for(COLUMNS, part)
        assert read_back(sheets.write_csv(HEADINGS, rows), "records.csv") == part
        assert read_back(sheets.write_xlsx([sheets.SheetOut("Records", HEADINGS, rows)]), "records.xlsx") == part


def test_a_changed_cell_is_seen():
    """The control."""
    records = make_records(5, seed=1)
    rows = [list(row) for row in sheets.rows_for(COLUMNS, records)]
    place = next(place for place, cell in enumerate(rows[0]) if cell == records[0]["found"])
    rows[0][place] = "changed on the way"
    assert read_back(sheets.write_csv(HEADINGS, rows), "records.csv") != records
