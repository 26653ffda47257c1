"""The actions set on the rows of questions become actions of the audit when it is submitted, each once."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlmodel import Session, select

from audit_app import clock
from audit_app.audits.actions import on_rows, service
from audit_app.audits.tables import Answer, AuditAction, CaseAudit
from audit_app.people import queries as people


def set_actions(
    session: Session, audit: CaseAudit, answers: Mapping[str, Answer], asked_keys: Collection[str], *, by: int,
    now: datetime,
) -> None:  # fmt: skip
    """Make an action of each row that has one and is asked; one that a version before has made is not made again."""
    wanted = [answers[key] for key in sorted(answers) if key in asked_keys and answers[key].action.strip()]
    if not wanted:
        return
    everybody = people.list_people_views(session, clock.london_day(now))
    made = _made_before(session, audit)
    for answer in wanted:
        owner = on_rows.owner_named(answer.action_owner, everybody)
        what = on_rows.what_of(answer, owner)
        if (answer.question_key, what) in made:
            continue
        due = date.fromisoformat(answer.action_due)
        new = service.NewAction(on_rows.LEVEL, what, owner, due, answer.question_key)
        service.add_action(session, audit.authority_id, audit.number, new, by=by, now=now)


def _made_before(session: Session, audit: CaseAudit) -> set[tuple[str, str]]:
    statement = select(AuditAction.question_key, AuditAction.what).where(
        AuditAction.authority_id == audit.authority_id, AuditAction.audit_number == audit.number
    )
    return {(key, what) for key, what in session.exec(statement).all()}
