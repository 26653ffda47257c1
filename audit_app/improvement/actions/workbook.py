"""The register of plan actions as a workbook: delivery and impact in columns of their own, posts and no names."""

from collections.abc import Sequence
from datetime import datetime

from audit_app import sheets
from audit_app.improvement.actions.queries_rows import ActionRow
from audit_app.sheets import SheetOut
from findings.states import ActionStatus

TITLE = "Plan actions"
HEADINGS = (
    "Reference", "Own number", "Plan", "Theme", "What will be done", "Lead", "Delivered by", "Start", "Due",
    "Due in words", "Due as reckoned",
    "Times the due date moved", "State", "Delivery: colour", "Delivery: word", "What that means",
    "Why that colour", "Last progress", "Milestones reached", "Milestones", "Success measure", "Meant to change",
    "Areas for improvement", "Impact, by area", "Done on", "Verified on", "Verified by",
)  # fmt: skip


def register_workbook(
    rows: Sequence[ActionRow], *, export_id: str, chosen: str, who: str, when: datetime, marking: str = ""
) -> bytes:
    """The actions in a workbook, with a sheet that says what was exported, by whom and when."""
    about = sheets.export_note(export_id=export_id, level=1, chosen=chosen, rows=len(rows), who=who, when=when)
    return sheets.write_xlsx([actions_sheet(rows), about], title=TITLE, marking=marking)


def actions_sheet(rows: Sequence[ActionRow]) -> SheetOut:
    """The actions as a sheet, or a part of them."""
    return SheetOut(TITLE, HEADINGS, [cells(row) for row in rows])


def cells(row: ActionRow) -> list[object]:
    """One action as the cells of its row."""
    action = row.action
    withdrawn = action.status is ActionStatus.withdrawn
    return [
        row.reference,
        action.local_label,
        row.plan_title,
        row.theme_title,
        action.what,
        action.lead_post_title,
        "; ".join(row.delivering),
        action.start_on,
        action.due_on,
        action.due_text,
        row.due_day,
        row.due_changes,
        row.status,
        "" if withdrawn else row.colour.name,
        "" if withdrawn else row.colour.word,
        "" if withdrawn else row.colour.meaning,
        row.why,
        row.progress,
        row.milestones_done,
        row.milestones,
        action.success_measure,
        action.intended_impact,
        "; ".join(area.reference for area in row.areas),
        "; ".join(f"{area.reference}: {area.impact_words}" for area in row.areas),
        action.completed_on,
        action.verified_on,
        action.verified_by_post_title,
    ]
