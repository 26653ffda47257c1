"""The answer sheets that counting reads, against the answers themselves, audit by audit."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from audit_app.audits.answers_counted.tables import AnswerSheet
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import AUDIT, Answer, CaseAudit
from audit_app.checking.looking import Compared, compared
from audit_app.checking.numbers import columns_of
from findings.references import reference

AUDITS, ANSWERS, SHEETS = columns_of(CaseAudit), columns_of(Answer), columns_of(AnswerSheet)
GIVEN = (ANSWERS.code, ANSWERS.given, ANSWERS.second, ANSWERS.action)
AT_ONCE = 1_000
Key = tuple[int, int]


def out_of_step(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Each agreed audit has a sheet with its answers and no other; no other audit has one."""
    kept: dict[Key, list[str]] = {}
    sheets = sa.select(SHEETS.authority_id, SHEETS.audit_number, SHEETS.answers)
    for authority_id, number, answers in connection.execute(sheets.execution_options(yield_per=AT_ONCE)):
        kept[authority_id, number] = sorted(answers.split("\n"))
    for key, lines in _answered(connection):
        if kept.pop(key, None) != lines:
            yield _sentence(key)
    for key in sorted(kept):
        yield _sentence(key)
    agreed = sa.select(AUDITS.number).where(AUDITS.stage.in_(AFTER_AGREEMENT))
    yield compared(connection, agreed, "agreed audit", "the answers as they are counted against the answers themselves")


def _answered(connection: sa.Connection) -> Iterator[tuple[Key, list[str]]]:
    same = sa.and_(ANSWERS.authority_id == AUDITS.authority_id, ANSWERS.audit_number == AUDITS.number)
    statement = (
        sa.select(ANSWERS.authority_id, ANSWERS.audit_number, ANSWERS.question_key, *GIVEN)
        .where(same, AUDITS.stage.in_(AFTER_AGREEMENT))
        .order_by(ANSWERS.authority_id, ANSWERS.audit_number)
    )
    rows = connection.execute(statement.execution_options(yield_per=AT_ONCE))
    for key, answers in groupby(rows, key=lambda row: (row[0], row[1])):
        lines = sorted(line for _, _, *answer in answers for line in _lines(*answer))
        if lines:
            yield key, lines


def _lines(question: str, code: str, given: str, second: str, action: str) -> Iterator[str]:
    """What the sheet is to say of one answer, worked out anew."""
    if code:
        yield f"{question} {code}"
    if given:
        yield from (f"{question} {each}" for each in ("*", *filter(None, given.split(","))))
    if second:
        yield f"{question}+ {second}"
    if action:
        yield f"{question}! set"


def _sentence(key: Key) -> str:
    authority_id, number = key
    return (
        f"The answers kept for counting of {reference(AUDIT, number)} (council {authority_id}) are not those of the "
        "audit: run “audit-app audits count-again”. Nothing else is wrong, but pages count with them."
    )
