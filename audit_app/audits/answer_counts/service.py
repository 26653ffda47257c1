"""Keeps counted answers in step: whatever changes an agreed audit has its day and month counted anew before it commits.

The sheets are written first (`answers_counted.service` is imported here, so its turn before a commit comes first), and
the days are those that the counts of agreed audits notice, with those of answers that changed.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState

from audit_app import clock
from audit_app.audits.answer_counts.tables import AnswerCount
from audit_app.audits.answers_counted.service import ANSWERS, AUDITS, SHEETS
from audit_app.audits.answers_counted.sheet import THE_SHEETS, tally_of
from audit_app.audits.counts import service as days_noticed
from audit_app.audits.counts.groups import of_group
from audit_app.audits.counts.service_before_commit import BeforeCommit
from audit_app.audits.counts.service_spans import Day, count_spans
from audit_app.audits.counts.tables import Span
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import Answer
from audit_app.database import AuditSession
from frameworks.kinds.answered import is_day

COUNTS = AnswerCount.__table__  # type: ignore[attr-defined]


def count_all(connection: sa.Connection) -> None:
    """Every council's answers counted anew from its sheets: for a database that has no counts yet, or wrong ones."""
    connection.execute(sa.delete(COUNTS))
    count_again(connection, days_noticed.all_days(connection))


def count_again(connection: sa.Connection, days: Iterable[Day]) -> None:
    """Count the answers of these days anew, and then the months they lie in."""
    count_spans(connection, COUNTS, days, _count_day)


WAITING: BeforeCommit[Day] = BeforeCommit("answers to count anew", count_again)
days_noticed.NOTICED.append(WAITING)


def _count_day(connection: sa.Connection, authority_id: int, day: date) -> None:
    rows = [
        {
            "authority_id": authority_id, "span": Span.day, "begins": day, "at_random": at_random,
            "edition_id": edition_id, "set_id": set_id, "question_key": key, "code": code, "audits": count,
        }
        for (at_random, edition_id, set_id), sheets in _sheets_of(connection, authority_id, day).items()
        for (key, code), count in (*tally_of(sheets).items(), (THE_SHEETS, len(sheets)))
        if not is_day(code)
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(COUNTS), rows)


def _sheets_of(connection: sa.Connection, authority_id: int, day: date) -> dict[tuple[bool, str, str], list[str]]:
    """The sheets of the audits submitted on a day, by group and question set."""
    begins, over = clock.moments(day, day)
    same = sa.and_(SHEETS.c.authority_id == AUDITS.c.authority_id, SHEETS.c.audit_number == AUDITS.c.number)
    statement = (
        sa.select(
            sa.case((of_group(at_random=True), 1), else_=0), AUDITS.c.edition_id, AUDITS.c.set_id, SHEETS.c.answers
        )
        .join_from(AUDITS, SHEETS, same)
        .where(
            AUDITS.c.authority_id == authority_id, AUDITS.c.stage.in_(AFTER_AGREEMENT),
            AUDITS.c.submitted_at >= begins, AUDITS.c.submitted_at < over,
        )
    )  # fmt: skip
    sheets: dict[tuple[bool, str, str], list[str]] = defaultdict(list)
    for at_random, edition_id, set_id, answers in connection.execute(statement):
        sheets[bool(at_random), edition_id, set_id].append(answers)
    return sheets


@event.listens_for(AuditSession, "after_flush")
def notice_answers(session: AuditSession, _context: Any) -> None:
    """Days of the agreed audits whose answers this flush changed; what changes one later is rare, and looked up."""
    rows = (row for row in (*session.new, *session.dirty, *session.deleted) if isinstance(row, Answer))
    changed = {(row.authority_id, row.audit_number) for row in rows}
    for authority_id, number in sorted(changed):
        if not days_noticed.is_open(session, authority_id, number):
            this = sa.and_(AUDITS.c.authority_id == authority_id, AUDITS.c.number == number)
            WAITING.wait(session, days_noticed.days_of(session, this))


@event.listens_for(AuditSession, "do_orm_execute")
def notice_statements(state: ORMExecuteState) -> None:
    """Days of the agreed audits whose answers one statement is about to change or remove, many at once."""
    if not (state.is_update or state.is_delete) or state.bind_mapper is None or state.bind_mapper.class_ is not Answer:
        return
    where = getattr(state.statement, "whereclause", None)
    same = (ANSWERS.c.authority_id == AUDITS.c.authority_id, ANSWERS.c.audit_number == AUDITS.c.number)
    condition = sa.exists().where(*same, sa.true() if where is None else where)
    WAITING.wait(state.session, days_noticed.days_of(state.session, condition))
