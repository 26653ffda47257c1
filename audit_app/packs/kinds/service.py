"""Every write of a council's own kinds: made from one of ours, changed, retired and put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from audit_app import history, words
from audit_app.errors import Invalid, OutOfTurn, Stale
from audit_app.packs import events
from audit_app.packs.disclosure import levels
from audit_app.packs.kinds import queries, shipped
from audit_app.packs.kinds.kind import could_have, may_tick
from audit_app.packs.kinds.sections import SECTIONS, TWO_PAGES
from audit_app.packs.tables import KIND, PackKind
from findings.numbering import next_number
from findings.references import reference


@dataclass(frozen=True)
class OwnKind:
    """What a council says of a kind of its own; its sections in print order, without those that every pack has."""

    name: str
    what_for: str
    level: int
    sections: Sequence[str]


def make(session: Session, authority_id: int, made_from: str, own: OwnKind, *, by: int, now: datetime) -> PackKind:
    """Make a kind from one of ours.

    Raises:
        Invalid: something of it cannot be; see `check`.
    """
    sections = check(session, authority_id, made_from, own, number=None)
    row = PackKind(
        authority_id=authority_id,
        number=next_number(session, authority_id, KIND),
        name=own.name.strip(),
        what_for=own.what_for.strip(),
        made_from=made_from,
        level=own.level,
        sections=",".join(sections),
        made_by=by,
        made_at=now,
    )
    session.add(row)
    session.flush()
    facts: dict[str, str | int] = {"from": made_from}
    name = reference(KIND, row.number)
    history.note(session, events.KIND_MADE, name, by=by, authority_id=authority_id, facts=facts, now=now)
    return row


def change(
    session: Session, authority_id: int, number: int, own: OwnKind, *, revision: int, by: int | None, now: datetime
) -> PackKind:
    """Change a kind; packs made as it was keep what it was.

    Raises:
        Invalid: something of it cannot be; see `check`.
        Stale: somebody changed it first.
        OutOfTurn: it was retired.
    """
    row = queries.get_own(session, authority_id, number, lock=True)
    if row.retired_at is not None:
        raise OutOfTurn("This kind was retired. Put it back into use first.")
    if row.revision != revision:
        raise Stale(row)
    sections = check(session, authority_id, row.made_from, own, number=number)
    row.name, row.what_for, row.level = own.name.strip(), own.what_for.strip(), own.level
    row.sections = ",".join(sections)
    row.revision += 1
    session.add(row)
    name = reference(KIND, number)
    history.note(session, events.KIND_CHANGED, name, by=by, authority_id=authority_id, now=now)
    return row


def retire(session: Session, authority_id: int, number: int, *, by: int | None, now: datetime) -> None:
    """Offer a kind no longer; the packs made as it stay as they are."""
    _end(session, authority_id, number, now, by=by, now=now)


def restore(session: Session, authority_id: int, number: int, *, by: int | None, now: datetime) -> None:
    """Offer a retired kind again."""
    _end(session, authority_id, number, None, by=by, now=now)


def _end(
    session: Session, authority_id: int, number: int, at: datetime | None, *, by: int | None, now: datetime
) -> None:
    row = queries.get_own(session, authority_id, number, lock=True)
    if (row.retired_at is None) == (at is None):
        raise OutOfTurn("Somebody did this first. Load the page again to see how it stands.")
    row.retired_at, row.retired_by = at, (by if at else None)
    row.revision += 1
    session.add(row)
    event = events.KIND_RETIRED if at else events.KIND_RESTORED
    history.note(session, event, reference(KIND, number), by=by, authority_id=authority_id, now=now)


def check(session: Session, authority_id: int, made_from: str, own: OwnKind, *, number: int | None) -> tuple[str, ...]:
    """The sections such a kind will have, with those that every pack has at the end.

    Raises:
        Invalid: a name that is taken, no section, one that this kind cannot have or this audience never gets.
    """
    base = shipped.find(made_from)
    if base is None or base.two_pages:
        raise Invalid("name", "Make it from one of the kinds on the page.")
    if not own.name.strip():
        raise Invalid("name", "Enter a name.")
    taken = {row.name.casefold() for row in queries.list_own(session, authority_id) if row.number != number}
    taken |= {kind.name.casefold() for kind in shipped.shipped()}
    if own.name.strip().casefold() in taken:
        raise Invalid("name", f"There is a kind called {own.name.strip()} already. Choose another name.")
    if own.level not in levels.NAMES:
        raise Invalid("level", "Choose one of the audiences on the page.")
    possible = {section.key for section in could_have(base.asks)}
    chosen = tuple(dict.fromkeys(own.sections))
    if any(key not in possible or key in TWO_PAGES for key in chosen):
        raise Invalid("sections", "Choose the sections from the list.")
    if not any(may_tick(key) and key not in ("in-figures", "how-to-read", "sources") for key in chosen):
        raise Invalid("sections", "Give one section at least a place, so that the pack tells something.")
    above = [SECTIONS[key].name for key in chosen if SECTIONS[key].most_open < own.level]
    if above:
        raise Invalid("level", f"{words.listing(above)} cannot go to this audience. Choose a smaller one, or leave the "
                      "section out.")  # fmt: skip
    fixed = tuple(key for key in ("control", "sources", "left-out") if key not in chosen and SECTIONS[key].fixed)
    return (*chosen, *fixed)
