"""What every table of the thread shares, as the database is told of it: closed lists, lengths, keys."""

from sqlalchemy import Column, Integer, MetaData, String, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from findings import metadata, tables
from findings.metadata import at_most, joins, one_of
from findings.states import AreaStatus

TABLES = [table for name in tables.__all__ if hasattr(table := getattr(tables, name), "__table__")]


def test_a_table_is_checked_by_either_database_in_the_same_words():
    """A closed list is text with a check: a type of its own could not take a new word without a lock."""
    made = MetaData(naming_convention=metadata.metadata.naming_convention)
    Table("whole", made, Column("authority_id", Integer), Column("number", Integer), UniqueConstraint("number"))
    part = Table(
        "part",
        made,
        Column("authority_id", Integer, primary_key=True),
        Column("whole_number", Integer),
        Column("status", one_of(AreaStatus, "status")),
        Column("title", String),
        joins("whole", "whole_number", "number"),
        *at_most(300, "title"),
    )
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        words = " ".join(str(CreateTable(part).compile(dialect=dialect)).split())
        assert "status VARCHAR(40)," in words
        assert "CONSTRAINT ck_part_status CHECK (status IN ('open', 'closed'))" in words
        assert "CONSTRAINT ck_part_title_length CHECK (length(title) <= 300)" in words
        assert (
            "FOREIGN KEY(authority_id, whole_number) REFERENCES whole (authority_id, number)" in words
            and "CONSTRAINT fk_part_authority_id_whole_number " in words
        )
        assert "CONSTRAINT pk_part PRIMARY KEY (authority_id)" in words


def test_how_much_a_text_may_hold_is_what_the_databases_hold():
    """Changed here alone, the checks of databases that stand would refuse what a page lets through."""
    assert (metadata.TITLE_LENGTH, metadata.TEXT_LENGTH, metadata.CODE_LENGTH) == (300, 10_000, 100)


def test_every_row_of_the_thread_is_known_by_its_council_first():
    keys = {table.name: [column.name for column in table.primary_key] for table in metadata.metadata.tables.values()}
    of_thread = {table.__tablename__: keys[table.__tablename__] for table in TABLES}
    assert len(of_thread) > 20
    assert {name: key for name, key in of_thread.items() if key[0] != "authority_id" or len(key) < 2} == {}
