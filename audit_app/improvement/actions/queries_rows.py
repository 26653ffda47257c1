"""Rows of plan actions as lists, workbooks and packs show them, read in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, select

from audit_app import words
from audit_app.improvement import colour_words, wording
from audit_app.improvement.queries import Listed
from audit_app.people import queries as people
from findings import colours, rules
from findings import queries as thread
from findings.colours import JudgedArea
from findings.queries import ActionFilter
from findings.references import ACTION, AREA, reference
from findings.rules import Judged
from findings.states import Standing
from findings.tables import (
    Action,
    ActionInArea,
    ActionLead,
    DueDateChange,
    Milestone,
    Plan,
    Progress,
    Theme,
)


@dataclass(frozen=True)
class AreaAnswered:
    """An area an action answers, and what was last judged of it, delivery apart."""

    number: int
    impact: Judged | None

    @property
    def reference(self) -> str:
        """AFI-0003."""
        return reference(AREA, self.number)

    @property
    def impact_words(self) -> str:
        """The latest judgement of impact in words."""
        return wording.impact_words(self.impact)


@dataclass(frozen=True)
class ActionRow:
    """An action as lists, workbooks and packs show it: delivery and impact apart, never a colour alone."""

    action: Action
    plan_title: str
    theme_title: str
    delivering: tuple[str, ...]
    due_changes: int
    milestones: int
    milestones_done: int
    latest: Progress | None
    areas: tuple[AreaAnswered, ...]
    standing: Standing
    colour: colour_words.Colour
    why: str
    due: str
    overdue: bool

    @property
    def reference(self) -> str:
        """ACT-0011."""
        return reference(ACTION, self.action.number)

    @property
    def status(self) -> str:
        """Open; Completed, not yet verified; Verified; Withdrawn."""
        return self.action.status.title

    @property
    def due_day(self) -> date | None:
        """The day it is due, in figures or as its words are read."""
        return rules.due_day(self.action)

    @property
    def lead(self) -> str:
        """The accountable post."""
        return self.action.lead_post_title or "no lead post"

    @property
    def progress(self) -> str:
        """What was last said of delivery, with its day."""
        if self.latest is None:
            return "nothing reported yet"
        standing = "still on track" if self.latest.still_on_track else self.latest.delivery.in_sentence
        note = f": {self.latest.note.rstrip('.')}" if self.latest.note else ""
        return f"{words.date_words(self.latest.dated_on)}, {standing}{note}"


def list_actions(
    session: Session, authority_id: int, wanted: ActionFilter, today: date, *, page: int = 1, size: int = 50
) -> Listed[ActionRow]:
    """A page of the register, those due first at the top."""
    listed = thread.list_actions(session, authority_id, wanted, page=page, size=size)
    rows = tuple(action_rows(session, authority_id, listed.rows, today))
    return Listed(rows, listed.total, listed.page, listed.pages)


def every_action(session: Session, authority_id: int, wanted: ActionFilter, today: date) -> list[ActionRow]:
    """All actions of a sort, for a workbook that is made at once."""
    return some_actions(session, authority_id, thread.action_numbers(session, authority_id, wanted), today)


def some_actions(session: Session, authority_id: int, numbers: Sequence[int], today: date) -> list[ActionRow]:
    """The actions of these numbers, for a part of an export."""
    actions = thread.those_numbered(session, Action, authority_id, numbers)
    return action_rows(session, authority_id, actions, today)


def action_rows(session: Session, authority_id: int, actions: Sequence[Action], today: date) -> list[ActionRow]:
    """Actions with all a list says of them, in the order given: in a fixed number of statements, or none for none."""
    if not actions:
        return []
    around = _Around(session, authority_id, actions)
    return [_row(action, around, today) for action in actions]


class _Around:
    """The rows that hang on some actions, grouped by action."""

    def __init__(self, session: Session, authority_id: int, actions: Sequence[Action]) -> None:
        self.session, self.authority_id = session, authority_id
        numbers = [action.number for action in actions]
        in_plans = {action.plan_number for action in actions}
        self.plans: dict[int | None, Plan] = {
            x.number: x for x in self.all(Plan, "number", in_plans - {None}, "number")
        }
        self.themes: dict[int | None, Theme] = {x.id: x for x in self.all(Theme, "plan_number", self.plans)}
        council = people.brag_words(session)
        self.coloured = {number: colour_words.standings(council, self.plans.get(number)) for number in in_plans}
        self.areas = self._by_action(ActionInArea, numbers, "area_number")
        self.leads = self._by_action(ActionLead, numbers, "id")
        self.moves = self._by_action(DueDateChange, numbers, "id")
        self.milestones = self._by_action(Milestone, numbers, "position")
        self.progress = self._latest_progress(numbers)
        touched = {link.area_number for links in self.areas.values() for link in links}
        self.judged = thread.judged_areas(session, authority_id, touched)

    def all(self, table: Any, column: str, values: Iterable[Any], order: str = "id") -> list[Any]:
        """Rows of this authority whose column is among some values."""
        query = select(table).where(table.authority_id == self.authority_id, getattr(table, column).in_(list(values)))
        if hasattr(table, "removed_at"):
            query = query.where(table.removed_at.is_(None))
        return list(self.session.exec(query.order_by(getattr(table, order))))

    def _by_action(self, table: Any, numbers: Sequence[int], order: str) -> dict[int, list[Any]]:
        grouped: dict[int, list[Any]] = defaultdict(list)
        for row in self.all(table, "action_number", numbers, order):
            grouped[row.action_number].append(row)
        return grouped

    def _latest_progress(self, numbers: Sequence[int]) -> dict[int, Progress]:
        """The last thing said of each: of the latest day, and of one day the one written last."""
        latest: dict[int, Progress] = {}
        for row in self.all(Progress, "action_number", numbers):
            before = latest.get(row.action_number)
            if before is None or (row.dated_on, row.id) > (before.dated_on, before.id):
                latest[row.action_number] = row
        return latest


def _row(action: Action, around: _Around, today: date) -> ActionRow:
    plan, theme = around.plans.get(action.plan_number), around.themes.get(action.theme_id)
    number = action.number
    areas = sorted(link.area_number for link in around.areas.get(number, ()))
    judged = [around.judged.get(area, JudgedArea(area)) for area in areas]
    milestones = around.milestones.get(number, ())
    standing = colours.standing(action, judged, today)
    return ActionRow(
        action=action,
        plan_title=plan.title if plan else "",
        theme_title=theme.title if theme else "",
        delivering=tuple(lead.post_title for lead in around.leads.get(number, ())),
        due_changes=len(around.moves.get(number, ())),
        milestones=len(milestones),
        milestones_done=sum(milestone.completed_on is not None for milestone in milestones),
        latest=around.progress.get(number),
        areas=tuple(AreaAnswered(area.number, area.judgement) for area in judged),
        standing=standing,
        colour=around.coloured[action.plan_number][standing],
        why=colour_words.why_this_colour(action, judged, today),
        due=wording.due_words(action, today),
        overdue=rules.overdue(action, today),
    )
