"""What is really kept of somebody whose sign-in has run out: asked before they are told so."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from sqlmodel import Session, select

from audit_app import drafts
from audit_app.people.tables import Authority


@dataclass(frozen=True)
class RanOut:
    """A sign-in that has run out: since when text of the page gone back to is kept; None where none of it is."""

    kept_at: datetime | None
    on_device: bool  # whether this service lets browsers keep text it has not received


def kept_at(session: Session, person_id: int, target: str, *, now: datetime, hours: int) -> datetime | None:
    """When the text was kept that stands on a page again once its author has signed in; None when there is none."""
    path = unquote(urlsplit(target).path)
    key = path.strip("/").partition("/")[0]
    council = session.exec(select(Authority.id).where(Authority.key == key)).first()
    kept = drafts.find(session, authority_id=council, person_id=person_id, path=path, now=now, hours=hours)
    return kept[1].kept_at if kept is not None and kept[1].reason != drafts.FILE else None
