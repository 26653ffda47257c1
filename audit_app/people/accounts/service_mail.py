"""The letters that carry one-time links; each says what it is and nothing about any case."""

from datetime import datetime

from sqlmodel import Session, select

from audit_app import notices
from audit_app.people.accounts import one_time_links
from audit_app.people.tables import Authority, Invitation, InvitationPurpose, Membership, Person

notices.register_post(
    "people.invitation",
    "Your account for {council}",
    (
        "{council} has made an account for you on its inspection readiness service. Choose your password here:",
        "{link}",
        "The link works once, until {until}.",
    ),
)
notices.register_post(
    "people.joining",
    "Join {council}",
    (
        "{council} asks you to join its inspection readiness service with the account you have there already.",
        "{link}",
        "Sign in with your password and press Join. The link works once, until {until}.",
        "If you have forgotten the password, set a new one from the sign-in page first.",
    ),
)
notices.register_post(
    "people.reset",
    "Set a new password",
    (
        "Somebody, probably you, asked for a new password on the inspection readiness service of {council}.",
        "{link}",
        "The link works once, until {until}. If it was not you, do nothing: your password stays as it is.",
    ),
)

KINDS = {
    InvitationPurpose.invitation: "people.invitation",
    InvitationPurpose.first_administrator: "people.invitation",
    InvitationPurpose.reset: "people.reset",
}


def send_link(session: Session, person: Person, invitation: Invitation, token: str, authority_id: int | None) -> bool:
    """Post the link with the caller's transaction; False when the person belongs to no council yet."""
    statement = select(Authority).join(Membership, Membership.authority_id == Authority.id)  # type: ignore[arg-type]
    if authority_id is None:
        council = session.exec(statement.where(Membership.person_id == person.id)).first()
    else:
        council = session.get(Authority, authority_id)
    if council is None:
        return False
    path, kind = one_time_links.path_of(token), KINDS[invitation.purpose]
    send(session, council, kind, person, path, until=invitation.expires_at, now=invitation.made_at)
    return True


def send(
    session: Session, council: Authority, kind: str, person: Person, path: str, *, until: datetime, now: datetime
) -> None:
    """Post a link to a person's address with the caller's transaction."""
    name, address = council.name, person.user_name
    notices.post(session, council.id, kind, address, council=name, path=path, valid_until=until, now=now)
