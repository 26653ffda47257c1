"""What evidence may be attached to, and by whom: each feature knows its own things, and gives a finder of them."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from audit_app.errors import Invalid, NotAllowed, NotFound
from audit_app.evidence import hooks, uses
from audit_app.evidence.hooks import Thing, ThingFinder
from audit_app.evidence.lines import EvidenceLine
from audit_app.evidence.queries import evidence_of
from audit_app.evidence.states import Freshness
from audit_app.evidence.tables import FOLDER, FolderEntry
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role

# Business support puts the folder together and adds to nothing else that is not its own.
FOLDER_KEEPERS = (Role.qa_manager, Role.leader, Role.business_support)
NOT_YOURS = "You can attach evidence to what you own. This belongs to somebody else."


def finder_of(reference: str) -> ThingFinder | None:
    """The finder of such a thing; None for a kind that takes no evidence."""
    prefix = uses.prefix_of(reference)
    return next((finder for finder in (OWN, *hooks.thing_finders) if finder.prefix == prefix), None)


def get_thing(session: Session, authority_id: int, reference: str) -> Thing:
    """The thing of this reference.

    Raises:
        Invalid: the reference is none, or names a kind of thing that takes no evidence.
        NotFound: there is no such thing, or this person may not see it.
    """
    finder = finder_of(reference)
    if finder is None:
        raise Invalid("reference", "Enter the reference of a finding, an area, an action or an entry of the folder.")
    thing = finder.find(session, authority_id, reference)
    if thing is None:
        raise NotFound(f"There is no {uses.thing_of(reference)} here. Check the reference.")
    return thing


def thing_to_attach_to(session: Session, authority_id: int, reference: str) -> Thing:
    """The same, for somebody who may add evidence to it.

    Raises:
        NotAllowed: this person may not, or the thing no longer stands.
    """
    thing = get_thing(session, authority_id, reference)
    if not thing.may_attach:
        raise NotAllowed(thing.why_not or NOT_YOURS)
    return thing


def may_attach_to(session: Session, authority_id: int, reference: str) -> bool:
    """Whether this person may add evidence to a thing: for pages that show its link or leave it out."""
    try:
        return get_thing(session, authority_id, reference).may_attach
    except (Invalid, NotFound):
        return False


@dataclass(frozen=True)
class Box:
    """What stands beside a thing: each piece that proves it with how it stands, and whether this person may add."""

    lines: tuple[tuple[EvidenceLine, Freshness], ...]
    may_attach: bool


def box_of(session: Session, authority_id: int, reference: str, *, today: date, grace_days: int) -> Box:
    """What proves a thing or any part of it, for the page of that thing; the newest first."""
    lines = evidence_of(session, authority_id, [reference], whole_things=True)[reference]
    each = tuple((line, line.stands(today, grace_days)) for line in reversed(lines))
    return Box(each, may_attach_to(session, authority_id, reference))


def _entry(session: Session, authority_id: int, reference: str) -> Thing | None:
    number = uses.number_in(reference)
    wanted = select(FolderEntry).where(FolderEntry.authority_id == authority_id, col(FolderEntry.number) == number)
    row = session.exec(wanted).first()
    if row is None:
        return None
    scope: Scope = session.info["scope"]
    own = row.owner_post_id in scope.own_posts or scope.everything or scope.has(*FOLDER_KEEPERS)
    if row.removed_at is not None:
        return Thing(reference, row.title, False, "This entry was taken out of the folder.")
    return Thing(reference, row.title, own, "" if own else NOT_YOURS)


OWN = ThingFinder(FOLDER, "evidence.show_entry", _entry)
