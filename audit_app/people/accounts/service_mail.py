"""The letters that carry one-time links; each says what it is and nothing about any case."""

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
    notices.post(
        session,
        council.id,
        KINDS[invitation.purpose],
        person.user_name,
        council=council.name,
        path=one_time_links.path_of(token),
        valid_until=invitation.expires_at,
        now=invitation.made_at,
    )
    return True
