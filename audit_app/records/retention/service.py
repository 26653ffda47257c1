"""Setting how long a kind of record is kept, and taking the period away again."""

from datetime import datetime

from sqlmodel import Session

from audit_app import history
from audit_app.errors import Invalid, NotFound, OutOfTurn, Stale
from audit_app.records import events
from audit_app.records.kinds import BY_CODE
from audit_app.records.retention import queries
from audit_app.records.tables import MOST_MONTHS, RetentionPeriod


def set_period(
    session: Session,
    authority_id: int,
    kind: str,
    *,
    months: int,
    counts_from: str,
    why: str,
    seen: int,
    by: int,
    now: datetime,
) -> RetentionPeriod:
    """Say how long a kind of record is kept. It removes nothing by itself: two people do, from the list (PR-6).

    Raises:
        NotFound: there is no such kind.
        Invalid: the months, the day or the reason will not do.
        Stale: somebody has changed it since it was seen.
        OutOfTurn: somebody has taken it away since.
    """
    known = BY_CODE.get(kind)
    if known is None:
        raise NotFound("There is no such kind of record.")
    if not 1 <= months <= MOST_MONTHS:
        raise Invalid("months", f"Months must be a whole number between 1 and {MOST_MONTHS:,}")
    if counts_from not in known.days:
        raise Invalid("counts_from", "Choose the day from which the months count")
    if not why.strip():
        raise Invalid("why", "Say where this comes from, such as the council’s retention schedule")
    row = queries.find_period(session, authority_id, kind)
    if row is None and seen:
        raise OutOfTurn("Somebody took this period away since you opened the page. Load it again.")
    if row is not None and seen != row.revision:
        raise Stale(row)
    before = row.months if row else 0
    if row is None:
        row = RetentionPeriod(authority_id=authority_id, kind=kind, months=months, counts_from=counts_from, why=why,
                              set_by=by, set_at=now, revision=0)  # fmt: skip
    row.months, row.counts_from, row.why = months, counts_from, why.strip()
    row.set_by, row.set_at, row.revision = by, now, row.revision + 1
    session.add(row)
    facts: dict[str, str | int] = {"kind": kind, "months": months, "counts_from": counts_from, "before": before}
    history.note(session, events.PERIOD_SET, by=by, authority_id=authority_id, facts=facts, after=row.why, now=now)
    return row


def take_period_away(session: Session, authority_id: int, kind: str, *, by: int, now: datetime) -> None:
    """From now on nothing of this kind is removed because of its age.

    Raises:
        NotFound: no period is set.
    """
    row = queries.find_period(session, authority_id, kind)
    if row is None:
        raise NotFound("No period is set for this.")
    session.delete(row)
    facts: dict[str, str | int] = {"kind": kind}
    history.note(session, events.PERIOD_TAKEN_AWAY, by=by, authority_id=authority_id, facts=facts, now=now)
