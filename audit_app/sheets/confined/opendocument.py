"""Reads one sheet of an OpenDocument spreadsheet (.ods) into rows of text as shown, bounded as a workbook is.

The format keeps beside each value the text a person sees, so nothing has to be worked out. Runs only in the confined
child.
"""

import zipfile
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError

from audit_app.sheets.confined.choosing import best_sheet, remarks_on_others
from audit_app.sheets.confined.document_xml import Document
from audit_app.sheets.confined.opening import Asked, answered, open_document_zip
from audit_app.sheets.headings import LOOKED_AT
from audit_app.sheets.refusal import REMEDY, Refused

DAMAGED = (ParseError, DefusedXmlException, zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, IndexError)


def answer(question: bytes) -> bytes:
    """What the confined child sends back for an OpenDocument spreadsheet."""
    return answered(question, read_document)


def read_document(data: bytes, asked: Asked) -> dict[str, Any]:
    """Rows, faults and remarks of the sheet that holds the headings asked for, or of the first."""
    packed = open_document_zip(data)
    try:
        sheets = read_tables(packed, Asked(LOOKED_AT, asked.columns), cut=True)
        seen = [place for place, sheet in enumerate(sheets) if sheet.is_shown] or list(range(len(sheets)))
        tops = [[texts for _number, texts in sheets[place].gathered.rows] for place in seen]
        chosen = best_sheet(tops, asked.names)
        sheet = read_tables(packed, asked, only=seen[chosen])[0]
    except DAMAGED:
        raise Refused(f"The spreadsheet is damaged, or was not written by a spreadsheet program. {REMEDY}") from None
    hidden = [(None, None, f"the sheet “{each.title}” is hidden. Show it or delete it.")
              for each in sheets if not each.is_shown]  # fmt: skip
    return {
        "kind": "OpenDocument spreadsheet",
        "sheet": sheet.title,
        "rows": [(number, number, texts) for number, texts in sheet.gathered.rows],
        "faults": [*hidden, *sheet.gathered.faults()],
        "wrong": sheet.gathered.wrong_cells(),
        "days": sheet.gathered.days,
        "remarks": remarks_on_others([sheets[place].title for place in seen], tops, chosen, asked.names),
    }


def read_tables(packed: zipfile.ZipFile, asked: Asked, *, only: int | None = None, cut: bool = False) -> list[Any]:
    """The sheets of a document, or one of them; `cut` leaves out what lies beyond the bounds instead of refusing it."""
    document = Document(asked, only, cut=cut)
    if "styles.xml" in packed.namelist():
        with packed.open("styles.xml") as stream:
            document.read_xml(stream)
    with packed.open("content.xml") as stream:
        document.read_xml(stream)
    if not document.sheets:
        raise Refused("The spreadsheet has no sheet with rows.")
    return document.sheets
