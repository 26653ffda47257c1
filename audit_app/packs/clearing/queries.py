"""Reads what in a pack's texts may tell of a person, as the register stands now, with what was decided about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, select

from audit_app import clock
from audit_app.disclosure import Council
from audit_app.packs import queries_gathering
from audit_app.packs.composing.extract import Extract
from audit_app.packs.disclosure.clearing import Clearing, clear
from audit_app.packs.disclosure.register_texts import typed_texts
from audit_app.packs.exhibits.looks import looks_at
from audit_app.packs.tables import EvidencePackRow, SuspectDecision
from audit_app.people.access.council_known import council_known


def clearing_of(session: Session, row: EvidencePackRow, *, now: datetime, evidence_months: int) -> Clearing:
    """Everything that may tell of a person in the texts this pack would print if it were built now."""
    extract = queries_gathering.gather_texts(session, row, now=now, evidence_months=evidence_months)
    return clearing_in(session, row, extract)


def clearing_in(session: Session, row: EvidencePackRow, extract: Extract) -> Clearing:
    """The same of an extract that was read already: what is looked at is what will be composed."""
    return clearing_with(known_of(session, row, extract.about.as_at), extract, row.level)


@dataclass(frozen=True)
class Known:
    """What the texts of a pack are held against: the council's own names, and what was decided before."""

    council: Council
    decisions: Sequence[SuspectDecision]


def known_of(session: Session, row: EvidencePackRow, as_at: datetime) -> Known:
    """What is known when a pack's texts are read; reading them takes long, so that is done without a session."""
    statement = select(SuspectDecision).where(SuspectDecision.authority_id == row.authority_id)
    council = council_known(session, row.authority_id, clock.london_day(as_at))
    return Known(council, session.exec(statement).all())


def clearing_with(known: Known, extract: Extract, level: int) -> Clearing:
    """Everything in the texts of an extract that may tell of a person."""
    cleared = clear(typed_texts(extract), known.council, known.decisions, level)
    return replace(cleared, looks=looks_at(extract.exhibits, known.decisions, level))
