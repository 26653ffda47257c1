"""Every write of the thread, in the order it runs: raise, group, plan, progress, verify, judge, close.

Each takes a session and the authority, checks, changes, flushes and returns the row; the caller commits. `by` is a
person's id and `note` is called with codes and references, never with text somebody typed.
"""

from findings.register.areas import (
    close_area,
    correct_area,
    join_area,
    judge_impact,
    leave_area,
    make_area_from_finding,
    open_area,
    reopen_area,
)
from findings.register.delivery import (
    complete_action,
    line_within,
    reopen_action,
    report_progress,
    report_still_on_track,
    verify_action,
    withdraw_action,
)
from findings.register.findings import (
    add_source,
    correct_finding,
    name_judgement_areas,
    withdraw_finding,
)
from findings.register.inspections import correct_inspection, record_inspection, record_judgement
from findings.register.measures import add_measure, correct_measure, deliver_measure, update_measure
from findings.register.milestones import (
    add_milestone,
    complete_milestone,
    correct_milestone,
    move_milestone,
    remove_milestone,
    restore_milestone,
)
from findings.register.plan_parts import add_review, add_risk, correct_review, correct_risk, remove_part
from findings.register.plans import (
    Lead,
    add_action,
    change_due_date,
    correct_action,
    correct_plan,
    get_open_action,
    hold_plan,
    link_action,
    move_action,
    name_delivery_leads,
    open_plan,
    unlink_action,
)
from findings.register.raising import NewFinding, SpeaksTo, raise_finding, raise_many
from findings.register.rows import Note
from findings.register.sources import NewSource
from findings.register.themes import add_theme, correct_theme, move_theme, remove_theme, restore_theme

__all__ = [
    "Lead",
    "NewFinding",
    "NewSource",
    "Note",
    "SpeaksTo",
    "add_action",
    "add_measure",
    "add_milestone",
    "add_review",
    "add_risk",
    "add_source",
    "add_theme",
    "change_due_date",
    "close_area",
    "complete_action",
    "complete_milestone",
    "correct_action",
    "correct_area",
    "correct_finding",
    "correct_inspection",
    "correct_measure",
    "correct_milestone",
    "correct_plan",
    "correct_review",
    "correct_risk",
    "correct_theme",
    "deliver_measure",
    "get_open_action",
    "hold_plan",
    "join_area",
    "judge_impact",
    "leave_area",
    "line_within",
    "link_action",
    "make_area_from_finding",
    "move_action",
    "move_milestone",
    "move_theme",
    "name_delivery_leads",
    "name_judgement_areas",
    "open_area",
    "open_plan",
    "raise_finding",
    "raise_many",
    "record_inspection",
    "record_judgement",
    "remove_milestone",
    "remove_part",
    "remove_theme",
    "reopen_action",
    "reopen_area",
    "report_progress",
    "report_still_on_track",
    "restore_milestone",
    "restore_theme",
    "unlink_action",
    "update_measure",
    "verify_action",
    "withdraw_action",
    "withdraw_finding",
]
