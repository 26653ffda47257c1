"""Doing something slow in the midst of a request without keeping the database for oneself."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g

from audit_app import drafts
from audit_app.errors import OutOfTurn


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
