"""Reads what is said under one area beside its grade: printed items, claims, and the answers that either speaks of."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from audit_app.audits import question_sets
from audit_app.audits.answer_counts import queries as answer_counts
from audit_app.audits.answer_counts.tables import AnswerCount
from audit_app.audits.answers_counted.sheet import ANY
from audit_app.audits.answers_counted.spread import Counted, Points, Spread, spreads_of
from audit_app.audits.counts import queries as kept
from audit_app.audits.counts.groups import of_group
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.queries_lists import period
from audit_app.audits.tables import Answer, CaseAudit
from audit_app.improvement.findings.queries_audits import asked_by
from audit_app.improvement.wording import printed_as
from audit_app.library import queries_sets
from audit_app.self_assessment.tables import SELF_ASSESSMENT, AssessmentSection, Citation, Cites, Claim
from audit_app.self_assessment.three_views import spoken
from audit_app.self_assessment.three_views.queries import AreaViews
from audit_app.self_assessment.three_views.queries_audits import of_own_teams
from audit_app.self_assessment.three_views.queries_printed import day_of
from audit_app.self_assessment.three_views.spoken import AnswerLine, OwnClaim, Pointer, PrintedItem
from findings import queries as thread
from findings.references import AREA, FINDING, number_of, reference
from findings.states import FindingStatus
from findings.tables import Finding, FindingInArea, FindingJudgementArea, Inspection, Source
from frameworks.crosswalk import AreaReference

MOST_QUESTIONS = 6


@dataclass(frozen=True)
class Spoken:
    """Everything that is said of an area in words, and what audits answered to the questions it speaks of."""

    items: tuple[PrintedItem, ...]
    claims: tuple[OwnClaim, ...]
    answers: tuple[AnswerLine, ...]
    more_questions: int


def spoken_of(session: Session, authority_id: int, area: AreaViews, start: date, end: date) -> Spoken:
    """What is said of one area, and the answers of agreed audits submitted on these days that it speaks of.

    A printed item speaks of the questions that stand as sources in the same area for improvement: people put the two
    together there. A claim speaks of the questions whose answers it cites.
    """
    same = [join.area for join in area.joined if join.is_same]
    items = _items(session, authority_id, same)
    claims = _claims(session, authority_id, area)
    pointers = [*_cited(session, authority_id, claims), *_gathered(session, authority_id, items)]
    questions, more = spoken.questions_spoken_of(pointers, MOST_QUESTIONS)
    spreads = _spreads(session, authority_id, questions, start, end)
    answers = [
        AnswerLine(
            edition_id, key, _text(session, edition_id, key), spoken.speakers_of(pointers, (edition_id, key)),
            spreads.get((edition_id, key), ()),
        )
        for edition_id, key in questions
    ]  # fmt: skip
    return Spoken(tuple(items), tuple(claim for claim, _ in claims), tuple(answers), more)


# --- printed items ---------------------------------------------------------------------------------------------------


def _items(session: Session, authority_id: int, areas: Sequence[AreaReference]) -> list[PrintedItem]:
    """What inspections and reviews printed that speaks to these areas, the latest first and then as printed."""
    rows = _printed(session, authority_id, areas)
    gathered = _areas_of(session, authority_id, [finding.number for finding, _ in rows])
    waiting = {row.number for row in thread.unanswered_items(session, authority_id)} if rows else set()
    items = [
        PrintedItem(
            number=finding.number,
            reference=reference(FINDING, finding.number),
            kind=finding.kind,
            text=finding.text,
            printed_as=printed_as(finding, inspection),
            inspection_number=inspection.number,
            inspection=inspection.title,
            dated_on=day_of(inspection),
            areas=tuple(sorted(gathered.get(finding.number, ()))),
            answered=finding.number not in waiting,
        )
        for finding, inspection in rows
    ]
    order = {finding.number: finding.printed_number or 10**6 for finding, _ in rows}
    items.sort(key=lambda item: (order[item.number], item.number))
    return sorted(items, key=lambda item: item.dated_on or date.min, reverse=True)


def _printed(
    session: Session, authority_id: int, areas: Sequence[AreaReference]
) -> Sequence[tuple[Finding, Inspection]]:
    """The findings of inspections and reviews that speak to these areas and were not withdrawn."""
    tie = FindingJudgementArea
    speaks = sa.or_(
        *(sa.and_(col(tie.edition_id) == area.edition_id, col(tie.judgement_area_id) == area.area) for area in areas)
    )
    tied = sa.select(col(tie.finding_number)).where(col(tie.authority_id) == authority_id, speaks)
    own = sa.and_(
        col(Inspection.authority_id) == Finding.authority_id, col(Inspection.number) == Finding.inspection_number
    )
    query: Any = (
        sa.select(Finding, Inspection)
        .join(Inspection, own)
        .where(
            col(Finding.authority_id) == authority_id,
            col(Finding.status) == FindingStatus.raised,
            col(Finding.number).in_(tied),
        )
    )
    return session.execute(query).all()


def _areas_of(session: Session, authority_id: int, findings: Collection[int]) -> dict[int, list[int]]:
    """The areas for improvement each finding sits in."""
    query: Any = sa.select(col(FindingInArea.finding_number), col(FindingInArea.area_number)).where(
        col(FindingInArea.authority_id) == authority_id, col(FindingInArea.finding_number).in_(sorted(findings))
    )
    areas: dict[int, list[int]] = defaultdict(list)
    for finding, area in session.execute(query).all() if findings else ():
        areas[finding].append(area)
    return areas


def _gathered(session: Session, authority_id: int, items: Iterable[PrintedItem]) -> list[Pointer]:
    """The questions named by other findings of the areas for improvement that the items sit in."""
    speakers: dict[int, list[str]] = defaultdict(list)
    for item in items:
        for area in item.areas:
            speakers[area].append(f"{item.printed_as or item.reference}, in {reference(AREA, area)}")
    query: Any = (
        sa.select(col(FindingInArea.area_number), col(Source.question_reference))
        .join(
            Source,
            sa.and_(
                col(Source.authority_id) == FindingInArea.authority_id,
                col(Source.finding_number) == FindingInArea.finding_number,
            ),
        )
        .where(
            col(FindingInArea.authority_id) == authority_id,
            col(FindingInArea.area_number).in_(sorted(speakers)),
            col(Source.question_reference) != "",
        )
        .distinct()
    )
    pointers = []
    for area, named in session.execute(query).all() if speakers else ():
        if question := spoken.question_named(named):
            pointers += [Pointer(*question, speaker) for speaker in speakers[area]]
    return pointers


# --- claims ----------------------------------------------------------------------------------------------------------


def _claims(session: Session, authority_id: int, area: AreaViews) -> list[tuple[OwnClaim, int]]:
    """The claims of the newest self-assessment under the area, each with its id."""
    if not area.own:
        return []
    newest = area.own[0]
    number = number_of(newest.reference, SELF_ASSESSMENT)
    own = sa.and_(
        col(AssessmentSection.authority_id) == Claim.authority_id, col(AssessmentSection.id) == Claim.section_id
    )
    query: Any = (
        sa.select(Claim)
        .join(AssessmentSection, own)
        .where(
            col(Claim.authority_id) == authority_id,
            col(AssessmentSection.assessment_number) == number,
            col(AssessmentSection.area_id) == newest.area.area,
            col(Claim.taken_out_at).is_(None),
        )
        .order_by(col(AssessmentSection.position), col(Claim.position), col(Claim.id))
    )
    return [
        (OwnClaim(newest.reference, number or 0, row.section_id, row.text, row.rung), row.id)
        for row in session.execute(query).scalars()
    ]


def _cited(session: Session, authority_id: int, claims: Sequence[tuple[OwnClaim, int]]) -> list[Pointer]:
    """The questions whose answers the claims cite."""
    by_id = {claim_id: claim for claim, claim_id in claims}
    query: Any = sa.select(col(Citation.claim_id), col(Citation.set_edition_id), col(Citation.question_key)).where(
        col(Citation.authority_id) == authority_id,
        col(Citation.claim_id).in_(sorted(by_id)),
        col(Citation.kind) == Cites.answers,
        col(Citation.question_key) != "",
    )
    rows = session.execute(query).all() if by_id else ()
    return [Pointer(edition_id, key, f"a claim of {by_id[claim_id].assessment}") for claim_id, edition_id, key in rows]


# --- answers ---------------------------------------------------------------------------------------------------------


def _spreads(
    session: Session, authority_id: int, questions: Sequence[tuple[str, str]], start: date, end: date
) -> dict[tuple[str, str], tuple[Spread, ...]]:
    """How agreed audits of a period that were drawn at random answered these questions, whichever set asked them.

    Those that were chosen stand on the question's own page, apart, where there is room for both.
    """
    if not questions:
        return {}
    answers = _added_up if kept.may_add_up(session.info["scope"]) else _counted_anew
    scales: dict[tuple[str, str, str], Points] = {}
    counted: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for edition_id, key, set_id, code, count in answers(session, authority_id, questions, start, end):
        place = (edition_id, set_id, key)
        if place not in scales:
            scales[place] = _points(session, *place)
        counted[edition_id, key].append(Counted(scales[place], at_random=True, code=code, count=int(count)))
    return {question: spreads_of(rows, question_sets.NOT_APPLICABLE) for question, rows in counted.items()}


def _added_up(
    session: Session, authority_id: int, questions: Sequence[tuple[str, str]], start: date, end: date
) -> list[Any]:
    """What `_counted_anew` gives, out of the answers that are kept counted.

    What was ticked of several, a date or a number stands beside a line that something was given; only that a question
    does not apply is an answer by itself there.
    """
    columns = (AnswerCount.edition_id, AnswerCount.question_key, AnswerCount.set_id, AnswerCount.code)
    where = (
        col(AnswerCount.at_random).is_(True),
        col(AnswerCount.edition_id).in_(sorted({edition_id for edition_id, _ in questions})),
        col(AnswerCount.question_key).in_(sorted({key for _, key in questions})),
    )
    rows = answer_counts.added_up(session, authority_id, start, end, *columns, where=where)
    given = {(edition_id, key, set_id) for edition_id, key, set_id, code, _ in rows if code == ANY}
    return [row for row in rows if tuple(row[:3]) not in given or row[3] == question_sets.NOT_APPLICABLE]


def _counted_anew(
    session: Session, authority_id: int, questions: Sequence[tuple[str, str]], start: date, end: date
) -> Sequence[Any]:
    """How many audits gave each answer, of the audits that somebody may see."""
    columns: tuple[Any, ...] = (CaseAudit.edition_id, Answer.question_key, CaseAudit.set_id, Answer.code)
    joined = sa.and_(
        col(Answer.authority_id) == CaseAudit.authority_id,
        col(Answer.audit_number) == CaseAudit.number,
        col(Answer.question_key).in_(sorted({key for _, key in questions})),
    )
    query: Any = (
        sa.select(*columns, sa.func.count())
        .join(Answer, joined)
        .where(
            col(CaseAudit.authority_id) == authority_id,
            col(CaseAudit.edition_id).in_(sorted({edition_id for edition_id, _ in questions})),
            col(CaseAudit.stage).in_(AFTER_AGREEMENT),
            of_group(at_random=True),
            col(Answer.code) != "",
            *period(CaseAudit.submitted_at, start, end),
            *of_own_teams(session.info["scope"]),
        )
        .group_by(*columns)
    )
    return session.execute(query).all()


def _points(session: Session, edition_id: str, set_id: str, key: str) -> Points:
    known = asked_by(session, edition_id, set_id, key)
    scale = known[0].scale_for(known[1]) if known else None
    return tuple((point.code, point.name) for point in scale.points) if scale else ()


def _text(session: Session, edition_id: str, key: str) -> str:
    """The question's own words; its key where no set asks it any more."""
    asked = (q for questions in queries_sets.sets_of(session, edition_id) for q in questions.questions if q.key == key)
    question = next(asked, None)
    return question.text if question else key
