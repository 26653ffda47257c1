"""Saving an audit while it is being answered: leniently, a domain page at a time, never over somebody else's text."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from audit_app import history
from audit_app.audits import question_sets, stages, wording
from audit_app.audits.concerns import service as concerns
from audit_app.audits.concerns.triggers import Effect, SetOff
from audit_app.audits.kinds.entries import ClosingEntry, DomainEntry
from audit_app.audits.kinds.given import Given, given_in
from audit_app.audits.queries_rows import audit_row, domain_rows, hats_of, reference_of
from audit_app.audits.stages import Hat, Step
from audit_app.audits.tables import Answer, CaseAudit, DomainAnswer, Stage
from findings.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale
from findings.metadata import TEXT_LENGTH
from frameworks import Domain, Question, QuestionSet
from frameworks.kinds import answered as kinds

REASON_LENGTH = 1000
OF_DOMAIN = ("grade", "rationale", "not_applicable", "not_applicable_reason")
MOST_MINUTES = 6000


NOTHING_SAVED = DomainEntry()


@dataclass(frozen=True)
class SavedDomain:
    """A domain as it is saved now, and what its answers to the safety question have set off."""

    row: DomainAnswer
    set_off: tuple[SetOff, ...] = ()

    @property
    def raised_a_concern(self) -> bool:
        """Whether this very save raised a concern."""
        return any(each.effect == Effect.raised for each in self.set_off)


def answerable(
    session: Session, authority_id: int, number: int, by: int, held: CaseAudit | None = None
) -> tuple[CaseAudit, QuestionSet]:
    """The audit, locked, and its question set, once it is sure that this person may answer it now.

    Args:
        held: The audit's row where the caller has read and locked it in this transaction already.

    Raises:
        NotAllowed: only its auditor answers an audit.
        OutOfTurn: it is submitted or has left the programme, or its question set is not in the files any more.
    """
    audit = held or audit_row(session, authority_id, number, locking=True)
    if Hat.its_auditor not in hats_of(session, audit, by):
        raise NotAllowed("Only the auditor of an audit answers it.")
    if audit.stage not in stages.ANSWERED_IN:
        raise OutOfTurn(
            f"This audit is {wording.STAGE_WORDS[audit.stage]}, so nothing was changed. "
            "To correct it after submission, reopen it with a reason."
        )
    questions = question_sets.questions_of(session, audit)
    if questions is None:
        raise OutOfTurn(
            "The questions of this audit are no longer those it was begun with, so it cannot be answered. "
            "Ask whoever looks after the question sets to put the earlier edition back."
        )
    return audit, questions


def save_domain(
    session: Session,
    authority_id: int,
    number: int,
    domain_id: str,
    entry: DomainEntry,
    *,
    seen: int,
    by: int,
    now: datetime,
    held: CaseAudit | None = None,
) -> SavedDomain:
    """Save one domain page: changed rows only, nothing has to be complete; a concern it sets off is raised with it.

    Args:
        seen: The revision of the domain page that was read; 0 when nothing had been saved.
        held: The audit's row where the caller has read and locked it in this transaction already.

    Raises:
        NotFound: no such audit or domain.
        NotAllowed, OutOfTurn: this person may not answer it, or not now.
        Stale: the page was saved by somebody else, or in another tab, since it was read; nothing is overwritten.
        Invalid: a value is not on its scale or too long.
    """
    audit, questions = answerable(session, authority_id, number, by, held)
    domain = _domain_of(questions, domain_id)
    check_entry(questions, domain, entry)
    keys = [question.key for question in domain.questions]
    row, saved = domain_rows(session, authority_id, number, domain_id, keys)
    changed = _differing(domain, entry, saved)
    of_domain = [name for name in OF_DOMAIN if getattr(row or NOTHING_SAVED, name) != getattr(entry, name)]
    if row is not None and not changed and not of_domain:
        return SavedDomain(
            row
        )  # the same page a second time, by a double click or after going back: it is saved already
    if (row.revision if row else 0) != seen:
        raise Stale(row or _new_row(audit, domain_id, by, now))
    if row is None:
        row = _new_row(audit, domain_id, by, now)
        session.add(row)
    _write(session, audit, entry, changed, saved)
    for name in of_domain:
        setattr(row, name, getattr(entry, name))
    row.revision, row.saved_by, row.saved_at = row.revision + 1, by, now
    begin(audit, now)
    facts = {"domain": domain_id, "changes": _how_many(len(changed) + len(of_domain))}
    ref = reference_of(number)
    history.note(session, "audit.domain_saved", ref, by=by, authority_id=authority_id, facts=facts, now=now)
    set_off = [
        concerns.after_safety_answer(session, audit, *entry.answers[question.key][:2], by=by, now=now)
        for question in changed
        if question.safety
    ]
    return SavedDomain(row, tuple(set_off))


def _new_row(audit: CaseAudit, domain_id: str, by: int, now: datetime) -> DomainAnswer:
    return DomainAnswer(
        authority_id=audit.authority_id,
        audit_number=audit.number,
        domain_id=domain_id,
        revision=0,
        saved_at=now,
        saved_by=by,
    )


def _how_many(number: int) -> str:
    return f"{number} {'change' if number == 1 else 'changes'}"


def _domain_of(questions: QuestionSet, domain_id: str) -> Domain:
    for domain in questions.domains:
        if domain.id == domain_id:
            return domain
    raise NotFound("This audit has no such domain.")


def check_entry(questions: QuestionSet, domain: Domain, entry: DomainEntry) -> None:
    """Refuse what could not be kept, whoever sends it (IN-6)."""
    asked = {question.key: question for question in domain.questions}
    for key, answer in entry.answers.items():
        if key not in asked:
            raise Invalid("answers", "This is not a question of the page.")
        _check_answer(questions, asked[key], Given(*answer))
    scale_codes = questions.scale(questions.domain_scale).codes if questions.domain_scale and domain.graded else ()
    if entry.grade and entry.grade not in scale_codes:
        raise Invalid("grade", "Grade: choose one of the answers on the page")
    _fits("rationale", entry.rationale, TEXT_LENGTH)
    _fits("not_applicable_reason", entry.not_applicable_reason, REASON_LENGTH)


def _check_answer(questions: QuestionSet, question: Question, answer: Given) -> None:
    if answer.code and answer.code not in question_sets.codes_for(questions, question):
        raise Invalid(question.key, f"“{question.text}”: choose one of the answers on the page")
    if answer.given:
        wrong = kinds.why_not(question, answer.given) or question_sets.why_not_ticked(questions, question, answer.given)
        if wrong:
            raise Invalid(question.key, f"“{question.text}”: {wrong[0].lower()}{wrong[1:]}")
    if answer.second and answer.second not in question_sets.second_codes(questions, question):
        raise Invalid(question.key, f"“{question.text}”: choose one of the second answers on the page")
    _fits(question.key, answer.text, TEXT_LENGTH)
    _fits(question.key, answer.given, kinds.LONGEST_GIVEN)
    _fits(question.key, answer.evidence if question.asks_evidence else "", kinds.LONGEST_GIVEN)
    _check_action(question, answer)


def _check_action(question: Question, answer: Given) -> None:
    if not question.asks_action and any((answer.action, answer.action_owner, answer.action_due)):
        raise Invalid(question.key, f"“{question.text}”: no action is asked for on this row")
    if answer.action_due and not kinds.is_day(answer.action_due):
        raise Invalid(question.key, f"“{question.text}”: enter a real date for the action, like 27 3 2027")
    _fits(question.key, answer.action, kinds.LONGEST_GIVEN)
    _fits(question.key, answer.action_owner, kinds.LONGEST_OWNER)


def _fits(name: str, text: str, most: int) -> None:
    if len(text) > most:
        raise Invalid(name, f"Text must be {most:,} characters or fewer. It is {len(text) - most:,} too long")
    if "\x00" in text:
        raise Invalid(name, "Text holds a character that cannot be kept")


def _differing(domain: Domain, entry: DomainEntry, saved: dict[str, Answer]) -> list[Question]:
    """The questions whose answers are not what is saved."""
    differing = []
    for question in domain.questions:
        row = saved.get(question.key)
        if question.key in entry.answers and Given(*entry.answers[question.key]) != given_in(row):
            differing.append(question)
    return differing


def _write(
    session: Session, audit: CaseAudit, entry: DomainEntry, changed: list[Question], saved: dict[str, Answer]
) -> None:
    for question in changed:
        row = saved.get(question.key)
        if row is None:
            row = Answer(authority_id=audit.authority_id, audit_number=audit.number, question_key=question.key)
            session.add(row)
        for name, value in Given(*entry.answers[question.key])._asdict().items():
            if getattr(row, name) != value:
                setattr(row, name, value)


def begin(audit: CaseAudit, now: datetime) -> None:
    """The first save begins an audit."""
    if audit.stage == Stage.allocated:
        audit.stage = stages.next_stage(Step.begin, audit.stage, {Hat.its_auditor})
        audit.started_at = now


def save_closing(
    session: Session, authority_id: int, number: int, entry: ClosingEntry, *, seen: int, by: int, now: datetime
) -> CaseAudit:
    """Save the last page: the overall grade as the auditor's judgement, and what stood out.

    Raises:
        NotFound, NotAllowed, OutOfTurn, Stale, Invalid: as for `save_domain`.
    """
    audit, questions = answerable(session, authority_id, number, by)
    ends = questions.overall_grade
    if entry.overall_grade and (ends is None or entry.overall_grade not in questions.scale(ends.scale).codes):
        raise Invalid("overall_grade", "Overall grade: choose one of the answers on the page")
    if entry.minutes_taken is not None and not 0 <= entry.minutes_taken <= MOST_MINUTES:
        raise Invalid("minutes_taken", f"Minutes must be between 0 and {MOST_MINUTES:,}")
    for name in ("overall_rationale", "strengths", "worries", "difference", "private_notes"):
        _fits(name, getattr(entry, name), TEXT_LENGTH)
    changed = [name for name, value in vars(entry).items() if getattr(audit, name) != value]
    if not changed:
        return audit
    if seen != audit.closing_revision:
        raise Stale(audit)
    for name in changed:
        setattr(audit, name, getattr(entry, name))
    audit.closing_revision += 1
    begin(audit, now)
    ref = reference_of(number)
    history.note(session, "audit.closing_saved", ref, by=by, authority_id=authority_id, now=now)
    return audit
