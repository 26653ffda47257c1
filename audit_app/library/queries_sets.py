"""Where a question set is found, whether it came with the product or is a council's own; what is published is kept.

Callers name a set by its edition, as an audit does, and never ask where it lies.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlmodel import Session

import frameworks
from audit_app import alphabet, clock
from audit_app.library.product_editions import CASE_AUDITS, edition_for_new, editions_begun
from audit_app.library.tables import OwnSet, OwnSetVersion, VersionState
from frameworks import Edition, QuestionSet, reader
from frameworks.own_sets import own_set
from frameworks.reader import HeldEdition

Where = Session | sa.Connection

OWN = "own-"  # what the id of every edition of a council's own begins with

VERSIONS = OwnSetVersion.__table__.c  # type: ignore[attr-defined]
SETS = OwnSet.__table__.c  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Kept:
    """An edition and each of its sets at each length with its fingerprint, worked out once."""

    edition: Edition
    sets: dict[tuple[str, str], tuple[QuestionSet, str]]


# By the folder they were read from, so that what stands in one is never taken for what stands in another.
_shipped: dict[tuple[Path, str], Kept] = {}
# Keyed by the pool of connections, which every session and connection to one database shares.
_own: WeakKeyDictionary[Any, dict[str, Kept]] = WeakKeyDictionary()
_lock = threading.Lock()


def find_edition(where: Where, edition_id: str) -> Edition | None:
    """The edition of that id, or None when neither the product nor a council has published it."""
    kept = _kept(where, edition_id)
    return kept.edition if kept else None


def find_set(where: Where, edition_id: str, set_id: str, length: str) -> QuestionSet | None:
    """The set at that length, or None when it is nowhere (any more)."""
    kept = _kept(where, edition_id)
    with_fingerprint = kept.sets.get((set_id, length)) if kept else None
    return with_fingerprint[0] if with_fingerprint else None


def fingerprint_of(where: Where, edition_id: str, set_id: str, length: str) -> str:
    """The fingerprint of the set as it stands now; empty when it is nowhere."""
    kept = _kept(where, edition_id)
    with_fingerprint = kept.sets.get((set_id, length)) if kept else None
    return with_fingerprint[1] if with_fingerprint else ""


def sets_of(where: Where, edition_id: str) -> tuple[QuestionSet, ...]:
    """Every set of an edition at every length, by title; none for an edition nobody knows."""
    kept = _kept(where, edition_id)
    sets = (questions for questions, _ in kept.sets.values()) if kept else ()
    return tuple(alphabet.in_order(sets, lambda questions: questions.title))


def offered(where: Where, authority_id: int, on: date) -> tuple[tuple[QuestionSet, ...], ...]:
    """The sets a council's new audits may be made from on a day, its own first, each as its lengths, shortest first.

    Of a set of its own that is not retired, the newest published version is offered. Where two lengths ask the same,
    the longer is offered alone.
    """
    editions = [*_newest_editions(where, authority_id), edition_for_new(on)]
    fetch(where, editions)
    lengths_by_set: dict[tuple[str, str], list[QuestionSet]] = {}
    for edition_id in editions:
        for questions in sets_of(where, edition_id):
            lengths_by_set.setdefault((edition_id, questions.id), []).append(questions)
    return tuple(apart(lengths) for lengths in lengths_by_set.values())


def lengths_of(where: Where, edition_id: str, set_id: str) -> tuple[QuestionSet, ...]:
    """The lengths of a set that are more than another's name, shortest first; none for a set nobody knows."""
    return apart([questions for questions in sets_of(where, edition_id) if questions.id == set_id])


def apart(lengths: Iterable[QuestionSet]) -> tuple[QuestionSet, ...]:
    """The lengths of one set, shortest first; of several that ask the same, the longest alone (each holds the one
    before, so as many questions are the same questions)."""
    in_order = sorted(lengths, key=_count_questions)
    longer = {questions.length: following for questions, following in pairwise(in_order)}
    return tuple(
        questions
        for questions in in_order
        if questions.length not in longer or _count_questions(questions) < _count_questions(longer[questions.length])
    )


def _count_questions(questions: QuestionSet) -> int:
    return len(questions.questions)


def ever_offered(where: Where, authority_id: int, on: date) -> tuple[QuestionSet, ...]:
    """Every set a council's audits may have been made from by a day, at one length: each version of its own first."""
    sets: dict[tuple[str, str], QuestionSet] = {}
    editions = [*own_editions(where, authority_id), *editions_begun(on)]
    fetch(where, editions)
    for edition_id in editions:
        for questions in sets_of(where, edition_id):
            sets.setdefault((edition_id, questions.id), questions)
    return tuple(sets.values())


