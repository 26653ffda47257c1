"""What may follow what, who may verify, what is overdue, and when an area may close. Pure: today is given."""

import calendar
from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum, auto
from typing import Protocol, TypeVar

from findings import worded_dates
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

    @property
    def due_text(self) -> str:
        """When it is due in the plan's own words, which count where there is no day."""


class Due(Protocol):
    """Anything with a day, or words for one, by which it is due."""

    @property
    def due_on(self) -> date | None:
        """The day entered."""

    @property
    def due_text(self) -> str:
        """The plan's own words, which count where there is no day."""


class Reached(Due, Protocol):
    """What the rules need to know of a milestone; the row has it."""

    @property
    def completed_on(self) -> date | None:
        """The day it was reached."""

    @property
    def removed_at(self) -> datetime | None:
        """When it was taken out of its plan."""


class Started(Protocol):
    """What the rules need to know of an action to say when it is to start; the row has it."""

    @property
    def start_on(self) -> date | None:
        """When it is to start."""

    @property
    def due_text(self) -> str:
        """The plan's own words, which may name a start: "from April 2017"."""


class Asked(Protocol):
    """What the rules need to know of a finding to say by when it was to be answered; the row has it."""

    @property
    def due_on(self) -> date | None:
        """The day entered or worked out."""

    @property
    def timescale(self) -> Timescale | None:
        """How soon, as an inspectorate's list of timescales says it."""

    @property
    def timescale_text(self) -> str:
        """How soon, in printed words."""


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


def due_day(action: Due) -> date | None:
    """The day an action, or a milestone, is due: the day entered, else the last day its words can mean.

    `Action.due_read_on` keeps what the words mean for SQL; `rules_in_sql.due_day` is the same as an expression.

    Returns:
        A date; None when there is neither a day nor words that can be reckoned with (`worded_dates`).

    Source:
        Own rule: "March 2017" in words is a promise like a date, and passes like one.
    """
    return action.due_on or worded_dates.last_day(action.due_text)


def start_day(action: Started) -> date | None:
    """The day an action is to start: the day entered, else the first day of words such as "from April 2017".

    Returns:
        A date; None when neither says.

    Source:
        Own rule, as `due_day`.
    """
    return action.start_on or worded_dates.first_day(action.due_text)


def starts_later(action: Started, today: date) -> bool:
    """Whether an action's start still lies ahead.

    Returns:
        False on the day itself, after it, and where no start is known.

    Source:
        Own rule, as `date_passed`.
    """
    start = start_day(action)
    return start is not None and start > today


def answer_day(finding: Asked, published_on: date | None) -> date | None:
    """The day by which what an inspectorate asked for was to be answered.

    Args:
        finding: The finding.
        published_on: The day its report was published; None where it is not known or there is no report.

    Returns:
        The day entered; else the timescale counted from publication; else the last day the printed words can mean;
        None when nothing says a day.

    Source:
        `due_from` for timescales; `worded_dates` for printed words.
    """
    if finding.due_on is not None:
        return finding.due_on
    if finding.timescale is not None and published_on is not None:
        return due_from(published_on, finding.timescale)
    return worded_dates.last_day(finding.timescale_text)


def overdue(action: Dated, today: date) -> bool:
    """Whether an action is still open after its due date; `rules_in_sql.overdue` is the same as a condition.

    Only the status and the date count, and a date in words counts like any other (`due_day`):

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
    return action.status is ActionStatus.open and date_passed(due_day(action), today)


def milestone_overdue(milestone: Reached, action: Dated, today: date) -> bool:
    """Whether a milestone was not reached by its date while its action is still open.

    Returns:
        True from the day after its date, in figures or in words; False on the day itself, without a date, once it is
        reached or taken out, and once its action is completed, verified or withdrawn.

    Source:
        Own rule, as `overdue`: a milestone has a date of its own, and its action's changes nothing of it.
    """
    if milestone.completed_on is not None or milestone.removed_at is not None or action.status is not ActionStatus.open:
        return False
    return date_passed(due_day(milestone), today)


def days_overdue(action: Dated, today: date) -> int:
    """How late an open action is.

    Returns:
        Whole calendar days after the due date; 0 when it is not overdue, has no date or is no longer open.

    Source:
        Plain calendar arithmetic, for what `overdue` calls overdue.
    """
    day = due_day(action)
    return (today - day).days if day and overdue(action, today) else 0


def late_words(action: Dated, today: date) -> str:
    """How late an open action is, in words.

    Returns:
        1 day; 9 years and 8 months; nothing when it is not overdue.

    Source:
        `days_overdue`, said as `worded_dates.time_late` does.
    """
    day = due_day(action)
    return worded_dates.time_late(day, today) if day and days_overdue(action, today) else ""


def due_between(action: Dated, first: date, last: date) -> bool:
    """Whether an open action is due on one of some days, for reminders; `rules_in_sql.due_between` is its twin.

    Returns:
        True when the action is open and due on the first day, the last or one between; ongoing makes no difference.

    Source:
        Own rule; how many days ahead count as soon is a setting of the council.
    """
    return action.status is ActionStatus.open and date_within(due_day(action), first, last)


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
        Own rule; `colours_in_sql` repeats it.
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
