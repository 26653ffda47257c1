"""What is asked of audits' actions: of one audit, of one person, of a team, and what waits for whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from audit_app.audits.actions.queries_lines import SOMEBODY, ActionLine, lines_of
from audit_app.audits.actions.rules import STAYS_ON_THE_AUDIT
from audit_app.audits.guards import AFTER_AGREEMENT, AFTER_SUBMISSION
from audit_app.audits.tables import (
    ActionLevel,
    ActionNews,
    AuditAction,
    AuditActionState,
    AuditActionUpdate,
    CaseAudit,
)
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope, held_on
from audit_app.people.answering import answering_teams
from audit_app.people.tables import AccountState, Person, Role, TeamMember
from findings.errors import NotFound

PAGE = 20
UNFINISHED = (AuditActionState.open, AuditActionState.done)


@dataclass(frozen=True)
class UpdateLine:
    """What somebody said of an action."""

    news: ActionNews
    note: str
    due_from: date | None
    due_on: date | None
    by_name: str
    at: datetime


class Why(StrEnum):
    """Why an action waits for a person."""

    yours = auto()
    without_owner = auto()
    to_confirm = auto()


@dataclass(frozen=True)
class ActionWaiting:
    """An action that waits for somebody, and why."""

    action: ActionLine
    why: Why


@dataclass(frozen=True)
class ActionPage:
    """One page of a list of actions."""

    lines: tuple[ActionLine, ...]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.count // PAGE))


def get_action(session: Session, authority_id: int, number: int) -> ActionLine:
    """One action.

    Raises:
        NotFound: there is no such action, or it is not this person's to see.
    """
    rows = session.exec(
        select(AuditAction).where(AuditAction.authority_id == authority_id, AuditAction.number == number)
    ).all()
    if not rows:
        raise NotFound("No such action.")
    return lines_of(session, authority_id, rows)[0]


def actions_numbered(session: Session, authority_id: int, numbers: Collection[int]) -> list[ActionLine]:
    """Those of these actions that the person sees, the earliest due first."""
    wanted = select(AuditAction).where(
        AuditAction.authority_id == authority_id, col(AuditAction.number).in_(sorted(set(numbers)))
    )
    return lines_of(session, authority_id, session.exec(_ordered(wanted)).all())


def list_actions(session: Session, authority_id: int, audit_number: int) -> list[ActionLine]:
    """The actions of one audit that the person sees, by level and date; withdrawn ones last."""
    rows = session.exec(
        select(AuditAction).where(AuditAction.authority_id == authority_id, AuditAction.audit_number == audit_number)
    ).all()
    order = list(ActionLevel)
    lines = lines_of(session, authority_id, rows)
    withdrawn = AuditActionState.withdrawn
    return sorted(
        lines, key=lambda line: (line.state == withdrawn, order.index(line.level), line.due_on or date.max, line.number)
    )


def list_updates(session: Session, authority_id: int, number: int) -> list[UpdateLine]:
    """What was said of an action, newest first."""
    return updates_of(session, authority_id, [number]).get(number, [])


def updates_of(session: Session, authority_id: int, numbers: Collection[int]) -> dict[int, list[UpdateLine]]:
    """What was said of each of these actions, newest first."""
    rows = session.exec(
        select(AuditActionUpdate)
        .where(
            AuditActionUpdate.authority_id == authority_id,
            col(AuditActionUpdate.action_number).in_(sorted(set(numbers))),
        )
        .order_by(col(AuditActionUpdate.id).desc())
    ).all()
    names = people.names_of(session, [row.said_by for row in rows])
    by_action: dict[int, list[UpdateLine]] = {}
    for row in rows:
        line = UpdateLine(row.news, row.note, row.due_from, row.due_on, names.get(row.said_by, SOMEBODY), row.said_at)
        by_action.setdefault(row.action_number, []).append(line)
    return by_action


def actions_of_person(session: Session, authority_id: int, person_id: int, *, page: int = 1) -> ActionPage:
    """The open actions a person owns, the earliest due first."""
    mine = (AuditAction.owner_id == person_id, AuditAction.state == AuditActionState.open)
    return _page(session, authority_id, select(AuditAction).where(*mine), page)


def actions_of_teams(session: Session, authority_id: int, teams: Collection[int], *, page: int = 1) -> ActionPage:
    """The open actions from audits of these teams, whoever owns them, the earliest due first."""
    statement = _joined().where(*_of_teams(teams), AuditAction.state == AuditActionState.open)
    return _page(session, authority_id, statement, page)


def all_open_actions(session: Session, authority_id: int, *, page: int = 1) -> ActionPage:
    """Every open action the session sees, the earliest due first."""
    statement = select(AuditAction).where(AuditAction.state == AuditActionState.open)
    return _page(session, authority_id, statement, page)


def offered_as_findings(session: Session, authority_id: int, *, page: int = 1) -> ActionPage:
    """Actions of agreed audits that reach beyond one child or worker and that nobody has raised as a finding yet."""
    return _page(session, authority_id, _offered(), page)


def count_offered(session: Session, authority_id: int) -> int:
    """How many actions wait to be raised as findings."""
    wanted = _offered().where(AuditAction.authority_id == authority_id, AuditAction.became_finding == "")
    return int(session.exec(wanted.with_only_columns(func.count())).one())


def _offered() -> Any:
    above = col(AuditAction.level).not_in(STAYS_ON_THE_AUDIT), col(AuditAction.state).in_(UNFINISHED)
    return _joined().where(*above, col(CaseAudit.stage).in_(AFTER_AGREEMENT))


def actions_waiting(session: Session, scope: Scope, today: date, *, limit: int = 50) -> list[ActionWaiting]:
    """What waits for a person: their own open actions, and as a team's manager those without an owner or to confirm.

    Where no manager of the team can do it, because there is none or because they own it themselves (PE-3), it waits for
    the QA managers.
    """
    authority_id = scope.authority_id or 0
    waiting = _waiting(session, authority_id, select(AuditAction), Why.yours, limit, *_own_and_open(scope))
    if scope.has(Role.team_manager) and scope.managed_teams:
        teams, person_id = _of_teams(scope.managed_teams), scope.person_id
        bare = (col(AuditAction.owner_id).is_(None), AuditAction.state == AuditActionState.open)
        waiting += _waiting(session, authority_id, _joined(), Why.without_owner, limit, *teams, *bare)
        done = _done_by_others(person_id)
        waiting += _waiting(session, authority_id, _joined(), Why.to_confirm, limit, *teams, *done)
    if scope.has(Role.qa_manager):
        waiting += _left_to_qa(session, scope, today, limit)
    once = {(each.action.number, each.why): each for each in waiting}
    return sorted(once.values(), key=lambda each: (each.action.due_on or date.max, each.action.number))


def _own_and_open(scope: Scope) -> tuple[Any, ...]:
    return AuditAction.owner_id == scope.person_id, AuditAction.state == AuditActionState.open


def _done_by_others(person_id: int | None) -> tuple[Any, ...]:
    """Done, and not by or for this person, so that they may confirm it."""
    not_owner = sa.or_(col(AuditAction.owner_id).is_(None), col(AuditAction.owner_id) != person_id)
    return AuditAction.state == AuditActionState.done, not_owner, col(AuditAction.done_by) != person_id


def _left_to_qa(session: Session, scope: Scope, today: date, limit: int) -> list[ActionWaiting]:
    """Actions without an owner or to be confirmed, which no manager of their team can take up."""
    authority_id, submitted = scope.authority_id or 0, col(CaseAudit.stage).in_(AFTER_SUBMISSION)
    bare = (col(AuditAction.owner_id).is_(None), AuditAction.state == AuditActionState.open, submitted)
    left = _waiting(session, authority_id, _joined(), Why.without_owner, limit, *bare, ~_managed(today))
    others = ~_managed(today, sa.func.coalesce(AuditAction.owner_id, 0), sa.func.coalesce(AuditAction.done_by, 0))
    done = _done_by_others(scope.person_id)
    return left + _waiting(session, authority_id, _joined(), Why.to_confirm, limit, *done, others)


def _managed(today: date, *but: Any) -> Any:
    """Somebody with an open account manages the audit's team today, or the team it was merged into."""
    answering = answering_teams(today).c
    return sa.exists().where(
        answering.authority_id == CaseAudit.authority_id,
        answering.team_id == CaseAudit.team_id,
        col(TeamMember.authority_id) == answering.authority_id,
        col(TeamMember.team_id) == answering.by_team_id,
        col(TeamMember.manages),
        held_on(TeamMember, today),
        col(TeamMember.person_id).not_in(but),
        col(Person.id) == TeamMember.person_id,
        col(Person.state) != AccountState.disabled,
    )


