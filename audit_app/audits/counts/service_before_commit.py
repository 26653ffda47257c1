"""What a transaction must still bring into step before it commits, once, however often its rows changed meanwhile."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy import event

from audit_app.database import AuditSession

T = TypeVar("T")


class BeforeCommit(Generic[T]):
    """Things of one kind that wait in a session, and what is done to them in the same transaction as the change."""

    def __init__(self, name: str, work: Callable[[sa.Connection, set[T]], None]) -> None:
        self._name, self._work = name, work
        event.listen(AuditSession, "before_commit", self._bring_into_step)
        event.listen(AuditSession, "after_soft_rollback", self._forget)

    def wait(self, session: Any, things: Iterable[T]) -> None:
        """These are to be brought into step before this session commits."""
        session.info.setdefault(self._name, set()).update(things)

    def _bring_into_step(self, session: AuditSession) -> None:
        if session.in_nested_transaction():
            return
        session.flush()
        things = session.info.pop(self._name, None)
        if things:
            self._work(session.connection(), things)

    def _forget(self, session: AuditSession, _previous: Any) -> None:
        """What was not done needs nothing; in a transaction that goes on, doing it once too often harms nobody."""
        if not session.in_transaction():
            session.info.pop(self._name, None)
