"""What may follow what, who may verify, what is overdue, and which colour delivery has earned. Pure: today is given."""

import calendar
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum, auto
from typing import Protocol, TypeVar

from findings.states import ActionStatus, Brag, Delivery, Impact, Timescale


class Step(StrEnum):
    """What a person can do to a plan action."""

    report = auto()
    complete = auto()
    verify = auto()
    reopen = auto()
    withdraw = auto()


_NEXT: dict[tuple[ActionStatus, Step], ActionStatus] = {
    (ActionStatus.open, Step.report): ActionStatus.open,
    (ActionStatus.open, Step.complete): ActionStatus.completed,
    (ActionStatus.open, Step.withdraw): ActionStatus.withdrawn,
    (ActionStatus.completed, Step.verify): ActionStatus.verified,
    (ActionStatus.completed, Step.reopen): ActionStatus.open,
    (ActionStatus.verified, Step.reopen): ActionStatus.open,
    (ActionStatus.withdrawn, Step.reopen): ActionStatus.open,
}
_MONTHS = {
    Timescale.immediately: 0,
    Timescale.one_month: 1,
    Timescale.three_months: 3,
    Timescale.six_months: 6,
    Timescale.twelve_months: 12,
}
DELIVERY_COLOURS = {
    Delivery.not_started: Brag.grey,
    Delivery.on_track: Brag.green,
    Delivery.at_risk: Brag.amber,
    Delivery.off_track: Brag.red,
    Delivery.complete: Brag.green,
}
SHOWS_DIFFERENCE = frozenset({Impact.some_difference, Impact.clear_difference})
DISAGREES = frozenset({Impact.no_difference, Impact.not_sustained})


class Dated(Protocol):
    """What the rules need to know of an action; the row has it."""

    @property
    def status(self) -> ActionStatus:
        """How far the action has come."""

    @property
    def delivery(self) -> Delivery:
        """What its lead last said of delivery."""

    @property
    def due_on(self) -> date | None:
        """When it is due."""


class Judged(Protocol):
    """What the rules need to know of a judgement of impact; the row has it."""

    @property
    def rating(self) -> Impact:
        """The difference seen."""

    @property
    def judged_on(self) -> date:
        """The day it was judged."""

    @property
    def id(self) -> int:
        """Later rows have larger ids, which settles two judgements of one day."""


JudgedRow = TypeVar("JudgedRow", bound=Judged)


def after(status: ActionStatus, step: Step) -> ActionStatus | None:
    """The status an action has after a step, or None when the step may not follow."""
    return _NEXT.get((status, step))


def steps_open(status: ActionStatus) -> tuple[Step, ...]:
    """The steps that may follow a status, in the order of the list above."""
    return tuple(step for step in Step if (status, step) in _NEXT)


def overdue(action: Dated, today: date) -> bool:
    """Whether an action is still open after its due date; on the day itself it is not yet overdue."""
    return action.status is ActionStatus.open and action.due_on is not None and action.due_on < today


def days_overdue(action: Dated, today: date) -> int:
    """How late an open action is.

    Returns:
        Whole calendar days after the due date; 0 when it is not overdue, has no date or is no longer open.

    Source:
        Plain calendar arithmetic.
    """
    return (today - action.due_on).days if action.due_on and overdue(action, today) else 0


def due_from(published_on: date, timescale: Timescale) -> date:
    """The date an inspectorate's timescale runs out.

    Returns:
        The day of publication plus the months asked for; "immediately" is that day itself. Where the month is too
        short the last day of it is meant: three months from 30 November is 28 or 29 February.

    Source:
        Ofsted, inspection of local authority arrangements for the protection of children, Royal Borough of
        Greenwich, 2012, paragraph 3: immediately, within three months, within six months.
    """
    return months_later(published_on, _MONTHS[timescale])


def months_later(day: date, months: int) -> date:
    """The same day of a later month.

    Returns:
        A date; where the month is too short, its last day.

    Source:
        Plain calendar arithmetic.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def may_verify(person_id: int, *, line: Collection[int]) -> bool:
    """Whether a person stands outside the action's line: owner, delivery leads, their managers upward, owner's team."""
    return person_id not in line


def latest(judgements: Iterable[JudgedRow]) -> JudgedRow | None:
    """The judgement that counts: the one of the latest day, and of one day the one written last."""
    return max(judgements, key=lambda impact: (impact.judged_on, impact.id), default=None)


def shows_difference(judgement: Judged | None) -> bool:
    """Whether a judgement says that children's lives are different."""
    return judgement is not None and judgement.rating in SHOWS_DIFFERENCE


def delivery_colour(action: Dated, impacts: Sequence[Judged | None], today: date) -> Brag:
    """The colour delivery has earned; what each colour's words are is the council's to say.

    Blue is never given for finishing a task. It needs a verifier from outside the line and, for every area for
    improvement the action answers, a dated judgement that shows a difference; it drops back to amber as soon as a
    later judgement disagrees. An open action past its date is red whatever its lead said.

    Args:
        action: The action.
        impacts: The latest judgement of impact of each area it answers, None for an area never judged.
        today: Today's date.

    Returns:
        A colour; grey means not started.

    Source:
        Common practice of council improvement boards; City of London, service development plan report,
        3 October 2019, paragraph 5 for the four colours.
    """
    if action.status in (ActionStatus.completed, ActionStatus.verified):
        if any(impact is not None and impact.rating in DISAGREES for impact in impacts):
            return Brag.amber
        embedded = bool(impacts) and all(shows_difference(impact) for impact in impacts)
        return Brag.blue if action.status is ActionStatus.verified and embedded else Brag.green
    if overdue(action, today):
        return Brag.red
    return DELIVERY_COLOURS[action.delivery]


def may_close(judgement: Judged | None) -> bool:
    """Whether an area may be closed: its latest judgement of impact shows a difference for children."""
    return shows_difference(judgement)
