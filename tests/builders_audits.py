"""Audits for tests, made through the services: override what matters."""

from datetime import date, timedelta

from sqlmodel import select

from audit_app import clock
from audit_app.audits import queries, service
from audit_app.audits.rails import service as rails
from audit_app.audits.tables import AuditType, DomainAnswer, HowChosen, Subject
from audit_app.library import queries_sets
from audit_app.library.product_editions import edition_for_new
from audit_app.library.set_name import SetName
from tests import builders

EDITION = "case-audit-1"
SET = "child-protection"


def new_audit(team_id, auditor_id, *, edition_id=EDITION, set_id=SET, length="core", **changed):
    """What is needed to set up an audit of the child-protection set at core length."""
    given = {
        "set_name": SetName(edition_id, set_id, length),
        "subject": Subject.child,
        "audit_type": AuditType.case_audit,
        "how_chosen": HowChosen.random,
        "case_reference": "G-123456",
        "team_id": team_id,
        "window_from": date(2025, 11, 1),
        "window_to": date(2026, 10, 31),
        "auditor_id": auditor_id,
        "due_on": date(2026, 11, 23),
    }
    return service.NewAudit(**{**given, **changed})


def make_audit(session, team_id, auditor_id, *, by=None, now=builders.MOMENT, **changed):
    """An audit, allocated and not begun, on the edition that was in force at that moment."""
    if "re_audit_of" not in changed:
        changed.setdefault("edition_id", edition_for_new(clock.london_day(now)))
    details = new_audit(team_id, auditor_id, **changed)
    return service.create_audit(session, builders.AUTHORITY_ID, details, by=by or auditor_id, now=now)


def answer_all(
    session,
    audit,
    *,
    now=builders.MOMENT,
    grade="good",
    safety="nothing_seen",
    words="",
    overall="good",
    grades=None,
    answer="",
    reasons=True,
):
    """Save every domain of an audit and its last page, so that it can be submitted.

    `grades` gives single domains a grade of their own; `answer` is given where a question's scale has it; `reasons`
    says why of each grade that is asked about.
    """
    questions = queries_sets.find_set(session, audit.edition_id, audit.set_id, audit.length)
    saved = select(DomainAnswer.domain_id, DomainAnswer.revision).where(
        DomainAnswer.authority_id == audit.authority_id, DomainAnswer.audit_number == audit.number
    )
    revisions = dict(session.exec(saved).all())
    for domain in questions.domains:
        answers = {}
        for question in domain.questions:
            scale = questions.scale_for(question)
            if question.safety:
                answers[question.key] = (safety, words)
            else:
                code = answer if scale and answer in scale.codes else scale.codes[-1] if scale else ""
                answers[question.key] = (code, "" if scale else f"Words about {question.id}.")
        entry = service.DomainEntry(
            answers=answers,
            grade=(grades or {}).get(domain.id, grade) if domain.graded else "",
            rationale=f"What was seen of {domain.title.lower()}, and what it meant for the child."
            if domain.graded
            else "",
        )
        service.save_domain(
            session,
            audit.authority_id,
            audit.number,
            domain.id,
            entry,
            seen=revisions.get(domain.id, 0),
            by=audit.auditor_id,
            now=now,
            held=audit if audit in session else None,
        )
    closing = service.ClosingEntry(
        overall_grade=overall if questions.overall_grade else "",
        overall_rationale="The child is safer than a year ago and says so." if questions.overall_grade else "",
        strengths="The social worker knows the child well.",
        worries="The plan is long.",
        difference="The child now sleeps at home every night.",
        minutes_taken=75,
        sources="record,practitioner",
    )
    service.save_closing(
        session, audit.authority_id, audit.number, closing, seen=audit.closing_revision, by=audit.auditor_id, now=now
    )
    if reasons:
        answer_rails(session, audit, now=now)


def answer_rails(session, audit, *, now=builders.MOMENT, reason="The team tried it again the week after."):
    """Give a reason for each grade that is asked about; returns what was asked."""
    questions = queries.questions_of(session, audit)
    keys = [line.key for line in queries.rails_of(session, audit, questions)]
    by = audit.auditor_id
    return rails.answer_rails(session, audit.authority_id, audit.number, dict.fromkeys(keys, reason), by=by, now=now)


def make_submitted(session, team_id, auditor_id, *, now=builders.MOMENT, answers=None, **changed):
    """An audit that is answered in full and submitted."""
    audit = make_audit(session, team_id, auditor_id, now=now, **changed)
    answer_all(session, audit, now=now, **(answers or {}))
    service.submit_audit(session, audit.authority_id, audit.number, by=auditor_id, now=now)
    return audit


def make_agreed(session, team_id, auditor_id, *, agreed_by, now=builders.MOMENT, answers=None, **changed):
    """An audit that is submitted and marked agreed by somebody else, a day later."""
    audit = make_submitted(session, team_id, auditor_id, now=now, answers=answers, **changed)
    service.agree_audit(session, audit.authority_id, audit.number, by=agreed_by, now=now + timedelta(days=1))
    return audit
