"""Reads of versions: those of a self-assessment, one with its parts, and the whole of one as a value."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from audit_app import clock
from audit_app.errors import NotFound
from audit_app.people import queries as people
from audit_app.self_assessment import wording
from audit_app.self_assessment.assessments import queries as assessments
from audit_app.self_assessment.sections import plain_words
from audit_app.self_assessment.sections.plain_words import Advice
from audit_app.self_assessment.tables import SELF_ASSESSMENT
from audit_app.self_assessment.tables_outputs import (
    Audience,
    AudienceVersion,
    VersionPart,
    VersionState,
    VersionWriter,
)
from audit_app.self_assessment.versions import contents, headings, reading
from audit_app.self_assessment.versions.contents import Part, Version
from findings.references import reference


@dataclass(frozen=True)
class PartLine:
    """One part as its writers see it."""

    row: VersionPart
    by: str
    hint: str
    sentences: str
    advice: tuple[Advice, ...]


@dataclass(frozen=True)
class VersionLine:
    """One version in the list."""

    row: AudienceVersion
    audience: str
    state: str
    signer: str


def list_versions(session: Session, authority_id: int, number: int) -> list[VersionLine]:
    """Every version of a self-assessment that this person may see, the oldest first."""
    query = select(AudienceVersion).where(
        AudienceVersion.authority_id == authority_id, AudienceVersion.assessment_number == number
    )
    rows = session.exec(query.order_by(col(AudienceVersion.made_at), col(AudienceVersion.id))).all()
    names = people.names_of(session, [row.signed_by for row in rows])
    return [
        VersionLine(
            row, wording.AUDIENCES[Audience(row.audience)], wording.VERSION_STATES[VersionState(row.state)],
            names.get(row.signed_by or 0, "Somebody no longer here") if row.signed_by else "",
        )
        for row in rows
    ]  # fmt: skip


def get_version(session: Session, authority_id: int, number: int, version_id: int, *, lock: bool = False) -> Any:
    """A version of this very self-assessment, or NotFound; locked until the transaction ends where asked."""
    query = select(AudienceVersion).where(
        AudienceVersion.authority_id == authority_id,
        AudienceVersion.id == version_id,
        AudienceVersion.assessment_number == number,
    )
    if lock:
        query = query.with_for_update()
    row = session.exec(query.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound("There is no such version of this self-assessment.")
    return row


def parts_of(session: Session, row: AudienceVersion) -> list[VersionPart]:
    """Its parts in their order, without those taken out."""
    query = select(VersionPart).where(
        VersionPart.authority_id == row.authority_id,
        VersionPart.version_id == row.id,
        col(VersionPart.taken_out_at).is_(None),
    )
    ordered = query.order_by(col(VersionPart.position), col(VersionPart.id))
    return list(session.exec(ordered.execution_options(populate_existing=True)).all())


def part_lines(session: Session, row: AudienceVersion) -> list[PartLine]:
    """Its parts with who wrote each last and what would make it easier to read."""
    parts, audience = parts_of(session, row), Audience(row.audience)
    names = people.names_of(session, [part.written_by for part in parts])
    return [
        PartLine(
            part,
            names.get(part.written_by, "Somebody no longer here"),
            headings.hint_of(audience, part.prompt),
            reading.sentence_words(part.text, audience),
            plain_words.advice(part.text),
        )
        for part in parts
    ]


def writers_of(session: Session, row: AudienceVersion) -> tuple[int, ...]:
    """Whose words stand, or stood, in it."""
    query = select(VersionWriter.person_id).where(
        VersionWriter.authority_id == row.authority_id, VersionWriter.version_id == row.id
    )
    return tuple(session.exec(query.order_by(col(VersionWriter.first_at))).all())


def whole(session: Session, row: AudienceVersion) -> Version:
    """The whole of it: as it was frozen, or as the rows say it today."""
    if row.contents:
        return contents.read(row.contents)
    assessment = assessments.get_row(session, row.authority_id, row.assessment_number)
    council = people.authority_settings(session)
    return Version(
        format=contents.FORMAT,
        audience=Audience(row.audience).value,
        title=row.title,
        council=council.name,
        fictional=council.fictional,
        of_reference=reference(SELF_ASSESSMENT, row.assessment_number),
        of_title=assessment.title,
        of_signed_on=clock.london_day(assessment.signed_at) if assessment.signed_at else None,
        period_from=assessment.period_from,
        period_to=assessment.period_to,
        parts=tuple(Part(part.heading, part.text) for part in parts_of(session, row)),
    )


def list_signed(session: Session, authority_id: int) -> list[VersionLine]:
    """Every version that may be published, the newest first."""
    query = select(AudienceVersion).where(
        AudienceVersion.authority_id == authority_id, col(AudienceVersion.state) == VersionState.signed
    )
    rows = session.exec(query.order_by(col(AudienceVersion.signed_at).desc(), col(AudienceVersion.id))).all()
    return [
        VersionLine(row, wording.AUDIENCES[Audience(row.audience)], wording.VERSION_STATES[VersionState(row.state)], "")
        for row in rows
    ]
