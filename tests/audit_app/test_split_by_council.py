"""A council's rows can be told from another's by every key, as splitting a database by council would need it.

Read from PostgreSQL's own catalogue, on the schema the product makes: docs/splitting-by-council.md.
"""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.conftest import ON_POSTGRESQL
from tests.house.test_whose_tables import OWNERS

pytestmark = pytest.mark.skipif(not ON_POSTGRESQL, reason="it is PostgreSQL's catalogue that is read")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "splitting-by-council.md"
KEYS = """
SELECT c.relname, i.relname, a.attname
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[0]
WHERE x.indisunique AND n.nspname = 'public'
"""
POINTERS = """
SELECT f.conname, c.relname, t.relname,
       ARRAY(SELECT attname FROM pg_attribute WHERE attrelid = f.conrelid AND attnum = ANY(f.conkey)),
       ARRAY(SELECT attname FROM pg_attribute WHERE attrelid = f.confrelid AND attnum = ANY(f.confkey))
FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class t ON t.oid = f.confrelid
WHERE f.contype = 'f'
"""


def of_a_council(table):
    return table not in OWNERS and table != "alembic_version" and not table.startswith("huey_")


def wrong_keys(connection):
    """Unique keys of councils' tables that begin with something else."""
    rows = connection.execute(sa.text(KEYS)).all()
    assert len({table for table, _key, _first in rows if of_a_council(table)}) > 50
    return sorted(key for table, key, first in rows if of_a_council(table) and first != "authority_id")


def test_every_primary_and_unique_key_of_a_councils_table_begins_with_the_council(engine):
    with engine.connect() as connection, connection.begin() as transaction:
        assert wrong_keys(connection) == []
        # The control: one key that does not.
        connection.execute(sa.text("CREATE UNIQUE INDEX without_council ON finding (number, authority_id)"))
        assert wrong_keys(connection) == ["without_council"]
        transaction.rollback()


def test_a_row_of_a_council_points_at_rows_of_the_same_council_or_at_what_all_share(engine):
    with engine.connect() as connection:
        rows = connection.execute(sa.text(POINTERS)).all()
    across = sorted(
        (name, target) for name, source, target, own, theirs in rows
        if of_a_council(source) and of_a_council(target) and not ("authority_id" in own and "authority_id" in theirs)
    )  # fmt: skip
    assert across == []


def test_the_page_names_every_table_that_no_council_owns():
    told = set(re.findall(r"`([a-z_]+)`", PAGE.read_text("utf-8")))
    assert set(OWNERS) <= told
