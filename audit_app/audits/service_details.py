"""Setting up an audit, and changing its details while it is not submitted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from audit_app import clock, history
from audit_app.audits import case_references, question_sets, stages, wording
from audit_app.audits.actions.owners import LONGEST_NAME
from audit_app.audits.queries_rows import audit_row, hats_of, reference_of
from audit_app.audits.setting_up import subject_words
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
    family_consent: str = ""
    practitioner_named: str = ""  # post or name of the practitioner who has no account
    practitioner_speaker_id: int | None = None

    def columns(self) -> dict[str, Any]:
        """Everything, by the names of the columns of an audit."""
        return {**vars(self.set_name), **{name: value for name, value in vars(self).items() if name != "set_name"}}


# What may still be changed once the audit exists; the question set never.
CHANGEABLE = (
    "subject", "audit_type", "how_chosen", "case_reference", "cohort", "practitioner_code", "manager_code",
    "window_from", "window_to", "age_band", "ethnicity", "disability", "sibling_link", "theme", "family_consent",
    "practitioner_named", "practitioner_speaker_id",
)  # fmt: skip


def create_audit(session: Session, authority_id: int, details: NewAudit, *, by: int, now: datetime) -> CaseAudit:
    """Set up an audit, pinned to the fingerprint of its question set; no answer rows are made until something is saved.

    Raises:
        NotAllowed: only a QA manager sets up audits for others; an auditor may begin one of their own.
        Invalid: a value does not fit; `field` names it.
    """
    return create_audits(session, authority_id, [details], by=by, now=now)[0]


def create_audits(
    session: Session, authority_id: int, many: Sequence[NewAudit], *, by: int, now: datetime
) -> list[CaseAudit]:
    """Set up audits, all or none, in the order given; each leaves its own line in the log.

    Raises:
        NotAllowed, Invalid: what `create_audit` raises, for the first that does not fit.
    """
    today = clock.london_day(now)
    for details in many:
        _may_create(session, details, by)
    settings = people.authority_settings(session)
    # Audits of one list share their set: what is offered is asked once, and for each re-audit by itself.
    for details in {(each.set_name, each.re_audit_of): each for each in many}.values():
        if not _may_be_used(session, details, today):
            raise Invalid("set_id", "This question set is not offered for new audits. Choose another")
    questions = [_checked_set(session, details) for details in many]
    for details in many:
        _check_consent(details)
        _check_practitioner(session, details, today)
        _check_reference(settings, details)
        _check_window(details)
    _check_auditors(session, {details.auditor_id for details in many}, today)
    teams = _teams_named(session, {details.team_id for details in many}, today)
    numbers = numbering.next_numbers(session, authority_id, AUDIT, len(many))
    made = []
    for number, details, asked in zip(numbers, many, questions, strict=True):
        row = {"authority_id": authority_id, "number": number, "allocated_by": by, "allocated_on": today}
        audit = _new_audit(session, details, asked, teams[details.team_id], **row)
        session.add(audit)
        _note_created(session, audit, by, now)
        made.append(audit)
    return made


def _teams_named(session: Session, ids: Collection[int], today: date) -> dict[int, people.TeamView]:
    teams = {team_id: people.team_as_of(session, team_id, today) for team_id in ids}
    there = {team_id: team for team_id, team in teams.items() if team is not None}
    if len(there) < len(teams):
        raise Invalid("team_id", "Choose one of the teams of the council")
    return there


def _new_audit(
    session: Session, details: NewAudit, questions: QuestionSet, team: people.TeamView, **row: Any
) -> CaseAudit:
    given = details.columns()
    given["cohort"] = details.cohort or (questions.cohorts[0] if len(questions.cohorts) == 1 else "")
    return CaseAudit(
        fingerprint=question_sets.fingerprint_of(session, details.set_name),
        team_name=team.name,
        service_name=team.service_name,
        stage=Stage.allocated,
        **given,
        **row,
    )


def _note_created(session: Session, audit: CaseAudit, by: int, now: datetime) -> None:
    facts: dict[str, str | int] = {
        "set": audit.set_id,
        "length": audit.length,
        "auditor": audit.auditor_id,
        "due": audit.due_on.isoformat(),
    }
    history.note(
        session,
        "audit.created",
        reference_of(audit.number),
        by=by,
        authority_id=audit.authority_id,
        facts=facts,
        now=now,
    )


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


def _check_reference(settings: people.AuthoritySettings, details: NewAudit) -> None:
    fault = case_references.why_refused(
        details.case_reference,
        details.subject,
        pattern=settings.reference_pattern,
        example=settings.reference_example,
    )
    if fault:
        raise Invalid("case_reference", fault)


def _check_consent(details: NewAudit) -> None:
    observed = details.subject is Subject.observed_visit
    if details.family_consent and (not observed or details.family_consent not in subject_words.CONSENT):
        raise Invalid("family_consent", "Consent is recorded for an observed visit, as one of the answers offered")


def _check_practitioner(session: Session, details: NewAudit, today: date) -> None:
    """The practitioner who has no account: named by a QA manager, spoken for by somebody of the council."""
    if not details.practitioner_named and details.practitioner_speaker_id is None:
        return
    scope = session.info["scope"]
    if not (scope.everything or scope.has(Role.qa_manager)):
        raise NotAllowed("Only a QA manager names a practitioner who has no account.")
    if not details.practitioner_named:
        raise Invalid("practitioner_named", "Enter the post or name of whoever they speak for, or choose nobody")
    if len(details.practitioner_named) > LONGEST_NAME:
        raise Invalid("practitioner_named", f"This must be {LONGEST_NAME} characters or fewer")
    speaker = details.practitioner_speaker_id
    if speaker is not None and not people.list_people_views(session, today, [speaker]):
        raise Invalid("practitioner_speaker_id", "Choose somebody of this council from the list")


def _check_window(details: NewAudit) -> None:
    if details.window_to < details.window_from:
        raise Invalid("window_to", "The reading window must end on or after the day it begins")


def _check_auditors(session: Session, ids: Collection[int], today: date) -> None:
    named = people.list_people_views(session, today, ids)
    if {person.id for person in named if person.roles & AUDITING_ROLES} != set(ids):
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
    _check_consent(proposed)
    if "practitioner_named" in kept or "practitioner_speaker_id" in kept:
        _check_practitioner(session, proposed, clock.london_day(now))
    if "case_reference" in kept or "subject" in kept:
        # One that is in use stays as it is, though the council's pattern has changed since.
        _check_reference(people.authority_settings(session), proposed)
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
    _check_auditors(session, {auditor_id}, clock.london_day(now))
    if audit.stage == Stage.drawn:
        audit.stage = stages.next_stage(Step.allocate, audit.stage, {Hat.qa_manager})
    audit.auditor_id, audit.due_on, audit.allocated_by = auditor_id, due_on, by
    audit.revision += 1
    facts: dict[str, str | int] = {"auditor": auditor_id, "due": due_on.isoformat()}
    ref = reference_of(number)
    history.note(session, "audit.reallocated", ref, by=by, authority_id=authority_id, facts=facts, now=now)
    return audit
