"""The register of findings as a workbook, with a sheet that says what was chosen, by whom and when (EX-4)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from audit_app import words
from audit_app.improvement import wording
from audit_app.improvement.findings.queries import FindingRow
from audit_app.library.terms.in_sheets import in_own_words
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.sheets import SheetOut, export_note, write_xlsx
from findings.references import AREA, INSPECTION, reference

FINDING_HEADINGS = (
    "Reference", "Kind", "Came from", "Title", "What was found", "In the source’s own words", "Reaches", "Inspection",
    "Report", "Printed number", "Printed total", "Paragraphs", "Timescale", "Due", "Standing",
    "Areas for improvement", "Raised",
)  # fmt: skip


def findings_xlsx(
    rows: list[FindingRow], *, reports: Mapping[int, str], export_id: str, chosen: str, who: str, when: datetime,
    own: OwnWords = NONE, marking: str = "",
) -> bytes:  # fmt: skip
    """The register of findings; a time given stands in the row of the report that gave it, by its name and day."""
    sheet = in_own_words(findings_sheet(rows, reports), own)
    return register_book(sheet, export_id=export_id, chosen=chosen, who=who, when=when, marking=marking)


def findings_sheet(rows: Sequence[FindingRow], reports: Mapping[int, str]) -> SheetOut:
    """The findings as a sheet, or a part of them."""
    return SheetOut("Findings", FINDING_HEADINGS, [_finding(row, reports) for row in rows])


def register_book(
    sheet: SheetOut, *, export_id: str, chosen: str, who: str, when: datetime, marking: str = ""
) -> bytes:
    """A register and, beside it, what was exported, by whom and when."""
    note = export_note(export_id=export_id, level=0, chosen=chosen, rows=len(sheet.rows), who=who, when=when)
    return write_xlsx([sheet, note], title=sheet.title, marking=marking)


def _finding(row: FindingRow, reports: Mapping[int, str]) -> list[object]:
    finding = row.finding
    return [
        row.reference,
        wording.kind_words(finding.kind),
        wording.origin_words(finding.origin),
        finding.title,
        finding.text,
        finding.verbatim,
        wording.LEVELS[finding.level],
        reference(INSPECTION, finding.inspection_number) if finding.inspection_number else "",
        reports.get(finding.inspection_number or 0, ""),
        finding.printed_number,
        finding.printed_total,
        finding.paragraphs,
        finding.timescale_text or (wording.TIMESCALES[finding.timescale] if finding.timescale else ""),
        finding.due_on,
        finding.status.title,
        ", ".join(reference(AREA, number) for number in row.areas),
        finding.raised_at,
    ]


def narrowed_to(what: str, given: dict[str, str]) -> str:
    """What an export was narrowed to, in words."""
    named = {
        "words": "containing",
        "loose": "in no area",
        "bare": "without an action",
        "mine": "of my post",
        "sort": "in order",
    }
    parts = [
        f"{named.get(name, name)}: {value if name in ('words', 'area') else words.lower_words(value)}"
        for name, value in given.items()
    ]
    return f"{what}, {'; '.join(parts)}" if parts else f"All {what[:1].lower()}{what[1:]}"
