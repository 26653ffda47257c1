"""The counts of answers that pages add up, against the answer sheets they count: line by line, in Python."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from audit_app import clock
from audit_app import words as plain
from audit_app.audits.answer_counts.tables import AnswerCount
from audit_app.audits.answers_counted.tables import AnswerSheet
from audit_app.audits.counts.tables import Span
from audit_app.audits.tables import CaseAudit, drawn_at_random
from audit_app.checking.looking import Compared, compared
from audit_app.checking.numbers import columns_of
from frameworks.kinds.answered import is_day

AUDITS, SHEETS, COUNTS = columns_of(CaseAudit), columns_of(AnswerSheet), columns_of(AnswerCount)
KEPT = (
    COUNTS.authority_id, COUNTS.begins, COUNTS.at_random, COUNTS.edition_id, COUNTS.set_id, COUNTS.question_key,
    COUNTS.code, COUNTS.audits,
)  # fmt: skip
AT_ONCE = 1_000
Key = tuple[Any, ...]


def out_of_step(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Each day's counted answers are those of the sheets of its audits, and each month's those of its days."""
    days = _counted(connection)
    months: Counter[Key] = Counter()
    for (authority_id, day, *rest), count in days.items():
        months[(authority_id, date(day.year, day.month, 1), *rest)] += count
    for span, expected in ((Span.day, days), (Span.month, months)):
        kept = _kept(connection, span)
        wrong = {key[:2] for key in kept.keys() | expected.keys() if kept[key] != expected[key]}
        yield from (_sentence(span, *key) for key in sorted(wrong))
    agreed = sa.select(SHEETS.audit_number)
    yield compared(connection, agreed, "answer sheet", "the answers counted by day and month against the sheets")


def _counted(connection: sa.Connection) -> Counter[Key]:
    same = sa.and_(SHEETS.authority_id == AUDITS.authority_id, SHEETS.audit_number == AUDITS.number)
    of_audit = (AUDITS.authority_id, AUDITS.submitted_at, AUDITS.edition_id, AUDITS.set_id)
    chosen = (AUDITS.how_chosen, AUDITS.audit_type, AUDITS.re_audit_of)
    statement = sa.select(*of_audit, *chosen, SHEETS.answers).where(same).execution_options(yield_per=AT_ONCE)
    counts: Counter[Key] = Counter()
    for authority_id, moment, edition_id, set_id, how, kind, earlier, answers in connection.execute(statement):
        of = (authority_id, clock.london_day(moment), drawn_at_random(how, kind, earlier), edition_id, set_id)
        for line in ("", *answers.split("\n")):
            key, _, code = line.partition(" ")
            if not is_day(code):
                counts[(*of, key, code)] += 1
    return counts


def _kept(connection: sa.Connection, span: Span) -> Counter[Key]:
    rows = connection.execute(sa.select(*KEPT).where(COUNTS.span == span).execution_options(yield_per=AT_ONCE))
    return Counter({tuple(key): count for *key, count in rows})


def _sentence(span: Span, authority_id: int, begins: date) -> str:
    of = f"{begins:%B %Y}" if span is Span.month else plain.date_words(begins)
    return (
        f"The answers counted for {of} (council {authority_id}) are not those of its audits: run “audit-app audits "
        "count-again”. Nothing else is wrong, but pages add them up."
    )
