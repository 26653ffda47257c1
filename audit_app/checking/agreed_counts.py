"""The counts that dashboards read, against the audits they count: added up anew in Python, row by row."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from audit_app import clock
from audit_app import words as plain
from audit_app.audits.counts.tables import AgreedCount, Span
from audit_app.audits.counts.ways import way_of
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import CaseAudit, DomainAnswer, drawn_at_random
from audit_app.checking.looking import Compared, compared
from audit_app.checking.numbers import columns_of

AUDITS, DOMAINS, COUNTS = columns_of(CaseAudit), columns_of(DomainAnswer), columns_of(AgreedCount)
AT_ONCE = 1_000
Key = tuple[Any, ...]


def out_of_step(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Each day's counts are those of its agreed audits, and each month's those of its days."""
    days = _counted(connection)
    wrong = set()
    for span, expected in ((Span.day, days), (Span.month, _by_month(days))):
        kept = _kept(connection, span)
        wrong |= {(span, key[0], key[1]) for key in kept.keys() | expected.keys() if kept[key] != expected[key]}
    for span, authority_id, begins in sorted(wrong):
        of = f"{begins:%B %Y}" if span is Span.month else plain.date_words(begins)
        yield (
            f"The counts of agreed audits kept for {of} (council {authority_id}) are not those of its audits: run "
            "“audit-app audits count-again”. Nothing else is wrong, but dashboards add them up."
        )
    agreed = sa.select(AUDITS.number).where(AUDITS.stage.in_(AFTER_AGREEMENT))
    yield compared(connection, agreed, "agreed audit", "the counts of each day and month against the audits themselves")


def _counted(connection: sa.Connection) -> Counter[Key]:
    counts: Counter[Key] = Counter()
    of_audit = (
        AUDITS.authority_id, AUDITS.submitted_at, AUDITS.edition_id, AUDITS.set_id, AUDITS.how_chosen,
        AUDITS.audit_type, AUDITS.re_audit_of,
    )  # fmt: skip
    agreed = AUDITS.stage.in_(AFTER_AGREEMENT)
    whole = sa.select(*of_audit, sa.literal(""), AUDITS.overall_grade).where(agreed)
    same = sa.and_(DOMAINS.authority_id == AUDITS.authority_id, DOMAINS.audit_number == AUDITS.number)
    graded = sa.select(*of_audit, DOMAINS.domain_id, DOMAINS.grade).where(
        agreed, same, DOMAINS.not_applicable.is_(False), DOMAINS.grade != ""
    )
    for statement in (whole, graded):
        rows = connection.execute(statement.execution_options(yield_per=AT_ONCE))
        for authority_id, moment, edition_id, set_id, how, kind, earlier, domain_id, grade in rows:
            at_random = drawn_at_random(how, kind, earlier)
            way = "" if domain_id else way_of(how, kind, again=earlier is not None)
            counts[authority_id, clock.london_day(moment), at_random, edition_id, set_id, domain_id, way, grade] += 1
    return counts


def _by_month(days: Counter[Key]) -> Counter[Key]:
    months: Counter[Key] = Counter()
    for (authority_id, day, *rest), count in days.items():
        months[(authority_id, date(day.year, day.month, 1), *rest)] += count
    return months


def _kept(connection: sa.Connection, span: Span) -> Counter[Key]:
    columns = (
        COUNTS.authority_id, COUNTS.begins, COUNTS.at_random, COUNTS.edition_id, COUNTS.set_id, COUNTS.domain_id,
        COUNTS.way, COUNTS.grade, COUNTS.audits,
    )  # fmt: skip
    kept: Counter[Key] = Counter()
    for *key, count in connection.execute(sa.select(*columns).where(COUNTS.span == span)):
        kept[tuple(key)] = count
    return kept
