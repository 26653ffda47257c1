"""Whether the day on which a plan was to be looked at again has passed. Pure."""

from datetime import date, datetime
from typing import Protocol

from findings import rules


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
