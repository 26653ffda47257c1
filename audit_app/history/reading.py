"""Reads of the log, newest first and a page at a time: about a reference, by a person, of a kind, and who read what.

The caller names the councils whose entries may be shown; the next page begins before the last sequence of this one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.history import chain, events
from audit_app.history.statements import HEAD_NOW
from audit_app.history.tables import ENTRY, HEAD, HistoryEntry
from audit_app.history.writing import Head, LogNotReady

PAGE = 50
MOST = 500


@dataclass(frozen=True)
class Reader:
    """One person who has read something: how often, and when first and last."""

    person_id: int | None
    times: int
    first_at: datetime
    last_at: datetime


def entries_about(
    session: Session,
    authority_id: int | None,
    reference: str,
    *,
    kinds: Collection[str] = ("business", "security"),
    limit: int = PAGE,
    before: int | None = None,
) -> list[HistoryEntry]:
    """What happened to one thing; who read it is `readers_of`, unless `kinds` says otherwise."""
    return _page(session, limit, before, _of(authority_id), col(HistoryEntry.reference) == reference, _kinds(kinds))


def by_actor(
    session: Session,
    person_id: int,
    *,
    authority_ids: Collection[int] | None = None,
    kinds: Collection[str] = events.KINDS,
    limit: int = PAGE,
    before: int | None = None,
) -> list[HistoryEntry]:
    """What one person did; with `authority_ids` only in those councils, without it everywhere."""
    conditions = [col(HistoryEntry.actor) == person_id, _kinds(kinds)]
    if authority_ids is not None:
        conditions.append(col(HistoryEntry.authority_id).in_(authority_ids))
    return _page(session, limit, before, *conditions)


def security_events(session: Session, *, limit: int = PAGE, before: int | None = None) -> list[HistoryEntry]:
    """Sign-ins, refusals, rights and restores of the whole installation: for administrators."""
    return _page(session, limit, before, _kinds(("security",)))


def case_events(
    session: Session, authority_ids: Collection[int], *, limit: int = PAGE, before: int | None = None
) -> list[HistoryEntry]:
    """What was done and read in these councils: for QA managers."""
    here = col(HistoryEntry.authority_id).in_(authority_ids)
    return _page(session, limit, before, here, _kinds(("business", "reading")))


def readers_of(session: Session, authority_id: int | None, reference: str) -> list[Reader]:
    """Everybody who has read one thing, the latest first (OB-10)."""
    latest = sa.func.max(ENTRY.c.at)
    statement = (
        sa.select(ENTRY.c.actor, sa.func.count(), sa.func.min(ENTRY.c.at), latest)
        .where(_of(authority_id), ENTRY.c.reference == reference, _kinds(("reading",)), ENTRY.c.outcome == "done")
        .group_by(ENTRY.c.actor)
        .order_by(latest.desc())
    )
    return [Reader(*row) for row in session.execute(statement)]


def head_of(session: Session) -> Head:
    """Where the chain ends at this moment: a pack prints it as it stood when its contents were frozen (LG-4).

    Raises:
        LogNotReady: the log has no head, so the database was not migrated.
    """
    row = session.execute(HEAD_NOW).first()
    if row is None:
        raise LogNotReady("The history log has no head. Run: audit-app migrate")
    return Head(*row)


def newest_at(session: Session) -> datetime | None:
    """When the last entry was written, by the clock of whoever wrote it; None in a log without entries."""
    return session.execute(sa.select(ENTRY.c.at).order_by(ENTRY.c.sequence.desc()).limit(1)).scalar()


def key_fits(session: Session, key: bytes) -> bool:
    """Whether this is the key the log was sealed with: its head or its last entry has the seal it makes.

    A log with nothing in it, or a database without one, fits every key. A head that somebody changed is no other key.
    """
    if not sa.inspect(session.connection()).has_table(HEAD.name):
        return True
    head = session.execute(sa.select(HEAD.c.sequence, HEAD.c.hash, HEAD.c.count, HEAD.c.seal)).first()
    if head is None or head.sequence == 0 or chain.same(head.seal, chain.head_seal(key, *head[:3])):
        return True
    columns = (ENTRY.c[name] for name in (*chain.SEALED, "hash"))
    last = session.execute(sa.select(*columns).order_by(ENTRY.c.sequence.desc()).limit(1)).first()
    if last is None:
        return True
    fields = [chain.time_text(value) if isinstance(value, datetime) else value for value in last[:-1]]
    return chain.same(last[-1], chain.entry_hash(key, fields))


def _page(session: Session, limit: int, before: int | None, *conditions: Any) -> list[HistoryEntry]:
    statement = select(HistoryEntry).where(*conditions).order_by(col(HistoryEntry.sequence).desc())
    if before is not None:
        statement = statement.where(col(HistoryEntry.sequence) < before)
    return list(session.exec(statement.limit(max(1, min(limit, MOST)))))


def _of(authority_id: int | None) -> Any:
    column = col(HistoryEntry.authority_id)
    return column.is_(None) if authority_id is None else column == authority_id


def _kinds(kinds: Collection[str]) -> Any:
    """Of these kinds. An event this version no longer knows counts as business: it is never lost from view."""
    column = col(HistoryEntry.event)
    if "business" not in kinds:
        return column.in_([code for kind in kinds for code in events.codes_of(kind)])
    others = [code for kind in events.KINDS if kind not in kinds for code in events.codes_of(kind)]
    return column.not_in(others)
