"""Reads of how agreed audits answered: counted in the database, listed by the page, and all of one answer at once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.audits import question_sets as sets
from audit_app.audits.answers_counted.queries import chosen_in
from audit_app.audits.answers_counted.spread import AnswerFilter, Counted, Points, Spread, spreads_of
from audit_app.audits.counts.groups import of_group
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.queries_lists import period
from audit_app.audits.tables import AUDIT, Answer, CaseAudit
from audit_app.improvement.findings.audit_answers import AuditAnswer
from audit_app.improvement.findings.queries_audits import answer_of, asked_by
from audit_app.improvement.queries import Listed
from audit_app.library.set_name import SetName
from audit_app.people.organisation import queries as organisation
from findings.errors import Invalid
from findings.references import number_of
from frameworks import QuestionSet

PAGE_SIZE = 25
MOST_SOURCES = 1_000


@dataclass(frozen=True)
class QuestionLine:
    """One question of a set with how it was answered."""

    key: str
    words: str
    spreads: tuple[Spread, ...]


def domain_lines(
    session: Session, authority_id: int, questions: QuestionSet, wanted: AnswerFilter, domain_id: str = ""
) -> list[tuple[str, list[QuestionLine]]]:
    """The questions of a set that are answered on a scale, by domain, each with how agreed audits answered it."""
    asked = {
        domain.title: {
            question.key: f"{question.number} {question.text}"
            for question in domain.questions
            if questions.scale_for(question) is not None
        }
        for domain in questions.domains
        if domain_id in ("", domain.id)
    }
    keys = [key for numbered in asked.values() for key in numbered]
    spreads = spreads_by_question(session, authority_id, questions.edition_id, keys, wanted)
    return [
        (title, [QuestionLine(key, text, spreads.get(key, ())) for key, text in numbered.items()])
        for title, numbered in asked.items()
        if numbered
    ]


def spreads_by_question(
    session: Session, authority_id: int, edition_id: str, keys: Collection[str], wanted: AnswerFilter
) -> dict[str, tuple[Spread, ...]]:
    """How agreed audits answered each question, whichever set asked it, in one statement."""
    group = sa.case((of_group(at_random=True), 1), else_=0)
    columns: tuple[Any, ...] = (Answer.question_key, CaseAudit.set_id, group, Answer.code)
    statement: Any = (
        sa.select(*columns, sa.func.count())
        .join(Answer, _of_audit())
        .where(*_conditions(authority_id, edition_id, keys, wanted))
        .group_by(*columns)
    )
    scales: dict[tuple[str, str], Points] = {}
    counted: dict[str, list[Counted]] = defaultdict(list)
    for key, set_id, at_random, code, count in session.exec(statement).all():
        if (set_id, key) not in scales:
            scales[set_id, key] = _points(session, edition_id, set_id, key)
        counted[key].append(Counted(scales[set_id, key], bool(at_random), code, int(count)))
    return {key: spreads_of(rows, sets.NOT_APPLICABLE) for key, rows in counted.items()}


def _points(session: Session, edition_id: str, set_id: str, key: str) -> Points:
    known = asked_by(session, edition_id, set_id, key)
    scale = known[0].scale_for(known[1]) if known else None
    return tuple((point.code, point.name) for point in scale.points) if scale else ()


def _of_audit() -> Any:
    return sa.and_(col(Answer.authority_id) == CaseAudit.authority_id, col(Answer.audit_number) == CaseAudit.number)


def _conditions(authority_id: int, edition_id: str, keys: Collection[str], wanted: AnswerFilter) -> list[Any]:
    """What narrows the numbers; which answer was given narrows only the list."""
    conditions: list[Any] = [
        CaseAudit.authority_id == authority_id,
        CaseAudit.edition_id == edition_id,
        col(CaseAudit.stage).in_(AFTER_AGREEMENT),
        col(Answer.question_key).in_(list(keys)),
        Answer.code != "",
        *period(CaseAudit.submitted_at, wanted.start, wanted.end),
        *chosen_in(wanted.how),
    ]
    if wanted.team_id is not None:
        conditions.append(CaseAudit.team_id == wanted.team_id)
    set_id, _, length = wanted.asked_in.partition("/")
    conditions += [CaseAudit.set_id == set_id] if set_id else []
    return conditions + ([CaseAudit.length == length] if length else [])


def list_answers(
    session: Session, authority_id: int, edition_id: str, key: str, wanted: AnswerFilter, *, page: int = 1
) -> Listed[AuditAnswer]:
    """A page of what agreed audits answered to one question, the latest agreed first."""
    conditions = _conditions(authority_id, edition_id, [key], wanted)
    conditions += [Answer.code == wanted.answer] if wanted.answer else []
    number: Any = sa.select(sa.func.count()).select_from(CaseAudit).join(Answer, _of_audit()).where(*conditions)
    total = int(session.exec(number).scalar_one())
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    rows = _answers(session, key, conditions, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    return Listed(tuple(rows), total, page, pages)


def chosen_answers(
    session: Session,
    authority_id: int,
    edition_id: str,
    key: str,
    wanted: AnswerFilter,
    *,
    whole: Sequence[str],
    references: Sequence[str],
) -> list[AuditAnswer]:
    """Every audit that gave one of the answers chosen whole, within the filter, and the single ones that were ticked.

    Raises:
        Invalid: These are more than a finding can carry, or a reference is not among them.
    """
    numbers = {number for text in references if (number := number_of(text, AUDIT)) is not None}
    within = sa.and_(*_conditions(authority_id, edition_id, [key], wanted))
    single = sa.and_(*_conditions(authority_id, edition_id, [key], AnswerFilter()))
    either = sa.or_(
        sa.and_(within, col(Answer.code).in_(list(whole))), sa.and_(single, col(CaseAudit.number).in_(sorted(numbers)))
    )
    answers = list(_answers(session, key, [either], limit=MOST_SOURCES + 1))
    if len(answers) > MOST_SOURCES:
        raise Invalid(
            "whole", f"These are more than {MOST_SOURCES:,} audits. Narrow them, for instance to one period or team"
        )
    if not {reference for reference in references} <= {answer.reference for answer in answers}:
        raise Invalid("answers", "One of the audits ticked is not here. Choose audits from the list")
    return answers


def _answers(
    session: Session, key: str, conditions: Sequence[Any], *, limit: int, offset: int = 0
) -> Iterator[AuditAnswer]:
    query: Any = select(CaseAudit, Answer.code).join(Answer, _of_audit()).where(*conditions)
    query = query.order_by(col(CaseAudit.agreed_at).desc(), col(CaseAudit.number).desc()).limit(limit).offset(offset)
    for audit, code in session.exec(query).all():
        yield answer_of(session, audit, key, code)


# --- what the filters offer ------------------------------------------------------------------------------------------


def sets_asking(session: Session, authority_id: int, edition_id: str, key: str) -> list[tuple[str, str]]:
    """The question sets and lengths in which agreed audits were asked a question, as child-protection/core."""
    columns: tuple[Any, ...] = (CaseAudit.set_id, CaseAudit.length)
    statement: Any = (
        sa.select(*columns)
        .join(Answer, _of_audit())
        .where(*_conditions(authority_id, edition_id, [key], AnswerFilter()))
        .distinct()
    )
    made: dict[str, str] = {}
    for set_id, length in sorted(session.exec(statement).all()):
        title = sets.title_of(session, SetName(edition_id, set_id))
        made[set_id] = f"{title}, at any length"
        made[f"{set_id}/{length}"] = f"{title}, {length}"
    return list(made.items())


def team_choices(session: Session, today: date) -> list[tuple[str, str]]:
    """The teams to narrow to."""
    return [(str(team_id), name) for team_id, name in organisation.teams_to_choose(session, today)]
