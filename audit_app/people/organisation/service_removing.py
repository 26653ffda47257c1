"""Removes a team or service that nothing stands on: added by mistake, or twice under two spellings."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import history
from audit_app.errors import OutOfTurn
from audit_app.people import queries
from audit_app.people.organisation import queries_standing
from audit_app.people.organisation.queries_rows import get_service, get_team
from audit_app.people.tables import Service, Team, TeamChange, TeamSpell

NOT_EMPTY = "Something has come to stand on it since you opened the page. Look at what it is, then decide again."


def remove_team(session: Session, team_id: int, *, on: date, by: int, now: datetime) -> None:
    """Take an empty team out, with its names and its own history.

    Raises:
        OutOfTurn: something stands on it.
        Invalid: there is no such team here.
    """
    authority_id = get_team(session, team_id).authority_id
    session.exec(select(Team.id).where(Team.authority_id == authority_id, Team.id == team_id).with_for_update()).first()
    if queries_standing.on_team(session, team_id, on):
        raise OutOfTurn(NOT_EMPTY)
    for table in (TeamChange, TeamSpell):
        its_own = (col(table.authority_id) == authority_id, col(table.team_id) == team_id)
        session.execute(sa.delete(table).where(*its_own))
    session.delete(get_team(session, team_id))
    session.flush()
    history.note(session, "people.team_removed", by=by, authority_id=authority_id, facts={"team": team_id}, now=now)


def remove_service(session: Session, service_id: int, *, by: int, now: datetime) -> None:
    """Take an empty service out.

    Raises:
        OutOfTurn: something stands on it.
        Invalid: there is no such service here.
    """
    authority_id = queries.authority_of(session)
    mine = (Service.authority_id == authority_id, Service.id == service_id)
    session.exec(select(Service.id).where(*mine).with_for_update()).first()
    row = get_service(session, service_id)
    if queries_standing.on_service(session, service_id):
        raise OutOfTurn(NOT_EMPTY)
    session.delete(row)
    session.flush()
    facts = {"service": service_id}
    history.note(session, "people.service_removed", by=by, authority_id=authority_id, facts=facts, now=now)
