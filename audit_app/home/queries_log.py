"""The log as a person may read it: their own acts, the council's case events, or security events; told as sentences.

The log's table belongs to the whole installation and so carries no guard: every statement here says whose it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock, history
from audit_app.history import HistoryEntry
from audit_app.people import queries as people
from audit_app.people.access import Role, Scope
from audit_app.people.organisation import queries as organisation
from audit_app.people.tables import Membership

PAGE = 50
# Sentences about people carry the number of the person, never the name: names may change and may have to go.
PERSON = re.compile(r"\bperson (\d{1,19})\b", re.IGNORECASE)
# Teams, services and posts are renamed and moved, so the log carries their numbers too.
PLACE = re.compile(r"\b(team|service|post) (\d{1,19})\b")
# A fingerprint in full is for machines; its beginning is enough to compare by eye.
FINGERPRINT = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{52}\b")


class View(StrEnum):
    """Which part of the log."""

    own = auto()
    cases = auto()
    security = auto()


VIEW_WORDS = {
    View.own: "What you did",
    View.cases: "What was done and read in this council",
    View.security: "Sign-ins, refusals and rights",
}


@dataclass(frozen=True)
class LogFilter:
    """What to look for; empty means everything of the view."""

    reference: str = ""
    person_id: int | None = None
    start: date | None = None
    end: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class LogLine:
    """An entry as a line of the page."""

    sequence: int
    at: datetime
    sentence: str
    reference: str


@dataclass(frozen=True)
class LogPage:
    """A page of the log, newest first; `before` opens the next one, None when there is none."""

    lines: tuple[LogLine, ...]
    before: int | None


@dataclass(frozen=True)
class ReaderLine:
    """Somebody who has read a thing."""

    name: str
    times: int
    first_at: datetime
    last_at: datetime


def views_for(scope: Scope) -> tuple[View, ...]:
    """The parts of the log a person may read (security requirements, section 2)."""
    views = [View.own]
    if scope.has(Role.qa_manager):
        views.append(View.cases)
    if scope.has(Role.admin):
        views.append(View.security)
    return tuple(views)


def read_log(session: Session, scope: Scope, view: View, wanted: LogFilter) -> LogPage:
    """One page of a view the person may read; another view is refused by the caller, who asked `views_for`."""
    statement = select(HistoryEntry).where(*_of_view(scope, view), *_narrowed(wanted))
    rows = session.exec(statement.order_by(sa.desc(col(HistoryEntry.sequence))).limit(PAGE + 1)).all()
    page_rows = rows[:PAGE]
    return LogPage(in_sentences(session, page_rows), page_rows[-1].sequence if len(rows) > PAGE else None)


def _of_view(scope: Scope, view: View) -> list[Any]:
    entry = HistoryEntry
    own_council = col(entry.authority_id) == scope.authority_id
    nowhere = col(entry.authority_id).is_(None)
    if view is View.cases:
        return [own_council, col(entry.event).not_in(history.codes_of("security"))]
    if view is View.own:
        return [entry.actor == scope.person_id, sa.or_(own_council, nowhere)]
    # Sign-ins belong to no council: those of this council's people, and those of nobody, are for its administrator.
    members = select(Membership.person_id).where(Membership.authority_id == scope.authority_id)
    theirs = sa.or_(col(entry.actor).is_(None), col(entry.actor).in_(members))
    return [col(entry.event).in_(history.codes_of("security")), sa.or_(own_council, sa.and_(nowhere, theirs))]


def _narrowed(wanted: LogFilter) -> list[Any]:
    conditions: list[Any] = []
    if wanted.reference:
        conditions.append(HistoryEntry.reference == wanted.reference)
    if wanted.person_id is not None:
        conditions.append(HistoryEntry.actor == wanted.person_id)
    if wanted.start is not None:
        conditions.append(HistoryEntry.at >= clock.moments(wanted.start, wanted.start)[0])
    if wanted.end is not None:
        conditions.append(HistoryEntry.at < clock.moments(wanted.end, wanted.end)[1])
    if wanted.before is not None:
        conditions.append(HistoryEntry.sequence < wanted.before)
    return conditions


def in_sentences(session: Session, entries: Sequence[HistoryEntry]) -> tuple[LogLine, ...]:
    """The entries as sentences, with the names of today put to the numbers of people."""
    sentences = [history.tell(entry, _numbered, when=None) for entry in entries]
    ids = {int(number) for sentence in sentences for number in PERSON.findall(sentence)}
    names = people.names_of(session, ids)
    places = organisation.names_of_places(session, {int(x) for text in sentences for _, x in PLACE.findall(text)})
    return tuple(
        LogLine(entry.sequence, entry.at, _named(sentence, names, places), entry.reference)
        for entry, sentence in zip(entries, sentences, strict=True)
    )


def _numbered(person_id: int | None) -> str:
    return f"Person {person_id}" if person_id is not None else "The system"


def _named(sentence: str, names: dict[int, str], places: dict[int, str]) -> str:
    named = PERSON.sub(lambda person: names.get(int(person[1]), "somebody not of this council"), sentence)
    named = PLACE.sub(lambda place: f"{place[1]} {places.get(int(place[2]), place[2])}", named)
    return FINGERPRINT.sub(r"\1…", named)


def readers(session: Session, authority_id: int, reference: str) -> list[ReaderLine]:
    """Everybody who has read one thing, the latest first (OB-10)."""
    readings = history.readers_of(session, authority_id, reference)
    names = people.names_of(session, {reading.person_id for reading in readings})
    return [
        ReaderLine(
            names.get(reading.person_id or 0, "Somebody not of this council"),
            reading.times,
            reading.first_at,
            reading.last_at,
        )
        for reading in readings
    ]
