"""Reads of what a plan said before: each change with what stood there, and what was taken out and can be put back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from audit_app import words
from audit_app.improvement.plans import queries_measures
from audit_app.improvement.wording import who_and_when
from audit_app.people import queries as people
from findings import queries as thread
from findings.references import ACTION, reference
from findings.states import Brag, PlanPart, PlanStep
from findings.tables import Measure, Milestone, Plan, PlanChange, PlanReview, PlanRisk, Theme

ROWS: Mapping[PlanPart, Any] = {
    PlanPart.theme: Theme,
    PlanPart.milestone: Milestone,
    PlanPart.review: PlanReview,
    PlanPart.risk: PlanRisk,
    PlanPart.measure: Measure,
}
WORDS: Mapping[PlanPart, str] = {
    PlanPart.theme: "title",
    PlanPart.milestone: "text",
    PlanPart.review: "what",
    PlanPart.risk: "risk",
    PlanPart.measure: "name",
}
NAMES = queries_measures.NAMES | {f"brag_{brag.value}": f"{brag.title} means" for brag in Brag} | {
    "lead_printed": "Lead as printed", "owner_printed": "Owner as printed",
    "due_text": "Due in words", "local_label": "Own number", "theme_id": "Theme", "parent_id": "Theme above it",
    "action_number": "Action", "plan_number": "Plan", "lead_post_title": "Lead", "owner_post_title": "Owner",
    "mitigation": "Controls", "starting_position": "Where we are", "starting_as_at": "As at",
    "own_colour": "Own rating",
}  # fmt: skip
# Ids and the marks of being taken out: what they mean is told by the title, the step and the reason.
NOT_TOLD = frozenset({"removed_at", "removed_by", "removed_why"} | {
    f"{role}_{what}_id" for role in ("lead", "owner") for what in ("post", "person")
})  # fmt: skip
CAN_COME_BACK = (PlanPart.theme, PlanPart.milestone)


@dataclass(frozen=True)
class Change:
    """One change: of what, by whom and when, why, and what each of its fields said before."""

    row: PlanChange
    about: str
    who: str
    before: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TakenOut:
    """A theme or milestone that was taken out and can be put back."""

    part: PlanPart
    id: int
    text: str


@dataclass(frozen=True)
class ChangesPage:
    """What a plan said before, the newest change first, and what was taken out of it."""

    plan: Plan
    changes: tuple[Change, ...]
    taken_out: tuple[TakenOut, ...]


def list_changes(session: Session, authority_id: int, number: int) -> ChangesPage:
    """What one plan said before, or NotFound."""
    whole = thread.get_whole_plan(session, authority_id, number)
    names = people.names_of(session, [change.changed_by for change in whole.changes])
    parts = _parts(session, authority_id, whole.changes)
    themes = {theme.id: theme.title for theme in _every_theme(session, authority_id, number)}
    return ChangesPage(
        plan=whole.row,
        changes=tuple(
            Change(
                row=change,
                about=_about(change, parts, whole.row),
                who=who_and_when(change.changed_at, names, change.changed_by),
                before=tuple(_before(change, themes)),
            )
            for change in whole.changes
        ),
        taken_out=tuple(_taken_out(whole.changes, parts)),
    )


def _every_theme(session: Session, authority_id: int, number: int) -> list[Theme]:
    """The themes of a plan, those taken out included."""
    query = select(Theme).where(col(Theme.authority_id) == authority_id, col(Theme.plan_number) == number)
    return list(session.exec(query))


def _parts(session: Session, authority_id: int, changes: Iterable[PlanChange]) -> dict[tuple[PlanPart, int], Any]:
    """The rows that the changes are about, whether they are in the plan still or not."""
    listed = list(changes)
    parts: dict[tuple[PlanPart, int], Any] = {}
    for part, table in ROWS.items():
        ids = {change.row_id for change in listed if change.part is part and change.row_id is not None}
        query = select(table).where(table.authority_id == authority_id, table.id.in_(ids))
        parts |= {(part, row.id): row for row in session.exec(query)}
    return parts


def _about(change: PlanChange, parts: Mapping[tuple[PlanPart, int], Any], plan: Plan) -> str:
    if change.part is PlanPart.plan:
        return plan.title
    if change.part is PlanPart.action:
        return reference(ACTION, change.action_number or 0)
    row = parts.get((change.part, change.row_id or 0))
    text = getattr(row, WORDS[change.part], "")
    of = f" ({reference(ACTION, change.action_number)})" if change.action_number else ""
    return f"{change.part.title}{of}: {text}" if text else f"{change.part.title}{of}"


def _before(change: PlanChange, themes: Mapping[int, str]) -> Iterable[tuple[str, str]]:
    """Each field that changed, as it read before."""
    for name, value in sorted(json.loads(change.before).items()):
        if name not in NOT_TOLD:
            yield NAMES.get(name, name.replace("_", " ").capitalize()), _text(name, value, themes)


def _text(name: str, value: Any, themes: Mapping[int, str]) -> str:
    if value in (None, ""):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in ("theme_id", "parent_id"):
        return themes.get(value, "a theme that is gone")
    if name == "action_number":
        return reference(ACTION, value)
    if name.endswith("_on") or name.startswith("period_"):
        return words.date_words(date.fromisoformat(value))
    return str(value)


def _taken_out(changes: Iterable[PlanChange], parts: Mapping[tuple[PlanPart, int], Any]) -> Iterable[TakenOut]:
    """Themes and milestones that are out, each once, those taken out last at the top."""
    met = set()
    for change in changes:
        key = (change.part, change.row_id or 0)
        row = parts.get(key)
        if change.step is PlanStep.removed and change.part in CAN_COME_BACK and row is not None and key not in met:
            met.add(key)
            if row.removed_at is not None:
                yield TakenOut(change.part, row.id, getattr(row, WORDS[change.part]))
