"""The letters that carry one-time links; each says what it is and nothing about any case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from audit_app.people.tables import InvitationPurpose, Person


def is_on(config: Mapping[str, Any]) -> bool:
    """Whether e-mail is sent at all."""
    return bool(config["SMTP_HOST"])


def link(config: Mapping[str, Any], token: str) -> str:
    """The address of a one-time link: always from the setting, never from a request's Host header (AU-15)."""
    return f"{str(config['PUBLIC_ADDRESS']).rstrip('/')}/one-time-links/{token}"


def send_link(
    session: Session, person: Person, purpose: InvitationPurpose, token: str, config: Mapping[str, Any], now: datetime
) -> bool:
    """Send the link with the caller's transaction; False when e-mail is off and the link must be handed over."""
    return False
