"""What audits say together: grades by domain and overall, stages, minutes taken; counted in the database.

Figures of agreed audits come from the counts that are kept by day and month (`counts/`).
Audits drawn at random and audits that were chosen are asked for apart, each by name: nothing here adds them.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.audits import question_sets, wording
from audit_app.audits.counts import queries as kept
from audit_app.audits.counts import ways as counting
from audit_app.audits.counts.tables import AgreedCount
from audit_app.audits.guards import AFTER_SUBMISSION
from audit_app.audits.queries_lists import made_from
from audit_app.audits.tables import AuditType, CaseAudit, HowChosen
from audit_app.library.set_name import SetName
from frameworks import QuestionSet, crosswalk
from frameworks.crosswalk import AreaReference


@dataclass(frozen=True)
class GradeCount:
    """How many audits gave a domain of a set one grade."""

    set_name: SetName  # at whichever length
    domain_id: str
    domain_title: str
    areas: tuple[AreaReference, ...]  # the judgement areas its questions speak to, those reached by the crosswalk too
    grade: str
    grade_name: str
    count: int
    scale: tuple[str, ...] = ()  # the codes of the scale it was given on, worst first


@dataclass(frozen=True)
class Median:
    """The middle of the minutes taken, and of how many audits."""

    minutes: float | None
    n: int


def count_agreed(session: Session, authority_id: int, start: date, end: date, *, at_random: bool) -> int:
    """How many agreed audits submitted in a period were drawn at random, or were chosen."""
    where = (kept.OF_AUDITS, _group(at_random=at_random))
    return sum(
        count for _, count in kept.added_up(session, authority_id, start, end, AgreedCount.at_random, where=where)
    )


def _group(*, at_random: bool) -> Any:
    """The condition that an audit was drawn at random, or that it was chosen: `tables.drawn_at_random` when counted."""
    return col(AgreedCount.at_random).is_(at_random)


def ways_chosen(session: Session, authority_id: int, start: date, end: date) -> dict[str, int]:
    """How the agreed audits of a period that were chosen came to be read, in words, the commonest first."""
    where = (kept.OF_AUDITS, _group(at_random=False))
    ways: Counter[str] = Counter()
    for way, count in kept.added_up(session, authority_id, start, end, AgreedCount.way, where=where):
        how_chosen, audit_type, again = counting.read_way(way)
        ways[wording.way_chosen(HowChosen(how_chosen), AuditType(audit_type), again=again)] += int(count)
    return dict(ways.most_common())


def grades_by_domain(
    session: Session, authority_id: int, start: date, end: date, *, at_random: bool
) -> list[GradeCount]:
    """How often each domain of each set got each grade, in agreed audits of one group submitted in a period."""
    columns = (AgreedCount.edition_id, AgreedCount.set_id, AgreedCount.domain_id, AgreedCount.grade)
    where = (kept.OF_DOMAINS, _group(at_random=at_random))
    rows = kept.added_up(session, authority_id, start, end, *columns, where=where)
    return [_grade_count(session, tuple(row)) for row in rows]


def _grade_count(session: Session, row: tuple[str, str, str, str, int]) -> GradeCount:
    edition_id, set_id, domain_id, grade, count = row
    name = SetName(edition_id, set_id)
    questions = _set_with(session, name, domain_id)
    domain = questions.domain(domain_id) if questions else None
    return GradeCount(
        name,
        domain_id,
        domain.title if domain else domain_id,
        crosswalk.areas_of_domain(questions, domain_id) if questions else (),
        grade,
        question_sets.grade_name(session, name, grade),
        count,
        questions.scale(questions.domain_scale).codes if questions and questions.domain_scale else (),
    )


def _set_with(session: Session, name: SetName, domain_id: str) -> QuestionSet | None:
    """The length of a set that holds a domain."""
    for length in question_sets.LENGTHS:
        questions = question_sets.find_set(session, name.at(length))
        if questions and any(domain.id == domain_id for domain in questions.domains):
            return questions
    return None


def overall_grades(
    session: Session,
    authority_id: int,
    start: date,
    end: date,
    *,
    at_random: bool,
    scale: tuple[str, ...] = (),
) -> dict[str, int]:
    """How many agreed audits of one group submitted in a period ended in each overall grade.

    With the codes of a scale, only audits whose set grades on that very scale: grades of two scales are never added.
    """
    columns = (AgreedCount.edition_id, AgreedCount.set_id, AgreedCount.grade)
    where = (kept.OF_AUDITS, _group(at_random=at_random), col(AgreedCount.grade) != "")
    counts: dict[str, int] = defaultdict(int)
    for edition_id, set_id, grade, count in kept.added_up(session, authority_id, start, end, *columns, where=where):
        if not scale or _overall_codes(session, SetName(edition_id, set_id)) == scale:
            counts[grade] += int(count)
    return dict(counts)


def _overall_codes(session: Session, name: SetName) -> tuple[str, ...]:
    """The codes of the scale that a set's overall grade is given on, worst first; none where it has none."""
    questions = question_sets.any_length(session, name)
    ends = questions.overall_grade if questions else None
    return questions.scale(ends.scale).codes if questions and ends else ()


def stage_counts(session: Session, authority_id: int) -> dict[str, int]:
    """How many audits stand at each stage."""
    statement = select(CaseAudit.stage, sa.func.count()).where(CaseAudit.authority_id == authority_id)
    return {str(stage): int(count) for stage, count in session.exec(statement.group_by(CaseAudit.stage)).all()}


def median_minutes(session: Session, name: SetName) -> Median:
    """The middle of the minutes that submitted audits of one set at one length took, as the session may see them."""
    return _medians(session, *made_from(name)).get(name, Median(None, 0))


def medians(session: Session) -> dict[SetName, Median]:
    """The same for every set and length at once."""
    return _medians(session)


def _medians(session: Session, *conditions: Any) -> dict[SetName, Median]:
    scope = session.info["scope"]
    columns: tuple[Any, ...] = (CaseAudit.edition_id, CaseAudit.set_id, CaseAudit.length, CaseAudit.minutes_taken)
    statement: Any = (
        sa.select(*columns, sa.func.count())
        .where(
            col(CaseAudit.authority_id) == scope.authority_id,
            col(CaseAudit.stage).in_(AFTER_SUBMISSION),
            col(CaseAudit.minutes_taken).is_not(None),
            *conditions,
        )
        .group_by(*columns)
        .order_by(*columns)
    )
    taken: dict[SetName, list[tuple[int, int]]] = defaultdict(list)
    for edition_id, set_id, length, minutes, count in session.exec(statement).all():
        taken[SetName(edition_id, set_id, length)].append((minutes, count))
    return {name: _middle(runs) for name, runs in taken.items()}


def _middle(runs: Sequence[tuple[int, int]]) -> Median:
    """The median of minutes that come in runs: each number of minutes, the least first, with how many took it."""
    n = sum(count for _, count in runs)
    places = list(accumulate(count for _, count in runs))
    lower, upper = (runs[bisect_right(places, place)][0] for place in ((n - 1) // 2, n // 2))
    return Median((lower + upper) / 2, n)
