"""Verified actions: whoever verified each stood outside its line on that day (owner, leads, managers, team)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from audit_app import clock, database, words
from audit_app.checking.looking import Compared
from audit_app.checking.numbers import columns_of
from audit_app.history.tables import ENTRY
from audit_app.improvement.actions import queries_reporting_line
from audit_app.people.access import system_scope
from audit_app.people.tables import Authority, Person
from findings.references import ACTION, reference
from findings.states import ActionStatus
from findings.tables import Action

VERIFIED = "improvement.action_verified"
REASONS = {
    "you lead it": "leads it",
    "you deliver it": "delivers it",
    "you said that it was done": "said that it was done",
    "you manage somebody who leads or delivers it": "manages somebody who leads or delivers it",
    "you are in the team of whoever leads it": "is in the team of whoever leads it",
}


def verified_in_line(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Each verified action against its line on the day its verification was logged, council by council."""
    number = 0
    for authority_id in connection.execute(sa.select(columns_of(Authority).id)).scalars().all():
        scope = system_scope("checking who verified actions", authority_id)
        with database.AuditSession(
            connection, info={"scope": scope}, join_transaction_mode="create_savepoint"
        ) as session:
            for day, actions in _by_day(session, authority_id).items():
                number += len(actions)
                lines = queries_reporting_line.lines_of_actions(session, actions, day)
                for action in actions:
                    yield from _faults(session, action, lines[action.number])
    yield Compared(
        f"{words.count(number, 'verified action')}: the verifier against owner, leads, managers and teams of that "
        "day, as they are recorded now."
    )


def _by_day(session: Any, authority_id: int) -> dict[date, list[Action]]:
    """The verified actions of a council by the day on which somebody verified them."""
    logged = sa.select(ENTRY.c.reference, sa.func.max(ENTRY.c.at)).where(
        ENTRY.c.authority_id == authority_id, ENTRY.c.event == VERIFIED
    )
    moments = dict(session.connection().execute(logged.group_by(ENTRY.c.reference)).all())
    grouped: dict[date, list[Action]] = defaultdict(list)
    for action in session.exec(select(Action).where(col(Action.status) == ActionStatus.verified)).all():
        moment = moments.get(reference(ACTION, action.number))
        day = moment.astimezone(clock.LONDON).date() if moment else action.verified_on
        grouped[day or clock.today()].append(action)
    return grouped


def _faults(session: Any, action: Action, line: Any) -> Iterator[str]:
    name = reference(ACTION, action.number)
    if action.verified_by is None:
        yield f"{name} is verified by nobody."
    elif line.holds(action.verified_by):
        person = session.get(Person, action.verified_by)
        who = person.name if person else f"person {action.verified_by}"
        why = line.why[action.verified_by]
        yield f"{name} was verified by {who}, who {REASONS.get(why, 'is in its line')}."
