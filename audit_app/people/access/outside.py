"""Doing something slow in the midst of a request without keeping the database for oneself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from flask import g, request

from audit_app import database, drafts
from audit_app.errors import OutOfTurn
from audit_app.people.access import door

Read = TypeVar("Read")


@contextmanager
def outside_transaction() -> Iterator[None]:
    """Let go of the database while something slow is done that needs none of it, then take the one-time keys anew.

    On SQLite one writer at a time holds it: a file that is read or carried over a line must not keep others waiting.

    Raises:
        OutOfTurn: the same form was sent a second time and saved meanwhile.
    """
    g.session.rollback()
    yield
    for key in g.once:
        if drafts.use_key(g.session, key, g.person.person_id, g.now) is not None:
            raise OutOfTurn("You had already submitted this. Nothing was done twice.")


def finish_reading(*, refused: bool = False) -> None:
    """End a GET's transaction: what it read is in hand, and on SQLite whoever saves would wait until the page is sent.

    Before a page is rendered this happens by itself (`layout`); a view that makes a file calls it when it has its rows.
    A POST that is refused gives its turn to write back the same way: nothing of it is kept.
    """
    keeps_nothing = refused or request.method in door.SAFE_METHODS
    if g.get("session") is not None and keeps_nothing:
        g.session.close()


def read_apart(read: Callable[[database.AuditSession], Read]) -> Read:
    """What a POST reads for a file, read without its turn to write; inside `outside_transaction`."""
    engine = door.engine().execution_options(reading=True)
    with database.AuditSession(engine, expire_on_commit=False, info={"scope": g.scope}) as session:
        return read(session)
