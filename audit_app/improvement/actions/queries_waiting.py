"""Reads of plan actions that wait for somebody: late, due soon, not reported on for long, or done and not verified."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from sqlmodel import Session, col, select

from audit_app import clock
from audit_app.config import DEFAULTS
from audit_app.improvement.actions import queries_reporting_line
from audit_app.improvement.actions.queries import own_filter
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from findings import queries as thread
from findings import rules, rules_in_sql
from findings.queries import ActionFilter
from findings.references import ACTION, reference
from findings.states import ActionStatus
from findings.tables import Action, Progress

MOST = 200
VERIFY_LOOKED_AT = 50


class Why(StrEnum):
    """Why an action waits for a person."""

    overdue = auto()
    due_soon = auto()
    update_wanted = auto()
    to_verify = auto()


@dataclass(frozen=True)
class WaitingAction:
    """An action that waits for a person, and why."""

    action: Action
    why: Why

    @property
    def reference(self) -> str:
        """ACT-0011."""
        return reference(ACTION, self.action.number)


def actions_waiting(
    session: Session,
    scope: Scope,
    today: date,
    *,
    update_days: int = DEFAULTS["ACTION_UPDATE_DAYS"],
    due_soon_days: int = DEFAULTS["ACTION_DUE_SOON_WORKING_DAYS"],
) -> list[WaitingAction]:
    """What waits for a person today: their own actions first, the most pressing at the top, then those to verify.

    An action of theirs waits when it is past its date, due within `due_soon_days` working days, or has had no report
    for `update_days` days (counted from its start, or from the day it was added).
    """
    authority_id = people.authority_of(session)
    own = thread.list_actions(session, authority_id, own_filter(scope), size=MOST).rows
    soon = clock.add_working_days(today, due_soon_days)
    fresh = _reported_since(session, authority_id, own, today - timedelta(days=update_days))
    waiting = []
    for action in own:
        if rules.overdue(action, today):
            waiting.append(WaitingAction(action, Why.overdue))
        elif rules.due_between(action, today, soon):
            waiting.append(WaitingAction(action, Why.due_soon))
        elif action.number not in fresh and not rules.starts_later(action, today):
            waiting.append(WaitingAction(action, Why.update_wanted))
    waiting.sort(key=lambda line: list(Why).index(line.why))
    return [*waiting, *(WaitingAction(action, Why.to_verify) for action in to_verify(session, scope, today))]


def _reported_since(session: Session, authority_id: int, actions: tuple[Action, ...], day: date) -> set[int]:
    """The actions somebody has reported on since a day, or that are no older than that themselves."""
    query = select(Progress.action_number).where(
        Progress.authority_id == authority_id,
        col(Progress.action_number).in_([action.number for action in actions]),
        col(Progress.dated_on) >= day,
    )
    young = {x.number for x in actions if (rules.start_day(x) or clock.london_day(x.added_at)) >= day}
    return {*session.exec(query).all(), *young}


def to_verify(session: Session, scope: Scope, today: date) -> list[Action]:
    """Actions that are done and that this QA manager, outside their line, could verify."""
    if not scope.has(Role.qa_manager) or scope.person_id is None:
        return []
    wanted = ActionFilter(status=ActionStatus.completed)
    done = thread.list_actions(session, people.authority_of(session), wanted, size=VERIFY_LOOKED_AT).rows
    lines = queries_reporting_line.lines_of_actions(session, done, today)
    return [action for action in done if not lines[action.number].holds(scope.person_id)]


def due_between(session: Session, authority_id: int, first: date, last: date) -> list[Action]:
    """Open actions due on these days."""
    query = select(Action).where(Action.authority_id == authority_id, rules_in_sql.due_between(first, last))
    return list(session.exec(query.order_by(col(Action.number))))
