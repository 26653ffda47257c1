"""What a sheet's XML says before openpyxl is trusted with it: how far it reaches, and what a reader would not see.

Runs only in the confined child.
"""

import re
from typing import Any

from defusedxml.ElementTree import iterparse
from openpyxl.utils import column_index_from_string

from audit_app.sheets.confined import bounds
from audit_app.sheets.confined.found import Found
from audit_app.sheets.confined.opening import Asked
from audit_app.sheets.refusal import REMEDY, Refused

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_FILLED = ("v", "is", "f")
_LOOKED_AT = ("row", "c", "f", "v", "is", "mergeCell", "col")


class Scan:
    """Goes down the XML of one sheet once; a row or cell that holds nothing is passed over, however far out it is."""

    def __init__(self, asked: Asked, gathered: Found) -> None:
        self.asked, self.gathered = asked, gathered
        self.row = self.column = 0

    def read_xml(self, stream: Any) -> None:
        for event, node in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            tag = node.tag.replace(MAIN, "").replace(STRICT, "")
            if event == "end":
                if tag in ("row", "c"):
                    node.clear()
            elif tag in _FILLED:
                self._on_filled(tag)
            elif tag in _LOOKED_AT:
                getattr(self, f"_on_{tag}")(node)

    def _on_row(self, node: Any) -> None:
        self.row = int(node.get("r") or self.row + 1)
        self.column = 0
        if node.get("hidden") in ("1", "true"):
            self.gathered.hidden_rows.add(self.row)

    def _on_c(self, node: Any) -> None:
        match = _PLACE.fullmatch(node.get("r") or "")
        self.column = column_index_from_string(match[1]) if match else self.column + 1
        if match and int(match[2]) != self.row:
            raise Refused(f"The workbook is damaged: cell {match[0]} stands in row {self.row}. {REMEDY}")

    def _on_filled(self, tag: str) -> None:
        bounds.check(self.row, self.column, self.asked)
        if tag == "f":
            self.gathered.formulas.add((self.row, self.column))

    def _on_mergeCell(self, node: Any) -> None:  # noqa: N802 (the element's name)
        place = _PLACE.match(node.get("ref") or "")
        self.gathered.merged.append((int(place[2]) if place else 1, node.get("ref") or ""))

    def _on_col(self, node: Any) -> None:
        if node.get("hidden") in ("1", "true"):
            first, last = int(node.get("min", "1")), int(node.get("max", "1"))
            self.gathered.hidden_columns |= set(range(first, min(last, self.asked.columns) + 1))
