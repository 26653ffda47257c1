"""Reads of improvement plans: the list with what each holds, and one with its actions by theme."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_
from sqlmodel import Session, col, func, select

from audit_app.improvement import colour_words
from audit_app.improvement.actions import queries_choices, queries_rows
from audit_app.improvement.actions.queries_rows import ActionRow
from audit_app.improvement.colour_words import Colour
from audit_app.improvement.plan_wording import step_due
from audit_app.improvement.queries import Listed, history_of, post_and_holder
from audit_app.improvement.wording import period_words
from audit_app.people import queries as people
from findings import queries as thread
from findings import rules, rules_in_sql
from findings.errors import NotFound
from findings.plan_shapes import PlannedAction, PlannedMilestone, PlannedTheme, WholePlan
from findings.references import ACTION, PLAN, reference
from findings.states import ActionStatus, AreaStatus, Brag, Standing
from findings.tables import Action, AreaForImprovement, Milestone, Plan, Theme

PAGE_SIZE = 50


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
        return period_words(self.plan)


@dataclass(frozen=True)
class StepLine:
    """A milestone with its date in words and, where it is reached or late, the colour an action would have."""

    step: PlannedMilestone
    due: str
    colour: Colour | None


@dataclass(frozen=True)
class ActionBlock:
    """An action as its row and with what was planned of it; its plan's own rating apart from what is reckoned."""

    row: ActionRow
    planned: PlannedAction
    steps: tuple[StepLine, ...]
    own_rating: Colour | None
    own_first: bool  # whether the plan asks that its own rating stands before what is reckoned


@dataclass(frozen=True)
class ThemeBlock:
    """A theme with its actions and the themes under it; None is what stands in no theme."""

    theme: PlannedTheme | None
    actions: tuple[ActionBlock, ...]
    under: tuple["ThemeBlock", ...] = ()

    @property
    def total(self) -> int:
        """How many actions it holds, those of the themes under it included."""
        return len(self.actions) + sum(block.total for block in self.under)


@dataclass(frozen=True)
class Meaning:
    """What one colour means: as it is reckoned here, and in the plan's own words."""

    colour: Colour
    in_plan: str


@dataclass(frozen=True)
class PlanPage:
    """A plan with its actions by theme; actions outside a theme come last."""

    whole: WholePlan
    period: str
    themes: tuple[ThemeBlock, ...]
    legend: tuple[Meaning, ...]
    counts: tuple[tuple[Colour, int], ...]
    total: int
    milestones: int
    reached: int
    late: int
    owner: str
    history: tuple[str, ...]

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        return self.whole.row


def list_plans(session: Session, authority_id: int, today: date, page: int = 1) -> Listed[PlanRow]:
    """A page of the plans, the newest first, with how many actions they hold and how many of those are overdue."""
    own = col(Plan.authority_id) == authority_id
    total = session.exec(select(func.count()).select_from(Plan).where(own)).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    newest = select(Plan).where(own).order_by(col(Plan.number).desc())
    plans = session.exec(newest.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)).all()
    in_these = col(Action.plan_number).in_([plan.number for plan in plans])
    in_force = _count_by_plan(session, authority_id, in_these, col(Action.status) != ActionStatus.withdrawn)
    late = _count_by_plan(session, authority_id, in_these, rules_in_sql.overdue(today))
    rows = (PlanRow(plan, in_force.get(plan.number, 0), late.get(plan.number, 0)) for plan in plans)
    return Listed(tuple(rows), total, page, pages)


def open_areas(session: Session, authority_id: int) -> frozenset[int]:
    """The numbers of the areas for improvement that are open."""
    query = select(AreaForImprovement.number).where(
        col(AreaForImprovement.authority_id) == authority_id, AreaForImprovement.status == AreaStatus.open
    )
    return frozenset(session.exec(query).all())


def first_level(session: Session, authority_id: int, number: int) -> list[tuple[int, str]]:
    """The themes of a plan under which others may stand."""
    themes = thread.list_themes(session, authority_id, number)
    return [(theme.id, theme.title) for theme in themes if theme.parent_id is None]


def theme_choices(session: Session, authority_id: int, number: int) -> list[tuple[int, str]]:
    """Every theme of a plan, those under another after it."""
    themes = thread.list_themes(session, authority_id, number)
    return [(theme.id, title) for theme, title in queries_choices.themes_in_order(themes)]


def place_choices(whole: WholePlan, *, without: int) -> list[tuple[int, str]]:
    """The actions of a plan after which another may stand, each with its theme, in the plan's order."""
    return [
        (act.row.number, f"{theme}: {reference(ACTION, act.row.number)} {queries_choices.shortened(act.row.what)}")
        for theme, actions in _by_theme(whole)
        for act in actions
        if act.row.number != without
    ]


def action_before(whole: WholePlan, number: int) -> int | None:
    """The action of the same theme after which an action stands now; None where it stands first."""
    for _, actions in _by_theme(whole):
        numbers = [action.row.number for action in actions]
        if number in numbers[1:]:
            return numbers[numbers.index(number) - 1]
    return None


