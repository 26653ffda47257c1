"""One action of an audit as a write needs it: its row, what the person is to it, what was said of it, who is told."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from audit_app import clock, history, notices
from audit_app.audits import queries_case
from audit_app.audits.actions import (
    events,  # noqa: F401  every write notes one of these events
    owners,
    queries_owners,
)
from audit_app.audits.actions.rules import ActionFacts, Standing
from audit_app.audits.queries_case import CaseView
from audit_app.audits.tables import AUDIT, AUDIT_ACTION, ActionNews, AuditAction, AuditActionUpdate
from audit_app.people import queries as people
from audit_app.people.access.scope import scope_of
from audit_app.people.tables import Role
from findings.errors import Invalid, NotFound, Stale
from findings.metadata import TEXT_LENGTH
from findings.references import reference


@dataclass(frozen=True)
class Held:
    """An action with its audit's codes and what the person is to both."""

    action: AuditAction
    case: CaseView
    standing: Standing

    @property
    def facts(self) -> ActionFacts:
        action = self.action
        return ActionFacts(action.state, action.owner_id, action.done_by, action.became_finding, action.owner_named)


def standing_in(session: Session, authority_id: int, case: CaseView, by: int, now: datetime) -> Standing:
    """What a person is to an audit today."""
    scope = scope_of(session, by, authority_id, clock.london_day(now))
    return Standing(
        person_id=by,
        is_auditor=case.auditor_id == by and scope.has(Role.auditor, Role.qa_manager),
        manages_team=scope.has(Role.team_manager) and case.team_id in scope.managed_teams,
        is_qa=scope.has(Role.qa_manager),
    )


def hold(session: Session, authority_id: int, number: int, by: int, now: datetime, *, seen: int | None = None) -> Held:
    """The action, locked until the commit, if the person sees it and nobody has changed it since.

    Raises:
        NotFound: there is no such action, or it is not this person's to see.
        Stale: it is not at the revision the person saw.
    """
    statement = select(AuditAction).where(AuditAction.authority_id == authority_id, AuditAction.number == number)
    action = session.exec(statement.with_for_update().execution_options(populate_existing=True)).first()
    if action is None:
        raise NotFound("No such action.")
    if seen is not None and seen != action.revision:
        raise Stale(action)
    case = queries_case.case_of(session, authority_id, action.audit_number)
    return Held(action, case, standing_in(session, authority_id, case, by, now))


def check_owner(session: Session, owner_id: int, now: datetime) -> None:
    """OB-5: an owner is somebody of this council."""
    if not people.list_people_views(session, clock.london_day(now), [owner_id]):
        raise Invalid("owner_id", "Choose somebody of this council from the list")


def check_name(
    session: Session, authority_id: int, audit_number: int, named: str, standing: Standing, *, stands: str = ""
) -> None:
    """Refuse a name for somebody without an account that is too long, or that this person may not write."""
    practitioner = queries_owners.practitioner_of(session, authority_id, audit_number)
    refusal = owners.why_not_named(named, frozenset({practitioner.named, stands}), is_qa=standing.is_qa)
    if refusal:
        raise Invalid("owner_named", refusal)
    if len(named) > owners.LONGEST_NAME:
        raise Invalid("owner_named", f"This must be {owners.LONGEST_NAME} characters or fewer")


def check_text(field: str, text: str, missing: str) -> None:
    """Refuse text that is too long, or missing where `missing` says so."""
    if missing and not text.strip():
        raise Invalid(field, missing)
    if len(text) > TEXT_LENGTH:
        surplus = len(text) - TEXT_LENGTH
        raise Invalid(field, f"This must be {TEXT_LENGTH:,} characters or fewer. It is {surplus:,} too long")


def say(session: Session, action: AuditAction, news: ActionNews, by: int, now: datetime, **more: Any) -> None:
    """Keep what was said, and move the revision: every write of an existing action goes through here."""
    if "due_from" in more and more["due_from"] != action.due_on:
        more["due_on"] = action.due_on
    else:
        more.pop("due_from", None)
    about: dict[str, Any] = {"authority_id": action.authority_id, "action_number": action.number}
    session.add(AuditActionUpdate(**about, news=news, said_by=by, said_at=now, **more))
    action.revision += 1
    session.add(action)
    session.flush()


def tell_owner(session: Session, action: AuditAction, by: int, now: datetime) -> None:
    """Tell the owner, or who speaks for whoever does it, unless it is the one who acts."""
    if action.owner_id not in (None, by):
        code = "audit_action.spoken_for" if action.owner_named else "audit_action.given"
        ref = reference(AUDIT_ACTION, action.number)
        notices.tell(session, action.authority_id, action.owner_id, code, ref, now)


def note_in_log(session: Session, action: AuditAction, event: str, by: int, now: datetime, **facts: str | int) -> None:
    """Note an event in the history of the audit, naming the action."""
    facts["action"] = reference(AUDIT_ACTION, action.number)
    about = reference(AUDIT, action.audit_number)
    history.note(session, event, about, by=by, authority_id=action.authority_id, facts=facts, now=now)


def note_given(session: Session, action: AuditAction, by: int, now: datetime) -> None:
    """Note to whom an action was given. The log names accounts and nobody else, so that a name can still be removed."""
    facts: dict[str, str | int] = {"owner": action.owner_id} if action.owner_id is not None else {}
    told_as = "given" if not action.owner_named else "given_spoken_for" if facts else "given_named"
    note_in_log(session, action, f"audit_action.{told_as}", by, now, **facts)


def day_text(day: date | None) -> str:
    """A date as the log keeps it."""
    return day.isoformat() if day else "no date"
