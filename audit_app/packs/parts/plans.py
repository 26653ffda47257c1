"""The plan sheet: plans, their themes, actions and milestones as they are printed. Data only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StepPart:
    """One milestone on the plan sheet."""

    text: str
    reached: bool
    state: str
    lead: str
    by: str
    monitored: str
    note: str = ""


@dataclass(frozen=True)
class PlannedPart:
    """One action on the plan sheet, with everything that is told of it."""

    reference: str
    label: str
    what: str
    answers: tuple[str, ...]
    lead: str
    by: tuple[str, ...]  # as printed and as understood, then each move of it
    monitored: str
    known_by: tuple[str, ...]
    colour: str
    delivery: str
    reported: str
    impact: tuple[str, ...]
    own_rating: str = ""  # the colour the plan gives by itself, in its own words
    steps: tuple[StepPart, ...] = ()
    more: tuple[tuple[str, str], ...] = ()  # what it is meant to change, where it started, risk and what is done


@dataclass(frozen=True)
class ThemePart:
    """One theme of a plan, or what stands in no theme, with its actions."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    under: str = ""  # the theme above it
    actions: tuple[PlannedPart, ...] = ()
    holds: tuple[str, ...] = ()  # the themes under it


@dataclass(frozen=True)
class RiskPart:
    """A risk of a plan or of a theme, how high it is before and after what is done about it, in the plan's words."""

    risk: str
    before: str
    controls: str
    after: str
    theme: str = ""


@dataclass(frozen=True)
class ReviewPart:
    """A day on which a plan is looked at again, as printed and as understood, and what came of it."""

    what: str
    when: str
    held: str


@dataclass(frozen=True)
class PlanPart:
    """One improvement plan, or the actions that stand in none."""

    reference: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    own_colours: tuple[tuple[str, str], ...] = ()  # each colour with what the plan itself says that it means
    themes: tuple[ThemePart, ...] = ()
    risks: tuple[RiskPart, ...] = ()
    reviews: tuple[ReviewPart, ...] = ()
    measures: tuple[str, ...] = ()  # of the plan itself, a sentence each
