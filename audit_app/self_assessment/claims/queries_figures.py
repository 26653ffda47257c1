"""Counts what a citation of audits counts, within the session's scope: agreed grades or answers of one group."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

import sqlalchemy as sa
from sqlmodel import Session, col

from audit_app.audits import question_sets
from audit_app.audits.counts.groups import of_group
from audit_app.audits.queries_lists import agreed_in
from audit_app.audits.tables import Answer, CaseAudit, DomainAnswer
from audit_app.library import queries_sets
from audit_app.library.set_name import SetName
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from audit_app.self_assessment.claims.figure import Counts, Figure
from audit_app.self_assessment.tables import Cites
from findings import rules
from frameworks import QuestionSet, Scale

FIGURES = (Cites.grades, Cites.answers)


class Counting(Protocol):
    """What is counted: the columns of a citation that say so, whether it is kept already or only asked for."""

    @property
    def kind(self) -> Cites: ...
    @property
    def set_edition_id(self) -> str: ...
    @property
    def set_id(self) -> str: ...
    @property
    def domain_id(self) -> str: ...
    @property
    def question_key(self) -> str: ...
    @property
    def cohort(self) -> str: ...
    @property
    def at_random(self) -> bool: ...
    @property
    def period_from(self) -> date | None: ...
    @property
    def period_to(self) -> date | None: ...
    @property
    def months(self) -> int | None: ...


@dataclass(frozen=True)
class Counted:
    """One audit that a figure counts, in the version that was counted."""

    number: int
    version: int
    code: str


def sees_figures(scope: Scope) -> bool:
    """Whether somebody sees every agreed audit of the council, so that a figure shows them nothing that is hidden."""
    return scope.everything or scope.has(Role.qa_manager, Role.leader)


def period_of(row: Counting, until: date) -> tuple[date, date]:
    """The days a figure counts: those it names, or so many months up to a day."""
    if row.months:
        return rules.months_later(until, -row.months) + timedelta(days=1), until
    return row.period_from or until, row.period_to or until


def figure_of(session: Session, authority_id: int, row: Counting, until: date) -> Figure:
    """The figure a citation stands for, counted on this day in the session's scope."""
    start, end = period_of(row, until)
    return _figure(session, authority_id, row, start, end)


def later_figure(session: Session, authority_id: int, row: Counting, until: date) -> Figure | None:
    """The same of the days after the figure's own, up to a day; None where none is left or none was drawn at random."""
    if row.months or not row.at_random or row.period_to is None or row.period_to >= until:
        return None
    return _figure(session, authority_id, row, row.period_to + timedelta(days=1), until)


def _figure(session: Session, authority_id: int, row: Counting, start: date, end: date) -> Figure:
    scale = scale_of(session, row)
    made = Figure(about_words(session, row), row.at_random, start, end, ())
    if scale is None:
        return made
    numbers: dict[str, int] = defaultdict(int)
    moderated = 0
    code, conditions, joined = _asked(authority_id, row, start, end)
    columns: tuple[Any, ...] = (CaseAudit.edition_id, CaseAudit.set_id, code, CaseAudit.moderated)
    counted: Any = sa.select(*columns, sa.func.count())
    counted = joined(counted.select_from(CaseAudit)).where(*conditions)
    counted = counted.group_by(*columns)
    away = 0
    for edition_id, set_id, given, was_moderated, count in session.exec(counted).all():
        if given == question_sets.NOT_APPLICABLE:
            away += int(count)
        elif row.set_id or _ends_on(session, SetName(edition_id, set_id)) == scale.codes:
            numbers[given] += int(count)
            moderated += int(count) if was_moderated else 0
    counts: Counts = tuple((point.code, point.name, numbers.get(point.code, 0)) for point in scale.points)
    return replace(made, counts=counts, moderated=moderated, not_applicable=away)


