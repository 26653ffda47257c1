"""An edition, and the crosswalk, as workbooks: the same parts as their pages."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from audit_app.library import wording
from audit_app.library.editions import contents
from audit_app.sheets import SheetOut, export_note, write_xlsx
from frameworks import Edition
from frameworks.crosswalk_file import Crossing


def exported(edition: Edition, *, export_id: str, who: str, when: datetime) -> bytes:
    """A sheet for each part of an edition, what it is, and what the export is."""
    sheets = [SheetOut("About", ("What", "Value"), contents.about(edition))]
    rows = 0
    for part in contents.parts(edition):
        if part.headings:
            table = [line.cells for line in part.lines]
            rows += len(table)
            sheets.append(SheetOut(part.title, part.headings, table, part.sentences))
    sheets.append(export_note(export_id=export_id, level=3, chosen=edition.title, rows=rows, who=who, when=when))
    return write_xlsx(sheets, title=edition.title)


def crosswalk(lines: Iterable[Crossing], chosen: str, *, export_id: str, who: str, when: datetime) -> bytes:
    """The lines of the crosswalk, each with its reason and source."""
    rows: Sequence[tuple[str, ...]] = [
        (line.from_, wording.RELATIONS[line.relation], line.to, line.why, line.source) for line in lines
    ]
    sheet = SheetOut("Crosswalk", ("From", "Relation", "To", "Why", "Source"), rows)
    note = export_note(export_id=export_id, level=3, chosen=chosen, rows=len(rows), who=who, when=when)
    return write_xlsx([sheet, note], title="Crosswalk")
