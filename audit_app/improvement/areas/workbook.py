"""The register of areas for improvement as a workbook, with a sheet that says what was chosen, by whom and when."""

from collections.abc import Sequence
from datetime import datetime

from audit_app.improvement import judgement_areas, wording
from audit_app.improvement.areas.queries import AreaRow
from audit_app.improvement.findings.workbook import register_book
from audit_app.sheets import SheetOut

TITLE = "Areas for improvement"
HEADINGS = (
    "Reference", "What must get better", "In the source’s own words", "Judgement area", "Owner", "Findings", "Actions",
    "Impact", "What it is meant to change for children", "What is not yet good enough", "Standing", "Opened", "Closed",
)  # fmt: skip


def areas_xlsx(
    rows: list[AreaRow], *, export_id: str, chosen: str, who: str, when: datetime, marking: str = ""
) -> bytes:
    """The register of areas for improvement."""
    return register_book(areas_sheet(rows), export_id=export_id, chosen=chosen, who=who, when=when, marking=marking)


def areas_sheet(rows: Sequence[AreaRow]) -> SheetOut:
    """The areas as a sheet, or a part of them."""
    return SheetOut(TITLE, HEADINGS, [_area(row) for row in rows])


def _area(row: AreaRow) -> list[object]:
    area = row.area
    return [
        row.reference,
        area.heading,
        area.heading_verbatim,
        judgement_areas.area_name(area.edition_id, area.judgement_area_id) if area.judgement_area_id else "",
        area.owner_post_title,
        row.findings,
        row.actions,
        wording.IMPACTS[row.impact] if row.impact else "Not judged",
        area.different_for_children,
        area.not_yet_good_enough,
        area.status.title,
        area.opened_at,
        area.closed_on,
    ]
