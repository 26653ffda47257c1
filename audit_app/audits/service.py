"""The writes of audits, under one name: what moves one from stage to stage is here, the others in modules beside."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from audit_app import clock, history
from audit_app.audits import (
    completeness,
    contents,
    events,  # noqa: F401  every write notes one of these
    stages,
)
from audit_app.audits.actions import service_on_rows as actions_on_rows
from audit_app.audits.queries_rows import all_rows, audit_row, hats_of, reason_rows, reference_of
from audit_app.audits.rails import asking
from audit_app.audits.record_facts import queries as facts
from audit_app.audits.record_facts import telling
from audit_app.audits.service_answers import (
    ClosingEntry,
    DomainEntry,
    SavedDomain,
    answerable,
    save_closing,
    save_domain,
)
from audit_app.audits.service_details import (
    CHANGEABLE,
    NewAudit,
    change_details,
    create_audit,
    create_audits,
    reallocate_audit,
)
from audit_app.audits.stages import AUDITING_ROLES, Step
from audit_app.audits.tables import AuditVersion, CaseAudit, Stage
from audit_app.people import queries as people
from audit_app.people.tables import Role
from findings.errors import Invalid, OutOfTurn
from frameworks.scoring import Missing

__all__ = [
    "AUDITING_ROLES",
    "CHANGEABLE",
    "MAY_APPROVE",
    "AlreadySubmitted",
    "ClosingEntry",
    "DomainEntry",
    "NewAudit",
    "NotComplete",
    "SavedDomain",
    "agree_audit",
    "change_details",
    "create_audit",
    "create_audits",
    "reallocate_audit",
    "reopen_audit",
    "save_closing",
    "save_domain",
    "submit_audit",
    "take_out_audit",
]

REASON_LENGTH = 1000
MAY_APPROVE = frozenset({Role.leader, Role.qa_manager})
LEAVING = {Step.exempt: "audit.exempted", Step.replace: "audit.replaced", Step.withdraw: "audit.withdrawn"}


class NotComplete(Invalid):
    """Something that must be answered is still missing; `missing` lists it in the order of the set."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__("answers", "The audit is not complete, so it was not submitted.")
        self.missing = missing


class AlreadySubmitted(OutOfTurn):
    """The audit is submitted already: a second press does nothing."""


def submit_audit(session: Session, authority_id: int, number: int, *, by: int, now: datetime) -> AuditVersion:
    """Submit an audit: everything it says is frozen as its next version, with a hash and the fingerprint of its set.

    Raises:
        AlreadySubmitted: it is submitted; nothing is done twice.
        NotComplete: something is missing, a reason for a grade that is asked about included; nothing is frozen.
        NotFound, NotAllowed, OutOfTurn: no such audit, not this person's, or not now.
    """
    if audit_row(session, authority_id, number).stage == Stage.submitted:
        raise AlreadySubmitted("This audit is already submitted. Nothing was done twice.")
    audit, questions = answerable(session, authority_id, number, by)
    domain_answers, answers = all_rows(session, authority_id, number)
    rails = asking.rail_lines(audit, questions, domain_answers, answers, reason_rows(session, authority_id, number))
    given = facts.given_facts(session, authority_id, number)
    missing = telling.missing(questions, given) + completeness.missing(audit, questions, domain_answers, answers)
    missing += asking.missing_reasons(rails)
    if missing:
        raise NotComplete(missing)
    audit.stage = stages.next_stage(Step.submit, audit.stage, hats_of(session, audit, by))
    audit.version += 1
    audit.submitted_at = now
    asked_again = asking.written_down(questions, rails)
    whole = contents.compose(audit, questions, domain_answers, answers, asked_again, given_facts=given)
    frozen = contents.canonical(whole)
    version = AuditVersion(
        authority_id=authority_id,
        audit_number=number,
        version=audit.version,
        fingerprint=audit.fingerprint,
        contents=frozen,
        contents_sha256=contents.sha256_of(frozen),
        reason=audit.reopen_reason,
        submitted_by=by,
        submitted_at=now,
    )
    audit.reopen_reason = ""
    session.add(version)
    applying = completeness.applying(questions, domain_answers, answers)
    actions_on_rows.set_actions(session, audit, answers, applying, by=by, now=now)
    _take_away_unasked(session, completeness.asked(questions, domain_answers, answers), answers)
    _note(session, audit, "audit.submitted", by, now, version=version.version, sha256=version.contents_sha256)
    return version


