"""Asking somebody with an account to join this council, the link for it, and joining."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock, history
from audit_app.people import events  # noqa: F401  registers the sentences of what is noted here
from audit_app.people import queries as shared
from audit_app.people.access import web_session
from audit_app.people.accounts import one_time_links
from audit_app.people.accounts import service_mail as mail
from audit_app.people.accounts.service import LinkIsDead, get_person
from audit_app.people.tables import Authority, Joining, Membership, Role


@dataclass(frozen=True)
class Offer:
    """A council that a link leads into, and as what."""

    authority_id: int
    person_id: int
    council: str
    key: str
    roles: tuple[Role, ...]


def ask(session: Session, person_id: int, *, by: int | None, now: datetime) -> None:
    """From now on the person's roles in this council rest until they join; the link is made by `make_link`."""
    authority_id = shared.authority_of(session)
    row = session.get(Joining, (authority_id, person_id))
    row = row or Joining(authority_id=authority_id, person_id=person_id, asked_at=now, expires_at=now)
    row.asked_by, row.asked_at, row.expires_at = by, now, now
    row.token_hash, row.joined_at = "", None
    session.add(row)
    session.flush()
    history.note(
        session, "people.asked_to_join", by=by, authority_id=authority_id, facts={"person": person_id}, now=now
    )


def make_link(session: Session, row: Joining, *, config: Mapping[str, Any], by: int | None, now: datetime) -> str:
    """The token of a link to join, mailed where mail is on; this council's earlier one for the person stops working."""
    row.asked_by, row.asked_at = by, now
    row.expires_at = now + timedelta(hours=config["INVITATION_HOURS"])
    token = one_time_links.joining_token(row, config)
    row.token_hash = web_session.hash_of(token)
    session.add(row)
    session.flush()
    person, council = get_person(session, row.person_id), session.get(Authority, row.authority_id)
    if one_time_links.is_on(config) and council is not None:
        path = one_time_links.joining_path(token)
        mail.send(session, council, "people.joining", person, path, until=row.expires_at, now=now)
    return token


def read_link(session: Session, token: str, person_id: int, now: datetime) -> Offer:
    """What the link offers to this person. The session must see every council.

    Raises:
        LinkIsDead: it was used, has run out, never was, is somebody else's, or no role waits there any more.
    """
    row = session.exec(select(Joining).where(Joining.token_hash == web_session.hash_of(token))).first()
    if row is None:
        raise LinkIsDead("never")
    if row.joined_at is not None:
        raise LinkIsDead("used", row.joined_at)
    if row.person_id != person_id:
        raise LinkIsDead("another")
    council = session.get(Authority, row.authority_id)
    roles = _roles(session, row, now)
    if council is None or not roles or row.expires_at <= now:
        raise LinkIsDead("ran_out", row.expires_at)
    return Offer(row.authority_id, row.person_id, council.name, council.key, roles)


def _roles(session: Session, row: Joining, now: datetime) -> tuple[Role, ...]:
    today = clock.london_day(now)
    lasts = sa.or_(col(Membership.to_on).is_(None), col(Membership.to_on) >= today)  # held now, or from a later day on
    held = select(Membership.role).where(
        Membership.authority_id == row.authority_id, Membership.person_id == row.person_id, lasts
    )
    live = set(session.exec(held).all())
    return tuple(role for role in Role if role in live)


def join(session: Session, token: str, person_id: int, now: datetime) -> Offer:
    """The person joins: their roles in that council count from their next page on.

    Raises:
        LinkIsDead: the link does not work for this person; of two at once, one finds it used.
    """
    offer = read_link(session, token, person_id, now)
    taken = session.execute(
        sa.update(Joining)
        .where(col(Joining.token_hash) == web_session.hash_of(token), col(Joining.joined_at).is_(None))
        .values(joined_at=now)
        .returning(col(Joining.person_id))
    ).first()
    if taken is None:
        raise LinkIsDead("used", now)
    history.note(session, "people.joined", by=person_id, authority_id=offer.authority_id, now=now)
    return offer
