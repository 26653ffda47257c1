"""How many statements something sends to the database: what lists many rows must not send more for more of them."""

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from tests.conftest import ON_POSTGRESQL

# Which statements are sent does not depend on who answers them, so one database is enough.
ON_ONE_DATABASE = pytest.mark.skipif(ON_POSTGRESQL, reason="the same statements are counted on SQLite")
READS = ("SELECT", "WITH")


@contextmanager
def counted(engine):
    """Statements sent while this is open, as the texts of the reads among them; writes and the log are left out."""
    reads = []

    def note(_connection, _cursor, statement, *_more):
        if statement.lstrip().upper().startswith(READS) and "history_head" not in statement:
            reads.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield reads
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
