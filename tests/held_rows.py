"""Which rows a write holds until its commit, and who takes the turn to write: with one person nobody would notice."""

from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.dialects import postgresql

WRITES = ("INSERT", "UPDATE", "DELETE", "VACUUM")


@contextmanager
def held_rows(session):
    """The tables of whose rows a session asks for some to be held, and read anew, while the block runs."""
    held = set()

    def look(state):
        anew = state.execution_options.get("populate_existing", False)
        if anew and "FOR UPDATE" in str(state.statement.compile(dialect=postgresql.dialect())):
            held.update(mapper.local_table.name for mapper in state.all_mappers)

    event.listen(session, "do_orm_execute", look)
    try:
        yield held
    finally:
        event.remove(session, "do_orm_execute", look)


@contextmanager
def idle_turns(engine):
    """Transactions that took the turn to write and wrote nothing: whoever only looks must not keep others waiting."""
    idle, writing = [], set()

    def begin(connection):
        if not connection.get_execution_options().get("reading"):
            idle.append(connection)

    def execute(connection, _cursor, statement, *_more):
        if statement.lstrip().upper().startswith(WRITES):
            writing.add(connection)

    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", execute)
    try:
        yield idle
    finally:
        event.remove(engine, "begin", begin)
        event.remove(engine, "before_cursor_execute", execute)
        idle[:] = [connection for connection in idle if connection not in writing]
