"""Writes of evidence: added, corrected, renewed, withdrawn; each is told to the log.

A file is put into the store when everything else has been found to hold, and before the row that names it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from audit_app import history
from audit_app.errors import Invalid, NotAllowed, OutOfTurn, Stale
from audit_app.evidence import addresses, events, freshness, queries, service_files
from audit_app.evidence.given import NewEvidence, NewVersion
from audit_app.evidence.guards import HOLDERS
from audit_app.evidence.states import Held
from audit_app.evidence.tables import EVIDENCE, Evidence, EvidenceVersion
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from findings.numbering import next_number
from findings.references import reference

SHORTEST_REASON = 3


def may_change(session: Session, row: Evidence) -> bool:
    """Whether this person may change or renew it: a QA manager, whoever added it, whoever holds the post it belongs to.

    A leader changes what is theirs, like everybody else.
    """
    scope: Scope = session.info["scope"]
    if scope.everything or scope.has(Role.qa_manager):
        return True
    if not scope.has(*HOLDERS):
        return False
    return row.added_by == scope.person_id or row.owner_post_id in scope.own_posts


def add_evidence(
    session: Session,
    authority_id: int,
    new: NewEvidence,
    version: NewVersion,
    *,
    by: int,
    now: datetime,
    today: date,
    config: Mapping[str, Any],
) -> Evidence:
    """Add a piece of evidence with its first version.

    Raises:
        Invalid: something is missing or cannot be; its field is the column.
    """
    _check_said(new)
    _check_version(version, today)
    row = Evidence(
        authority_id=authority_id, number=next_number(session, authority_id, EVIDENCE), title=new.title.strip(),
        shows=new.shows.strip(), effect=new.effect, level=new.level, renewal=new.renewal,
        renew_by=freshness.renew_by(new.renewal, version.speaks_to), added_by=by, added_at=now,
        **_owner(session, new.owner_post_id, today),
    )  # fmt: skip
    session.add(row)
    session.flush()
    _keep_version(session, row, version, number=1, config=config, by=by, now=now)
    facts: dict[str, str | int] = {"held": version.held.value, "level": new.level}
    facts["sha256"] = version.file.sha256 if version.file else ""
    _note(session, events.ADDED, row, by=by, now=now, **facts)
    return row


def correct_evidence(
    session: Session, authority_id: int, number: int, new: NewEvidence, *, revision: int, by: int, now: datetime,
    today: date,
) -> Evidence:  # fmt: skip
    """Correct what is said of a piece of evidence; its versions and what was signed on them stay as they are.

    Raises:
        NotAllowed: it belongs to somebody else.
        Stale: somebody changed it since the page was opened.
        Invalid: something is missing or cannot be.
    """
    row = _for_change(session, authority_id, number, revision)
    _check_said(new)
    given: dict[str, Any] = {
        "title": new.title.strip(), "shows": new.shows.strip(), "effect": new.effect, "level": new.level,
        "renewal": new.renewal,
    }  # fmt: skip
    if new.owner_post_id != row.owner_post_id:
        given |= _owner(session, new.owner_post_id, today)
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    if not changed:
        return row
    before = row.level
    for name in changed:
        setattr(row, name, given[name])
    current = queries.get_version(session, authority_id, number, row.current_version)
    row.renew_by = freshness.renew_by(row.renewal, current.speaks_to)
    _changed(session, row)
    if "level" in changed:
        _note(session, events.LEVEL, row, by=by, now=now, before=before, after=row.level)
    rest = [name for name in changed if name not in ("level", "owner_post_id")]
    if rest:
        fields = ", ".join(dict.fromkeys(name.removesuffix("_title").replace("_", " ") for name in rest))
        _note(session, events.CORRECTED, row, by=by, now=now, fields=fields)
    return row


def renew_evidence(
    session: Session,
    authority_id: int,
    number: int,
    version: NewVersion,
    *,
    revision: int,
    by: int,
    now: datetime,
    today: date,
    config: Mapping[str, Any],
) -> Evidence:
    """Add a new version; the old ones stay, and so does everything that was signed on them (UP-11).

    Raises:
        NotAllowed: it belongs to somebody else.
        OutOfTurn: it was withdrawn.
        Stale: somebody changed or renewed it since the page was opened.
        Invalid: something is missing, or it is the very file that is there.
    """
    row = _for_change(session, authority_id, number, revision)
    _check_version(version, today)
    if len(version.why.strip()) < SHORTEST_REASON:
        raise Invalid("why", "Say why there is a new version, such as “figures to the end of October”.")
    current = queries.get_version(session, authority_id, number, row.current_version)
    if version.file is not None and version.file.sha256 == current.sha256:
        raise Invalid("file", f"This is the same file as version {row.current_version}. Choose the newer one.")
    row.current_version += 1
    row.renew_by = freshness.renew_by(row.renewal, version.speaks_to)
    _keep_version(session, row, version, number=row.current_version, config=config, by=by, now=now)
    _changed(session, row)
    facts: dict[str, str | int] = {"version": row.current_version, "held": version.held.value}
    facts["sha256"] = version.file.sha256 if version.file else ""
    _note(session, events.RENEWED, row, by=by, now=now, **facts)
    return row


def withdraw_evidence(
    session: Session, authority_id: int, number: int, *, reason: str, revision: int, by: int, now: datetime
) -> Evidence:
    """Withdraw a piece of evidence: it stays with its versions, and everything that rests on it says so.

    Raises:
        NotAllowed: it belongs to somebody else.
        OutOfTurn: it was withdrawn already.
        Stale: somebody changed it since the page was opened.
        Invalid: no reason was given.
    """
    row = _for_change(session, authority_id, number, revision)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid("reason", "Say why, so that whoever relied on it understands it.")
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = by, now, reason.strip()
    _changed(session, row)
    _note(session, events.WITHDRAWN, row, by=by, now=now)
    return row


def mark_not_for_packs(
    session: Session, authority_id: int, number: int, *, reason: str, revision: int, by: int, now: datetime
) -> Evidence:
    """Keep a piece of evidence out of packs and say why; without a reason it may go into them again.

    Raises:
        NotAllowed: it belongs to somebody else.
        OutOfTurn: it was withdrawn.
        Stale: somebody changed it since the page was opened.
    """
    row = _for_change(session, authority_id, number, revision)
    row.kept_out_reason = reason.strip()
    _changed(session, row)
    _note(session, events.KEPT_OUT if row.kept_out_reason else events.LET_IN, row, by=by, now=now)
    return row


def _for_change(session: Session, authority_id: int, number: int, revision: int) -> Evidence:
    row = queries.get_evidence(session, authority_id, number, lock=True)
    if not may_change(session, row):
        raise NotAllowed("You can change evidence that you added or own. This is somebody else’s.")
    if row.withdrawn_at is not None:
        raise OutOfTurn(f"{reference(EVIDENCE, number)} was withdrawn, so it cannot be changed.")
    if row.revision != revision:
        raise Stale(row)
    return row


def _changed(session: Session, row: Evidence) -> None:
    row.revision += 1
    session.add(row)
    session.flush()


def _check_said(new: NewEvidence) -> None:
    if not new.title.strip():
        raise Invalid("title", "Enter a title.")
    if not new.shows.strip():
        raise Invalid("shows", "Say in a sentence what it shows.")
    if new.level not in range(4):
        raise Invalid("level", "Choose who may see it.")


def _check_version(version: NewVersion, today: date) -> None:
    """What a version must say for itself."""
    if version.speaks_to < version.speaks_from:
        raise Invalid("speaks_to", "The last day it speaks of must not be before the first.")
    if version.made_on > today:
        raise Invalid("made_on", "The day it was made cannot be in the future.")
    if version.speaks_from > version.made_on:
        raise Invalid("speaks_from", "It cannot speak of days after it was made. Check both dates.")
    if version.held is Held.here and version.file is None:
        raise Invalid("file", "Choose the file.")
    if version.held is Held.link and not addresses.leads_somewhere(version.address):
        raise Invalid("address", "Enter a whole address that begins with https:// or http://.")
    if version.held is Held.elsewhere and not (version.held_where.strip() and version.held_by.strip()):
        field = "held_by" if version.held_where.strip() else "held_where"
        raise Invalid(field, "Say where it is held and who holds it, so that anybody can ask for it.")


def _owner(session: Session, post_id: int | None, today: date) -> dict[str, Any]:
    """The post that owns it, looked up among the council's own (OB-5)."""
    if post_id is None:
        return {"owner_post_id": None, "owner_post_title": ""}
    # Read once for a session, which lives as long as one request: a ZIP may bring five hundred pieces at a time.
    if "posts_that_own" not in session.info:
        session.info["posts_that_own"] = {post.id: post.title for post in people.list_posts(session, today)}
    title = session.info["posts_that_own"].get(post_id)
    if title is None:
        raise Invalid("owner_post_id", "Choose a post from the list.")
    return {"owner_post_id": post_id, "owner_post_title": title}


