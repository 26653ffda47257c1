"""Reads of self-assessments as a whole: the list, and one with how each of its sections stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

import frameworks
from audit_app.errors import NotFound
from audit_app.improvement import judgement_areas
from audit_app.people import queries as people
from audit_app.self_assessment import wording
from audit_app.self_assessment.assessments import layout
from audit_app.self_assessment.tables import (
    SELF_ASSESSMENT,
    AssessmentComment,
    AssessmentSection,
    AssessmentState,
    AssessmentWriter,
    Citation,
    Claim,
    Passage,
    SectionState,
    SelfAssessment,
    Suggestion,
    SuggestionState,
)
from findings import rules
from findings.references import reference


@dataclass(frozen=True)
class SectionLine:
    """One section in the task list: who has it, by when, and how far it is."""

    section: AssessmentSection
    holder: str
    late: bool
    state: str
    grade: str
    texts: int  # questions with a text
    claims: int
    without_evidence: int
    remarks: int  # comments and suggestions that wait
    written_at: datetime | None
    written_by: str

    @property
    def title(self) -> str:
        """What it is about, and which agency writes it."""
        agency = self.section.agency_name
        return f"{self.section.heading}: {agency}" if agency else self.section.heading


@dataclass(frozen=True)
class AssessmentPage:
    """A self-assessment with its sections."""

    row: SelfAssessment
    against: str
    lines: tuple[SectionLine, ...]
    names: dict[int, str]
    writers: tuple[int, ...]
    previous: str
    next_one: str

    @property
    def reference(self) -> str:
        """SAS-0001."""
        return reference(SELF_ASSESSMENT, self.row.number)

    @property
    def state_words(self) -> str:
        """How far it is, in words."""
        return wording.STATES[self.row.state]

    @property
    def unready(self) -> int:
        """How many sections nobody has called ready."""
        return sum(line.section.state is not SectionState.ready for line in self.lines)

    def name(self, person_id: int | None) -> str:
        """A person's name; empty for nobody."""
        return self.names.get(person_id or 0, "Somebody no longer here") if person_id else ""


@dataclass(frozen=True)
class AssessmentRow:
    """One self-assessment in the list."""

    number: int
    reference: str
    title: str
    against: str
    period_from: date
    period_to: date
    state: AssessmentState
    state_words: str
    signed_at: datetime | None
    signed_post_title: str
    due_on: date | None
    sections: int
    ready: int


def against_words(edition_id: str, theme_words: str = "") -> str:
    """What it is written against: the edition's title and theme, or that the shape is the council's own."""
    if not edition_id:
        return "A shape of the council’s own"
    edition = judgement_areas.find_edition(edition_id)
    title = edition.title if edition else edition_id
    return f"{title}: {theme_words}" if theme_words else title


def list_assessments(session: Session, authority_id: int) -> list[AssessmentRow]:
    """Every self-assessment in the session's scope, the newest first."""
    ready = sa.func.sum(sa.case((col(AssessmentSection.state) == SectionState.ready, 1), else_=0))
    counted = (
        select(AssessmentSection.assessment_number, sa.func.count(), ready)
        .where(AssessmentSection.authority_id == authority_id)
        .group_by(col(AssessmentSection.assessment_number))
    )
    counts = {number: (int(every), int(done)) for number, every, done in session.exec(counted).all()}
    query = select(SelfAssessment).where(SelfAssessment.authority_id == authority_id)
    light = query.options(sa.orm.defer(col(SelfAssessment.contents)))  # type: ignore[arg-type]
    rows = session.exec(light.order_by(sa.desc(col(SelfAssessment.number)))).all()
    return [
        AssessmentRow(
            number=row.number,
            reference=reference(SELF_ASSESSMENT, row.number),
            title=row.title,
            against=against_words(row.edition_id, row.theme_words),
            period_from=row.period_from,
            period_to=row.period_to,
            state=row.state,
            state_words=wording.STATES[row.state],
            signed_at=row.signed_at,
            signed_post_title=row.signed_post_title,
            due_on=row.due_on,
            sections=counts.get(row.number, (0, 0))[0],
            ready=counts.get(row.number, (0, 0))[1],
        )
        for row in rows
    ]


def get_row(session: Session, authority_id: int, number: int) -> SelfAssessment:
    """A self-assessment in the session's scope, or NotFound."""
    query = select(SelfAssessment).where(SelfAssessment.authority_id == authority_id, SelfAssessment.number == number)
    row = session.exec(query).first()
    if row is None:
        raise NotFound(f"There is no {reference(SELF_ASSESSMENT, number)} here.")
    return row


def sections_of(session: Session, authority_id: int, number: int) -> list[AssessmentSection]:
    """Its sections in their order."""
    query = select(AssessmentSection).where(
        AssessmentSection.authority_id == authority_id, AssessmentSection.assessment_number == number
    )
    return list(session.exec(query.order_by(col(AssessmentSection.position), col(AssessmentSection.id))).all())


