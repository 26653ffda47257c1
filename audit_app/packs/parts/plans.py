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
    steps: tuple[StepPart, ...] = ()
    more: tuple[tuple[str, str], ...] = ()  # what it is meant to change, where it started, risk and what is done


@dataclass(frozen=True)
class ThemePart:
    """One theme of a plan, or what stands in no theme, with its actions."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    actions: tuple[PlannedPart, ...] = ()


@dataclass(frozen=True)
class PlanPart:
    """One improvement plan, or the actions that stand in none."""

    reference: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    own_colours: tuple[tuple[str, str], ...] = ()  # each colour with what the plan itself says that it means
    themes: tuple[ThemePart, ...] = ()
