"""One database on a PostgreSQL server for many tests: emptied after each, made anew where a test changed its tables.

Copying a template costs a quarter of a second of the server's time a test, emptying the few tables it wrote to a tenth
of that.
"""

from contextlib import ExitStack

import psycopg
from psycopg.types.json import Json
from sqlalchemy import make_url

from tests import servers

# What a test could change of the tables themselves: their columns, and the triggers that keep the log as it is.
SHAPE = """
SELECT md5(string_agg(part, '|' ORDER BY part)) FROM (
  SELECT concat_ws(' ', c.relname, c.relkind, a.attname, a.attnotnull, a.attisdropped) AS part
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = 'public'::regnamespace
  UNION ALL
  SELECT concat_ws(' ', t.tgrelid::regclass, t.tgname, t.tgenabled)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
   WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
) parts
"""
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
COUNTS = "SELECT format('%I.%I', schemaname, sequencename), start_value, last_value FROM pg_sequences ORDER BY 1"


class Emptied:
    """A copy of a template that is handed from test to test; its own connection stays open and knows the tables."""

    def __init__(self, server, template):
        self._server, self._template = server, template
        self._made = ExitStack()
        self._begin()

    def _begin(self):
        self.url = self._made.enter_context(servers.fresh_database(self._server, self._template))
        plain = make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = self._made.enter_context(psycopg.connect(plain, autocommit=True))
        # No trigger that guards the log, and no foreign key, stands in the way of a replica.
        self._connection.execute("SET session_replication_role = replica")
        self._shape = self._say(SHAPE)
        self._tables = [name for (name,) in self._say(TABLES)]
        self._first = self.contents()

    def empty(self):
        """Take out every row that a new copy would not hold, or begin again where a test changed the tables."""
        self._say(OTHERS)
        if self._say(SHAPE) != self._shape:
            self.close()
            self._begin()
            return
        self.fill(self._first)

    def contents(self):
        """Every row there is, by table, and how far each sequence has counted."""
        return {name: self._rows_of(name) for name in self._with_rows()}, self._say(COUNTS)

    def fill(self, contents):
        """Have exactly these rows, and count on from there."""
        for name in self._with_rows():
            self._connection.execute(f'DELETE FROM "{name}"')
        kept, counts = contents
        for name, rows in kept.items():
            back = f'INSERT INTO "{name}" SELECT * FROM json_populate_recordset(NULL::"{name}", %s)'
            self._connection.execute(back, [Json(rows)])
        for (name, start, last), now in zip(counts, self._say(COUNTS), strict=True):
            if now[-1] != last:
                self._connection.execute("SELECT setval(%s, %s, %s)", [name, last or start, last is not None])

    def close(self):
        """Drop it."""
        self._made.close()

    def _with_rows(self):
        asked = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in self._tables)
        return [name for (name,) in self._say(" UNION ALL ".join(asked))]

    def _rows_of(self, name):
        return self._say(f'SELECT json_agg(kept) FROM "{name}" kept')[0][0]

    def _say(self, statement):
        return self._connection.execute(statement).fetchall()
