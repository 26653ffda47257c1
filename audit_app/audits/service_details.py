"""Setting up an audit, and changing its details while it is not submitted."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from audit_app import clock, history
from audit_app.audits import case_references, question_sets, stages, wording
from audit_app.audits.queries_rows import audit_row, hats_of, reference_of
from audit_app.audits.stages import AUDITING_ROLES, Hat, Step
from audit_app.audits.tables import AUDIT, AuditType, CaseAudit, HowChosen, Stage, Subject
from audit_app.library.set_name import SetName
from audit_app.people import queries as people
from audit_app.people.tables import Role
from findings import numbering
from findings.errors import Invalid, NotAllowed, OutOfTurn, Stale
from frameworks import QuestionSet


@dataclass(frozen=True)
class NewAudit:
    """Everything needed to set up an audit."""

    set_name: SetName
    subject: Subject
    audit_type: AuditType
    how_chosen: HowChosen
    case_reference: str
    team_id: int
    window_from: date
    window_to: date
    auditor_id: int
    due_on: date
    cohort: str = ""
    practitioner_code: str = ""
    manager_code: str = ""
    age_band: str = ""
    ethnicity: str = ""
    disability: str = ""
    sibling_link: str = ""
    theme: str = ""
    re_audit_of: int | None = None
    tests_area: str = ""

    def columns(self) -> dict[str, Any]:
        """Everything, by the names of the columns of an audit."""
        return {**vars(self.set_name), **{name: value for name, value in vars(self).items() if name != "set_name"}}


# What may still be changed once the audit exists; the question set never.
CHANGEABLE = (
    "subject", "audit_type", "how_chosen", "case_reference", "cohort", "practitioner_code", "manager_code",
    "window_from", "window_to", "age_band", "ethnicity", "disability", "sibling_link", "theme",
)  # fmt: skip


def create_audit(session: Session, authority_id: int, details: NewAudit, *, by: int, now: datetime) -> CaseAudit:
    """Set up an audit, pinned to the fingerprint of its question set; no answer rows are made until something is saved.

    Raises:
        NotAllowed: only a QA manager sets up audits for others; an auditor may begin one of their own.
        Invalid: a value does not fit; `field` names it.
    """
    _may_create(session, details, by)
    today = clock.london_day(now)
    if not _may_be_used(session, details, today):
        raise Invalid("set_id", "This question set is not offered for new audits. Choose another")
    questions = _checked_set(session, details)
    _check_reference(session, details)
    _check_window(details)
    _check_auditor(session, details.auditor_id, today)
    team = people.team_as_of(session, details.team_id, today)
    if team is None:
        raise Invalid("team_id", "Choose one of the teams of the council")
    given = details.columns()
    given["cohort"] = details.cohort or (questions.cohorts[0] if len(questions.cohorts) == 1 else "")
    audit = CaseAudit(
        authority_id=authority_id,
        number=numbering.next_number(session, authority_id, AUDIT),
        fingerprint=question_sets.fingerprint_of(session, details.set_name),
        team_name=team.name,
        service_name=team.service_name,
        allocated_by=by,
        allocated_on=today,
        stage=Stage.allocated,
        **given,
    )
    session.add(audit)
    facts: dict[str, str | int] = {
        "set": details.set_name.set_id,
        "length": details.set_name.length,
        "auditor": details.auditor_id,
        "due": details.due_on.isoformat(),
    }
    history.note(
        session, "audit.created", reference_of(audit.number), by=by, authority_id=authority_id, facts=facts, now=now
    )
    return audit


def _may_create(session: Session, details: NewAudit, by: int) -> None:
    scope = session.info["scope"]
    if scope.everything or scope.has(Role.qa_manager) or (scope.has(Role.auditor) and details.auditor_id == by):
        return
    raise NotAllowed("Only a QA manager sets up audits for other people. As an auditor you can begin one of your own.")


def _checked_set(session: Session, details: NewAudit) -> QuestionSet:
    questions = question_sets.find_set(session, details.set_name)
    if questions is None:
        raise Invalid("set_id", "Choose a question set and its length")
    if details.subject not in questions.subjects:
        raise Invalid("subject", f"The question set “{questions.title}” is not for this. Choose another subject or set")
    if details.cohort and details.cohort not in questions.cohorts:
        raise Invalid("cohort", f"The question set “{questions.title}” is not for this group. Choose another")
    return questions


def _may_be_used(session: Session, details: NewAudit, today: date) -> bool:
    """New audits take what is offered today; a re-audit may ask the very questions of the audit it looks back at."""
    authority_id = session.info["scope"].authority_id
    if question_sets.may_be_used(session, authority_id, details.set_name.edition_id, today):
        return True
    if details.re_audit_of is None:
        return False
    earlier = audit_row(session, authority_id, details.re_audit_of)
    return bool(earlier.set_name.at_any_length == details.set_name.at_any_length)


def _check_reference(session: Session, details: NewAudit) -> None:
    settings = people.authority_settings(session)
    fault = case_references.why_refused(
        details.case_reference,
        details.subject,
        pattern=settings.reference_pattern,
        example=settings.reference_example,
    )
    if fault:
        raise Invalid("case_reference", fault)


def _check_window(details: NewAudit) -> None:
    if details.window_to < details.window_from:
        raise Invalid("window_to", "The reading window must end on or after the day it begins")


def _check_auditor(session: Session, auditor_id: int, today: date) -> None:
    named = people.list_people_views(session, today, [auditor_id])
    if not any(person.roles & AUDITING_ROLES for person in named):
        raise Invalid("auditor_id", "Choose somebody who is an auditor")


def change_details(
    session: Session, authority_id: int, number: int, changed: dict[str, Any], *, seen: int, by: int, now: datetime
) -> CaseAudit:
    """Correct the details of an audit that is not submitted; anything else than CHANGEABLE is left alone.

    Raises:
        OutOfTurn: it is submitted, or has left the programme.
        Stale: somebody changed the details since they were read.
        Invalid: a value does not fit.
    """
    audit = audit_row(session, authority_id, number, locking=True)
    if not hats_of(session, audit, by):
        raise NotAllowed("Only the auditor or a QA manager changes the details of an audit.")
    if audit.stage not in stages.BEFORE_SUBMISSION:
        raise OutOfTurn(f"This audit is {wording.STAGE_WORDS[audit.stage]}, so its details can no longer be changed.")
    if seen != audit.revision:
        raise Stale(audit)
    kept = {name: value for name, value in changed.items() if name in CHANGEABLE and value != getattr(audit, name)}
    if not kept:
        return audit
    proposed = NewAudit(**{name: kept.get(name, getattr(audit, name)) for name in NewAudit.__dataclass_fields__})
    _checked_set(session, proposed)
    if "case_reference" in kept or "subject" in kept:
        # One that is in use stays as it is, though the council's pattern has changed since.
        _check_reference(session, proposed)
    _check_window(proposed)
    for name, value in kept.items():
        setattr(audit, name, value)
    audit.revision += 1
    facts = {"what": ", ".join(sorted(kept)).replace("_", " ")[:80]}
    ref = reference_of(number)
    history.note(session, "audit.details_changed", ref, by=by, authority_id=authority_id, facts=facts, now=now)
    return audit


def reallocate_audit(
    session: Session, authority_id: int, number: int, *, auditor_id: int, due_on: date, by: int, now: datetime
) -> CaseAudit:
    """Give an unfinished audit to another auditor, or another due date; what was saved stays.

    Raises:
        NotAllowed: only a QA manager does.
        OutOfTurn: it is submitted, or has left the programme.
        Invalid: the person is not an auditor.
    """
    audit = audit_row(session, authority_id, number, locking=True)
    if Hat.qa_manager not in hats_of(session, audit, by):
        raise NotAllowed("Only a QA manager gives an audit to somebody else.")
    if audit.stage not in stages.BEFORE_SUBMISSION:
        raise OutOfTurn(f"This audit is {wording.STAGE_WORDS[audit.stage]}, so it cannot be given to somebody else.")
    _check_auditor(session, auditor_id, clock.london_day(now))
    if audit.stage == Stage.drawn:
        audit.stage = stages.next_stage(Step.allocate, audit.stage, {Hat.qa_manager})
    audit.auditor_id, audit.due_on, audit.allocated_by = auditor_id, due_on, by
    audit.revision += 1
    facts: dict[str, str | int] = {"auditor": auditor_id, "due": due_on.isoformat()}
    ref = reference_of(number)
    history.note(session, "audit.reallocated", ref, by=by, authority_id=authority_id, facts=facts, now=now)
    return audit
