"""One whole plan as a reader meets it: themes at two levels, actions, milestones, measures, risks, reviews. Pure.

Texts stay on their rows, so that whoever prints them can ask for each by its column; what is worked out from them (the
days that words are read as, what is late, the colour delivery has earned) stands in methods beside.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from findings import bands, colours, plan_words, rules, worded_dates
from findings.bands import Printed
from findings.colours import JudgedArea
from findings.plan_words import Aim
from findings.states import Band, Brag, Standing
from findings.tables import (
    Action,
    ActionLead,
    DueDateChange,
    Measure,
    Milestone,
    Plan,
    PlanChange,
    PlanReview,
    PlanRisk,
    Progress,
    Theme,
)
from findings.worded_dates import Reading


@dataclass(frozen=True)
class PlannedMilestone:
    """A step of an action, with who monitors it and the day its date is understood as."""

    row: Milestone
    action: Action

    @property
    def monitoring(self) -> tuple[str, ...]:
        """The bodies that monitor it, in order."""
        return plan_words.lines(self.row.monitoring)

    @property
    def due_day(self) -> date | None:
        """The day it is due: in figures, or as its words are read."""
        return rules.due_day(self.row)

    @property
    def reading(self) -> Reading:
        """What its printed words about a date mean, and whether their end had to be supposed."""
        return worded_dates.read(self.row.due_text)

    @property
    def reached(self) -> bool:
        """Whether it was reached."""
        return self.row.completed_on is not None

    def standing(self, today: date) -> Standing | None:
        """Done, overdue, or neither."""
        return colours.milestone_standing(self.row, self.action, today)


@dataclass(frozen=True)
class PlannedMeasure:
    """A figure or date to watch, with its four bands where the plan sets them."""

    row: Measure

    @property
    def bands(self) -> tuple[Printed, ...]:
        """The bands it has, from unmet upwards, as printed and as understood."""
        return bands.printed(self.row)

    def reached(self, today: date) -> Band | None:
        """The band it stands in; None where that cannot be said."""
        return bands.reached(self.row, today)


@dataclass(frozen=True)
class PlannedAction:
    """An action of a plan with all that was planned and said of it; progress is newest first."""

    row: Action
    leads: tuple[ActionLead, ...] = ()
    milestones: tuple[PlannedMilestone, ...] = ()
    measures: tuple[PlannedMeasure, ...] = ()
    progress: tuple[Progress, ...] = ()
    due_date_changes: tuple[DueDateChange, ...] = ()
    areas: tuple[JudgedArea, ...] = ()

    @property
    def monitoring(self) -> tuple[str, ...]:
        """The bodies that monitor it, in order."""
        return plan_words.lines(self.row.monitoring)

    @property
    def due_day(self) -> date | None:
        """The day it is due: in figures, or as its words are read."""
        return rules.due_day(self.row)

    @property
    def reading(self) -> Reading:
        """What its printed words about a date mean, and whether their end had to be supposed."""
        return worded_dates.read(self.row.due_text)

    @property
    def reached(self) -> tuple[PlannedMilestone, ...]:
        """Its milestones that were reached."""
        return tuple(step for step in self.milestones if step.reached)

    @property
    def not_reached(self) -> tuple[PlannedMilestone, ...]:
        """Its milestones that were not."""
        return tuple(step for step in self.milestones if not step.reached)

    def standing(self, today: date) -> Standing:
        """How its delivery stands, as the product reckons; `row.own_colour` is the plan's own rating."""
        return colours.standing(self.row, self.areas, today)

    def colour(self, today: date) -> Brag | None:
        """The colour its delivery has earned, as the product reckons."""
        return colours.COLOUR_OF[self.standing(today)]


@dataclass(frozen=True)
class PlannedTheme:
    """A theme with its actions, and the themes under it with theirs; those have none under them."""

    row: Theme
    actions: tuple[PlannedAction, ...] = ()
    subthemes: tuple["PlannedTheme", ...] = ()
    risks: tuple[PlanRisk, ...] = ()

    @property
    def aims(self) -> tuple[Aim, ...]:
        """Its aims, each with where it came from."""
        return plan_words.aims(self.row.aims)

    @property
    def staff_said(self) -> tuple[str, ...]:
        """What staff said, a saying each."""
        return plan_words.lines(self.row.staff_said)

    @property
    def corporate_priorities(self) -> tuple[str, ...]:
        """The corporate priorities it serves."""
        return plan_words.lines(self.row.corporate_priority)

    @property
    def monitoring(self) -> tuple[str, ...]:
        """The bodies that monitor it, in order."""
        return plan_words.lines(self.row.monitoring)

    @property
    def every_action(self) -> tuple[PlannedAction, ...]:
        """Its own actions, then those of the themes under it."""
        return (*self.actions, *(action for theme in self.subthemes for action in theme.actions))


