"""Reads what people are to teams and records, to warn before an audit is given to somebody who is too near."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.audits import stages
from audit_app.audits.conflicts.nearness import Nearness
from audit_app.audits.tables import AUDIT, AUDIT_ACTION, AuditAction, CaseAudit
from audit_app.people.access.scope import held_on, widened
from audit_app.people.answering import answering_teams
from audit_app.people.tables import TeamMember
from findings.references import reference

AT_ONCE = 500
Pairing = tuple[int, int, str]  # auditor, team, case reference


def nearness(
    session: Session, authority_id: int, pairings: Iterable[Pairing], on: date, *, but: Collection[int] = ()
) -> dict[Pairing, Nearness]:
    """What each auditor is to the team and record beside them; `but` names audits that do not count as earlier ones."""
    wanted = list(dict.fromkeys(pairings))
    people = {auditor for auditor, _, _ in wanted}
    records = {case for _, _, case in wanted if case}
    with widened(session, "whether an auditor stands too near to a record"):
        manages, belongs = _ties(session, authority_id, people, on)
        owned = _latest(session, _owned(authority_id, people), records, AUDIT_ACTION, but)
        written = _latest(session, _written(authority_id, people), records, AUDIT, but)
    return {
        pairing: Nearness(
            (auditor, team) in manages, (auditor, team) in belongs, owned.get((auditor, case), ""),
            written.get((auditor, case), ""),
        )
        for pairing in wanted
        for auditor, team, case in [pairing]
    }  # fmt: skip


def _ties(
    session: Session, authority_id: int, people: Collection[int], on: date
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Who manages and who belongs to which teams, those counted that were merged into theirs."""
    answering = answering_teams(on)
    theirs = sa.and_(
        answering.c.authority_id == col(TeamMember.authority_id), answering.c.by_team_id == col(TeamMember.team_id)
    )
    statement: Any = (
        select(TeamMember.person_id, answering.c.team_id, TeamMember.manages)
        .join(answering, theirs)
        .where(TeamMember.authority_id == authority_id, held_on(TeamMember, on))
        .where(col(TeamMember.person_id).in_(sorted(people)))
    )
    rows = session.exec(statement).all()
    manages = {(person, team) for person, team, manager in rows if manager}
    return manages, {(person, team) for person, team, _ in rows}


def _owned(authority_id: int, people: Collection[int]) -> Any:
    same = sa.and_(
        col(CaseAudit.authority_id) == AuditAction.authority_id, col(CaseAudit.number) == AuditAction.audit_number
    )
    columns: Any = (AuditAction.owner_id, CaseAudit.case_reference, AuditAction.number, CaseAudit.number)
    statement = select(*columns).join(CaseAudit, same).where(AuditAction.authority_id == authority_id)
    return statement.where(col(AuditAction.owner_id).in_(sorted(people)))


def _written(authority_id: int, people: Collection[int]) -> Any:
    columns: Any = (CaseAudit.auditor_id, CaseAudit.case_reference, CaseAudit.number, CaseAudit.number)
    statement = select(*columns).where(CaseAudit.authority_id == authority_id)
    return statement.where(col(CaseAudit.auditor_id).in_(sorted(people)), col(CaseAudit.stage).not_in(stages.EXITS))


def _latest(
    session: Session, statement: Any, records: Collection[str], prefix: str, but: Collection[int]
) -> dict[tuple[int, str], str]:
    """The last reference of each person and record."""
    latest: dict[tuple[int, str], int] = {}
    ordered = sorted(records)
    for start in range(0, len(ordered), AT_ONCE):
        some = statement.where(col(CaseAudit.case_reference).in_(ordered[start : start + AT_ONCE]))
        for person, case, number, audit in session.exec(some).all():
            if audit not in but:
                latest[person, case] = max(number, latest.get((person, case), 0))
    return {key: reference(prefix, number) for key, number in latest.items()}
