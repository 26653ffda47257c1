"""People and the organisation: somebody can administer each council, and teams have one name at a time."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from audit_app import clock
from audit_app.checking.looking import Compared, compared
from audit_app.checking.numbers import columns_of
from audit_app.people.tables import AccountState, Authority, Membership, Person, Role, TeamSpell


def without_administrator(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Councils in use whose last administrator left or was shut out."""
    authority, held, person = columns_of(Authority), columns_of(Membership), columns_of(Person)
    today = clock.today()
    administered = (
        sa.select(held.authority_id)
        .join_from(Membership.__table__, Person.__table__, held.person_id == person.id)  # type: ignore[attr-defined]
        .where(held.role == Role.admin, held.from_on <= today, sa.or_(held.to_on.is_(None), held.to_on >= today))
        .where(person.state == AccountState.active)
    )
    bare = sa.select(authority.name).where(authority.set_up_at.is_not(None), authority.id.not_in(administered))
    for (name,) in connection.execute(bare):
        yield f"{name} has none. Make one with: audit-app people invite --role admin"
    yield compared(
        connection,
        sa.select(authority.id).where(authority.set_up_at.is_not(None)),
        "council in use",
        "who administers it",
    )


def overlapping_spells(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Two spells of one team on the same day would give it two names."""
    spell = columns_of(TeamSpell)
    statement = sa.select(spell.authority_id, spell.team_id, spell.name, spell.from_on, spell.to_on)
    before: Any = None
    for row in connection.execute(statement.order_by(spell.authority_id, spell.team_id, spell.from_on)):
        same = before is not None and (row.authority_id, row.team_id) == (before.authority_id, before.team_id)
        if same and (before.to_on is None or before.to_on >= row.from_on):
            yield f"The team “{row.name}” was also “{before.name}” on {row.from_on}."
        before = row
    yield compared(connection, sa.select(spell.id), "team name", "the days on which it held")
