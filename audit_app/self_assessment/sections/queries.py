"""One section as its page shows it: texts beside last year's, claims as they stand, plans, remarks."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, col, select

import frameworks
from audit_app.errors import NotFound
from audit_app.improvement import judgement_areas
from audit_app.people import queries as people
from audit_app.self_assessment import prompts, wording
from audit_app.self_assessment.assessments import layout
from audit_app.self_assessment.assessments import queries as assessments
from audit_app.self_assessment.claims import bearing, queries_cited
from audit_app.self_assessment.claims.bearing import Standing, Warned
from audit_app.self_assessment.prompts import Prompt
from audit_app.self_assessment.sections import plain_words
from audit_app.self_assessment.sections.plain_words import Advice
from audit_app.self_assessment.signing import contents
from audit_app.self_assessment.signing.contents import FrozenSection
from audit_app.self_assessment.tables import (
    AssessmentComment,
    AssessmentSection,
    Citation,
    Claim,
    Passage,
    PlanLine,
    SelfAssessment,
    Suggestion,
)

Kept = TypeVar("Kept", bound=SQLModel)


@dataclass(frozen=True)
class CitedLine:
    """One thing a claim cites, with its row."""

    row: Citation
    stands: Standing


@dataclass(frozen=True)
class ClaimLine:
    """One claim with what it cites and what speaks against it today."""

    claim: Claim
    cited: tuple[CitedLine, ...]
    doubts: tuple[Warned, ...]

    @property
    def stance(self) -> str:
        """What it says of practice, in words."""
        return wording.STANCES[self.claim.stance]


@dataclass(frozen=True)
class Question:
    """One question of the section: its text now and last year, its claims, advice about the words."""

    prompt: Prompt
    text: str
    written: str
    length: str
    before: str
    claims: tuple[ClaimLine, ...]
    advice: tuple[Advice, ...]


@dataclass(frozen=True)
class Remark:
    """A comment or a suggestion, with who made it."""

    row: AssessmentComment | Suggestion
    by: str
    decided_by: str


@dataclass(frozen=True)
class SectionPage:
    """A section with everything on its page."""

    row: SelfAssessment
    section: AssessmentSection
    edition: frameworks.Edition | None
    questions: tuple[Question, ...]
    scale: frameworks.Scale | None
    plans: tuple[PlanLine, ...]
    comments: tuple[Remark, ...]
    suggestions: tuple[Remark, ...]
    expected: tuple[str, ...]
    before: FrozenSection | None
    before_reference: str
    holder: str

    @property
    def title(self) -> str:
        """What it is about, and which agency writes it."""
        agency = self.section.agency_name
        return f"{self.section.heading}: {agency}" if agency else self.section.heading

    @property
    def grade(self) -> str:
        """The self-assessed grade; empty where none was given."""
        known = self.scale is not None and self.section.grade_code in self.scale.codes
        return self.scale.name_of(self.section.grade_code) if self.scale and known else ""

    @property
    def doubtful(self) -> int:
        """How many of its claims something speaks against."""
        return sum(bool(line.doubts) for question in self.questions for line in question.claims)


def get_section(session: Session, authority_id: int, number: int, section_id: int) -> AssessmentSection:
    """A section of this self-assessment, or NotFound."""
    query = select(AssessmentSection).where(
        AssessmentSection.authority_id == authority_id,
        AssessmentSection.id == section_id,
        AssessmentSection.assessment_number == number,
    )
    section = session.exec(query).first()
    if section is None:
        raise NotFound("There is no such section in this self-assessment.")
    return section


def get_page(
    session: Session, authority_id: int, number: int, section_id: int, *, today: date, months: int, whole: bool = True
) -> SectionPage:
    """One section, or NotFound.

    Args:
        today: The day on which claims are looked at.
        months: How old a claim's newest evidence may be.
        whole: Whether its claims and last year's texts are wanted too, which nobody needs to save a text.
    """
    row = assessments.get_row(session, authority_id, number)
    section = get_section(session, authority_id, number, section_id)
    edition = judgement_areas.find_edition(row.edition_id)
    before, before_reference = _before(session, row, section) if whole else (None, "")
    comments = _rows(session, AssessmentComment, authority_id, section_id)
    suggestions = _rows(session, Suggestion, authority_id, section_id)
    texts = {each.question: each for each in _rows(session, Passage, authority_id, section_id)}
    wanted = [
        section.holder_id,
        *(each.made_by for each in comments),
        *(each.made_by for each in suggestions),
        *(each.settled_by for each in comments),
        *(each.decided_by for each in suggestions),
        *(each.written_by for each in texts.values()),
    ]
    names = people.names_of(session, wanted)
    claims = claim_lines(session, row, section_id, today=today, months=months) if whole else ()
    return SectionPage(
        row=row,
        section=section,
        edition=edition,
        questions=_questions(row, section, edition, texts=texts, claims=claims, before=before, names=names),
        scale=layout.graded(edition, section.area_id),
        plans=tuple(list_plans(session, authority_id, section_id)),
        comments=tuple(_remark(each, names, each.settled_by) for each in comments),
        suggestions=tuple(_remark(each, names, each.decided_by) for each in suggestions),
        expected=prompts.expectations(edition, section.area_id),
        before=before,
        before_reference=before_reference,
        holder=names.get(section.holder_id or 0, ""),
    )


def _rows(session: Session, table: type[Kept], authority_id: int, section_id: int) -> list[Kept]:
    columns: Any = table
    query = select(table).where(columns.authority_id == authority_id, columns.section_id == section_id)
    return sorted(session.exec(query).all(), key=lambda row: getattr(row, "id", 0))


def _remark(row: AssessmentComment | Suggestion, names: dict[int, str], decided: int | None) -> Remark:
    gone = "Somebody no longer here"
    return Remark(row, names.get(row.made_by, gone), names.get(decided, gone) if decided else "")


def list_plans(session: Session, authority_id: int, section_id: int) -> list[PlanLine]:
    """What a section plans, in order."""
    query = select(PlanLine).where(
        PlanLine.authority_id == authority_id,
        PlanLine.section_id == section_id,
        col(PlanLine.taken_out_at).is_(None),
    )
    return list(session.exec(query.order_by(col(PlanLine.position), col(PlanLine.id))).all())


def claim_lines(
    session: Session, row: SelfAssessment, section_id: int, *, today: date, months: int
) -> tuple[ClaimLine, ...]:
    """The claims of a section as they stand today, in order."""
    query = select(Claim).where(
        Claim.authority_id == row.authority_id, Claim.section_id == section_id, col(Claim.taken_out_at).is_(None)
    )
    claims = session.exec(query.order_by(col(Claim.position), col(Claim.id))).all()
    citations = queries_cited.citations_of(session, row.authority_id, [claim.id for claim in claims])
    standing = queries_cited.standing_of(session, row.authority_id, row.number, citations, today)
    made = []
    for claim in claims:
        stands = standing.get(claim.id, ())
        rows = [each for each in citations if each.claim_id == claim.id]
        lines = tuple(CitedLine(each, stand) for each, stand in zip(rows, stands, strict=True))
        made.append(ClaimLine(claim, lines, bearing.doubts(claim.stance, stands, today, months)))
    return tuple(made)


def _before(session: Session, row: SelfAssessment, section: AssessmentSection) -> tuple[FrozenSection | None, str]:
    """The same section of the signed one before, and that one's reference."""
    if row.previous_number is None:
        return None, ""
    query = select(SelfAssessment.contents).where(
        SelfAssessment.authority_id == row.authority_id, SelfAssessment.number == row.previous_number
    )
    written = session.exec(query).first()
    if not written:
        return None, ""
    frozen = contents.read(written)
    key = contents.key_of(section.area_id, section.agency_id, section.heading)
    return next((each for each in frozen.sections if each.key == key), None), frozen.reference


def _questions(
    row: SelfAssessment,
    section: AssessmentSection,
    edition: frameworks.Edition | None,
    *,
    texts: dict[str, Passage],
    claims: tuple[ClaimLine, ...],
    before: FrozenSection | None,
    names: dict[int, str],
) -> tuple[Question, ...]:
    asked = prompts.prompts_of(edition, section.area_id, row.prompts)
    earlier = {passage.question: passage.text for passage in before.passages} if before else {}
    known = {prompt.key for prompt in asked}
    made = []
    for place, prompt in enumerate(asked):
        passage = texts.get(prompt.key)
        text = passage.text if passage else ""
        # A claim of a question that is no longer asked stands under the first one, never nowhere.
        here = [each for each in claims if each.claim.question == prompt.key]
        here += [each for each in claims if place == 0 and each.claim.question not in known]
        made.append(
            Question(
                prompt=prompt,
                text=text,
                written=f"{names.get(passage.written_by, 'Somebody no longer here')}" if passage and text else "",
                length=prompts.length_words(text, prompt),
                before=earlier.get(prompt.key, ""),
                claims=tuple(here),
                advice=plain_words.advice(text),
            )
        )
    return tuple(made)
