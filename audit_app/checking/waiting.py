"""Open work that waits for nobody: its holder left or was shut out, its team closed, its post stands empty."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from audit_app import clock
from audit_app.audits.tables import (
    AUDIT,
    AUDIT_ACTION,
    AuditAction,
    AuditActionState,
    CaseAudit,
    Concern,
    ConcernTold,
    Stage,
)
from audit_app.checking.looking import Compared, compared
from audit_app.checking.numbers import columns_of
from audit_app.people.access.scope import held_on
from audit_app.people.answering import answering_teams
from audit_app.people.tables import AccountState, Membership, Person, PostHolding, Role, TeamMember
from findings.references import ACTION, AREA, reference
from findings.states import ActionStatus, AreaStatus
from findings.tables import Action, AreaForImprovement, Milestone

WITH_THE_AUDITOR = (Stage.allocated, Stage.in_progress)
UNFINISHED = (AuditActionState.open, AuditActionState.done)


def present(authority_id: Any, person_id: Any, *roles: Role) -> Any:
    """The person has an open account and a role in the council today: one of these, or any."""
    person, held = Person.__table__.alias(), Membership.__table__.alias()  # type: ignore[attr-defined]
    wanted = [held.c.role.in_(roles)] if roles else []
    return sa.exists().where(
        held.c.authority_id == authority_id,
        held.c.person_id == person_id,
        held_on(held.c, clock.today()),
        person.c.id == held.c.person_id,
        person.c.state != AccountState.disabled,
        *wanted,
    )


def holder_of(authority_id: Any, post_id: Any) -> Any:
    """Somebody present holds the post today."""
    holding = PostHolding.__table__.alias().c  # type: ignore[attr-defined]
    return sa.exists().where(
        holding.authority_id == authority_id,
        holding.post_id == post_id,
        held_on(holding, clock.today()),
        present(authority_id, holding.person_id),
    )


def manager_of(authority_id: Any, team_id: Any) -> Any:
    """Somebody present manages the team today, or the team it was merged into."""
    answering, member = answering_teams(clock.today()).c, columns_of(TeamMember)
    return sa.exists().where(
        answering.authority_id == authority_id,
        answering.team_id == team_id,
        member.authority_id == authority_id,
        member.team_id == answering.by_team_id,
        member.manages,
        held_on(member, clock.today()),
        present(authority_id, member.person_id),
    )


def quality_manager(authority_id: Any) -> Any:
    """Somebody present holds the role that whatever nobody else can take up is left to."""
    held = Membership.__table__.alias().c  # type: ignore[attr-defined]
    return sa.exists().where(
        held.authority_id == authority_id, held.role == Role.qa_manager, present(authority_id, held.person_id)
    )


def audits_waiting(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Audits to be done by somebody who is no auditor of the council any more."""
    audit = columns_of(CaseAudit)
    to_do = sa.select(audit.number).where(audit.stage.in_(WITH_THE_AUDITOR))
    yield compared(connection, to_do, "audit to be done", "whether its auditor is there")
    auditor = present(audit.authority_id, audit.auditor_id, Role.auditor, Role.qa_manager)
    bare = sa.select(audit.number).where(audit.stage.in_(WITH_THE_AUDITOR), ~auditor).order_by(audit.number)
    for (number,) in connection.execute(bare):
        yield f"{reference(AUDIT, number)} waits for an auditor who has left. Give it to another auditor."


def audit_actions_waiting(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Actions from audits: with an owner who left, or with neither owner, manager of the team nor QA manager."""
    action, audit = columns_of(AuditAction), columns_of(CaseAudit)
    same = sa.and_(audit.authority_id == action.authority_id, audit.number == action.audit_number)
    statement = sa.select(action.number).join_from(AuditAction.__table__, CaseAudit.__table__, same)  # type: ignore[attr-defined]
    going_on = statement.where(action.became_finding == "").order_by(action.number)
    unfinished = going_on.where(action.state.in_(UNFINISHED))
    yield compared(connection, unfinished, "unfinished action", "whether anybody is there to take it up")
    is_open = action.state == AuditActionState.open
    left = going_on.where(is_open, action.owner_id.is_not(None), ~present(action.authority_id, action.owner_id))
    for number, named in connection.execute(left.add_columns(action.owner_named)):
        whom = "somebody to speak for who does it: their speaker has left" if named else "an owner who has left"
        yield f"{reference(AUDIT_ACTION, number)} waits for {whom}. Name another{' speaker' if named else ' owner'}."
    nobody = sa.and_(~manager_of(audit.authority_id, audit.team_id), ~quality_manager(audit.authority_id))
    loose = sa.or_(action.state == AuditActionState.done, action.owner_id.is_(None))
    for (number,) in connection.execute(unfinished.where(loose, nobody)):
        yield (
            f"{reference(AUDIT_ACTION, number)} waits for a manager of its team, and there is none, nor a QA manager. "
            "Name a manager of the team it is with today."
        )


def concerns_waiting(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Open concerns of which everybody who was told has left, and which no QA manager or leader is there to close."""
    concern, those_told = columns_of(Concern), columns_of(ConcernTold)
    somebody = sa.exists().where(
        those_told.authority_id == concern.authority_id,
        those_told.concern_id == concern.id,
        present(concern.authority_id, those_told.person_id),
    )
    held = Membership.__table__.alias().c  # type: ignore[attr-defined]
    closer = sa.exists().where(
        held.authority_id == concern.authority_id,
        held.role.in_((Role.qa_manager, Role.leader)),
        present(concern.authority_id, held.person_id),
    )
    still_open = sa.select(concern.audit_number).where(concern.closed_at.is_(None)).order_by(concern.audit_number)
    yield compared(connection, still_open, "open concern", "whether anybody is there to acknowledge and close it")
    for (number,) in connection.execute(still_open.where(sa.or_(~somebody, ~closer))):
        yield f"A concern from {reference(AUDIT, number)} is open, and nobody is there to acknowledge and close it."


def plan_work_waiting(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Areas, plan actions and milestones whose person left and whose post nobody holds."""
    area, action, milestone = columns_of(AreaForImprovement), columns_of(Action), columns_of(Milestone)
    of_open_action = sa.exists().where(
        action.authority_id == milestone.authority_id,
        action.number == milestone.action_number,
        action.status == ActionStatus.open,
    )
    holders = (
        ("", AREA, area.number, area.owner_person_id, area.owner_post_id, area.status == AreaStatus.open),
        ("", ACTION, action.number, action.lead_person_id, action.lead_post_id, action.status == ActionStatus.open),
        (
            "A milestone of ",
            ACTION,
            milestone.action_number,
            milestone.lead_person_id,
            milestone.lead_post_id,
            sa.and_(milestone.completed_on.is_(None), milestone.removed_at.is_(None), of_open_action),
        ),
    )
    kinds = ("area", "action", "milestone")
    for what, (thing, prefix, number, person_id, post_id, is_open) in zip(kinds, holders, strict=True):
        authority_id = number.table.c.authority_id
        named = sa.or_(person_id.is_not(None), post_id.is_not(None))
        there = sa.or_(present(authority_id, person_id), holder_of(authority_id, post_id))
        of_somebody = sa.select(number).where(is_open, named).order_by(number)
        yield compared(connection, of_somebody, f"open {what}", "whether its person or the holder of its post is there")
        for (each,) in connection.execute(of_somebody.where(~there)):
            yield f"{thing}{reference(prefix, each)} waits for a person who has left or a post that nobody holds."
