"""How long a piece of evidence may stand for what it proves, and how it stands on a day. Pure."""

from calendar import monthrange
from datetime import date, timedelta

from audit_app.evidence.states import Freshness, Renewal

MONTHS = {Renewal.monthly: 1, Renewal.quarterly: 3, Renewal.yearly: 12}


def renew_by(renewal: Renewal, speaks_to: date) -> date | None:
    """The day on which newer evidence is wanted: a month, a quarter or a year after the last day this one speaks of.

    Counted from what it speaks of, not from when it was made: a report of today about last year is a year old. A day
    that the month lacks is its last one: 31 January and a month is 28 or 29 February. None where it does not age.
    """
    months = MONTHS.get(renewal)
    if months is None:
        return None
    years, month = divmod(speaks_to.month - 1 + months, 12)
    year, month = speaks_to.year + years, month + 1
    if year > date.max.year:
        return None
    return date(year, month, min(speaks_to.day, monthrange(year, month)[1]))


def stands(renewed_by: date | None, today: date, grace_days: int, *, withdrawn: bool = False) -> Freshness:
    """How evidence stands on a day: fresh until its day of renewal, then to be renewed, stale after the days of grace.

    Args:
        renewed_by: The day `renew_by` gives.
        today: The day it is asked on.
        grace_days: How many days the next figures may take to be written up (`EVIDENCE_GRACE_DAYS`).
        withdrawn: Whether it was withdrawn, which goes before everything else.
    """
    if withdrawn:
        return Freshness.withdrawn
    if renewed_by is None or today <= renewed_by:
        return Freshness.fresh
    return Freshness.due if today <= renewed_by + timedelta(days=grace_days) else Freshness.stale


def stale_before(today: date, grace_days: int) -> date:
    """Evidence whose day of renewal lies before this day is stale."""
    return today - timedelta(days=grace_days)
