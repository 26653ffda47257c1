"""Every write of a council's own question sets: start, save, offer, publish, withdraw, retire."""

import secrets
from datetime import datetime

from sqlmodel import Session, col, select

from audit_app import history
from audit_app.library import events
from audit_app.library.own_sets import short_names, soundness
from audit_app.library.own_sets.queries import reference_of, set_row, version_row, writers_of_draft
from audit_app.library.tables import OWN_SET, OwnSet, OwnSetVersion, VersionState
from audit_app.people.tables import Authority, Role
from findings import numbering
from findings.errors import Invalid, NotAllowed, OutOfTurn, Stale
from frameworks.own_sets import own_set
from frameworks.own_sets.shape import OwnSet as Document

__all__ = ["NotSound", "events"]

OPEN = (VersionState.draft, VersionState.offered)
LONGEST_NOTE = 10_000
LONGEST_REASON = 1_000


class NotSound(Invalid):
    """The set has faults, so it was not published; `complaints` lists them with their places."""

    def __init__(self, complaints: tuple[own_set.Complaint, ...]) -> None:
        super().__init__("contents", "The set was not published: something in it must be mended first.")
        self.complaints = complaints


def start_set(
    session: Session, authority_id: int, own: Document, *, came_from: str, by: int, now: datetime
) -> OwnSetVersion:
    """Start a question set of the council's own as a draft, version 1.

    Raises:
        NotAllowed: only a QA manager does.
        Invalid: a set of the product has that short name, or the council has one of that short name already.
    """
    _must_write(session)
    reason = short_names.why_not(own.id)
    if reason:
        raise Invalid("id", reason)
    # Taking the number makes whoever begins a set at the same moment wait, so the short name is looked up after it.
    number = numbering.next_number(session, authority_id, OWN_SET)
    if find_by_key(session, authority_id, own.id) is not None:
        raise Invalid("id", f"There is a set with the short name “{own.id}” already. Choose another")
    row = OwnSet(authority_id=authority_id, number=number, key=own.id, title=own.title[:300], made_by=by, made_at=now)
    session.add(row)
    session.flush()
    version = _new_version(row, 1, own, came_from=came_from, by=by, now=now)
    session.add(version)
    _note(session, "own_set.started", row, by, now, source=came_from[:80] or "nothing")
    return version


def start_version(session: Session, authority_id: int, number: int, *, by: int, now: datetime) -> OwnSetVersion:
    """Start the next version of a set from what is published last; a version is always a new row.

    Where nothing was published, because every draft was withdrawn, it goes on from the last of them.

    Raises:
        OutOfTurn: a draft is open already.
    """
    _must_write(session)
    row = set_row(session, authority_id, number, locking=True)
    versions = _versions(session, row)
    if any(version.state in OPEN for version in versions):
        raise OutOfTurn("There is a draft of this set already. Go on with that one.")
    published = [version for version in versions if version.state is VersionState.published]
    last = (published or versions)[-1]
    made = _new_version(
        row, versions[-1].version + 1, Document.model_validate_json(last.contents),
        came_from=f"version {last.version}", by=by, now=now,
    )  # fmt: skip
    session.add(made)
    _note(session, "own_set.version_started", row, by, now, version=made.version)
    return made


def save_draft(
    session: Session,
    authority_id: int,
    number: int,
    own: Document,
    *,
    seen: int,
    what: str,
    by: int,
    now: datetime,
) -> OwnSetVersion:
    """Keep what a draft says now. It need not be sound yet; a draft that was offered is a plain draft again.

    Raises:
        OutOfTurn: there is no draft.
        Stale: somebody saved it since it was read.
    """
    _must_write(session)
    row = set_row(session, authority_id, number, locking=True)
    draft = _draft(session, row)
    own = own.model_copy(update={"id": row.key})
    if own.fingerprint == draft.fingerprint:
        return draft
    if seen != draft.revision:
        raise Stale(draft)
    draft.contents, draft.fingerprint = written(own), own.fingerprint
    draft.state, draft.offered_by, draft.offered_at = VersionState.draft, None, None
    draft.saved_by, draft.saved_at = by, now
    draft.revision += 1
    _note(session, "own_set.saved", row, by, now, version=draft.version, what=what[:80])
    return draft


def offer(session: Session, authority_id: int, number: int, note: str, *, by: int, now: datetime) -> OwnSetVersion:
    """Ask a second person to publish a draft, saying what is new in it.

    Raises:
        NotSound: it has faults.
        Invalid: what is new was not said, or is too long.
    """
    _must_write(session)
    row = set_row(session, authority_id, number, locking=True)
    draft = _draft(session, row)
    if not note.strip():
        raise Invalid("note", "Say what is new, so that the person who publishes it knows what to look at")
    if len(note) > LONGEST_NOTE:
        raise Invalid("note", f"What is new must be {LONGEST_NOTE:,} characters or fewer")
    _must_be_sound(session, draft)
    draft.note, draft.state = note, VersionState.offered
    draft.offered_by, draft.offered_at = by, now
    draft.revision += 1
    _note(session, "own_set.offered", row, by, now, version=draft.version)
    return draft