def counted_audits(session: Session, authority_id: int, row: Counting, until: date) -> tuple[Counted, ...]:
    """Each audit that the figure counts, for what is frozen when it is signed."""
    start, end = period_of(row, until)
    scale = scale_of(session, row)
    if scale is None:
        return ()
    code, conditions, joined = _asked(authority_id, row, start, end)
    columns: tuple[Any, ...] = (CaseAudit.number, CaseAudit.version, CaseAudit.edition_id, CaseAudit.set_id, code)
    listed: Any = sa.select(*columns)
    listed = joined(listed.select_from(CaseAudit)).where(*conditions).order_by(col(CaseAudit.number))
    return tuple(
        Counted(number, version, given)
        for number, version, edition_id, set_id, given in session.exec(listed).all()
        if given in scale.codes and (row.set_id or _ends_on(session, SetName(edition_id, set_id)) == scale.codes)
    )


def _asked(authority_id: int, row: Counting, start: date, end: date) -> tuple[Any, list[Any], Any]:
    """Which column is counted, under which conditions, and how its table is joined."""
    name = SetName(row.set_edition_id, row.set_id) if row.set_id else None
    conditions = [*agreed_in(authority_id, start, end, of=name), of_group(at_random=row.at_random)]
    if row.cohort:
        conditions.append(CaseAudit.cohort == row.cohort)
    if row.kind is Cites.answers:
        conditions += [Answer.question_key == row.question_key, Answer.code != ""]
        return Answer.code, conditions, lambda query: query.join(Answer, _of_audit(Answer))
    if row.domain_id:
        conditions += [
            DomainAnswer.domain_id == row.domain_id,
            col(DomainAnswer.not_applicable).is_(False),
            col(DomainAnswer.grade) != "",
        ]
        return DomainAnswer.grade, conditions, lambda query: query.join(DomainAnswer, _of_audit(DomainAnswer))
    return CaseAudit.overall_grade, [*conditions, col(CaseAudit.overall_grade) != ""], lambda query: query


def _of_audit(table: Any) -> Any:
    return sa.and_(col(table.authority_id) == CaseAudit.authority_id, col(table.audit_number) == CaseAudit.number)


def scale_of(session: Session, row: Counting) -> Scale | None:
    """The scale the counted grades or answers are given on; None when no set knows it (any more)."""
    questions = _set_of(session, row)
    if questions is None:
        return None
    if row.kind is Cites.answers:
        asked = {question.key: question for question in questions.questions}
        return questions.scale_for(asked[row.question_key]) if row.question_key in asked else None
    ends = questions.overall_grade
    scale_id = questions.domain_scale if row.domain_id else (ends.scale if ends else None)
    return questions.scale(scale_id) if scale_id else None


def _set_of(session: Session, row: Counting) -> QuestionSet | None:
    """The set that is counted; where all sets of one scale are, the first of the edition that ends in a grade."""
    if row.set_id:
        return question_sets.any_length(session, SetName(row.set_edition_id, row.set_id))
    every = queries_sets.sets_of(session, row.set_edition_id)
    return next((questions for questions in every if questions.overall_grade), None)


def _ends_on(session: Session, name: SetName) -> tuple[str, ...]:
    questions = question_sets.any_length(session, name)
    ends = questions.overall_grade if questions else None
    return questions.scale(ends.scale).codes if questions and ends else ()


def about_words(session: Session, row: Counting) -> str:
    """What is counted, in words: the set, and its domain or question."""
    if not row.set_id:
        return "Overall grades of all question sets"
    name = SetName(row.set_edition_id, row.set_id)
    questions = question_sets.any_length(session, name)
    title = questions.title if questions else row.set_id
    cohort = f" ({row.cohort})" if row.cohort else ""
    if questions and row.kind is Cites.answers:
        asked = {question.key: question.text for question in questions.questions}
        return f"{title}{cohort}, “{asked.get(row.question_key, row.question_key)}”"
    if row.domain_id:
        domains = {domain.id: domain.title for domain in questions.domains} if questions else {}
        return f"{title}{cohort}, {domains.get(row.domain_id, row.domain_id)}"
    return f"{title}{cohort}, overall grade"
