"""The registers as workbooks: what is listed, with a sheet that says what was chosen, by whom and when (EX-4)."""

from datetime import datetime

from audit_app import words
from audit_app.improvement import judgement_areas, wording
from audit_app.improvement.queries import AreaRow, FindingRow
from audit_app.library.terms.in_sheets import in_own_words
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.sheets import SheetOut, export_note, write_xlsx
from findings.references import AREA, INSPECTION, reference

FINDING_HEADINGS = (
    "Reference", "Kind", "Came from", "Title", "What was found", "In the source’s own words", "Reaches", "Inspection",
    "Printed number", "Printed total", "Paragraphs", "Timescale", "Due", "Standing", "Areas for improvement", "Raised",
)  # fmt: skip
AREA_HEADINGS = (
    "Reference", "What must get better", "In the source’s own words", "Judgement area", "Owner", "Findings", "Actions",
    "Impact", "What will be different for children", "What is not yet good enough", "Standing", "Opened", "Closed",
)  # fmt: skip


def findings_xlsx(
    rows: list[FindingRow], *, export_id: str, chosen: str, who: str, when: datetime, own: OwnWords = NONE
) -> bytes:
    """The register of findings."""
    sheet = in_own_words(SheetOut("Findings", FINDING_HEADINGS, [_finding(row) for row in rows]), own)
    return _book(sheet, export_id=export_id, chosen=chosen, who=who, when=when)


def areas_xlsx(rows: list[AreaRow], *, export_id: str, chosen: str, who: str, when: datetime) -> bytes:
    """The register of areas for improvement."""
    sheet = SheetOut("Areas for improvement", AREA_HEADINGS, [_area(row) for row in rows])
    return _book(sheet, export_id=export_id, chosen=chosen, who=who, when=when)


def _book(sheet: SheetOut, *, export_id: str, chosen: str, who: str, when: datetime) -> bytes:
    note = export_note(export_id=export_id, level=0, chosen=chosen, rows=len(sheet.rows), who=who, when=when)
    return write_xlsx([sheet, note], title=sheet.title)


def _finding(row: FindingRow) -> list[object]:
    one = row.finding
    return [
        row.reference,
        wording.kind_words(one.kind),
        wording.origin_words(one.origin),
        one.title,
        one.text,
        one.verbatim,
        wording.LEVELS[one.level],
        reference(INSPECTION, one.inspection_number) if one.inspection_number else "",
        one.printed_number,
        one.printed_total,
        one.paragraphs,
        wording.TIMESCALES[one.timescale] if one.timescale else "",
        one.due_on,
        words.sentence_case(one.status.value),
        ", ".join(reference(AREA, number) for number in row.areas),
        one.raised_at,
    ]


def _area(row: AreaRow) -> list[object]:
    one = row.area
    return [
        row.reference,
        one.heading,
        one.heading_verbatim,
        judgement_areas.area_name(one.edition_id, one.judgement_area_id) if one.judgement_area_id else "",
        one.owner_post_title,
        row.findings,
        row.actions,
        wording.IMPACTS[row.impact] if row.impact else "Not judged",
        one.different_for_children,
        one.not_yet_good_enough,
        words.sentence_case(one.status.value),
        one.opened_at,
        one.closed_on,
    ]


def chosen_words(what: str, given: dict[str, str]) -> str:
    """What an export was narrowed to, in words."""
    said = {"words": "containing", "loose": "in no area", "bare": "without an action", "mine": "of my post"}
    parts = [
        f"{said.get(name, name)}: {value if name in ('words', 'area') else words.lower_words(value)}"
        for name, value in given.items()
    ]
    return f"{what}, {'; '.join(parts)}" if parts else f"All {what[:1].lower()}{what[1:]}"
