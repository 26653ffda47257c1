"""Keeps the counts in step: whatever changes an agreed audit has its day and month counted anew before it commits."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState

from audit_app import clock
from audit_app.audits.counts.service_before_commit import BeforeCommit
from audit_app.audits.counts.service_spans import Day, count_spans, kept_apart
from audit_app.audits.counts.tables import AgreedCount, Span
from audit_app.audits.counts.ways import way_of
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import CaseAudit, DomainAnswer, drawn_at_random
from audit_app.database import AuditSession

COUNTED = ("stage", "submitted_at", "overall_grade", "how_chosen", "audit_type", "re_audit_of", "edition_id", "set_id")
COUNTS = AgreedCount.__table__  # type: ignore[attr-defined]
AUDITS = CaseAudit.__table__  # type: ignore[attr-defined]
DOMAINS = DomainAnswer.__table__  # type: ignore[attr-defined]
OF_A_DAY = (AUDITS.c.edition_id, AUDITS.c.set_id, AUDITS.c.how_chosen, AUDITS.c.audit_type, AUDITS.c.re_audit_of)
KEPT_APART = kept_apart(COUNTS)


def count_all(connection: sa.Connection) -> None:
    """Every council's counts made anew from its audits: for a database that has none yet, or wrong ones."""
    connection.execute(sa.delete(COUNTS))
    count_again(connection, all_days(connection))


def all_days(connection: sa.Connection) -> set[Day]:
    """Every day of every council on which an agreed audit was submitted."""
    statement = sa.select(AUDITS.c.authority_id, AUDITS.c.submitted_at).where(AUDITS.c.stage.in_(AFTER_AGREEMENT))
    return {_day(*row) for row in connection.execute(statement.distinct())}


def count_again(connection: sa.Connection, days: Iterable[Day]) -> None:
    """Count the agreed audits of these days anew, and then the months they lie in."""
    count_spans(connection, COUNTS, days, _count_day)


WAITING: BeforeCommit[Day] = BeforeCommit("agreed audits to count anew", count_again)
NOTICED = [WAITING]  # whatever else is counted by day adds itself, and hears of the same days


def _count_day(connection: sa.Connection, authority_id: int, day: date) -> None:
    rows = [
        {
            "authority_id": authority_id, "span": Span.day, "begins": day,
            **{column.name: value for column, value in zip(KEPT_APART, key, strict=True)}, "audits": count,
        }
        for key, count in _agreed_on(connection, authority_id, day).items()
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(COUNTS), rows)


def _agreed_on(connection: sa.Connection, authority_id: int, day: date) -> Counter[tuple[Any, ...]]:
    """How many audits, and domains of audits, for each combination that is kept apart."""
    begins, over = clock.moments(day, day)
    here = (
        AUDITS.c.authority_id == authority_id, AUDITS.c.stage.in_(AFTER_AGREEMENT),
        AUDITS.c.submitted_at >= begins, AUDITS.c.submitted_at < over,
    )  # fmt: skip
    same = sa.and_(DOMAINS.c.authority_id == AUDITS.c.authority_id, DOMAINS.c.audit_number == AUDITS.c.number)
    whole = sa.select(*OF_A_DAY, sa.literal(""), AUDITS.c.overall_grade, sa.func.count()).where(*here)
    graded = (
        sa.select(*OF_A_DAY, DOMAINS.c.domain_id, DOMAINS.c.grade, sa.func.count())
        .join_from(AUDITS, DOMAINS, same)
        .where(*here, DOMAINS.c.not_applicable.is_(False), DOMAINS.c.grade != "")
    )
    counts: Counter[tuple[Any, ...]] = Counter()
    for statement in (
        whole.group_by(*OF_A_DAY, AUDITS.c.overall_grade),
        graded.group_by(*OF_A_DAY, DOMAINS.c.domain_id, DOMAINS.c.grade),
    ):
        for edition_id, set_id, how, audit_type, earlier, domain_id, grade, count in connection.execute(statement):
            at_random = drawn_at_random(how, audit_type, earlier)
            way = "" if domain_id else way_of(how, audit_type, again=earlier is not None)
            counts[at_random, edition_id, set_id, domain_id, way, grade] += count
    return counts


def _day(authority_id: int, submitted_at: datetime) -> Day:
    return authority_id, clock.london_day(submitted_at)


@event.listens_for(AuditSession, "after_flush")
def notice_audits(session: AuditSession, _context: Any) -> None:
    """Days whose agreed audits this flush changed, brought in or took out."""
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, CaseAudit):
            _notice(session, row)
        elif isinstance(row, DomainAnswer):
            _notice_domain(session, row)


def _notice(session: AuditSession, row: CaseAudit) -> None:
    state = sa.inspect(row)
    history = {name: state.attrs[name].history for name in COUNTED}
    if state.persistent and row not in session.deleted and not any(each.has_changes() for each in history.values()):
        return
    stages = {row.stage, *(history["stage"].deleted or ())}
    if stages.isdisjoint(AFTER_AGREEMENT):
        return
    moments = {row.submitted_at, *(history["submitted_at"].deleted or ())}
    _wait(session, {_day(row.authority_id, moment) for moment in moments if moment is not None})


def _notice_domain(session: AuditSession, row: DomainAnswer) -> None:
    """Grades are given before an audit is agreed; what changes one later is rare, and looked up."""
    if is_open(session, row.authority_id, row.audit_number):
        return
    this = (AUDITS.c.authority_id == row.authority_id, AUDITS.c.number == row.audit_number)
    _wait_for(session, sa.and_(*this))


@event.listens_for(AuditSession, "do_orm_execute")
def notice_statements(state: ORMExecuteState) -> None:
    """Days of the agreed audits that one statement is about to change or remove, many at once."""
    if not (state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    where = getattr(state.statement, "whereclause", None)
    condition = sa.true() if where is None else where
    if state.bind_mapper.class_ is CaseAudit:
        _wait_for(state.session, condition)
    elif state.bind_mapper.class_ is DomainAnswer:
        same = (DOMAINS.c.authority_id == AUDITS.c.authority_id, DOMAINS.c.audit_number == AUDITS.c.number)
        _wait_for(state.session, sa.exists().where(*same, condition))


def is_open(session: AuditSession, authority_id: int, number: int) -> bool:
    """Whether an audit is known, without being looked up, to be not agreed yet."""
    audit = session.identity_map.get(session.identity_key(CaseAudit, (authority_id, number)))
    return audit is not None and audit.stage not in AFTER_AGREEMENT


def days_of(session: Any, condition: Any) -> set[Day]:
    """The days on which the agreed audits of a condition were submitted."""
    statement = sa.select(AUDITS.c.authority_id, AUDITS.c.submitted_at).where(
        AUDITS.c.stage.in_(AFTER_AGREEMENT), condition
    )
    return {_day(*row) for row in session.connection().execute(statement)}


def _wait_for(session: Any, condition: Any) -> None:
    _wait(session, days_of(session, condition))


def _wait(session: Any, days: set[Day]) -> None:
    for counted in NOTICED:
        counted.wait(session, days)