def own_editions(where: Where, authority_id: int) -> list[str]:
    """Every version of its own that a council ever published, the newest first."""
    published = sa.select(VERSIONS.edition_id).where(
        VERSIONS.authority_id == authority_id, VERSIONS.state == VersionState.published
    )
    return list(_connection(where).execute(published.order_by(VERSIONS.published_at.desc())).scalars())


def open_to(where: Where, authority_id: int, edition_id: str) -> bool:
    """Whether a council may read an edition named in an address: the product's, or one that it published itself."""
    return not edition_id.startswith(OWN) or edition_id in own_editions(where, authority_id)


def may_be_used(where: Where, authority_id: int, edition_id: str, on: date) -> bool:
    """Whether audits set up on a day may be made from an edition: the product's, or one of the council's own."""
    return edition_id == edition_for_new(on) or edition_id in _newest_editions(where, authority_id)


def editions_in_line(where: Where, edition_id: str) -> frozenset[str]:
    """The editions that follow one another with this one among them: the product's, or every version of one own set."""
    if not edition_id.startswith(OWN):
        family = frozenset(edition.id for edition in frameworks.editions_of(CASE_AUDITS))
        return family if edition_id in family else frozenset({edition_id})
    this = VERSIONS.edition_id == edition_id
    authority_id = sa.select(VERSIONS.authority_id).where(this).scalar_subquery()
    number = sa.select(VERSIONS.set_number).where(this).scalar_subquery()
    versions = sa.select(VERSIONS.edition_id).where(
        VERSIONS.authority_id == authority_id, VERSIONS.set_number == number
    )
    return frozenset(_connection(where).execute(versions).scalars())


def _newest_editions(where: Where, authority_id: int) -> list[str]:
    newest = sa.func.max(VERSIONS.version)
    latest = (
        sa.select(VERSIONS.set_number, newest.label("version"))
        .where(VERSIONS.authority_id == authority_id, VERSIONS.state == VersionState.published)
        .group_by(VERSIONS.set_number)
        .subquery()
    )
    statement = (
        sa.select(SETS.title, VERSIONS.edition_id)
        .join(latest, sa.and_(VERSIONS.set_number == latest.c.set_number, VERSIONS.version == latest.c.version))
        .join(
            OwnSet.__table__,  # type: ignore[attr-defined]
            sa.and_(SETS.authority_id == VERSIONS.authority_id, SETS.number == VERSIONS.set_number),
        )
        .where(VERSIONS.authority_id == authority_id, SETS.retired_at.is_(None))
        .order_by(SETS.number)
    )
    named = alphabet.in_order(_connection(where).execute(statement), lambda row: row[0])
    return [edition_id for _, edition_id in named]


def fetch(where: Where, edition_ids: Iterable[str]) -> None:
    """Read the editions of a council's own that are not at hand in one statement, where several are looked at."""
    at_hand = _at_hand(where)
    missing = [edition_id for edition_id in edition_ids if edition_id.startswith(OWN) and edition_id not in at_hand]
    if missing:
        at_hand |= _read_own(where, missing)


def _kept(where: Where, edition_id: str) -> Kept | None:
    if not edition_id.startswith(OWN):
        return _kept_shipped(edition_id)
    fetch(where, [edition_id])
    return _at_hand(where).get(edition_id)


def _kept_shipped(edition_id: str) -> Kept | None:
    key = (reader.SETS, edition_id)
    if key not in _shipped:
        try:
            _shipped[key] = _with_fingerprints(reader.held(edition_id))
        except frameworks.UnknownEdition:
            return None
    return _shipped[key]


def _at_hand(where: Where) -> dict[str, Kept]:
    pool = _connection(where).engine.pool
    with _lock:
        return _own.setdefault(pool, {})


def _read_own(where: Where, edition_ids: Sequence[str]) -> dict[str, Kept]:
    """Published versions as the database has them. No guard stands here: an id is known only from a row with it."""
    statement = sa.select(VERSIONS.edition_id, VERSIONS.contents, VERSIONS.published_at).where(
        VERSIONS.edition_id.in_(edition_ids), VERSIONS.state == VersionState.published
    )
    return {row.edition_id: _built(row) for row in _connection(where).execute(statement)}


def _built(row: Any) -> Kept:
    own = own_set.OwnSet.model_validate_json(row.contents)
    return _with_fingerprints(own_set.built(own, row.edition_id, clock.london_day(row.published_at)))


def _with_fingerprints(held: HeldEdition) -> Kept:
    sets = {(questions.id, questions.length): (questions, questions.fingerprint) for questions in held.question_sets}
    return Kept(held.edition, sets)


def _connection(where: Where) -> sa.Connection:
    return where.connection() if isinstance(where, Session) else where
