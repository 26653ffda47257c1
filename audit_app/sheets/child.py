"""The confined child's side of reading a spreadsheet: one question in, rows of plain text out, as JSON."""

import json
from typing import Any

from audit_app.sheets import delimited, opening, workbook
from audit_app.sheets.opening import Refused


def answer(question: bytes) -> bytes:
    """Read the file behind the one-line header; a refusal is an answer too."""
    header, _newline, data = question.partition(b"\n")
    asked = json.loads(header)
    try:
        found = _read(data, asked["filename"], asked["rows"], asked["columns"])
    except Refused as refused:
        found = {"refused": str(refused)}
    return json.dumps(found).encode("ascii")


def _read(data: bytes, filename: str, most_rows: int, most_columns: int) -> dict[str, Any]:
    if opening.kind_of(data, filename) == "xlsx":
        packed = opening.open_workbook_zip(data)
        return {"kind": "Excel workbook"} | workbook.read_workbook(packed, data, most_rows, most_columns)
    text, encoding = delimited.decode(data)
    separator, text = delimited.separator_of(text)
    rows = list(delimited.rows_of(text, separator, most_rows, most_columns))
    named = delimited.SEPARATORS[separator]
    return {"kind": "text", "rows": rows, "faults": [], "encoding": encoding, "separator": named, "remarks": []}
