"""Reads what other self-assessments say under areas that the crosswalk joins to a section's own."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock
from audit_app.errors import NotFound
from audit_app.improvement import judgement_areas
from audit_app.library.crosswalk import queries as doubts
from audit_app.self_assessment import wording
from audit_app.self_assessment.claims import queries_cited
from audit_app.self_assessment.elsewhere import offers
from audit_app.self_assessment.elsewhere.offers import ClaimOffered, Origin, SectionOffered, TextOffered
from audit_app.self_assessment.prompts import Prompt, prompts_of
from audit_app.self_assessment.sections.queries import get_section
from audit_app.self_assessment.tables import (
    SELF_ASSESSMENT,
    AssessmentSection,
    AssessmentState,
    Claim,
    Passage,
    SelfAssessment,
)
from findings.references import reference
from frameworks import joins, reader
from frameworks.crosswalk import AreaReference
from frameworks.joins import Join


@dataclass(frozen=True)
class Elsewhere:
    """A section, and what other sections offer it."""

    row: SelfAssessment
    section: AssessmentSection
    joined: tuple[Join, ...]
    offered: tuple[SectionOffered, ...]


@dataclass(frozen=True)
class _Here:
    """What the section asks and says already."""

    asked: Mapping[str, str]  # each question's key and words
    texts: Collection[str]
    claims: Collection[str]

    def place(self, question: str) -> tuple[str, str]:
        """The question here that something of another section goes under, and its words."""
        key = offers.goes_under(question, self.asked)
        return key, self.asked.get(key, "")


def written_elsewhere(session: Session, authority_id: int, number: int, section_id: int, today: date) -> Elsewhere:
    """What other self-assessments in this session's scope offer a section, the firmest joins first.

    Raises:
        NotFound: there is no such section here.
    """
    section = get_section(session, authority_id, number, section_id)
    row = assessment_of(session, authority_id, number)
    joined = joins.joined(AreaReference(row.edition_id, section.area_id), reader.crosswalk_file().lines)
    if not row.edition_id or not section.area_id:
        return Elsewhere(row, section, (), ())
    ties = {join.area: join for join in joined}
    others = _sections(session, authority_id, number, ties)
    ids = [other.id for _, other in others]
    texts = _texts(session, authority_id, [section.id, *ids])
    claims = _claims(session, authority_id, [section.id, *ids])
    asked = {prompt.key: prompt.words for prompt in _prompts(row, section)}
    here = _Here(
        asked,
        [passage.text.strip() for passage in texts.get(section.id, ())],
        [claim.text.strip() for claim in claims.get(section.id, ())],
    )
    doubted = doubts.open_doubts(session, authority_id)
    offered = [
        SectionOffered(
            origin=_origin(other_row, other, ties, doubted, texts.get(other.id, ())),
            texts=tuple(_text(other_row, other, passage, here) for passage in texts.get(other.id, ())),
            claims=_offered_claims(session, other_row, claims.get(other.id, ()), here, today),
        )
        for other_row, other in others
    ]
    return Elsewhere(row, section, joined, offers.in_order(offered))


def assessment_of(session: Session, authority_id: int, number: int) -> SelfAssessment:
    """A self-assessment in this session's scope, or NotFound."""
    query = select(SelfAssessment).where(SelfAssessment.authority_id == authority_id, SelfAssessment.number == number)
    row = session.exec(query).first()
    if row is None:
        raise NotFound(f"There is no {reference(SELF_ASSESSMENT, number)} here.")
    return row