@dataclass(frozen=True)
class WholePlan:
    """A plan with everything in it, in the order people gave it; `loose` are its actions in no theme."""

    row: Plan
    themes: tuple[PlannedTheme, ...] = ()
    loose: tuple[PlannedAction, ...] = ()
    reviews: tuple[PlanReview, ...] = ()
    risks: tuple[PlanRisk, ...] = ()
    measures: tuple[PlannedMeasure, ...] = ()
    changes: tuple[PlanChange, ...] = ()

    @property
    def monitoring(self) -> tuple[str, ...]:
        """The bodies that monitor the plan as a whole, in order."""
        return plan_words.lines(self.row.monitoring)

    @property
    def every_theme(self) -> tuple[PlannedTheme, ...]:
        """Each theme, and after it those under it."""
        return tuple(each for theme in self.themes for each in (theme, *theme.subthemes))

    @property
    def every_action(self) -> tuple[PlannedAction, ...]:
        """Every action once, in the plan's order."""
        return (*(action for theme in self.themes for action in theme.every_action), *self.loose)


@dataclass(frozen=True)
class PlanRows:
    """The rows of one plan, not yet joined; what was taken out is not among them."""

    plan: Plan
    themes: Sequence[Theme] = ()
    actions: Sequence[Action] = ()
    leads: Sequence[ActionLead] = ()
    milestones: Sequence[Milestone] = ()
    measures: Sequence[Measure] = ()
    progress: Sequence[Progress] = ()
    due_date_changes: Sequence[DueDateChange] = ()
    areas: dict[int, tuple[JudgedArea, ...]] = field(default_factory=dict)
    reviews: Sequence[PlanReview] = ()
    risks: Sequence[PlanRisk] = ()
    changes: Sequence[PlanChange] = ()


def join(rows: PlanRows) -> WholePlan:
    """The rows of a plan as one thing.

    An action whose theme is not among the rows stands in no theme; a theme whose parent is not stands at the first
    level: nothing is lost because something else was taken out.
    """
    actions = [_action(row, rows) for row in in_their_places(rows.actions)]
    there = {theme.id for theme in rows.themes}
    return WholePlan(
        row=rows.plan,
        themes=tuple(_themes(rows, actions, None)),
        loose=tuple(action for action in actions if action.row.theme_id not in there),
        reviews=tuple(sorted(rows.reviews, key=lambda row: (row.position, row.id))),
        risks=tuple(risk for risk in _in_place(rows.risks) if risk.theme_id not in there),
        measures=tuple(PlannedMeasure(row) for row in rows.measures if row.plan_number == rows.plan.number),
        changes=tuple(sorted(rows.changes, key=lambda row: (row.changed_at, row.id), reverse=True)),
    )


def _in_place(risks: Sequence[PlanRisk]) -> list[PlanRisk]:
    return sorted(risks, key=lambda row: (row.position, row.id))


def in_their_places(actions: Iterable[Action]) -> list[Action]:
    """Actions of one theme in order: those given a place first, then the others as they were added."""
    return sorted(actions, key=_place_of_action)


def _place_of_action(action: Action) -> tuple[bool, int, int]:
    return action.position == 0, action.position, action.number


class Reviewed(rules.Due, Protocol):
    """What the rule needs to know of a day on which a plan is looked at again."""

    @property
    def held_on(self) -> date | None:
        """The day it was held."""

    @property
    def removed_at(self) -> datetime | None:
        """When it was taken out of its plan."""


def review_passed(review: Reviewed, today: date) -> date | None:
    """The day by which a plan was to be looked at again, where it has passed and no review was held.

    Returns:
        A date before `today`; None where the review was held or taken out, is still to come, or its words are no date.

    Source:
        Own rule: a plan's review date is kept like any other, by being held and written down.
    """
    day = rules.due_day(review)
    open_still = review.held_on is None and review.removed_at is None
    return day if open_still and rules.date_passed(day, today) else None


def at_two_levels(themes: Iterable[Theme]) -> list[Theme]:
    """The themes of one plan in order: each of the first level, and after it those under it.

    A theme whose upper one is not among them stands at the first level.
    """
    listed = sorted(themes, key=lambda theme: (theme.position, theme.id))
    there = {theme.id for theme in listed}
    upper = [theme for theme in listed if theme.parent_id not in there]
    return [each for theme in upper for each in (theme, *(x for x in listed if x.parent_id == theme.id))]


def _themes(rows: PlanRows, actions: Sequence[PlannedAction], parent: int | None) -> Iterator[PlannedTheme]:
    there = {theme.id for theme in rows.themes}
    for row in sorted(rows.themes, key=lambda theme: (theme.position, theme.id)):
        if (row.parent_id if row.parent_id in there else None) == parent:
            yield PlannedTheme(
                row=row,
                actions=tuple(action for action in actions if action.row.theme_id == row.id),
                subthemes=tuple(_themes(rows, actions, row.id)),
                risks=tuple(risk for risk in _in_place(rows.risks) if risk.theme_id == row.id),
            )


def _action(row: Action, rows: PlanRows) -> PlannedAction:
    steps = [step for step in rows.milestones if step.action_number == row.number]
    reports = [report for report in rows.progress if report.action_number == row.number]
    return PlannedAction(
        row=row,
        leads=tuple(lead for lead in rows.leads if lead.action_number == row.number),
        milestones=tuple(PlannedMilestone(x, row) for x in sorted(steps, key=lambda x: (x.position, x.id))),
        measures=tuple(PlannedMeasure(x) for x in rows.measures if x.action_number == row.number),
        progress=tuple(sorted(reports, key=lambda x: (x.dated_on, x.id), reverse=True)),
        due_date_changes=tuple(move for move in rows.due_date_changes if move.action_number == row.number),
        areas=rows.areas.get(row.number, ()),
    )
