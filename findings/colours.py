"""How an action stands, and so its colour: the one rule, pure. Nothing else decides a colour or its word.

`colours_in_sql` tells the same to the database, and a test holds the two against each other on actions of every sort.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Protocol

from findings import rules
from findings.rules import DISAGREES, Dated, Judged, Reached, Started
from findings.states import ActionStatus, Brag, Delivery, ImpactTest, SourceKind, Standing, Verdict

COLOUR_OF = MappingProxyType(
    {
        Standing.evidenced: Brag.blue,
        Standing.done: Brag.green,
        Standing.on_track: Brag.green,
        Standing.done_in_doubt: Brag.amber,
        Standing.at_risk: Brag.amber,
        Standing.start_passed: Brag.amber,
        Standing.off_track: Brag.red,
        Standing.overdue: Brag.red,
        Standing.not_due: Brag.grey,
        Standing.no_start: Brag.grey,
        Standing.withdrawn: None,
    }
)
OF_DELIVERY = MappingProxyType(
    {
        Delivery.on_track: Standing.on_track,
        Delivery.at_risk: Standing.at_risk,
        Delivery.off_track: Standing.off_track,
        Delivery.complete: Standing.on_track,  # only until it is completed with a day
    }
)
DONE = (ActionStatus.completed, ActionStatus.verified)


class Tested(Dated, Started, Protocol):
    """What the rule needs to know of an action; the row has it."""

    @property
    def impact_test(self) -> ImpactTest | None:
        """The kind of evidence by which its plan says impact will be tested."""

    @property
    def completed_on(self) -> date | None:
        """The day it was done."""


class Evidence(Protocol):
    """What the rule needs to know of a piece of evidence; the row of a source has it."""

    @property
    def kind(self) -> SourceKind:
        """What sort of evidence it is."""

    @property
    def dated_on(self) -> date | None:
        """The day it speaks of, whenever it was typed in."""


@dataclass(frozen=True)
class JudgedArea:
    """An area an action answers, with the judgement that counts there and the evidence that judgement rests on."""

    number: int
    judgement: Judged | None = None
    evidence: Sequence[Evidence] = ()


def verdict(test: ImpactTest, completed_on: date, judged_on: date, evidence: Evidence) -> Verdict:
    """Whether evidence shows the impact of an action, by its kind and by the day it speaks of.

    Args:
        test: The kind of evidence the plan named.
        completed_on: The day the action was done.
        judged_on: The day of the judgement that rests on the evidence.
        evidence: The evidence.

    Returns:
        Counts, or the first reason why it does not. The day of completion itself is too early: what was seen then may
        have been seen before the work was done.

    Source:
        Own rule: what was seen before something was done cannot show what it changed.
    """
    if evidence.kind.value != test.value:
        return Verdict.other_kind
    if evidence.dated_on is None:
        return Verdict.undated
    if evidence.dated_on <= completed_on:
        return Verdict.too_early
    return Verdict.too_late if evidence.dated_on > judged_on else Verdict.counts


def shows_impact(action: Tested, area: JudgedArea) -> bool:
    """Whether the judgement that counts at an area shows a difference, on evidence that counts for this action.

    Returns:
        False as well where the plan names no test, or the action is not done: then no evidence can be its test.

    Source:
        `verdict`, and `rules.shows_difference`.
    """
    test, completed_on, judgement = action.impact_test, action.completed_on, area.judgement
    if test is None or completed_on is None or judgement is None or not rules.shows_difference(judgement):
        return False
    return any(verdict(test, completed_on, judgement.judged_on, x) is Verdict.counts for x in area.evidence)


def standing(action: Tested, areas: Iterable[JudgedArea], today: date) -> Standing:
    """How an action stands on a day.

    - Done and verified from outside its line, and every area it answers shows a difference on evidence of the kind
      the plan named, gathered after the action was done: its impact is evidenced. Nothing less is.
    - Done, while the judgement that counts at one of its areas says no difference, or none that lasted: in doubt.
    - Open and past its date, in figures or in words: overdue, whatever its lead said.
    - Never reported as started: not due while its start lies ahead or is today; start passed from the day after.

    Args:
        action: The action.
        areas: Each area it answers, with the judgement that counts there and its evidence.
        today: The day, in London.

    Returns:
        One of the standings; `COLOUR_OF` gives its colour.

    Source:
        Common practice of council improvement boards; City of London, service development plan report,
        3 October 2019, paragraph 5 for the four colours.
    """
    if action.status is ActionStatus.withdrawn:
        return Standing.withdrawn
    if action.status in DONE:
        return _standing_done(action, tuple(areas))
    if rules.overdue(action, today):
        return Standing.overdue
    if action.delivery is not Delivery.not_started:
        return OF_DELIVERY[action.delivery]
    start = rules.start_day(action)
    if start is None:
        return Standing.no_start
    return Standing.start_passed if rules.date_passed(start, today) else Standing.not_due


def _standing_done(action: Tested, areas: Sequence[JudgedArea]) -> Standing:
    if any(area.judgement is not None and area.judgement.rating in DISAGREES for area in areas):
        return Standing.done_in_doubt
    evidenced = bool(areas) and all(shows_impact(action, area) for area in areas)
    return Standing.evidenced if evidenced and action.status is ActionStatus.verified else Standing.done


def delivery_colour(action: Tested, areas: Iterable[JudgedArea], today: date) -> Brag | None:
    """The colour delivery has earned on a day; None for an action that was withdrawn.

    Returns:
        The colour of its standing.

    Source:
        `standing`.
    """
    return COLOUR_OF[standing(action, areas, today)]


def milestone_standing(milestone: Reached, action: Dated, today: date) -> Standing | None:
    """How a milestone stands, in the standings its action has, so that late is one colour everywhere.

    Returns:
        Done once it is reached; overdue as `rules.milestone_overdue` says; None while it is neither.

    Source:
        `rules.milestone_overdue`.
    """
    if milestone.completed_on is not None:
        return Standing.done
    return Standing.overdue if rules.milestone_overdue(milestone, action, today) else None
