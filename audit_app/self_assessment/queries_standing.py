"""How each section of each self-assessment stands: what higher features read, without knowing the tables."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock
from audit_app.improvement import judgement_areas
from audit_app.self_assessment.tables import (
    SELF_ASSESSMENT,
    AssessmentSection,
    AssessmentState,
    Citation,
    Claim,
    Passage,
    SelfAssessment,
)
from findings.references import reference


@dataclass(frozen=True)
class StandingSection:
    """What one self-assessment says of one judgement area, and how far it is."""

    reference: str  # SAS-0001
    edition_id: str
    area_id: str
    area_name: str
    grade_code: str  # empty where the edition has no grades, or none was given
    grade_name: str
    grade_reason: str
    state: AssessmentState
    signed_on: date | None
    signed_by_post: str
    period_from: date
    period_to: date
    written_on: date | None  # when a word of it was last written
    revision: int
    claims: int
    without_evidence: int

    @property
    def is_signed(self) -> bool:
        """Whether it is frozen under a signature."""
        return self.state is AssessmentState.signed


@dataclass(frozen=True)
class LeadersWords:
    """A few sentences a leader wrote and signed."""

    text: str
    post: str
    signed_on: date
    reference: str  # the self-assessment they stand in


def standing(session: Session, authority_id: int) -> tuple[StandingSection, ...]:
    """One line for each judgement area of each self-assessment in this session's scope, the newest first.

    Where several agencies write parts of one area they are one line: claims added, the last day of writing, the grade
    of whichever part has one. Headings of the council's own that stand under no judgement area are left out, and so
    are drafts that were abandoned.
    """
    query = select(SelfAssessment).where(
        SelfAssessment.authority_id == authority_id, col(SelfAssessment.state) != AssessmentState.abandoned
    )
    # The long texts stay in the database: a signed one carries its whole frozen contents.
    light = query.options(sa.orm.defer(col(SelfAssessment.contents)))  # type: ignore[arg-type]
    rows = session.exec(light.order_by(sa.desc(col(SelfAssessment.number)))).all()
    sections = _sections(session, authority_id)
    written, claims = _written(session, authority_id), _claims(session, authority_id)
    lines: list[StandingSection] = []
    for row in rows:
        by_area: dict[str, StandingSection] = {}
        for section in sections[row.number]:
            line = _line(row, section, written.get(section.id), claims.get(section.id, (0, 0)))
            there = by_area.get(section.area_id)
            by_area[section.area_id] = line if there is None else _together(there, line)
        lines += by_area.values()
    return tuple(lines)


def _sections(session: Session, authority_id: int) -> dict[int, list[AssessmentSection]]:
    query = select(AssessmentSection).where(
        AssessmentSection.authority_id == authority_id, col(AssessmentSection.area_id) != ""
    )
    sections: dict[int, list[AssessmentSection]] = defaultdict(list)
    for section in session.exec(query.order_by(col(AssessmentSection.position))).all():
        sections[section.assessment_number].append(section)
    return sections


def _written(session: Session, authority_id: int) -> dict[int, date]:
    """The day on which a passage or a claim of each section was last written."""
    last: dict[int, date] = {}
    for table in (Passage, Claim):
        query = (
            select(table.section_id, sa.func.max(col(table.written_at)))
            .where(col(table.authority_id) == authority_id)
            .group_by(col(table.section_id))
        )
        for section_id, moment in session.exec(query).all():
            day = clock.london_day(moment)
            last[section_id] = max(day, last.get(section_id, day))
    return last


def _claims(session: Session, authority_id: int) -> dict[int, tuple[int, int]]:
    """How many claims each section makes, and how many of them cite nothing."""
    cited = sa.exists().where(col(Citation.authority_id) == Claim.authority_id, col(Citation.claim_id) == Claim.id)
    bare = sa.func.sum(sa.case((cited, 0), else_=1))
    query = (
        select(Claim.section_id, sa.func.count(), bare)
        .where(Claim.authority_id == authority_id, col(Claim.taken_out_at).is_(None))
        .group_by(col(Claim.section_id))
    )
    return {section_id: (int(count), int(without)) for section_id, count, without in session.exec(query).all()}


def _line(
    row: SelfAssessment, section: AssessmentSection, written_on: date | None, claims: tuple[int, int]
) -> StandingSection:
    grade = section.grade_code
    return StandingSection(
        reference=reference(SELF_ASSESSMENT, row.number),
        edition_id=row.edition_id,
        area_id=section.area_id,
        area_name=judgement_areas.area_name(row.edition_id, section.area_id, with_edition=False),
        grade_code=grade,
        grade_name=judgement_areas.grade_name(row.edition_id, section.area_id, grade) if grade else "",
        grade_reason=section.grade_reason,
        state=row.state,
        signed_on=clock.london_day(row.signed_at) if row.signed_at else None,
        signed_by_post=row.signed_post_title,
        period_from=row.period_from,
        period_to=row.period_to,
        written_on=written_on,
        revision=section.revision,
        claims=claims[0],
        without_evidence=claims[1],
    )


def _together(first: StandingSection, second: StandingSection) -> StandingSection:
    graded = first if first.grade_code else second
    return replace(
        first,
        grade_code=graded.grade_code,
        grade_name=graded.grade_name,
        grade_reason=graded.grade_reason,
        written_on=latest((first.written_on, second.written_on)),
        revision=max(first.revision, second.revision),
        claims=first.claims + second.claims,
        without_evidence=first.without_evidence + second.without_evidence,
    )


def latest(days: Iterable[date | None]) -> date | None:
    """The last of some days, of which any may be missing; None when all are."""
    return max((day for day in days if day), default=None)


def leaders_words(session: Session, authority_id: int) -> LeadersWords | None:
    """The sentences a leader signed last, in this session's scope; None while nobody has."""
    query = select(SelfAssessment).where(
        SelfAssessment.authority_id == authority_id,
        col(SelfAssessment.words_signed_at).is_not(None),
        col(SelfAssessment.state) != AssessmentState.abandoned,
    )
    row = session.exec(query.order_by(sa.desc(col(SelfAssessment.words_signed_at)))).first()
    if row is None or row.words_signed_at is None:
        return None
    signed_on = clock.london_day(row.words_signed_at)
    return LeadersWords(row.leaders_words, row.words_post_title, signed_on, reference(SELF_ASSESSMENT, row.number))
