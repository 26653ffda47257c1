"""Reads of links to the provider: whose they are, since when, and whom to tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from audit_app.people.access.scope import has_joined, held_on
from audit_app.people.provider.tables import ProviderIdentity, ProviderSignIn
from audit_app.people.tables import AccountState, Membership, Person, Role, WebSession


@dataclass(frozen=True)
class LinkLine:
    """A link as its owner and administrators see it."""

    since: datetime
    used_at: datetime | None


def find_identity(session: Session, issuer: str, subject: str) -> ProviderIdentity | None:
    """The link of a subject at an issuer."""
    both = (ProviderIdentity.issuer == issuer, ProviderIdentity.subject == subject)
    return session.exec(select(ProviderIdentity).where(*both)).first()


def identities_of(session: Session, person_id: int) -> list[ProviderIdentity]:
    """A person's links; more than one only where the provider was changed."""
    rows = select(ProviderIdentity).where(ProviderIdentity.person_id == person_id)
    return list(session.exec(rows.order_by(col(ProviderIdentity.made_at))).all())


def is_linked(session: Session, person_id: int) -> bool:
    """Whether an account opens through a provider."""
    return bool(identities_of(session, person_id))


def is_the_only_way(session: Session, person_id: int) -> bool:
    """Whether an account opens through a provider alone: it is linked and has no password."""
    person = session.get(Person, person_id)
    return person is not None and not person.password_hash and is_linked(session, person_id)


def link_of(session: Session, person_id: int) -> LinkLine | None:
    """A person's newest link; None where there is none."""
    rows = identities_of(session, person_id)
    return LinkLine(rows[-1].made_at, rows[-1].used_at) if rows else None


def linked_since(session: Session, person_id: int) -> datetime | None:
    """Since when an account is linked; None where it is not."""
    line = link_of(session, person_id)
    return line.since if line is not None else None


def get_sign_in(session: Session, state_hash: str) -> ProviderSignIn | None:
    """A sign-in that was begun."""
    return session.get(ProviderSignIn, state_hash)


def administrators_of(session: Session, person_id: int, today: date) -> Iterator[tuple[int, int]]:
    """Council and person of each administrator, but oneself, in the councils somebody works for today."""
    mine = select(Membership.authority_id).where(Membership.person_id == person_id, held_on(Membership, today))
    rows = session.exec(
        select(Membership.authority_id, Membership.person_id)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(Membership.role == Role.admin, held_on(Membership, today), Person.state == AccountState.active)
        .where(col(Membership.authority_id).in_(mine), Membership.person_id != person_id)
        .where(has_joined(Membership.authority_id, Membership.person_id))
        .distinct()
    )
    yield from rows.all()


def identities_with_session(session: Session, issuer: str, sid: str) -> list[ProviderIdentity]:
    """Who has an open session that the provider calls by this name."""
    rows = select(ProviderIdentity).join(WebSession, col(WebSession.identity_id) == ProviderIdentity.id)
    rows = rows.where(ProviderIdentity.issuer == issuer, WebSession.provider_sid == sid)
    rows = rows.where(col(WebSession.ended_at).is_(None)).distinct().order_by(col(ProviderIdentity.id))
    return list(session.exec(rows).all())
