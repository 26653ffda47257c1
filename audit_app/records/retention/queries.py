"""Reads of retention: the periods a council has set, and what they would remove on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from audit_app.records import queries
from audit_app.records import queries_improvement as improvement
from audit_app.records.holds import queries as holds
from audit_app.records.kinds import BY_CODE, KINDS, RecordKind
from audit_app.records.tables import RetentionPeriod
from audit_app.records.things import Thing, months_after, months_before

SOON_MONTHS = 3


@dataclass(frozen=True)
class Period:
    """So many months from a day, for a kind of record."""

    kind: RecordKind
    months: int
    counts_from: str

    def last_day(self, today: date) -> date:
        """What counts from this day or an earlier one is past its time."""
        return months_before(today, self.months)


@dataclass(frozen=True)
class Due:
    """What of one kind is past its time, today and three months from now.

    What a hold keeps, and what work that is not finished stands on, is counted apart.
    """

    now: tuple[Thing, ...]
    held: int
    soon: int
    in_use: int = 0


@dataclass(frozen=True)
class KindLine:
    """One kind of record on the page of retention: its period, if any, and what that removes."""

    kind: RecordKind
    period: RetentionPeriod | None
    due: Due | None


def find_period(session: Session, authority_id: int, kind: str) -> RetentionPeriod | None:
    """The period a council has set for a kind of record, or None: then nothing of it is removed."""
    return session.get(RetentionPeriod, (authority_id, kind))


def list_periods(session: Session, authority_id: int) -> dict[str, RetentionPeriod]:
    """Every period that is set, by the code of its kind."""
    rows = session.exec(select(RetentionPeriod).where(RetentionPeriod.authority_id == authority_id)).all()
    return {row.kind: row for row in rows}


def periods(session: Session, authority_id: int) -> list[Period]:
    """The same, as what decides; in the order of the kinds."""
    rows = list_periods(session, authority_id)
    set_ones = [rows[kind.code] for kind in KINDS if kind.code in rows]
    return [Period(BY_CODE[row.kind], row.months, row.counts_from) for row in set_ones]


def due(session: Session, authority_id: int, period: Period, today: date) -> Due:
    """What a period removes on a day, and how much more within three months."""
    soon = queries.past(
        session, authority_id, period.kind, period.counts_from, period.last_day(months_after(today, SOON_MONTHS))
    )
    last = period.last_day(today)
    past = [thing for thing in soon if thing.counted_on is not None and thing.counted_on <= last]
    held = holds.that_keep(session, authority_id, past)
    in_use = improvement.in_use(session, authority_id, past)
    free = tuple(thing for thing in past if not held[thing] and thing not in in_use)
    kept = sum(bool(hold) for hold in held.values())
    return Due(free, kept, len(soon) - len(past), len(past) - len(free) - kept)


def kind_lines(session: Session, authority_id: int, today: date) -> list[KindLine]:
    """Every kind of record with its period and what that removes."""
    rows = list_periods(session, authority_id)
    return [_line(session, authority_id, kind, rows.get(kind.code), today) for kind in KINDS]


def _line(session: Session, authority_id: int, kind: RecordKind, row: RetentionPeriod | None, today: date) -> KindLine:
    worked_out = due(session, authority_id, Period(kind, row.months, row.counts_from), today) if row else None
    return KindLine(kind, row, worked_out)


def past_their_time(session: Session, authority_id: int, today: date) -> list[Thing]:
    """Everything past its time by the periods that are set, held or not, kind by kind and the oldest first."""
    set_ones: Iterable[Period] = periods(session, authority_id)
    return [
        thing
        for period in set_ones
        for thing in queries.past(session, authority_id, period.kind, period.counts_from, period.last_day(today))
    ]


def without_period(session: Session, authority_id: int) -> list[RecordKind]:
    """The kinds of record of which nothing is removed, because nobody has set a period."""
    rows = list_periods(session, authority_id)
    return [kind for kind in KINDS if kind.code not in rows]
