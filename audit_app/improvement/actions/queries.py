"""Reads of one action: its page, whose it is, who stands in its line; and the actions of one person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from audit_app.improvement import colour_words, plan_wording, wording
from audit_app.improvement.actions import queries_rows
from audit_app.improvement.actions.queries_rows import ActionRow
from audit_app.improvement.plans import queries_measures
from audit_app.improvement.plans.queries_measures import MeasureChange
from audit_app.improvement.queries import Listed, history_of, post_and_holder
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope
from findings import queries as thread
from findings import rules
from findings.errors import NotFound
from findings.plan_shapes import PlannedMeasure
from findings.queries import ActionFilter
from findings.references import ACTION, FINDING, reference
from findings.states import ActionStatus
from findings.tables import (
    Action,
    ActionLead,
    AreaForImprovement,
    DueDateChange,
    Finding,
    FindingInArea,
    Measure,
    Milestone,
    Progress,
)

REPORTS_SHOWN = 50


@dataclass(frozen=True)
class Report:
    """One report of progress, with who made it and when."""

    row: Progress
    who: str


@dataclass(frozen=True)
class MeasureLine:
    """A measure and what it says in one line."""

    row: Measure
    in_one_line: str
    bands: tuple[tuple[str, str], ...] = ()
    changes: tuple[MeasureChange, ...] = ()  # what it said before, the newest change first


@dataclass(frozen=True)
class ActionPage:
    """An action with all that was planned and said of it."""

    row: ActionRow
    lead: str
    delivering: tuple[str, ...]
    areas: tuple[tuple[AreaForImprovement, str], ...]
    findings: tuple[tuple[str, str], ...]
    milestones: tuple[Milestone, ...]
    measures: tuple[MeasureLine, ...]
    reports: tuple[Report, ...]
    moves: tuple[tuple[DueDateChange, str], ...]
    completed: str
    verified: str
    history: tuple[str, ...]
    own_rating: str = ""
    late: frozenset[int] = frozenset()  # its milestones past their dates
    late_tag: str = ""

    @property
    def action(self) -> Action:
        """The action itself."""
        return self.row.action


def get_action(session: Session, authority_id: int, number: int, today: date) -> ActionPage:
    """One action's page, or NotFound."""
    action = thread.get_action(session, authority_id, number)
    row = queries_rows.action_rows(session, authority_id, [action], today)[0]
    reports = _of(session, Progress, action)
    moves = _of(session, DueDateChange, action)
    people_named = [x.reported_by for x in reports] + [x.changed_by for x in moves]
    names = people.names_of(session, [*people_named, action.completed_by, action.verified_by])
    steps = sorted(_of(session, Milestone, action), key=lambda step: (step.position, step.id))
    reports.sort(key=lambda report: (report.dated_on, report.id), reverse=True)
    return ActionPage(
        row=row,
        lead=post_and_holder(session, action.lead_post_title, action.lead_post_id, today),
        delivering=tuple(
            post_and_holder(session, lead.post_title, lead.post_id, today) for lead in _of(session, ActionLead, action)
        ),
        areas=_areas(session, row),
        findings=_findings(session, row),
        milestones=tuple(steps),
        measures=_measure_lines(session, action, today),
        reports=tuple(
            Report(x, wording.who_and_when(x.reported_at, names, x.reported_by)) for x in reports[:REPORTS_SHOWN]
        ),
        moves=tuple((move, wording.who_and_when(move.changed_at, names, move.changed_by)) for move in moves),
        completed=names.get(action.completed_by or 0, "somebody no longer here"),
        verified=names.get(action.verified_by or 0, "somebody no longer here"),
        history=history_of(session, authority_id, reference(ACTION, number)),
        own_rating=_own_rating(session, action),
        late=frozenset(step.id for step in steps if rules.milestone_overdue(step, action, today)),
        late_tag=colour_words.late_tag(),
    )


