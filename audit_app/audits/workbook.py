"""The register of audits as a workbook: one row per audit, what was chosen, and who exported it when (EX-1, EX-4)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from audit_app import words
from audit_app.audits import wording
from audit_app.audits.counts.groups import COUNTED
from audit_app.audits.queries_lists import AuditFilter, AuditRow
from audit_app.audits.tables import HowChosen, Stage
from audit_app.library.terms.in_sheets import in_own_words
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.sheets import SheetOut, export_note, write_xlsx

TITLE = "Register of audits"
HEADINGS = (
    "Audit", "Case reference", "Question set", "Length", "Subject", "Group", "Type", "How chosen", "Service",
    "Team", "Auditor", "Set up on", "Due on", "Stage", "Overdue", "Last submitted on", "Agreed on", "Moderated",
    "Overall grade", "Minutes taken", "Theme", "Re-audit of", "Tests area",
)  # fmt: skip


def register_workbook(
    rows: Sequence[AuditRow],
    *,
    export_id: str,
    chosen: str,
    who: str,
    now: datetime,
    today: date,
    own: OwnWords = NONE,
    marking: str = "",
) -> bytes:
    """The workbook's bytes."""
    sheet = in_own_words(register_sheet(rows, today), own)
    note = export_note(export_id=export_id, level=0, chosen=chosen, rows=len(rows), who=who, when=now)
    return write_xlsx([sheet, note], title=own.say(TITLE), marking=marking)


def register_sheet(rows: Sequence[AuditRow], today: date) -> SheetOut:
    """The audits as a sheet, or a part of them."""
    return SheetOut("Audits", HEADINGS, [_cells(row, today) for row in rows])


def _cells(row: AuditRow, today: date) -> list[Any]:
    return [
        row.reference,
        row.case_reference,
        row.set_title,
        wording.LENGTHS.get(row.length, row.length),
        wording.SUBJECTS[row.subject],
        wording.COHORTS.get(row.cohort, row.cohort),
        wording.AUDIT_TYPES[row.audit_type],
        wording.HOW_CHOSEN[row.how_chosen],
        row.service_name,
        row.team_name,
        row.auditor_name,
        row.allocated_on,
        row.due_on,
        wording.stage_title(row.stage),
        row.overdue(today),
        row.submitted_at,
        row.agreed_at,
        row.moderated if row.agreed_at else None,
        row.overall_grade_name,
        row.minutes_taken,
        row.theme,
        f"AUD-{row.re_audit_of:04d}" if row.re_audit_of else "",
        row.tests_area,
    ]


def filter_in_words(chosen: AuditFilter, offered: Mapping[str, Mapping[Any, str]], own: OwnWords = NONE) -> str:
    """What was chosen, for the sheet about the export."""
    parts = [
        offered["teams"].get(chosen.team_id, ""),
        offered["sets"].get(chosen.set_name, ""),
        offered["auditors"].get(chosen.auditor_id, ""),
        offered["grades"].get(chosen.grade, ""),
        wording.STAGE_WORDS[Stage(chosen.stage)] if chosen.stage in Stage.__members__ else "",
        wording.HOW_CHOSEN[HowChosen(chosen.how_chosen)] if chosen.how_chosen in HowChosen.__members__ else "",
        COUNTED.get(chosen.counted, "").lower(),
        f"submitted from {words.date_words(chosen.start)}" if chosen.start else "",
        f"submitted to {words.date_words(chosen.end)}" if chosen.end else "",
        "overdue" if chosen.overdue else "",
        f"with the words “{chosen.search}”" if chosen.search else "",
    ]
    given = [part for part in parts if part]
    return f"{own.say('Audits')}: {', '.join(given)}" if given else own.say("All audits this person may see")
