"""Which rows a write holds until its commit, and who takes the turn to write: with one person nobody would notice."""

from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.dialects import postgresql


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
def turns_to_write(engine):
    """How many transactions with the turn to write were begun: whoever only looks must not keep others waiting."""
    taken = []

    def look(connection):
        if not connection.get_execution_options().get("reading"):
            taken.append(connection)

    event.listen(engine, "begin", look)
    try:
        yield taken
    finally:
        event.remove(engine, "begin", look)
