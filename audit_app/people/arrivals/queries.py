"""What the council has already of everything a workbook of people may name, and the plan made from it."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from audit_app.people import queries
from audit_app.people.access.scope import held_on
from audit_app.people.arrivals import planning
from audit_app.people.arrivals.placing import TeamHere
from audit_app.people.arrivals.planning import Known, Plan
from audit_app.people.organisation.names import same_as
from audit_app.people.tables import ManagerSpell, Membership, Person, PostHolding, Role, TeamMember
from audit_app.sheets import Row

ADDRESSES_AT_ONCE = 400


def plan_arrivals(session: Session, rows: Sequence[Row], *, by: int, on: date) -> Plan:
    """What the workbook would change on a day, row by row, or every fault it has."""
    return planning.plan(rows, read_known(session, planning.addresses(rows), on), by=by)


def read_known(session: Session, addresses: Sequence[str], on: date) -> Known:
    """What the council has on a day, read once for the whole workbook."""
    authority_id = queries.authority_of(session)
    members = session.exec(select(Membership).where(Membership.authority_id == authority_id)).all()
    places = select(TeamMember).where(TeamMember.authority_id == authority_id, held_on(TeamMember, on))
    spells = select(ManagerSpell).where(ManagerSpell.authority_id == authority_id, held_on(ManagerSpell, on))
    holdings = select(PostHolding).where(PostHolding.authority_id == authority_id, held_on(PostHolding, on))
    roles: dict[int, set[Role]] = {}
    for row in members:
        if row.from_on <= on and (row.to_on is None or row.to_on >= on):
            roles.setdefault(row.person_id, set()).add(row.role)
    return Known(
        people=_people(session, addresses),
        here={row.person_id for row in members},
        roles=roles,
        services={same_as(name): name for _id, name in queries.list_services(session, on)},
        teams={
            same_as(team.name): TeamHere(team.id, team.name, team.service_name)
            for team in queries.list_teams(session, on)
        },
        places={(row.person_id, row.team_id, row.manages) for row in session.exec(places).all()},
        managers={row.person_id: row.manager_id for row in session.exec(spells).all()},
        posts={post.title.casefold(): post.id for post in queries.list_posts(session, on)},
        holding={(row.post_id, row.person_id) for row in session.exec(holdings).all()},
    )


def _people(session: Session, addresses: Sequence[str]) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for start in range(0, len(addresses), ADDRESSES_AT_ONCE):
        part = list(addresses[start : start + ADDRESSES_AT_ONCE])
        for person in session.exec(select(Person).where(col(Person.user_name).in_(part))).all():
            people[person.user_name] = person
    return people