def _keep_version(
    session: Session,
    row: Evidence,
    given: NewVersion,
    *,
    number: int,
    config: Mapping[str, Any],
    by: int,
    now: datetime,
) -> None:
    file = given.file if given.held is Held.here else None
    of_file = service_files.keep(session, config, file, authority_id=row.authority_id, by=by) if file else {}
    session.add(
        EvidenceVersion(
            authority_id=row.authority_id, evidence_number=row.number, version=number, held=given.held,
            speaks_from=given.speaks_from, speaks_to=given.speaks_to, made_on=given.made_on, why=given.why.strip(),
            address=given.address.strip() if given.held is Held.link else "",
            held_where=given.held_where.strip() if given.held is Held.elsewhere else "",
            held_by=given.held_by.strip() if given.held is Held.elsewhere else "",
            added_by=by, added_at=now, **{"pages": given.pages, **of_file},
        )
    )  # fmt: skip
    if file is not None:
        service_files.keep_text(session, row, number, file)
    session.flush()


def _note(session: Session, event: str, row: Evidence, *, by: int | None, now: datetime, **facts: str | int) -> None:
    kept = {name: value for name, value in facts.items() if value != ""}
    about = reference(EVIDENCE, row.number)
    history.note(session, event, about, by=by, authority_id=row.authority_id, facts=kept, now=now)
