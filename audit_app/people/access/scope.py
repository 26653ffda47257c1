"""A person's scope: what of one authority they may see, as one value (DESIGN section 4, rule 8)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import database
from audit_app.people.answering import with_merged_in
from audit_app.people.tables import Authority, Joining, Membership, PostHolding, Role, TeamMember


@dataclass(frozen=True)
class Scope:
    """What a session may read.

    `everything` is for jobs and commands: explicit, with its reason, and logged where it opens a person's data.
    """

    authority_id: int | None = None
    person_id: int | None = None
    roles: frozenset[Role] = frozenset()
    managed_teams: frozenset[int] = frozenset()
    own_posts: frozenset[int] = frozenset()
    everything: bool = False
    reason: str = ""
    today: date | None = None

    def has(self, *roles: Role) -> bool:
        """Whether the person holds any of these roles."""
        return bool(self.roles.intersection(roles))


def system_scope(reason: str, authority_id: int | None = None) -> Scope:
    """The scope of a job, command or plumbing step: everything, or everything of one authority."""
    if not reason.strip():
        raise ValueError("A system scope needs a reason.")
    return Scope(authority_id=authority_id, everything=True, reason=reason)


@contextmanager
def widened(session: Session, reason: str) -> Iterator[None]:
    """For one step of a service, see all of the same council: handing a leaver's work over, counting what is held.

    The caller has already decided that the person may take the step, and shows no more of what is read than it needs.
    """
    own: Scope = session.info["scope"]
    session.info["scope"] = system_scope(reason, own.authority_id)
    try:
        yield
    finally:
        session.info["scope"] = own


def held_on(table: Any, day: date) -> Any:
    """The condition that a row with from_on and to_on holds on a day (to_on is the last day)."""
    return sa.and_(col(table.from_on) <= day, sa.or_(col(table.to_on).is_(None), col(table.to_on) >= day))


def has_joined(authority_id: Any, person_id: Any) -> Any:
    """The condition that no invitation to join waits for this person in this council: till then their roles rest."""
    asked = Joining.__table__.c  # type: ignore[attr-defined]
    waits = (asked.authority_id == authority_id, asked.person_id == person_id, asked.joined_at.is_(None))
    return ~sa.exists().where(*waits)


def council_at(session: Session, key: str) -> Authority | None:
    """The council whose key stands in an address."""
    council: Authority | None = session.exec(_council(), params={"address": key}).first()
    return council


@cache
def _council() -> Any:
    """Written once: every request asks it."""
    return database.written_once(select(Authority).where(Authority.key == sa.bindparam("address")))


def scope_of(session: Session, person_id: int, authority_id: int, today: date) -> Scope:
    """Read a person's roles, teams and posts in one authority on a day, and make their scope.

    Whoever manages a team answers for the teams that were merged into it: they count among the managed ones.
    The session must carry a system scope: this is how everybody else's scope begins.
    """

    held: dict[str, set[str]] = {"role": set(), "managed": set(), "post": set()}
    asked = {"person": person_id, "council": authority_id, "today": today}
    for kind, value in session.exec(_rights(), params=asked).all():
        held[kind].add(value)
    return Scope(
        authority_id=authority_id,
        person_id=person_id,
        roles=frozenset(Role(value) for value in held["role"]),
        managed_teams=frozenset(int(value) for value in held["managed"]),
        own_posts=frozenset(int(value) for value in held["post"]),
        today=today,
    )


@cache
def _rights() -> Any:
    """Roles, managed teams and posts in one statement: every request asks for them, so it is written once."""
    person_id, authority_id = sa.bindparam("person", type_=sa.BigInteger), sa.bindparam("council", type_=sa.BigInteger)
    today: Any = sa.bindparam("today", type_=sa.Date)

    def mine(table: Any) -> Any:
        return col(table.authority_id) == authority_id, col(table.person_id) == person_id, held_on(table, today)

    def of(kind: str, value: Any) -> Any:
        return select(sa.literal(kind), sa.cast(value, sa.String))

    managed = select(TeamMember.team_id).where(*mine(TeamMember), col(TeamMember.manages))
    answered = with_merged_in(managed, authority_id, today).subquery()
    rights = sa.union_all(
        of("role", Membership.role).where(*mine(Membership), has_joined(authority_id, person_id)),
        of("managed", *answered.c),
        of("post", PostHolding.post_id).where(*mine(PostHolding)),
    )
    return database.written_once(rights)


def same_authority(scope: Scope, columns: Any) -> Any:
    """The plainest guard: rows of the scope's own authority, nothing else."""
    if scope.everything and scope.authority_id is None:
        return sa.true()
    return columns.authority_id == scope.authority_id
