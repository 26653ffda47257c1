"""The register of what went to whom as a workbook, text that looks like a formula written as text (EX-4)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from audit_app import sheets
from audit_app.packs.release.queries import RegisterLine
from audit_app.sheets import SheetOut

TITLE = "What went to whom"
HEADINGS = (
    "Pack", "Copy", "Title", "Who", "What for", "Since", "Released by", "Fingerprint of the contents", "Now",
)  # fmt: skip


def released_workbook(
    lines: Sequence[RegisterLine],
    names: Mapping[int, str],
    *,
    export_id: str,
    who: str,
    when: datetime,
    marking: str = "",
) -> bytes:
    """Every pack in somebody's hands, the latest first, with a sheet that says what was exported and by whom."""
    sheet = released_sheet(lines, names)
    about = sheets.export_note(export_id=export_id, level=1, chosen=TITLE, rows=len(sheet.rows), who=who, when=when)
    return sheets.write_xlsx([sheet, about], title=TITLE, marking=marking)


def released_sheet(lines: Sequence[RegisterLine], names: Mapping[int, str]) -> SheetOut:
    """The copies as a sheet, or a part of them."""
    rows = [
        [
            line.reference, line.copy_number, line.title, line.recipient, line.purpose, line.released_on,
            names.get(line.released_by, "Somebody who has left"), line.fingerprint, line.ended or "Stands",
        ]
        for line in lines
    ]  # fmt: skip
    return SheetOut(TITLE, HEADINGS, rows)
