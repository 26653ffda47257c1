"""Keeps the answer sheets in step: whatever changes an agreed audit has its sheet written anew before it commits."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState

from audit_app.audits.answers_counted.sheet import Row, sheet_of
from audit_app.audits.answers_counted.tables import AnswerSheet
from audit_app.audits.counts.service_before_commit import BeforeCommit
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import Answer, CaseAudit
from audit_app.database import AuditSession

Audit = tuple[int, int]  # a council, and the number of one of its audits

AT_ONCE = 500  # audits of one statement: both engines take as many numbers
SHEETS = AnswerSheet.__table__  # type: ignore[attr-defined]
AUDITS = CaseAudit.__table__  # type: ignore[attr-defined]
ANSWERS = Answer.__table__  # type: ignore[attr-defined]


def sheets_anew(connection: sa.Connection) -> None:
    """Every council's sheets made anew from the answers: for a database that has none yet, or wrong ones."""
    connection.execute(sa.delete(SHEETS))
    agreed = sa.select(AUDITS.c.authority_id, AUDITS.c.number).where(AUDITS.c.stage.in_(AFTER_AGREEMENT))
    write_sheets(connection, [(row[0], row[1]) for row in connection.execute(agreed)])


def write_sheets(connection: sa.Connection, audits: Iterable[Audit]) -> None:
    """Write the sheets of these audits anew; one that is not agreed, or is gone, has none."""
    by_council: dict[int, list[int]] = defaultdict(list)
    for authority_id, number in sorted(set(audits)):
        by_council[authority_id].append(number)
    for authority_id, numbers in by_council.items():
        for first in range(0, len(numbers), AT_ONCE):
            _write_some(connection, authority_id, numbers[first : first + AT_ONCE])


WAITING: BeforeCommit[Audit] = BeforeCommit("answer sheets to write anew", write_sheets)


def _write_some(connection: sa.Connection, authority_id: int, numbers: list[int]) -> None:
    these = (SHEETS.c.authority_id == authority_id, SHEETS.c.audit_number.in_(numbers))
    connection.execute(sa.delete(SHEETS).where(*these))
    given: dict[int, list[Row]] = defaultdict(list)
    for number, *answer in connection.execute(_answers_of(authority_id, numbers)):
        given[number].append(Row(*answer))
    sheets = {number: sheet_of(answers) for number, answers in given.items()}
    rows = [
        {"authority_id": authority_id, "audit_number": number, "answers": sheet}
        for number, sheet in sheets.items()
        if sheet
    ]
    if rows:
        connection.execute(sa.insert(SHEETS), rows)


def _answers_of(authority_id: int, numbers: list[int]) -> Any:
    same = sa.and_(ANSWERS.c.authority_id == AUDITS.c.authority_id, ANSWERS.c.audit_number == AUDITS.c.number)
    return (
        sa.select(
            AUDITS.c.number, ANSWERS.c.question_key, ANSWERS.c.code, ANSWERS.c.given, ANSWERS.c.second, ANSWERS.c.action
        )
        .join_from(AUDITS, ANSWERS, same)
        .where(
            AUDITS.c.authority_id == authority_id,
            AUDITS.c.number.in_(numbers),
            AUDITS.c.stage.in_(AFTER_AGREEMENT),
        )
    )


@event.listens_for(AuditSession, "after_flush")
def notice_audits(session: AuditSession, _context: Any) -> None:
    """Audits whose stage this flush changed, and agreed ones whose answers it changed."""
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, CaseAudit):
            before = sa.inspect(row).attrs["stage"].history
            if before.has_changes() and not {row.stage, *(before.deleted or ())}.isdisjoint(AFTER_AGREEMENT):
                WAITING.wait(session, [(row.authority_id, row.number)])
        elif isinstance(row, Answer):
            audit = session.identity_map.get(session.identity_key(CaseAudit, (row.authority_id, row.audit_number)))
            if audit is None or audit.stage in AFTER_AGREEMENT:
                WAITING.wait(session, [(row.authority_id, row.audit_number)])


@event.listens_for(AuditSession, "do_orm_execute")
def notice_statements(state: ORMExecuteState) -> None:
    """The agreed audits that one statement is about to change, or whose answers it changes, many at once."""
    if not (state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    where = getattr(state.statement, "whereclause", None)
    condition = sa.true() if where is None else where
    if state.bind_mapper.class_ is CaseAudit:
        wanted = sa.select(AUDITS.c.authority_id, AUDITS.c.number).where(condition)
    elif state.bind_mapper.class_ is Answer:
        wanted = sa.select(ANSWERS.c.authority_id, ANSWERS.c.audit_number).where(condition).distinct()
    else:
        return
    WAITING.wait(state.session, [(row[0], row[1]) for row in state.session.connection().execute(wanted)])