def _of_teams(teams: Collection[int]) -> tuple[Any, ...]:
    return col(CaseAudit.team_id).in_(sorted(teams)), col(CaseAudit.stage).in_(AFTER_SUBMISSION)


def _joined() -> Any:
    same = sa.and_(
        col(CaseAudit.authority_id) == AuditAction.authority_id, col(CaseAudit.number) == AuditAction.audit_number
    )
    return select(AuditAction).join(CaseAudit, same)


def _unfinished() -> tuple[Any, ...]:
    return col(AuditAction.state).in_(UNFINISHED), AuditAction.became_finding == ""


def _waiting(
    session: Session, authority_id: int, statement: Any, why: Why, limit: int, *conditions: Any
) -> list[ActionWaiting]:
    ordered = _ordered(statement.where(AuditAction.authority_id == authority_id, *_unfinished(), *conditions))
    rows = session.exec(ordered.limit(limit)).all()
    return [ActionWaiting(line, why) for line in lines_of(session, authority_id, rows)]


def _ordered(statement: Any) -> Any:
    return statement.order_by(col(AuditAction.due_on).is_(None), AuditAction.due_on, AuditAction.number)


def _page(session: Session, authority_id: int, statement: Any, page: int) -> ActionPage:
    wanted = statement.where(AuditAction.authority_id == authority_id, AuditAction.became_finding == "")
    count = session.exec(wanted.with_only_columns(func.count())).one()
    page_there_is = min(max(page, 1), max(1, -(-count // PAGE)))
    rows = session.exec(_ordered(wanted).limit(PAGE).offset((page_there_is - 1) * PAGE)).all()
    return ActionPage(tuple(lines_of(session, authority_id, rows)), count, page_there_is)
