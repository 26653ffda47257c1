"""Writes of what a section plans for the next twelve months."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from audit_app.errors import Invalid, NotFound
from audit_app.self_assessment import events
from audit_app.self_assessment.places import Place
from audit_app.self_assessment.service_draft import note_writer, tell_log, writable
from audit_app.self_assessment.tables import PlanLine
from findings.errors import Stale
from findings.references import ACTION, number_of
from findings.tables import Action

MOST_PLANS = 60


@dataclass(frozen=True)
class Planned:
    """What, who, by when, and how its impact will be shown."""

    what: str
    who: str = ""
    due_on: date | None = None
    impact_shown_by: str = ""
    action_reference: str = ""


def add_plan(session: Session, at: Place, planned: Planned, *, by: int, now: datetime) -> PlanLine:
    """Add a plan to a section."""
    row, _section = writable(session, at)
    check(session, at.authority_id, planned)
    query = select(PlanLine).where(
        PlanLine.authority_id == at.authority_id,
        PlanLine.section_id == at.section_id,
        col(PlanLine.taken_out_at).is_(None),
    )
    there = session.exec(query).all()
    if len(there) >= MOST_PLANS:
        raise Invalid("what", f"A section lists {MOST_PLANS} plans or fewer.")
    line = PlanLine(
        authority_id=at.authority_id,
        section_id=at.section_id,
        position=max((each.position for each in there), default=0) + 1,
        written_by=by,
        written_at=now,
        **planned.__dict__,
    )
    session.add(line)
    note_writer(session, row, by=by, now=now)
    tell_log(session, row, events.PLANNED, by=by, now=now)
    return line


def check(session: Session, authority_id: int, planned: Planned) -> None:
    """Refuse a plan that says nothing, or names an action there is not.

    Raises:
        Invalid: which value, and what to do.
    """
    if not planned.what.strip():
        raise Invalid("what", "Say what is planned.")
    if planned.action_reference:
        number = number_of(planned.action_reference, ACTION)
        query = select(Action.number).where(Action.authority_id == authority_id, Action.number == (number or 0))
        if session.exec(query).first() is None:
            raise Invalid(
                "action_reference", "Enter the reference of a plan action, such as ACT-0011, or leave it empty."
            )


def plan_of(session: Session, at: Place, plan_id: int) -> PlanLine:
    """A plan of this very section that was not taken out, or NotFound."""
    query = select(PlanLine).where(PlanLine.authority_id == at.authority_id, PlanLine.id == plan_id)
    line = session.exec(query.execution_options(populate_existing=True)).first()
    if line is None or line.section_id != at.section_id or line.taken_out_at is not None:
        raise NotFound("There is no such plan in this section. Somebody may have taken it out.")
    return line


def change_plan(
    session: Session,
    at: Place,
    plan_id: int,
    planned: Planned,
    *,
    revision: int,
    by: int,
    now: datetime,
) -> PlanLine:
    """Change a plan; Stale when somebody else has changed it meanwhile."""
    row, _section = writable(session, at)
    line = plan_of(session, at, plan_id)
    if line.revision != revision:
        raise Stale(line)
    check(session, at.authority_id, planned)
    for name, value in planned.__dict__.items():
        setattr(line, name, value)
    line.written_by, line.written_at = by, now
    line.revision += 1
    session.add(line)
    note_writer(session, row, by=by, now=now)
    tell_log(session, row, events.PLAN_CHANGED, by=by, now=now)
    return line


def take_out_plan(session: Session, at: Place, plan_id: int, *, by: int, now: datetime) -> None:
    """Take a plan out of a draft."""
    row, _section = writable(session, at)
    line = plan_of(session, at, plan_id)
    line.taken_out_at = now
    line.revision += 1
    session.add(line)
    note_writer(session, row, by=by, now=now)
    tell_log(session, row, events.PLAN_TAKEN_OUT, by=by, now=now)