def _measure_lines(session: Session, action: Action, today: date) -> tuple[MeasureLine, ...]:
    measures = _of(session, Measure, action)
    changes = queries_measures.changes_of(session, action.authority_id, [measure.id for measure in measures])
    return tuple(
        MeasureLine(
            measure,
            plan_wording.measure_line(measure),
            tuple(plan_wording.band_words(PlannedMeasure(measure), today)),
            tuple(changes.get(measure.id, ())),
        )
        for measure in measures
    )


def _own_rating(session: Session, action: Action) -> str:
    """The plan's own colour of an action with what the plan says it means."""
    if action.own_colour is None:
        return ""
    plan = thread.get_plan(session, action.authority_id, action.plan_number) if action.plan_number else None
    return colour_words.own_rating(action.own_colour, plan)


def _of(session: Session, table: Any, action: Action) -> list[Any]:
    query = select(table).where(table.authority_id == action.authority_id, table.action_number == action.number)
    if hasattr(table, "removed_at"):
        query = query.where(table.removed_at.is_(None))
    return list(session.exec(query.order_by(col(table.id))))


def _areas(session: Session, row: ActionRow) -> tuple[tuple[AreaForImprovement, str], ...]:
    judged = {area.number: area.impact_words for area in row.areas}
    query = select(AreaForImprovement).where(
        AreaForImprovement.authority_id == row.action.authority_id, col(AreaForImprovement.number).in_(list(judged))
    )
    return tuple((area, judged[area.number]) for area in session.exec(query.order_by(col(AreaForImprovement.number))))


def _findings(session: Session, row: ActionRow) -> tuple[tuple[str, str], ...]:
    """The findings that stand behind the areas the action answers."""
    query = (
        select(Finding.number, Finding.title)
        .join(FindingInArea, col(FindingInArea.finding_number) == col(Finding.number))
        .where(FindingInArea.authority_id == row.action.authority_id, Finding.authority_id == row.action.authority_id)
        .where(col(FindingInArea.area_number).in_([area.number for area in row.areas]))
        .order_by(col(Finding.number))
        .distinct()
    )
    return tuple((reference(FINDING, number), title) for number, title in session.exec(query))


def delivery_leads(session: Session, action: Action) -> list[ActionLead]:
    """The posts that deliver an action."""
    return _of(session, ActionLead, action)


def get_milestone(session: Session, authority_id: int, number: int, milestone_id: int) -> Milestone:
    """A milestone of this action, or NotFound."""
    action = thread.get_action(session, authority_id, number)
    return _with_id(_of(session, Milestone, action), milestone_id, "milestone")


def get_measure(session: Session, authority_id: int, number: int, measure_id: int) -> Measure:
    """A measure of this action, or NotFound."""
    action = thread.get_action(session, authority_id, number)
    return _with_id(_of(session, Measure, action), measure_id, "measure")


def _with_id(rows: list[Any], row_id: int, what: str) -> Any:
    row = next((row for row in rows if row.id == row_id), None)
    if row is None:
        raise NotFound(f"This {what} is not here any more. Go back and look at the list again.")
    return row


# --- whose it is -----------------------------------------------------------------------------------------------------


def is_own(session: Session, action: Action, scope: Scope) -> bool:
    """Whether the person leads or delivers the action: in person, or by a post they hold today."""
    if action.lead_person_id == scope.person_id or action.lead_post_id in scope.own_posts:
        return True
    leads = delivery_leads(session, action)
    return any(lead.person_id == scope.person_id or lead.post_id in scope.own_posts for lead in leads)


def is_own_milestone(milestone: Milestone, scope: Scope) -> bool:
    """Whether the person leads this milestone."""
    return milestone.lead_person_id == scope.person_id or milestone.lead_post_id in scope.own_posts


def own_filter(scope: Scope) -> ActionFilter:
    """The open actions a person leads or delivers."""
    return ActionFilter(status=ActionStatus.open, person_id=scope.person_id, post_ids=tuple(sorted(scope.own_posts)))


def your_actions(session: Session, scope: Scope, today: date, *, page: int = 1, size: int = 25) -> Listed[ActionRow]:
    """A person's open actions, those due first at the top."""
    authority_id = people.authority_of(session)
    return queries_rows.list_actions(session, authority_id, own_filter(scope), today, page=page, size=size)
