"""How far a sheet may reach, told as it is. Pure."""

from audit_app.sheets.confined.opening import Asked
from audit_app.sheets.headings import letter
from audit_app.sheets.refusal import Refused


def check(row: int, column: int, asked: Asked) -> None:
    """Refuse a filled cell that lies further out than can be read, with its place and what to do."""
    if row > asked.rows + 1:
        raise Refused(
            f"The sheet has a cell in row {row:,}; at most {asked.rows:,} rows can be read. Delete what stands below "
            "your table, or copy the table into a new workbook."
        )
    if column > asked.columns:
        raise Refused(
            f"The sheet has a cell in column {letter(min(column, 16_384))}; at most {asked.columns} columns can be "
            "read. Delete what stands to the right of your table, or copy the table into a new workbook."
        )
