"""Reads of exhibits: what a pack may choose from, what was chosen, and what became of that since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import words
from audit_app.evidence import EvidenceLine, Held, evidence_of
from audit_app.evidence import queries as evidence
from audit_app.evidence.folder import queries as folder
from audit_app.evidence.reading import Read
from audit_app.evidence.tables import EVIDENCE, Evidence, EvidenceText, EvidenceVersion
from audit_app.packs.composing.extract import Register
from audit_app.packs.exhibits import chosen, looks
from audit_app.packs.exhibits.chosen import Candidate, Exhibit
from audit_app.packs.tables import EvidencePackRow, PackExhibit
from findings.references import ACTION, AREA, FINDING, reference

AT_ONCE = 200


def candidates(
    session: Session, row: EvidencePackRow, register: Register, *, today: date, grace_days: int
) -> dict[str, Candidate]:
    """What a pack may have as exhibits: what proves the things it tells of, in print order; then the evidence folder.

    Evidence of a finding, an area, an action or an impact stands in the version that was used; what is in the folder
    alone stands in its newest.
    """
    things = things_of(register)
    lines = evidence_of(session, row.authority_id, things, whole_things=True)
    made: dict[str, Candidate] = {}
    for thing in things:
        chosen.joined(lines[thing], made)
    for entry in folder.folder_of(session, row.authority_id, today=today, grace_days=grace_days):
        chosen.joined(entry.lines, made)
    return made


def things_of(register: Register) -> list[str]:
    """The references of everything the pack tells of, in the order in which it is printed."""
    named = [reference(FINDING, strand.finding.number) for asked in register.asked for strand in asked.findings]
    for thread in register.threads:
        named.append(reference(AREA, thread.area.number))
        named += [reference(FINDING, strand.finding.number) for strand in thread.findings]
        named += [reference(ACTION, strand.action.number) for strand in thread.actions]
    named += [reference(ACTION, strand.action.number) for strand in register.actions]
    for findings in (register.strengths, register.loose_findings):
        named += [reference(FINDING, strand.finding.number) for strand in findings]
    return list(dict.fromkeys(named))


def rows_of(session: Session, row: EvidencePackRow) -> list[PackExhibit]:
    """What was chosen for a pack, in its order."""
    statement = select(PackExhibit).where(
        PackExhibit.authority_id == row.authority_id, PackExhibit.pack_number == row.number
    )
    return list(session.exec(statement.order_by(col(PackExhibit.position), col(PackExhibit.id))).all())


def lines_of(session: Session, row: EvidencePackRow) -> list[EvidenceLine]:
    """The evidence that was chosen, in its order, each piece as it stands now in the version that was chosen."""
    statement: Any = (
        select(Evidence, EvidenceVersion)
        .join(EvidenceVersion, evidence.same_evidence(EvidenceVersion))
        .join(
            PackExhibit,
            sa.and_(
                col(PackExhibit.authority_id) == Evidence.authority_id,
                col(PackExhibit.evidence_number) == Evidence.number,
                col(PackExhibit.version) == EvidenceVersion.version,
            ),
        )
        .where(PackExhibit.authority_id == row.authority_id, PackExhibit.pack_number == row.number)
        .order_by(col(PackExhibit.position), col(PackExhibit.id))
    )
    return [evidence.line_of(piece, version) for piece, version in session.exec(statement).all()]


def exhibits_of(session: Session, row: EvidencePackRow, register: Register | None = None) -> tuple[Exhibit, ...]:
    """The exhibits of a pack as they stand now, with the words of their files; with a register, what each proves."""
    lines = lines_of(session, row)
    if not lines:
        return ()
    proves = _proved(session, row, register) if register is not None else {}
    made = chosen.numbered((line, proves.get(chosen.key_of(line), ())) for line in lines)
    texts = _texts(session, row.authority_id, lines)
    return tuple(_read(exhibit, texts.get((exhibit.line.reference, exhibit.line.version))) for exhibit in made)


def _proved(session: Session, row: EvidencePackRow, register: Register) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """What each piece of evidence proves of what the pack tells of, in any of its versions."""
    things = things_of(register)
    lines = evidence_of(session, row.authority_id, things, whole_things=True)
    made: dict[str, Candidate] = {}
    for thing in things:
        chosen.joined(lines[thing], made)
    return {key: candidate.proves for key, candidate in made.items()}


def _read(exhibit: Exhibit, text: EvidenceText | None) -> Exhibit:
    if exhibit.line.held is not Held.here:
        return exhibit
    if text is None:
        return replace(exhibit, read=Read.no_words)
    pages = tuple(text.text.split(looks.PAGE_END))
    return replace(exhibit, read=Read.whole if text.whole else Read.part, pages=pages)


def _texts(session: Session, authority_id: int, lines: Iterable[EvidenceLine]) -> dict[tuple[str, int], EvidenceText]:
    keys = sorted({(int(line.reference.rpartition("-")[2]), line.version) for line in lines})
    texts: dict[tuple[str, int], EvidenceText] = {}
    for start in range(0, len(keys), AT_ONCE):
        statement = select(EvidenceText).where(
            EvidenceText.authority_id == authority_id,
            sa.tuple_(col(EvidenceText.evidence_number), col(EvidenceText.version)).in_(keys[start : start + AT_ONCE]),
        )
        for row in session.exec(statement).all():
            texts[reference(EVIDENCE, row.evidence_number), row.version] = row
    return texts


@dataclass(frozen=True)
class Since:
    """What became of an exhibit after the pack was made."""

    number: str
    reference: str
    words: str


def since_made(session: Session, row: EvidencePackRow) -> tuple[Since, ...]:
    """What a reader of a built pack must know of its exhibits: withdrawn, kept out, closed to more people, renewed."""
    if not row.contents or row.frozen_at is None:
        return ()
    made, renewed = [], _renewed_after(session, row)
    for exhibit in chosen.numbered((line, ()) for line in lines_of(session, row)):
        line = exhibit.line
        happened = chosen.why_not(line, row.level)
        if line.withdrawn_at is not None:
            happened = f"It was withdrawn on {words.date_words(line.withdrawn_at)}: {line.withdrawn_reason}"
        elif not happened and line.reference in renewed:
            happened = f"The pack has version {line.version}; there is a version {line.newest} now."
        if happened:
            made.append(Since(exhibit.number, line.reference, happened))
    return tuple(made)


def _renewed_after(session: Session, row: EvidencePackRow) -> set[str]:
    """The evidence of a pack that was given a newer version after the pack was made."""
    numbers = [each.evidence_number for each in rows_of(session, row)]
    statement = select(EvidenceVersion.evidence_number).where(
        EvidenceVersion.authority_id == row.authority_id,
        col(EvidenceVersion.evidence_number).in_(numbers),
        col(EvidenceVersion.added_at) > row.frozen_at,
    )
    return {reference(EVIDENCE, number) for number in session.exec(statement).all()}


@dataclass(frozen=True)
class Standing:
    """The exhibits of a pack on its page: how many were chosen, and what became of them since it was built."""

    count: int
    since: tuple[Since, ...]


def standing_of(session: Session, row: EvidencePackRow) -> Standing:
    """How the exhibits of a pack stand."""
    return Standing(len(rows_of(session, row)), since_made(session, row))