def _sections(
    session: Session, authority_id: int, number: int, ties: Mapping[AreaReference, Join]
) -> list[tuple[SelfAssessment, AssessmentSection]]:
    """The sections of other self-assessments, not given up, whose areas are joined."""
    own = sa.and_(
        col(SelfAssessment.authority_id) == AssessmentSection.authority_id,
        col(SelfAssessment.number) == AssessmentSection.assessment_number,
    )
    query: Any = (
        sa.select(SelfAssessment, AssessmentSection)
        .join(AssessmentSection, own)
        .where(
            col(SelfAssessment.authority_id) == authority_id,
            col(SelfAssessment.number) != number,
            col(SelfAssessment.state) != AssessmentState.abandoned,
            col(SelfAssessment.edition_id).in_(sorted({area.edition_id for area in ties})),
            col(AssessmentSection.area_id).in_(sorted({area.area for area in ties})),
        )
        .order_by(col(SelfAssessment.number).desc(), col(AssessmentSection.position))
    )
    rows = session.execute(query).all()
    return [(row, section) for row, section in rows if AreaReference(row.edition_id, section.area_id) in ties]


def _texts(session: Session, authority_id: int, ids: Collection[int]) -> dict[int, list[Passage]]:
    query = select(Passage).where(Passage.authority_id == authority_id, col(Passage.section_id).in_(list(ids)))
    texts: dict[int, list[Passage]] = defaultdict(list)
    for passage in session.exec(query.order_by(col(Passage.question))).all():
        if passage.text.strip():
            texts[passage.section_id].append(passage)
    return texts


def _claims(session: Session, authority_id: int, ids: Collection[int]) -> dict[int, list[Claim]]:
    query = select(Claim).where(
        Claim.authority_id == authority_id, col(Claim.section_id).in_(list(ids)), col(Claim.taken_out_at).is_(None)
    )
    claims: dict[int, list[Claim]] = defaultdict(list)
    for claim in session.exec(query.order_by(col(Claim.position), col(Claim.id))).all():
        claims[claim.section_id].append(claim)
    return claims


def _prompts(row: SelfAssessment, section: AssessmentSection) -> tuple[Prompt, ...]:
    return prompts_of(judgement_areas.find_edition(row.edition_id), section.area_id, row.prompts)


def _origin(
    row: SelfAssessment,
    section: AssessmentSection,
    ties: Mapping[AreaReference, Join],
    doubted: Mapping[str, int],
    texts: Iterable[Passage],
) -> Origin:
    edition = judgement_areas.find_edition(row.edition_id)
    join = ties[AreaReference(row.edition_id, section.area_id)]
    last = max((clock.london_day(passage.written_at) for passage in texts), default=None)
    return Origin(
        reference=reference(SELF_ASSESSMENT, row.number),
        number=row.number,
        section_id=section.id,
        title=row.title,
        heading=section.heading,
        edition_title=edition.title if edition else "",
        state=wording.STATES[row.state],
        dated_on=clock.london_day(row.signed_at) if row.signed_at else last,
        join=join,
        doubts=sum(doubted.get(line.line, 0) for line in join.lines),
    )


def _text(row: SelfAssessment, section: AssessmentSection, passage: Passage, here: _Here) -> TextOffered:
    asked = {prompt.key: prompt.words for prompt in _prompts(row, section)}
    key, question_words = here.place(passage.question)
    return TextOffered(
        question=passage.question,
        question_words=asked.get(passage.question, passage.question),
        text=passage.text,
        goes_under=key,
        goes_under_words=question_words,
        is_here=any(passage.text.strip() in text for text in here.texts),
    )


def _offered_claims(
    session: Session, row: SelfAssessment, claims: Collection[Claim], here: _Here, today: date
) -> tuple[ClaimOffered, ...]:
    citations = queries_cited.citations_of(session, row.authority_id, [claim.id for claim in claims]) if claims else []
    stands = queries_cited.standing_of(session, row.authority_id, row.number, citations, today) if citations else {}
    offered = []
    for claim in claims:
        key, question_words = here.place(claim.question)
        offered.append(
            ClaimOffered(
                claim_id=claim.id,
                text=claim.text,
                stance=claim.stance,
                stance_words=wording.STANCES[claim.stance],
                rung=claim.rung,
                cited=stands.get(claim.id, ()),
                goes_under=key,
                goes_under_words=question_words,
                is_here=claim.text.strip() in here.claims,
            )
        )
    return tuple(offered)
