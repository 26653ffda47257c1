"""A self-assessment gathered into one value: composed from the rows while it is written, read as frozen once signed."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, col, select

import frameworks
from audit_app import alphabet, clock
from audit_app.improvement import judgement_areas
from audit_app.people import queries as people
from audit_app.self_assessment import ladder_words, prompts, wording
from audit_app.self_assessment.assessments import layout
from audit_app.self_assessment.assessments import queries as assessments
from audit_app.self_assessment.claims import bearing, queries_cited, queries_figures
from audit_app.self_assessment.claims.bearing import Standing
from audit_app.self_assessment.signing import contents
from audit_app.self_assessment.signing.contents import (
    Assessment,
    FrozenCitation,
    FrozenClaim,
    FrozenLookBack,
    FrozenPassage,
    FrozenPlan,
    FrozenSection,
)
from audit_app.self_assessment.summary import queries as summary
from audit_app.self_assessment.tables import (
    SELF_ASSESSMENT,
    AssessmentSection,
    Citation,
    Claim,
    LookBack,
    Passage,
    PlanLine,
    SelfAssessment,
)
from findings.references import reference

Kept = TypeVar("Kept", bound=SQLModel)


def document(
    session: Session, authority_id: int, number: int, today: date, months: int, *, freezing: bool = False
) -> Assessment:
    """The whole of one: as it was frozen, or as the rows say it today.

    Args:
        session: Everything cited is read in its scope; what that hides stays hidden.
        authority_id: The council.
        number: Of the self-assessment.
        today: The day figures are counted up to.
        months: How old a claim's newest evidence may be.
        freezing: Whether each figure also lists the audits it counts, for what is frozen.
    """
    row = assessments.get_row(session, authority_id, number)
    if row.contents:
        return as_seen(session, contents.read(row.contents))
    return compose(session, row, today, months, freezing=freezing)


def as_seen(session: Session, frozen: Assessment) -> Assessment:
    """What was frozen, without what this person may not see: figures of audits, findings, evidence.

    It was frozen whole, whoever signed it; what each reader is shown of it follows from their own scope.
    """
    figures = queries_figures.sees_figures(session.info["scope"])
    named = {cited.reference for _, claim in frozen.claims for cited in claim.cited if cited.reference}
    seen = queries_cited.visible(session, people.authority_of(session), named)

    def shown(cited: FrozenCitation) -> FrozenCitation:
        is_open = figures if cited.is_figure else not cited.reference or cited.reference in seen
        if is_open:
            return cited
        return replace(cited, words=wording.HIDDEN, details=(), href="", hidden=True, n=0, reached=0, audits=())

    return contents.changed(frozen, shown)


def compose(session: Session, row: SelfAssessment, today: date, months: int, *, freezing: bool = False) -> Assessment:
    """What the rows say today."""
    authority_id, number = row.authority_id, row.number
    council = people.authority_settings(session)
    names = people.names_of(session, assessments.writers_of(session, authority_id, number))
    return Assessment(
        format=contents.FORMAT,
        reference=reference(SELF_ASSESSMENT, number),
        title=row.title,
        council=council.name,
        fictional=council.fictional,
        edition_id=row.edition_id,
        edition_title=assessments.against_words(row.edition_id),
        edition_fingerprint=row.edition_fingerprint,
        theme=row.theme_words,
        period_from=row.period_from,
        period_to=row.period_to,
        as_at=today,
        previous=reference(SELF_ASSESSMENT, row.previous_number) if row.previous_number else "",
        leaders_words=row.leaders_words,
        leaders_post=row.words_post_title,
        leaders_signed_on=clock.london_day(row.words_signed_at) if row.words_signed_at else None,
        sections=_sections(session, row, today, months, freezing=freezing),
        look_back=look_back(session, row),
        writers=tuple(alphabet.in_order(names.values(), str)),
        summary=summary.parts_of(session, authority_id, number),
    )


def _sections(
    session: Session, row: SelfAssessment, today: date, months: int, *, freezing: bool
) -> tuple[FrozenSection, ...]:
    authority_id = row.authority_id
    sections = assessments.sections_of(session, authority_id, row.number)
    ids = [section.id for section in sections]
    texts = {(each.section_id, each.question): each.text for each in _of_sections(session, Passage, authority_id, ids)}
    claims = _of_sections(session, Claim, authority_id, ids)
    claims_by, plans_by = _by_section(claims), _by_section(_of_sections(session, PlanLine, authority_id, ids))
    citations = queries_cited.citations_of(session, authority_id, [claim.id for claim in claims])
    standing = queries_cited.standing_of(session, authority_id, row.number, citations, today)
    cited = _citations(session, authority_id, citations, standing, until=today, freezing=freezing)
    doubts = {claim.id: bearing.doubts(claim.stance, standing.get(claim.id, ()), today, months) for claim in claims}
    edition = judgement_areas.find_edition(row.edition_id)
    return tuple(
        _section(
            row, section, edition, texts=texts, claims=claims_by[section.id], plans=plans_by[section.id],
            cited=cited, doubts=doubts,
        )
        for section in sections
    )  # fmt: skip


def _of_sections(session: Session, table: type[Kept], authority_id: int, ids: Collection[int]) -> list[Kept]:
    columns: Any = table
    conditions = [columns.authority_id == authority_id, col(columns.section_id).in_(list(ids))]
    if hasattr(table, "taken_out_at"):
        conditions.append(col(columns.taken_out_at).is_(None))
    query = select(table).where(*conditions)
    if hasattr(table, "position"):
        query = query.order_by(col(columns.position), col(columns.id))
    return list(session.exec(query).all())


def _by_section(rows: list[Any]) -> dict[int, list[Any]]:
    made: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        made[row.section_id].append(row)
    return made


def _citations(
    session: Session,
    authority_id: int,
    rows: list[Citation],
    standing: Mapping[int, tuple[Standing, ...]],
    *,
    until: date,
    freezing: bool,
) -> dict[int, tuple[FrozenCitation, ...]]:
    by_claim: dict[int, list[Citation]] = defaultdict(list)
    for row in rows:
        by_claim[row.claim_id].append(row)
    made: dict[int, tuple[FrozenCitation, ...]] = {}
    for claim_id, cited in by_claim.items():
        each = []
        for row, stands in zip(cited, standing[claim_id], strict=True):
            figure = stands.figure
            counted = queries_figures.counted_audits(session, authority_id, row, until) if freezing and figure else ()
            each.append(
                FrozenCitation(
                    kind=row.kind.value,
                    reference=stands.reference,
                    words=stands.words,
                    details=stands.details,
                    dated_on=stands.dated_on,
                    href=stands.href,
                    hidden=stands.hidden,
                    is_figure=row.kind in queries_figures.FIGURES,
                    n=figure.n if figure else 0,
                    reached=figure.reached if figure else 0,
                    audits=tuple((audit.number, audit.version, audit.code) for audit in counted),
                    citation_id=row.id,
                )
            )
        made[claim_id] = tuple(each)
    return made


def _section(
    row: SelfAssessment,
    section: AssessmentSection,
    edition: frameworks.Edition | None,
    *,
    texts: Mapping[tuple[int, str], str],
    claims: list[Claim],
    plans: list[PlanLine],
    cited: Mapping[int, tuple[FrozenCitation, ...]],
    doubts: Mapping[int, tuple[bearing.Warned, ...]],
) -> FrozenSection:
    scale = layout.graded(edition, section.area_id)
    known = scale is not None and section.grade_code in scale.codes
    asked = prompts.prompts_of(edition, section.area_id, row.prompts)
    return FrozenSection(
        id=section.id,
        area_id=section.area_id,
        heading=section.heading,
        agency_id=section.agency_id,
        agency_name=section.agency_name,
        has_grades=scale is not None,
        grade_code=section.grade_code,
        grade_name=scale.name_of(section.grade_code) if scale and known else "",
        grade_reason=section.grade_reason,
        passages=tuple(FrozenPassage(each.key, each.words, texts.get((section.id, each.key), "")) for each in asked),
        claims=tuple(
            FrozenClaim(
                claim.id, claim.question, claim.text, claim.stance.value, claim.rung,
                ladder_words.rung_words(claim.rung), claim.rung_reason, cited.get(claim.id, ()),
                tuple((each.doubt.value, each.words) for each in doubts[claim.id]),
            )
            for claim in claims
        ),
        plans=tuple(
            FrozenPlan(plan.id, plan.what, plan.who, plan.due_on, plan.impact_shown_by, plan.action_reference)
            for plan in plans
        ),
    )  # fmt: skip


def look_back(session: Session, row: SelfAssessment) -> tuple[FrozenLookBack, ...]:
    """Every plan and claim of the signed one before, with what this one says became of it."""
    if row.previous_number is None:
        return ()
    query = select(SelfAssessment.contents).where(
        SelfAssessment.authority_id == row.authority_id, SelfAssessment.number == row.previous_number
    )
    written = session.exec(query).first()
    if not written:
        return ()
    before = contents.read(written)
    rows = select(LookBack).where(LookBack.authority_id == row.authority_id, LookBack.assessment_number == row.number)
    answers = {each.about_id: each for each in session.exec(rows).all()}
    plans = [(section.title, plan.id, True, plan.what) for section, plan in before.plans]
    claims = [(section.title, claim.id, False, claim.text) for section, claim in before.claims]
    return tuple(
        _told(answers.get(about_id), about_id, is_plan, section, about)
        for section, about_id, is_plan, about in [*plans, *claims]
    )


def _told(answers: LookBack | None, about_id: int, is_plan: bool, section: str, about: str) -> FrozenLookBack:
    if answers is None:
        return FrozenLookBack(about_id, is_plan, section, about, "", "Nobody has said yet", "", "")
    became = (answers.became.value, wording.BECAME[answers.became])
    return FrozenLookBack(about_id, is_plan, section, about, *became, answers.words, answers.reference)


def look_back_revision(session: Session, row: SelfAssessment, about_id: int) -> int:
    """How often it was said what became of a claim or plan; 0 while nobody has."""
    query = select(LookBack.revision).where(
        LookBack.authority_id == row.authority_id,
        LookBack.assessment_number == row.number,
        LookBack.about_id == about_id,
    )
    return int(session.exec(query).first() or 0)
