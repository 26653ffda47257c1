"""What stands on a team or service: while anything does, it is no empty one and cannot be removed.

Counted past the scope: an administrator sees no audit, and is told no more of them than how many there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from audit_app import words
from audit_app.people import hooks, queries
from audit_app.people.organisation.queries_rows import last_spell
from audit_app.people.tables import EscalationContact, Post, Team, TeamChange, TeamMember, TeamSpell

OWN_TABLES = frozenset({"team", "team_spell", "team_change", "team_member", "post", "escalation_contact"})


@dataclass(frozen=True)
class Standing:
    """One thing, or several of a kind, that stand on a team or service.

    `kind` and `id` say which page it has: of a person, team, post or contact; else `kind` is the endpoint of a list.
    """

    words: str
    kind: str
    id: int = 0


def on_team(session: Session, team_id: int, on: date) -> list[Standing]:
    """Everything that names a team: people, today or ever; posts; teams it came from or went into; rows of features."""
    near = [*_people(session, team_id, on), *_lineage(session, team_id), *_posts(session, Post.team_id, team_id)]
    return [*near, *_elsewhere(session, "team_id", team_id)]


def on_service(session: Session, service_id: int) -> list[Standing]:
    """Everything that names a service: teams, today or ever; escalation contacts; posts; rows of features."""
    authority_id = queries.authority_of(session)
    contacts = select(EscalationContact.person_id).where(
        EscalationContact.authority_id == authority_id, EscalationContact.service_id == service_id
    )
    people = session.exec(contacts).all()
    names = queries.names_of(session, people)
    return [
        *_teams(session, service_id),
        *(Standing(f"{names.get(each, 'Somebody')} is an escalation contact for it", "contact") for each in people),
        *_posts(session, Post.service_id, service_id),
        *_elsewhere(session, "service_id", service_id),
    ]


def _people(session: Session, team_id: int, on: date) -> Iterable[Standing]:
    statement = select(TeamMember).where(
        TeamMember.authority_id == queries.authority_of(session), TeamMember.team_id == team_id
    )
    ends: dict[int, date | None] = {}
    for row in session.exec(statement).all():
        earlier = ends.get(row.person_id, row.to_on)
        ends[row.person_id] = None if row.to_on is None or earlier is None else max(row.to_on, earlier)
    names = queries.names_of(session, ends)
    for person_id, to_on in ends.items():
        was = f"was in it until {words.date_words(to_on)}" if to_on and to_on < on else "belongs to it"
        yield Standing(f"{names.get(person_id, 'Somebody')} {was}", "person", person_id)


def _lineage(session: Session, team_id: int) -> Iterable[Standing]:
    statement = select(TeamChange).where(
        TeamChange.authority_id == queries.authority_of(session),
        sa.or_(col(TeamChange.team_id) == team_id, col(TeamChange.other_team_id) == team_id),
        col(TeamChange.other_team_id).is_not(None),
    )
    for row in session.exec(statement).all():
        other = row.other_team_id if row.team_id == team_id else row.team_id
        team = queries.team_as_of(session, other, row.on_date) if other is not None else None
        name = team.name if team else "another team"
        yield Standing(f"The history of {name} names it, on {words.date_words(row.on_date)}", "team", other or 0)


def _posts(session: Session, column: Any, place_id: int) -> Iterable[Standing]:
    statement = select(Post.id, Post.title).where(
        Post.authority_id == queries.authority_of(session), col(column) == place_id
    )
    for post_id, title in session.exec(statement).all():
        yield Standing(f"The post {title} belongs to it", "post", post_id)


def _teams(session: Session, service_id: int) -> Iterable[Standing]:
    authority_id = queries.authority_of(session)
    spells = select(TeamSpell.team_id).where(TeamSpell.authority_id == authority_id, TeamSpell.service_id == service_id)
    for team in session.exec(select(Team).where(Team.authority_id == authority_id, col(Team.id).in_(spells))).all():
        yield Standing(f"The team {last_spell(session, team).name} is or was in it", "team", team.id)


def _elsewhere(session: Session, column: str, place_id: int) -> Iterable[Standing]:
    """Rows of every other table with such a column, whichever feature it belongs to."""
    named = {user.table: user for user in hooks.team_users}
    authority_id = queries.authority_of(session)
    for table in SQLModel.metadata.sorted_tables:
        if table.name in OWN_TABLES or column not in table.columns:
            continue
        mine = (table.c.authority_id == authority_id, table.c[column] == place_id)
        count = session.connection().execute(sa.select(sa.func.count()).where(*mine)).scalar_one()
        user = named.get(table.name)
        if count:
            counted = words.count(count, user.singular, user.plural) if user else words.count(count, "other record")
            sentence = f"{counted[:1].upper()}{counted[1:]} {words.agree(count, 'names', 'name')} it"
            yield Standing(words.Ours(sentence), user.endpoint if user else "")