def _take_away_unasked(session: Session, asked_keys: Collection[str], answers: completeness.Answers) -> None:
    """What was answered before a question went out of sight is in the frozen version, and counts nowhere else."""
    for key, answer in answers.items():
        if key not in asked_keys:
            session.delete(answer)


def agree_audit(session: Session, authority_id: int, number: int, *, by: int, now: datetime) -> CaseAudit:
    """Mark a submitted audit agreed, recorded as not moderated.

    Raises:
        OutOfTurn: it is not submitted.
        NotAllowed: only a QA manager does, and never for an audit of their own (PE-3).
    """
    audit = audit_row(session, authority_id, number, locking=True)
    audit.stage = stages.next_stage(Step.agree, audit.stage, hats_of(session, audit, by))
    audit.agreed_at, audit.agreed_by, audit.moderated = now, by, False
    _note(session, audit, "audit.agreed", by, now, version=audit.version)
    return audit


def reopen_audit(session: Session, authority_id: int, number: int, *, reason: str, by: int, now: datetime) -> CaseAudit:
    """Open a submitted audit for a correction; the submitted version stays as it is and the next submit makes another.

    Raises:
        Invalid: no reason is given.
        OutOfTurn, NotAllowed: not from this stage, or not by this person.
    """
    _check_reason(reason, "Say why the audit is reopened")
    audit = audit_row(session, authority_id, number, locking=True)
    audit.stage = stages.next_stage(Step.reopen, audit.stage, hats_of(session, audit, by))
    audit.reopen_reason = reason
    audit.agreed_at, audit.agreed_by = None, None
    _note(session, audit, "audit.reopened", by, now, version=audit.version)
    return audit


def take_out_audit(
    session: Session,
    authority_id: int,
    number: int,
    step: Step,
    *,
    reason: str,
    approved_by: int,
    by: int,
    now: datetime,
) -> CaseAudit:
    """Exempt, replace or withdraw an audit, with the reason and who approved it; nothing it says is deleted.

    Raises:
        Invalid: no reason, or the approver is neither a leader nor a QA manager of the council.
        OutOfTurn, NotAllowed: not from this stage, or not by this person.
    """
    if step not in LEAVING:
        raise Invalid("step", "Choose whether to exempt, replace or withdraw the audit")
    _check_reason(reason, "Say why")
    approvers = people.list_people_views(session, clock.london_day(now), [approved_by])
    if not any(person.roles & MAY_APPROVE for person in approvers):
        raise Invalid("approved_by", "Choose the leader or QA manager who approved this")
    audit = audit_row(session, authority_id, number, locking=True)
    audit.stage = stages.next_stage(step, audit.stage, hats_of(session, audit, by))
    audit.exit_reason, audit.exit_approved_by = reason, approved_by
    _note(session, audit, LEAVING[step], by, now, approved=approved_by)
    return audit


def _check_reason(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise Invalid("reason", sentence)
    if len(reason) > REASON_LENGTH:
        raise Invalid(
            "reason",
            f"Reason must be {REASON_LENGTH:,} characters or fewer. It is {len(reason) - REASON_LENGTH:,} too long",
        )


def _note(session: Session, audit: CaseAudit, event: str, by: int, now: datetime, **facts: str | int) -> None:
    ref = reference_of(audit.number)
    history.note(session, event, ref, by=by, authority_id=audit.authority_id, facts=facts, now=now)