def publish(session: Session, authority_id: int, number: int, *, seen: int, by: int, now: datetime) -> OwnSetVersion:
    """Publish a draft that was offered: frozen and fingerprinted from now on. Never by who wrote or offered it (PE-3).

    Raises:
        NotAllowed: neither a QA manager nor a leader, or somebody who wrote in it or offered it.
        OutOfTurn: it is not offered (any more).
        Stale: it was changed since it was read.
        NotSound: it has faults.
    """
    scope = session.info["scope"]
    if not (scope.everything or scope.has(Role.qa_manager, Role.leader)):
        raise NotAllowed("Only a QA manager or a leader publishes a question set.")
    row = set_row(session, authority_id, number, locking=True)
    draft = _draft(session, row)
    if draft.state is not VersionState.offered:
        raise OutOfTurn("This draft was not offered for publishing, or was changed since. Nothing was published.")
    if by in {draft.saved_by, draft.offered_by, *writers_of_draft(session, authority_id, number)}:
        raise NotAllowed("A second person publishes it: you wrote or offered this version yourself.")
    if seen != draft.revision:
        raise Stale(draft)
    _must_be_sound(session, draft)
    draft.edition_id = _edition_id(session, row, draft.version)
    draft.state, draft.published_by, draft.published_at = VersionState.published, by, now
    draft.revision += 1
    row.title = Document.model_validate_json(draft.contents).title[:300]
    facts: dict[str, str | int] = {
        "version": draft.version,
        "edition": draft.edition_id,
        "fingerprint": draft.fingerprint,
    }
    _note(session, "own_set.published", row, by, now, **facts)
    return draft


def withdraw_draft(session: Session, authority_id: int, number: int, *, by: int, now: datetime) -> OwnSetVersion:
    """Give a draft up; it stays readable in the list of versions and is never used."""
    _must_write(session)
    row = set_row(session, authority_id, number, locking=True)
    draft = _draft(session, row)
    draft.state = VersionState.withdrawn
    draft.revision += 1
    _note(session, "own_set.withdrawn", row, by, now, version=draft.version)
    return draft


def retire(session: Session, authority_id: int, number: int, reason: str, *, by: int, now: datetime) -> OwnSet:
    """No new audits are made from the set; those made from it go on and read as they did.

    Raises:
        OutOfTurn: somebody retired it first; their reason and day stay.
        Invalid: no reason is given, or it is too long.
    """
    _must_write(session)
    row = set_row(session, authority_id, number, locking=True)
    if row.retired_at is not None:
        raise OutOfTurn("This set is retired already. Load the page again to see why.")
    if not reason.strip():
        raise Invalid("reason", "Say why it is retired")
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason", f"Reason must be {LONGEST_REASON:,} characters or fewer")
    row.retired_at, row.retired_by, row.retired_reason = now, by, reason
    row.revision += 1
    _note(session, "own_set.retired", row, by, now)
    return row


def bring_back(session: Session, authority_id: int, number: int, *, by: int, now: datetime) -> OwnSet:
    """Offer a retired set for new audits again.

    Raises:
        OutOfTurn: it is not retired (any more).
    """
    _must_write(session)
    row = set_row(session, authority_id, number, locking=True)
    if row.retired_at is None:
        raise OutOfTurn("This set is in use already. Load the page again.")
    row.retired_at, row.retired_by, row.retired_reason = None, None, ""
    row.revision += 1
    _note(session, "own_set.brought_back", row, by, now)
    return row


def find_by_key(session: Session, authority_id: int, key: str) -> OwnSet | None:
    """The council's set of a short name."""
    return session.exec(select(OwnSet).where(OwnSet.authority_id == authority_id, OwnSet.key == key)).one_or_none()


def written(own: Document) -> str:
    """A document as it is kept: JSON without what stands at its default."""
    return own.model_dump_json(exclude_defaults=True)


def _new_version(row: OwnSet, number: int, own: Document, *, came_from: str, by: int, now: datetime) -> OwnSetVersion:
    own = own.model_copy(update={"id": row.key})
    return OwnSetVersion(
        authority_id=row.authority_id,
        set_number=row.number,
        version=number,
        edition_id=f"draft-{secrets.token_hex(12)}",
        contents=written(own),
        fingerprint=own.fingerprint,
        came_from=came_from[:200],
        saved_by=by,
        saved_at=now,
    )


def _must_write(session: Session) -> None:
    scope = session.info["scope"]
    if not (scope.everything or scope.has(Role.qa_manager)):
        raise NotAllowed("Only a QA manager writes the council’s own question sets.")


def _must_be_sound(session: Session, draft: OwnSetVersion) -> None:
    complaints = soundness.hindrances(Document.model_validate_json(draft.contents))
    if complaints:
        raise NotSound(complaints)


def _versions(session: Session, row: OwnSet) -> list[OwnSetVersion]:
    statement = select(OwnSetVersion).where(
        OwnSetVersion.authority_id == row.authority_id, OwnSetVersion.set_number == row.number
    )
    return list(session.exec(statement.order_by(col(OwnSetVersion.version))).all())


def _draft(session: Session, row: OwnSet) -> OwnSetVersion:
    draft = version_row(session, row, OPEN)
    if draft is None:
        raise OutOfTurn("There is no draft of this set. Start a new version first.")
    return draft


def _edition_id(session: Session, row: OwnSet, version: int) -> str:
    """own-greenhaven-neglect-2; with the council's number where another council's name begins with the same letters."""
    council = session.get(Authority, row.authority_id)
    named = council.key[:18].strip("-") if council else ""
    proposed = f"own-{named}-{row.key}-{version}"
    taken = session.connection().execute(
        OwnSetVersion.__table__.select().where(OwnSetVersion.__table__.c.edition_id == proposed)  # type: ignore[attr-defined]
    )
    return proposed if taken.first() is None else f"own-{row.authority_id:x}-{row.key}-{version}"


def _note(session: Session, event: str, row: OwnSet, by: int, now: datetime, **facts: str | int) -> None:
    ref = reference_of(row.number)
    history.note(session, event, ref, by=by, authority_id=row.authority_id, facts=facts, now=now)
