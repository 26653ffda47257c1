"""Reads of the things that are kept, such as audits and evidence, as what a hold or a removal is about."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from audit_app import clock
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import AUDIT, CaseAudit
from audit_app.evidence.queries import is_current
from audit_app.evidence.tables import EVIDENCE, Evidence, EvidenceVersion
from audit_app.packs.tables import PACK, EvidencePackRow, PackRelease
from audit_app.records import queries_improvement as improvement
from audit_app.records.kinds import BY_CODE, RecordKind
from audit_app.records.things import REMOVABLE, Thing, kind_of_stage
from findings.references import number_of

FIRST = date(1900, 1, 1)
DAYS: dict[str, dict[str, Any]] = {
    AUDIT: {name: getattr(CaseAudit, name) for name in ("allocated_on", "due_on", "submitted_at", "agreed_at")},
    EVIDENCE: {
        "withdrawn_at": Evidence.withdrawn_at, "added_at": Evidence.added_at, "speaks_to": EvidenceVersion.speaks_to,
    },
    PACK: {"asked_at": EvidencePackRow.asked_at, "period_to": EvidencePackRow.period_to},
    **improvement.DAYS,
}  # fmt: skip


def find_thing(session: Session, authority_id: int, name: str) -> Thing | None:
    """The audit, evidence, plan and so on of a reference; None when it is not there or this person may not see it."""
    for prefix in REMOVABLE:
        number = number_of(name, prefix)
        if number is not None:
            things = _THINGS[prefix](session, authority_id, _NUMBERS[prefix] == number)
            return things[0] if things else None
    return None


def audits_of_case(session: Session, authority_id: int, case_reference: str) -> list[Thing]:
    """Every audit of one record, whatever its stage."""
    same = sa.func.lower(CaseAudit.case_reference) == case_reference.lower()
    return audits_where(session, authority_id, same)


def past(session: Session, authority_id: int, kind: RecordKind, counts_from: str, last: date) -> list[Thing]:
    """The things of a kind whose day is not after `last`, the oldest first; destroyed packs are gone already."""
    day = DAYS[kind.prefix][counts_from]
    limit: date | datetime = last
    if counts_from.endswith("_at"):
        limit = clock.moments(FIRST, last)[1]
        within = day < limit
    else:
        within = day <= limit
    return _THINGS[kind.prefix](session, authority_id, within, _is_of(kind), day=day)


def _is_of(kind: RecordKind) -> Any:
    """The condition for things of a kind."""
    if kind.prefix == AUDIT:
        return col(CaseAudit.stage).in_(kind.stages)
    if kind.prefix == EVIDENCE:
        withdrawn = col(Evidence.withdrawn_at).is_not(None)
        return withdrawn if kind.code == "evidence_withdrawn" else ~withdrawn
    if kind.prefix in improvement.ROWS:
        return improvement.is_of(kind.code)
    released = sa.exists().where(
        col(PackRelease.authority_id) == EvidencePackRow.authority_id,
        col(PackRelease.pack_number) == EvidencePackRow.number,
    )
    return released if kind.code == "packs_released" else ~released


def audits_where(session: Session, authority_id: int, *conditions: Any, day: Any = CaseAudit.due_on) -> list[Thing]:
    """Audits as things; `day` is the one their time counts from."""
    columns: Any = (
        CaseAudit.number,
        CaseAudit.stage,
        day,
        CaseAudit.case_reference,
        CaseAudit.auditor_id,
        CaseAudit.submitted_at,
    )
    statement = sa.select(*columns).where(col(CaseAudit.authority_id) == authority_id, *conditions)
    rows = session.execute(statement.order_by(day, col(CaseAudit.number))).all()
    return [
        Thing(
            AUDIT, row[0], kind_of_stage(row[1]), _day(row[2]), row[3], row[4],
            _day(row[5]) if row[1] in AFTER_AGREEMENT else None,
        )
        for row in rows
    ]  # fmt: skip


def evidence_where(session: Session, authority_id: int, *conditions: Any, day: Any = Evidence.added_at) -> list[Thing]:
    """Pieces of evidence as things."""
    columns: Any = (Evidence.number, Evidence.withdrawn_at, day)
    statement = sa.select(*columns).join(EvidenceVersion, is_current())
    within = statement.where(col(Evidence.authority_id) == authority_id, *conditions)
    rows = session.execute(within.order_by(day, col(Evidence.number))).all()
    kinds = {True: "evidence_withdrawn", False: "evidence"}
    return [Thing(EVIDENCE, row[0], kinds[row[1] is not None], _day(row[2])) for row in rows]


def packs_where(
    session: Session, authority_id: int, *conditions: Any, day: Any = EvidencePackRow.asked_at
) -> list[Thing]:
    """Packs that stand, as things."""
    columns: Any = (EvidencePackRow.number, day, _is_of(BY_CODE["packs_released"]).label("released"))
    statement = sa.select(*columns).where(
        col(EvidencePackRow.authority_id) == authority_id, col(EvidencePackRow.destroyed_at).is_(None), *conditions
    )
    rows = session.execute(statement.order_by(day, col(EvidencePackRow.number))).all()
    kinds = {True: "packs_released", False: "packs"}
    return [Thing(PACK, row[0], kinds[bool(row[2])], _day(row[1])) for row in rows]


def numbers_like(session: Session, authority_id: int, prefix: str, numbers: Sequence[int]) -> list[Thing]:
    """The things of one sort with these numbers."""
    return _THINGS[prefix](session, authority_id, _NUMBERS[prefix].in_(numbers)) if numbers else []


def _day(moment: date | datetime | None) -> date | None:
    return None if moment is None else clock.london_day(moment)


_THINGS: dict[str, Any] = {AUDIT: audits_where, EVIDENCE: evidence_where, PACK: packs_where, **improvement.THINGS}
_NUMBERS: dict[str, Any] = {
    AUDIT: col(CaseAudit.number), EVIDENCE: col(Evidence.number), PACK: col(EvidencePackRow.number),
    **improvement.NUMBERS,
}  # fmt: skip
