"""Reads of plans and their actions: rows for the register, for a plan's page, for workbooks and for packs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from audit_app import words
from audit_app.improvement import brag
from audit_app.people import queries as people
from findings import colours, rules, rules_in_sql
from findings import queries as thread
from findings.queries import ActionFilter
from findings.references import ACTION, AREA, PLAN, reference
from findings.states import ActionStatus, Brag
from findings.tables import (
    Action,
    ActionInArea,
    ActionLead,
    DueDateChange,
    ImpactJudgement,
    Milestone,
    Plan,
    Progress,
    Theme,
)

LARGEST_EXPORT = 5_000


@dataclass(frozen=True)
class AreaAnswered:
    """An area an action answers, and what was last judged of it, delivery apart."""

    number: int
    impact: ImpactJudgement | None

    @property
    def reference(self) -> str:
        """AFI-0003."""
        return reference(AREA, self.number)

    @property
    def told(self) -> str:
        """The latest judgement of impact in words."""
        return brag.impact_told(self.impact)


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
    colour: brag.Colour
    why: str
    due: str
    overdue: bool

    @property
    def reference(self) -> str:
        """ACT-0011."""
        return reference(ACTION, self.action.number)

    @property
    def status(self) -> str:
        """Open; Done, waiting to be verified; Verified; Withdrawn."""
        return brag.STATUS_WORDS[self.action.status]

    @property
    def lead(self) -> str:
        """The accountable post."""
        return self.action.lead_post_title or "no lead post"

    @property
    def progress(self) -> str:
        """What was last said of delivery, with its day."""
        if self.latest is None:
            return "nothing reported yet"
        said = "still on track" if self.latest.still_on_track else brag.DELIVERY_WORDS[self.latest.delivery].lower()
        note = f": {self.latest.note.rstrip('.')}" if self.latest.note else ""
        return f"{words.date_words(self.latest.dated_on)}, {said}{note}"


@dataclass(frozen=True)
class PlanRow:
    """A plan in the list of plans, with how many of its actions have which colour."""

    plan: Plan
    actions: int
    overdue: int

    @property
    def reference(self) -> str:
        """PLN-0001."""
        return reference(PLAN, self.plan.number)

    @property
    def period(self) -> str:
        """From when to when."""
        return period_told(self.plan)


@dataclass(frozen=True)
class Listed:
    """One page of the register of actions."""

    rows: tuple[ActionRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class PlanPage:
    """A plan with its actions by theme; actions outside a theme come last."""

    plan: Plan
    period: str
    themes: tuple[tuple[Theme | None, tuple[ActionRow, ...]], ...]
    colours: Mapping[Brag, brag.Colour]
    counts: tuple[tuple[brag.Colour, int], ...]
    total: int
    owner: str


def period_told(plan: Plan) -> str:
    """1 April 2026 to 31 March 2027, or what is known of it."""
    if plan.period_from and plan.period_to:
        return words.date_range(plan.period_from, plan.period_to)
    if plan.period_from:
        return f"from {words.date_words(plan.period_from)}"
    return f"until {words.date_words(plan.period_to)}" if plan.period_to else "no period set"


def list_plans(session: Session, authority_id: int, today: date) -> list[PlanRow]:
    """All plans, the newest first, with how many actions they hold and how many of those are overdue."""
    in_force = _count_by_plan(session, authority_id, col(Action.status) != ActionStatus.withdrawn)
    late = _count_by_plan(session, authority_id, rules_in_sql.overdue(today))
    return [
        PlanRow(plan, in_force.get(plan.number, 0), late.get(plan.number, 0))
        for plan in thread.list_plans(session, authority_id)
    ]


def _count_by_plan(session: Session, authority_id: int, *conditions: Any) -> dict[int, int]:
    query = select(Action.plan_number, func.count()).where(col(Action.authority_id) == authority_id, *conditions)
    return {number: found for number, found in session.exec(query.group_by(Action.plan_number)) if number is not None}


def list_actions(
    session: Session, authority_id: int, wanted: ActionFilter, today: date, *, page: int = 1, size: int = 50
) -> Listed:
    """A page of the register, those due first at the top."""
    found = thread.list_actions(session, authority_id, wanted, page=page, size=size)
    return Listed(tuple(action_rows(session, authority_id, found.rows, today)), found.total, found.page, found.pages)


def every_action(session: Session, authority_id: int, wanted: ActionFilter, today: date) -> list[ActionRow]:
    """All actions of a sort, for a workbook; at most 5,000 of them."""
    actions: list[Action] = []
    for page in range(1, LARGEST_EXPORT // thread.LARGEST_PAGE + 1):
        found = thread.list_actions(session, authority_id, wanted, page=page, size=thread.LARGEST_PAGE)
        actions.extend(found.rows)
        if page >= found.pages:
            break
    return action_rows(session, authority_id, actions, today)


def rows_of_areas(session: Session, authority_id: int, areas: Collection[int], today: date) -> list[ActionRow]:
    """The action table of some areas for improvement, for packs: each action once, in order of number."""
    query = (
        select(Action)
        .join(ActionInArea, col(ActionInArea.action_number) == col(Action.number))
        .where(col(ActionInArea.authority_id) == authority_id, col(Action.authority_id) == authority_id)
        .where(col(ActionInArea.area_number).in_(list(areas)))
        .order_by(col(Action.number))
        .distinct()
    )
    return action_rows(session, authority_id, session.exec(query).all(), today)


def action_rows(session: Session, authority_id: int, actions: Sequence[Action], today: date) -> list[ActionRow]:
    """Actions with all a list says of them, in the order given and in a fixed number of statements."""
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
        self.coloured = {number: brag.colours(council, self.plans.get(number)) for number in in_plans}
        self.areas = self._by_action(ActionInArea, numbers, "area_number")
        self.leads = self._by_action(ActionLead, numbers, "id")
        self.moves = self._by_action(DueDateChange, numbers, "id")
        self.milestones = self._by_action(Milestone, numbers, "position")
        self.progress = self._latest_progress(numbers)
        touched = {link.area_number for links in self.areas.values() for link in links}
        self.impacts = latest_impacts(session, authority_id, touched)

    def all(self, table: Any, column: str, values: Iterable[Any], order: str = "id") -> list[Any]:
        """Rows of this authority whose column is among some values."""
        query = select(table).where(table.authority_id == self.authority_id, getattr(table, column).in_(list(values)))
        return list(self.session.exec(query.order_by(getattr(table, order))))

    def _by_action(self, table: Any, numbers: Sequence[int], order: str) -> dict[int, list[Any]]:
        grouped: dict[int, list[Any]] = defaultdict(list)
        for row in self.all(table, "action_number", numbers, order):
            grouped[row.action_number].append(row)
        return grouped

    def _latest_progress(self, numbers: Sequence[int]) -> dict[int, Progress]:
        """The last thing said of each: of the latest day, and of one day the one written last."""
        said: dict[int, Progress] = {}
        for row in self.all(Progress, "action_number", numbers):
            before = said.get(row.action_number)
            if before is None or (row.dated_on, row.id) > (before.dated_on, before.id):
                said[row.action_number] = row
        return said


def latest_impacts(session: Session, authority_id: int, areas: Collection[int]) -> dict[int, ImpactJudgement]:
    """The judgement that counts for each of these areas; an area never judged is left out."""
    query = select(ImpactJudgement).where(
        col(ImpactJudgement.authority_id) == authority_id, col(ImpactJudgement.area_number).in_(list(areas))
    )
    grouped: dict[int, list[ImpactJudgement]] = defaultdict(list)
    for row in session.exec(query):
        grouped[row.area_number].append(row)
    return {number: judged for number, rows in grouped.items() if (judged := rules.latest(rows)) is not None}


def _row(action: Action, around: _Around, today: date) -> ActionRow:
    plan, theme = around.plans.get(action.plan_number), around.themes.get(action.theme_id)
    number = action.number
    areas = sorted(link.area_number for link in around.areas.get(number, ()))
    impacts = {area: around.impacts.get(area) for area in areas}
    milestones = around.milestones.get(number, ())
    earned = colours.delivery_colour(action, list(impacts.values()), today)
    return ActionRow(
        action=action,
        plan_title=plan.title if plan else "",
        theme_title=theme.title if theme else "",
        delivering=tuple(lead.post_title for lead in around.leads.get(number, ())),
        due_changes=len(around.moves.get(number, ())),
        milestones=len(milestones),
        milestones_done=sum(milestone.completed_on is not None for milestone in milestones),
        latest=around.progress.get(number),
        areas=tuple(AreaAnswered(area, impacts[area]) for area in areas),
        colour=brag.shown(around.coloured[action.plan_number], action, earned),
        why=brag.reason(action, impacts, today),
        due=brag.due_told(action, today),
        overdue=rules.overdue(action, today),
    )


def get_plan(session: Session, authority_id: int, number: int, today: date) -> PlanPage:
    """A plan with its actions by theme, or NotFound."""
    plan = thread.get_plan(session, authority_id, number)
    rows = every_action(session, authority_id, ActionFilter(plan_number=number), today)
    by_theme: dict[int | None, list[ActionRow]] = defaultdict(list)
    for row in rows:
        by_theme[row.action.theme_id].append(row)
    themes: list[tuple[Theme | None, tuple[ActionRow, ...]]] = [
        (theme, tuple(by_theme[theme.id])) for theme in thread.list_themes(session, authority_id, number)
    ]
    if by_theme[None]:
        themes.append((None, tuple(by_theme[None])))
    coloured = brag.colours(people.brag_words(session), plan)
    in_force = [row for row in rows if row.action.status is not ActionStatus.withdrawn]
    counts = [(colour, sum(row.colour.code == colour.code for row in in_force)) for colour in coloured.values()]
    return PlanPage(
        plan=plan,
        period=period_told(plan),
        themes=tuple(themes),
        colours=coloured,
        counts=tuple(counts),
        total=len(in_force),
        owner=post_told(session, plan.owner_post_title, plan.owner_post_id, today),
    )


def post_told(session: Session, title: str, post_id: int | None, today: date) -> str:
    """Head of Safeguarding (held by Asha Khan); the title as it was when written where nobody holds it now."""
    if not title:
        return ""
    holder = people.holders_of(session, [post_id], today).get(post_id) if post_id is not None else None
    name = people.names_of(session, [holder]).get(holder or 0, "")
    return f"{title} (held by {name})" if name else title


def moment_told(moment: datetime, names: Mapping[int, str], person: int | None) -> str:
    """By Asha Khan on 4 March 2026 at 2:05pm."""
    who = names.get(person or 0, "somebody no longer here")
    return f"by {who} on {words.datetime_words(moment)}"