def get_page(session: Session, authority_id: int, number: int, today: date) -> AssessmentPage:
    """One self-assessment with how each section stands, or NotFound."""
    row = get_row(session, authority_id, number)
    sections = sections_of(session, authority_id, number)
    ids = [section.id for section in sections]
    writers = writers_of(session, authority_id, number)
    last = _last_written(session, authority_id, ids)
    signers = (row.lead_id, row.reviewer_id, row.signed_by, row.words_signed_by, row.offered_by, row.made_by)
    wanted = [*writers, *(section.holder_id for section in sections), *signers, *(by for _, by in last.values())]
    names = people.names_of(session, wanted)
    counts = _counts(session, authority_id, ids)
    edition = judgement_areas.find_edition(row.edition_id)
    lines = tuple(
        _line(section, edition, counts, last.get(section.id), names=names, today=today) for section in sections
    )
    after = select(SelfAssessment.number).where(
        SelfAssessment.authority_id == authority_id, SelfAssessment.previous_number == number
    )
    following = session.exec(after.order_by(sa.desc(col(SelfAssessment.number)))).first()
    return AssessmentPage(
        row=row,
        against=against_words(row.edition_id, row.theme_words),
        lines=lines,
        names=names,
        writers=writers,
        previous=reference(SELF_ASSESSMENT, row.previous_number) if row.previous_number else "",
        next_one=reference(SELF_ASSESSMENT, following) if following else "",
    )


def writers_of(session: Session, authority_id: int, number: int) -> tuple[int, ...]:
    """Whose words or choice of evidence stand in it, in the order in which they first wrote."""
    query = select(AssessmentWriter.person_id).where(
        AssessmentWriter.authority_id == authority_id, AssessmentWriter.assessment_number == number
    )
    return tuple(session.exec(query.order_by(col(AssessmentWriter.first_at))).all())


def _last_written(session: Session, authority_id: int, ids: Sequence[int]) -> dict[int, tuple[datetime, int]]:
    """When and by whom each section was last written in."""
    last: dict[int, tuple[datetime, int]] = {}
    for table in (Passage, Claim):
        query = select(table.section_id, table.written_at, table.written_by).where(
            col(table.authority_id) == authority_id, col(table.section_id).in_(ids)
        )
        for section_id, moment, person in session.exec(query).all():
            if section_id not in last or last[section_id][0] < moment:
                last[section_id] = (moment, person)
    return last


def _counts(session: Session, authority_id: int, ids: Sequence[int]) -> dict[str, Counter[int]]:
    """How much each section holds: texts, claims, claims that cite nothing, remarks that wait."""

    def counted(table: Any, *conditions: Any) -> Counter[int]:
        query = (
            select(table.section_id, sa.func.count())
            .where(col(table.authority_id) == authority_id, col(table.section_id).in_(ids), *conditions)
            .group_by(col(table.section_id))
        )
        return Counter({section_id: int(count) for section_id, count in session.exec(query).all()})

    cited = sa.exists().where(col(Citation.authority_id) == Claim.authority_id, col(Citation.claim_id) == Claim.id)
    there = col(Claim.taken_out_at).is_(None)
    waiting = counted(AssessmentComment, col(AssessmentComment.settled_at).is_(None))
    waiting += counted(Suggestion, col(Suggestion.state) == SuggestionState.open)
    return {
        "texts": counted(Passage, col(Passage.text) != ""),
        "claims": counted(Claim, there),
        "bare": counted(Claim, there, ~cited),
        "remarks": waiting,
    }


def _line(
    section: AssessmentSection,
    edition: frameworks.Edition | None,
    counts: dict[str, Counter[int]],
    last: tuple[datetime, int] | None,
    *,
    names: dict[int, str],
    today: date,
) -> SectionLine:
    scale = layout.graded(edition, section.area_id)
    known = scale is not None and section.grade_code in scale.codes
    grade = scale.name_of(section.grade_code) if scale and known else ""
    is_late = section.state is SectionState.to_write and section.due_on is not None
    return SectionLine(
        section=section,
        holder=names.get(section.holder_id or 0, "") or ("Somebody no longer here" if section.holder_id else ""),
        late=is_late and rules.date_passed(section.due_on, today),
        state=wording.SECTION_STATES[section.state],
        grade=grade or ("No grade yet" if scale else ""),
        texts=counts["texts"][section.id],
        claims=counts["claims"][section.id],
        without_evidence=counts["bare"][section.id],
        remarks=counts["remarks"][section.id],
        written_at=last[0] if last else None,
        written_by=names.get(last[1], "Somebody no longer here") if last else "",
    )


def signed_before(session: Session, authority_id: int, edition_id: str) -> list[tuple[int, str]]:
    """Signed self-assessments that a new one may follow: those in the same family of editions first."""
    columns: tuple[Any, ...] = (
        SelfAssessment.number, SelfAssessment.title, SelfAssessment.edition_id, SelfAssessment.period_to,
    )  # fmt: skip
    is_signed = col(SelfAssessment.state) == AssessmentState.signed
    query: Any = sa.select(*columns).where(col(SelfAssessment.authority_id) == authority_id, is_signed)
    rows = session.exec(query).all()
    stem = edition_id.rpartition("-")[0]
    ordered = sorted(rows, key=lambda row: (row[2].rpartition("-")[0] != stem, -row[3].toordinal(), -row[0]))
    return [(number, f"{reference(SELF_ASSESSMENT, number)}: {title}") for number, title, _, _ in ordered]
