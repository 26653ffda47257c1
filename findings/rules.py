"""What may follow what, who may verify, what is overdue, and when an area may close. Pure: today is given."""

import calendar
from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum, auto
from typing import Protocol, TypeVar

from findings.states import ActionStatus, Delivery, Impact, Timescale


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
        """When it is due; `ongoing` is not asked for, because it changes no date (see `overdue`)."""


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
    """Where a step leads.

    Returns:
        The status an action has after the step; None when the step may not follow the status it has.

    Source:
        Own rule: completed, then verified by somebody else; whatever was settled can be opened again.
    """
    return _NEXT.get((status, step))


def date_passed(due_on: date | None, today: date) -> bool:
    """Whether a due date lies behind us, whatever is due on it: an action, a milestone, an audit.

    Whether the thing is still to be done is for its own rule to say; for a plan action that is `overdue`.
    `rules_in_sql.date_passed` is the same as a condition.

    Returns:
        True from the day after the date; False on the day itself, before it, and where there is no date.

    Source:
        Own rule: somebody who has until Friday has the whole of Friday.
    """
    return due_on is not None and due_on < today


def date_within(due_on: date | None, first: date, last: date) -> bool:
    """Whether a due date is one of some days; `rules_in_sql.date_within` is the same as a condition.

    Returns:
        True on the first day, the last and those between; False outside them and where there is no date.

    Source:
        Plain calendar arithmetic.
    """
    return due_on is not None and first <= due_on <= last


def overdue(action: Dated, today: date) -> bool:
    """Whether an action is still open after its due date; `rules_in_sql.overdue` is the same as a condition.

    Only the status and the date count:

    - *Ongoing* excuses an action from having a date, not from the one it has. Plans write "March 2017 and ongoing":
      something was promised by March, and the work goes on afterwards. If a tick took the date away, a late action
      could leave every count without a reason on record, which no due date may (`register.change_due_date`).
    - What its lead said of delivery: "on track" does not move a date.
    - Its milestones have dates of their own. A late milestone does not make its action late, nor the other way round.

    Returns:
        True from the day after the due date while the action is open; False on the day itself, without a date, and
        once it is completed, verified or withdrawn.

    Source:
        Own rule. The forms of deadline are those of the Royal Borough of Windsor and Maidenhead's improvement plan,
        business plan 2017–18, appendix 1: of 65 milestones about a third are ongoing or repeat, some with a month.
    """
    return action.status is ActionStatus.open and date_passed(action.due_on, today)


def days_overdue(action: Dated, today: date) -> int:
    """How late an open action is.

    Returns:
        Whole calendar days after the due date; 0 when it is not overdue, has no date or is no longer open.

    Source:
        Plain calendar arithmetic, for what `overdue` calls overdue.
    """
    return (today - action.due_on).days if action.due_on and overdue(action, today) else 0


def due_between(action: Dated, first: date, last: date) -> bool:
    """Whether an open action is due on one of some days, for reminders; `rules_in_sql.due_between` is its twin.

    Returns:
        True when the action is open and due on the first day, the last or one between; ongoing makes no difference.

    Source:
        Own rule; how many days ahead count as soon is a setting of the council.
    """
    return action.status is ActionStatus.open and date_within(action.due_on, first, last)


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
    """Whether a person stands outside the action's line: owner, delivery leads, their managers upward, owner's team.

    Returns:
        True when they are not among the people of the line; whom the line holds is for the caller to say.

    Source:
        Own rule: nobody marks their own work.
    """
    return person_id not in line


def latest(judgements: Iterable[JudgedRow]) -> JudgedRow | None:
    """The judgement that counts.

    Returns:
        The one of the latest day, and of one day the one written last; None when there is none.

    Source:
        Own rule; `colours.has_colour` repeats it in SQL.
    """
    return max(judgements, key=lambda impact: (impact.judged_on, impact.id), default=None)


def shows_difference(judgement: Judged | None) -> bool:
    """Whether a judgement says that children's lives are different.

    Returns:
        True for some or a clear difference; False for none, for one that did not last, for not yet known, and where
        nobody has judged.

    Source:
        Own rule.
    """
    return judgement is not None and judgement.rating in SHOWS_DIFFERENCE


def may_close(judgement: Judged | None) -> bool:
    """Whether an area may be closed, which is for impact to say and not for finished actions.

    Returns:
        True when its latest judgement of impact shows a difference for children.

    Source:
        Own rule.
    """
    return shows_difference(judgement)