def _by_theme(whole: WholePlan) -> list[tuple[str, tuple[PlannedAction, ...]]]:
    """The actions of each theme under its title, those in no theme last."""
    return [*((theme.row.title, theme.actions) for theme in whole.every_theme), ("In no theme", whole.loose)]


def get_theme(session: Session, authority_id: int, number: int, theme_id: int, *, taken_out: bool = False) -> Theme:
    """A theme of this plan, or NotFound; one that was taken out only where that is asked for."""
    theme: Theme = get_part(session, authority_id, number, Theme, theme_id)
    if (theme.removed_at is not None) is not taken_out:
        raise NotFound("This theme is not in the plan any more. Go back and look at the plan again.")
    return theme


def get_part(session: Session, authority_id: int, number: int, table: Any, row_id: int) -> Any:
    """A part of this plan by its id, or NotFound."""
    thread.get_plan(session, authority_id, number)
    query = select(table).where(table.authority_id == authority_id, table.id == row_id, table.plan_number == number)
    row = session.exec(query).first()
    if row is None:
        raise NotFound("This is not in the plan any more. Go back and look at the plan again.")
    return row


def get_milestone(session: Session, authority_id: int, number: int, milestone_id: int) -> Milestone:
    """A milestone of an action of this plan that was taken out, or NotFound."""
    query = select(Milestone).join(
        Action,
        and_(
            col(Action.authority_id) == col(Milestone.authority_id), col(Action.number) == col(Milestone.action_number)
        ),
    )
    query = query.where(col(Milestone.authority_id) == authority_id, col(Milestone.id) == milestone_id)
    row = session.exec(query.where(col(Action.plan_number) == number, col(Milestone.removed_at).is_not(None))).first()
    if row is None:
        raise NotFound("This milestone was not taken out of the plan. Look at what the plan said before again.")
    return row


def _count_by_plan(session: Session, authority_id: int, *conditions: Any) -> dict[int, int]:
    query = select(Action.plan_number, func.count()).where(col(Action.authority_id) == authority_id, *conditions)
    counts = session.exec(query.group_by(col(Action.plan_number))).all()
    return {number: count for number, count in counts if number is not None}


def get_plan(session: Session, authority_id: int, number: int, today: date) -> PlanPage:
    """A plan with its actions by theme, or NotFound."""
    whole = thread.get_whole_plan(session, authority_id, number)
    rows = queries_rows.action_rows(session, authority_id, [action.row for action in whole.every_action], today)
    words_of = colour_words.standings(people.brag_words(session), whole.row)
    blocks = {row.action.number: row for row in rows}
    themes = [_theme_block(theme, blocks, words_of, whole.row, today) for theme in whole.themes]
    if whole.loose:
        themes.append(ThemeBlock(None, _action_blocks(whole.loose, blocks, words_of, whole.row, today)))
    in_force = [row for row in rows if row.action.status is not ActionStatus.withdrawn]
    steps = [step for action in whole.every_action for step in action.milestones]
    return PlanPage(
        whole=whole,
        period=period_words(whole.row),
        themes=tuple(themes),
        legend=tuple(_meaning(colour, whole.row) for colour in colour_words.legend(words_of)),
        counts=colour_words.counted(words_of, Counter(row.standing for row in in_force)),
        total=len(in_force),
        milestones=len(steps),
        reached=sum(step.reached for step in steps),
        late=sum(rules.milestone_overdue(step.row, step.action, today) for step in steps),
        owner=post_and_holder(session, whole.row.owner_post_title, whole.row.owner_post_id, today),
        history=history_of(session, authority_id, reference(PLAN, number)),
    )


def _meaning(colour: Colour, plan: Plan) -> Meaning:
    return Meaning(colour, colour_words.own_meaning(Brag(colour.code), plan))


Blocks = dict[int, ActionRow]
Coloured = dict[Standing, Colour]


def _theme_block(theme: PlannedTheme, rows: Blocks, words_of: Coloured, plan: Plan, today: date) -> ThemeBlock:
    return ThemeBlock(
        theme,
        _action_blocks(theme.actions, rows, words_of, plan, today),
        tuple(_theme_block(under, rows, words_of, plan, today) for under in theme.subthemes),
    )


def _action_blocks(
    actions: Iterable[PlannedAction], rows: Blocks, words_of: Coloured, plan: Plan, today: date
) -> tuple[ActionBlock, ...]:
    return tuple(
        ActionBlock(
            row=rows[action.row.number],
            planned=action,
            steps=tuple(_step(step, words_of, today) for step in action.milestones),
            own_rating=colour_words.rated(action.row.own_colour, plan) if action.row.own_colour else None,
            own_first=plan.own_colours,
        )
        for action in actions
    )


def _step(step: PlannedMilestone, words_of: Coloured, today: date) -> StepLine:
    standing = step.standing(today)
    return StepLine(step, step_due(step, today), words_of[standing] if standing else None)
