"""Reads what a list of audits is understood by, and what speaks against a line."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from audit_app import words
from audit_app.audits.conflicts import queries as conflicts
from audit_app.audits.lists import planning
from audit_app.audits.lists.pasted import Wanted
from audit_app.audits.lists.planning import Known, Named, Plan
from audit_app.audits.queries_rows import reference_of
from audit_app.audits.stages import AUDITING_ROLES, EXITS
from audit_app.audits.tables import CaseAudit, Subject
from audit_app.people import queries as people
from audit_app.people.access.scope import widened

AT_ONCE = 500


def plan_list(
    session: Session, wanted: Sequence[Wanted], subject: Subject, *, today: date, due_on: date, since: date
) -> Plan:
    """What a list would set up: every line understood, or every fault; with what is worth a second look."""
    whole = planning.plan(wanted, known(session, today=today, due_on=due_on), subject)
    if whole.faults:
        return whole
    authority_id = people.authority_of(session)
    near = conflicts.nearness(session, authority_id, [line.pairing for line in whole.lines], today)
    lately = _lately(session, authority_id, [line.reference for line in whole.lines], since)
    return planning.with_doubts(whole, near, lately)


def known(session: Session, *, today: date, due_on: date) -> Known:
    """The teams and auditors of today, by every name they go by, and the council's pattern."""
    settings = people.authority_settings(session)
    teams = [
        Named(team.id, team.name, (team.name, f"{team.name} ({team.service_name})"))
        for team in people.list_teams(session, today)
    ]
    auditors = [
        Named(person.id, person.name, (person.name, person.user_name))
        for person in people.list_people_views(session, today)
        if person.roles & AUDITING_ROLES
    ]
    return Known(teams, auditors, settings.reference_pattern, settings.reference_example, today, due_on)


def _lately(session: Session, authority_id: int, records: Sequence[str], since: date) -> dict[str, str]:
    """The records of which an audit was set up since a day and not taken out, with the last such audit."""
    columns: Any = (CaseAudit.case_reference, CaseAudit.number, CaseAudit.allocated_on)
    statement = (
        select(*columns)
        .where(CaseAudit.authority_id == authority_id, col(CaseAudit.allocated_on) >= since)
        .where(col(CaseAudit.stage).not_in(EXITS))
        .order_by(CaseAudit.number)
    )
    lately: dict[str, str] = {}
    with widened(session, "whether records of a list were audited lately"):
        for start in range(0, len(records), AT_ONCE):
            some = statement.where(col(CaseAudit.case_reference).in_(records[start : start + AT_ONCE]))
            for case, number, day in session.exec(some).all():
                lately[case] = f"{reference_of(number)}, set up on {words.short_date(day)}"
    return lately
