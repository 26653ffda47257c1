"""The address of a one-time link and its token, made anew from our secret key. Pure."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from audit_app import notices
from audit_app.people.tables import Invitation, Joining, Person


def token_of(row: Invitation, config: Mapping[str, Any]) -> str:
    """The token of a link, made anew from our secret key: the database keeps its hash alone, yet whoever made the
    link can be shown it again while it works."""
    return _token(f"one-time-link:{row.person_id}:{row.purpose}:{row.made_at.astimezone(UTC).isoformat()}", config)


def joining_token(row: Joining, config: Mapping[str, Any]) -> str:
    """The token of a link to join a council, made anew likewise."""
    asked_at = row.asked_at.astimezone(UTC).isoformat()
    return _token(f"joining:{row.authority_id}:{row.person_id}:{asked_at}", config)


def _token(seed: str, config: Mapping[str, Any]) -> str:
    digest = hmac.new(config["SECRET_KEY"].encode(), seed.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def runs_out_at(person: Person, config: Mapping[str, Any], now: datetime) -> datetime:
    """When a link made now for somebody to set a password with stops working."""
    hours = config["RESET_HOURS" if person.password_hash else "INVITATION_HOURS"]
    return now + timedelta(hours=hours)


def is_on(config: Mapping[str, Any]) -> bool:
    """Whether e-mail is sent at all."""
    return notices.mail_is_set(config)


def path_of(token: str) -> str:
    """The path of a one-time link."""
    return f"/one-time-links/{token}"


def joining_path(token: str) -> str:
    """The path of a link to join a council."""
    return f"/joining/{token}"


def link(config: Mapping[str, Any], path: str) -> str:
    """The whole address: always from the setting, never from a request's Host header (AU-15)."""
    return notices.public_link(config, path)
