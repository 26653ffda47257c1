"""What of an audit is done and what is left: pure, from saved rows and the question set."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from audit_app.audits.actions import on_rows
from audit_app.audits.question_sets import NOT_APPLICABLE
from audit_app.audits.setting_up.subject_words import TO_ASK
from audit_app.audits.tables import Answer, CaseAudit, DomainAnswer
from frameworks import Answer as ScorableAnswer
from frameworks import Domain, OverallAnswer, QuestionSet, conditions, scoring
from frameworks import DomainAnswer as ScorableDomain
from frameworks.rails.shapes import GuardRail
from frameworks.scoring import Missing

Domains = Mapping[str, DomainAnswer]
Answers = Mapping[str, Answer]


class Progress(StrEnum):
    """How far a part of an audit is."""

    not_started = "Not yet started"
    in_progress = "In progress"
    complete = "Complete"
    not_applicable = "Not applicable"


@dataclass(frozen=True)
class DomainProgress:
    """One line of the task list."""

    id: str
    number: str
    title: str
    progress: Progress
    answered: int
    questions: int
    left: int


def scorable_answers(answers: Answers) -> list[ScorableAnswer]:
    """Saved answers in the shape the scoring rules read."""
    return [_scorable(key, row) for key, row in answers.items()]


def _scorable(key: str, row: Answer) -> ScorableAnswer:
    if row.code == NOT_APPLICABLE:
        return ScorableAnswer(key=key, not_applicable=True, reason=row.text)
    code, second = row.code or None, row.second or None
    return ScorableAnswer(key=key, code=code, text=row.text, given=row.given, second=second)


def scorable_domains(domains: Domains) -> list[ScorableDomain]:
    """Saved domain rows in the shape the scoring rules read."""
    return [
        ScorableDomain(
            domain=key,
            grade=row.grade or None,
            rationale=row.rationale,
            not_applicable=row.not_applicable,
            reason=row.not_applicable_reason,
        )
        for key, row in domains.items()
    ]


def scorable_overall(audit: CaseAudit) -> OverallAnswer:
    """The overall grade in the shape the scoring rules read."""
    return OverallAnswer(grade=audit.overall_grade or None, rationale=audit.overall_rationale)


def asked(questions: QuestionSet, domains: Domains, answers: Answers) -> frozenset[str]:
    """The keys of the questions that are asked, given what is saved."""
    return conditions.asked(questions, scorable_answers(answers), scorable_domains(domains))


def applying(questions: QuestionSet, domains: Domains, answers: Answers) -> frozenset[str]:
    """The keys of the questions that are asked, in domains that apply."""
    away = {row.domain_id for row in domains.values() if row.not_applicable}
    return frozenset(key for key in asked(questions, domains, answers) if key.partition("/")[0] not in away)


def missing(audit: CaseAudit, questions: QuestionSet, domains: Domains, answers: Answers) -> tuple[Missing, ...]:
    """What must still be given before the audit can be submitted."""
    given = scorable_answers(answers), scorable_domains(domains), scorable_overall(audit)
    actions = on_rows.missing(questions, answers, applying(questions, domains, answers), audit.allocated_on)
    return (*_consent_missing(audit), *scoring.missing_answers(questions, *given), *actions)


def _consent_missing(audit: CaseAudit) -> tuple[Missing, ...]:
    """A visit that was observed before anybody was asked cannot be submitted as if they had been."""
    if audit.family_consent != TO_ASK:
        return ()
    return (Missing("details", "family_consent", "", "Say in the details that the family agreed to being observed."),)


def prompts(audit: CaseAudit, domains: Domains, at_least: int) -> tuple[Missing, ...]:
    """Rationales so short that somebody will ask for more: advice, never a stop."""
    return scoring.prompts(scorable_domains(domains), scorable_overall(audit), at_least)


def guard_rails(audit: CaseAudit, questions: QuestionSet, domains: Domains, answers: Answers) -> tuple[GuardRail, ...]:
    """The questions the grades raise, beside the answers and each other, by the rule in use today."""
    known = {domain.id for domain in questions.domains}
    grades = {
        row.domain_id: row.grade or None
        for row in domains.values()
        if row.domain_id in known and not row.not_applicable
    }
    given = scorable_answers(answers), scorable_domains(domains)
    return scoring.guard_rails(questions, grades, audit.overall_grade or None, *given)


def progress(
    audit: CaseAudit, questions: QuestionSet, domains: Domains, answers: Answers
) -> tuple[tuple[DomainProgress, ...], Progress]:
    """Each domain's line of the task list, and how far the last page is."""
    wanting = missing(audit, questions, domains, answers)
    asked_keys = asked(questions, domains, answers)
    lines = tuple(_line(domain, domains.get(domain.id), answers, wanting, asked_keys) for domain in questions.domains)
    closing_left = [want for want in wanting if want.part == "overall"]
    begun = any((audit.overall_grade, audit.overall_rationale, audit.strengths, audit.worries, audit.difference))
    if questions.overall_grade is None and not begun:
        return lines, Progress.not_started
    if not closing_left:
        return lines, Progress.complete
    return lines, Progress.in_progress if begun else Progress.not_started


def _line(
    domain: Domain, row: DomainAnswer | None, answers: Answers, wanting: tuple[Missing, ...], asked_keys: frozenset[str]
) -> DomainProgress:
    keys = {question.key for question in domain.questions if question.key in asked_keys}
    left = sum(1 for want in wanting if want.key == domain.id or want.key in keys)
    answered = sum(1 for key in keys if key in answers and _has_something(answers[key]))
    away = (row is not None and row.not_applicable) or not conditions.is_asked(domain, asked_keys)
    if row is None and not away:
        state = Progress.not_started
    elif left:
        state = Progress.in_progress
    else:
        state = Progress.not_applicable if away else Progress.complete
    return DomainProgress(domain.id, domain.number, domain.title, state, answered, len(keys), left)


def _has_something(row: Answer) -> bool:
    return bool(row.code or row.given or row.text.strip())
