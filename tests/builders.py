"""Things for tests, with sensible defaults: override what matters."""

from datetime import UTC, date, datetime
from itertools import count

import sqlalchemy as sa

from audit_app import database
from audit_app.people.access import system_scope
from audit_app.people.tables import AccountState, Authority, Membership, Person, Service, Team, TeamMember, TeamSpell

AUTHORITY_ID = 1
AUTHORITY_KEY = "greenhaven"
LONG_AGO = date(2024, 1, 1)
MOMENT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)

_serial = count(1)


def make_authority(**changed):
    """The council most tests live in, set up and ready."""
    given = {
        "id": AUTHORITY_ID,
        "key": AUTHORITY_KEY,
        "name": "Greenhaven Council",
        "reference_pattern": r"G-\d{6}",
        "reference_example": "G-123456",
        "set_up_at": MOMENT,
    }
    return Authority(**{**given, **changed})


def begin_council(engine):
    """The council in its database, unless the database was begun with it."""
    with engine.connect() as connection:
        if connection.execute(sa.text("SELECT EXISTS (SELECT 1 FROM authority)")).scalar():
            return
    with database.session_for(engine, system_scope("a council for a test")) as session:
        session.add(make_authority())


def make_person(session, roles=(), *, authority_id=AUTHORITY_ID, teams=(), manages=(), **changed):
    """A person with an account, some roles since long ago, and teams they belong to or manage."""
    serial = next(_serial)
    given = {
        "user_name": f"person{serial}@greenhaven.example",
        "name": f"Person {serial}",
        "state": AccountState.active,
        "made_at": MOMENT,
    }
    person = Person(**{**given, **changed})
    session.add(person)
    session.flush()
    for role in roles:
        session.add(Membership(authority_id=authority_id, person_id=person.id, role=role, from_on=LONG_AGO))
    for team_id in {*teams, *manages}:
        session.add(
            TeamMember(
                authority_id=authority_id,
                team_id=team_id,
                person_id=person.id,
                manages=team_id in manages,
                from_on=LONG_AGO,
            )
        )
    session.flush()
    return person


def make_team(session, name="Assessment Team 1", *, service="Safeguarding", authority_id=AUTHORITY_ID):
    """A team in a service, open since long ago; returns its id."""
    place = Service(authority_id=authority_id, name=service, from_on=LONG_AGO)
    team = Team(authority_id=authority_id, opened_on=LONG_AGO)
    session.add_all([place, team])
    session.flush()
    session.add(TeamSpell(authority_id=authority_id, team_id=team.id, service_id=place.id, name=name, from_on=LONG_AGO))
    session.flush()
    return team.id
