"""The rows of services and teams that both writes and pages start from; an id of another council is refused (OB-5)."""

from datetime import date

from sqlmodel import Session, col, select

from audit_app.errors import Invalid
from audit_app.people import queries
from audit_app.people.access.scope import held_on
from audit_app.people.tables import Service, Team, TeamMember, TeamSpell


def get_service(session: Session, service_id: int) -> Service:
    """A service of this authority (OB-5).

    Raises:
        Invalid: there is no such service here.
    """
    row = session.get(Service, (queries.authority_of(session), service_id))
    if row is None:
        raise Invalid("service_id", "Choose a service from the list")
    return row


def get_team(session: Session, team_id: int) -> Team:
    """A team of this authority (OB-5).

    Raises:
        Invalid: there is no such team here.
    """
    row = session.get(Team, (queries.authority_of(session), team_id))
    if row is None:
        raise Invalid("team_id", "Choose a team from the list")
    return row


def last_spell(session: Session, team: Team) -> TeamSpell:
    """The team's latest name and service."""
    statement = select(TeamSpell).where(TeamSpell.authority_id == team.authority_id, TeamSpell.team_id == team.id)
    return session.exec(statement.order_by(col(TeamSpell.from_on).desc())).first()  # type: ignore[return-value]


def members_on(session: Session, team_id: int, on: date) -> list[TeamMember]:
    """The places in a team that hold on a day."""
    statement = select(TeamMember).where(
        TeamMember.authority_id == queries.authority_of(session), TeamMember.team_id == team_id, held_on(TeamMember, on)
    )
    return list(session.exec(statement).all())


def members_from(session: Session, team_id: int, day: date) -> list[TeamMember]:
    """The places in a team that hold on a day, and those that begin later."""
    statement = select(TeamMember).where(
        TeamMember.authority_id == queries.authority_of(session),
        TeamMember.team_id == team_id,
        queries.lasts_from(TeamMember, day),
    )
    return list(session.exec(statement).all())
