"""No text gets into a pack by being new: each text column has its field and level, or a reason why none prints it."""

import sqlalchemy as sa
from sqlmodel import SQLModel

from audit_app import tables
from audit_app.packs.disclosure.levels import FIELDS
from audit_app.packs.disclosure.text_columns import NOT_PRINTED, PRINTED_AS

# Closed lists, numbers and moments; whatever else a column may be, somebody can write a text into it.
NO_TEXT = (sa.Enum, sa.Integer, sa.Float, sa.Numeric, sa.Boolean, sa.Date, sa.DateTime)
# What a field stands for that has no text column of its own: a list, a day, a reference made of a number.
WITHOUT_COLUMNS = {"audit.reference", "audit.line", "audit.day"}


def holds_text(column):
    kept_as = column.type.impl if isinstance(column.type, sa.TypeDecorator) else column.type
    return not isinstance(kept_as, NO_TEXT)


def text_columns(metadata):
    columns = [column for table in metadata.tables.values() for column in table.columns]
    return {f"{column.table.name}.{column.name}" for column in columns if holds_text(column)}


def without_a_level(metadata):
    """The text columns nobody has said anything of."""
    spoken_of = {column for columns in PRINTED_AS.values() for column in columns} | NOT_PRINTED.keys()
    return sorted(text_columns(metadata) - spoken_of)


def test_each_text_column_has_a_disclosure_level_or_a_reason():
    tables.load()
    assert without_a_level(SQLModel.metadata) == []


def test_no_column_is_told_of_twice_or_after_it_is_gone():
    tables.load()
    printed = [column for columns in PRINTED_AS.values() for column in columns]
    assert sorted({*printed}) == sorted(printed)
    assert set(printed) & NOT_PRINTED.keys() == set()
    assert (set(printed) | NOT_PRINTED.keys()) - text_columns(SQLModel.metadata) == set()


def test_each_field_of_the_table_of_levels_says_which_columns_it_prints():
    assert FIELDS.keys() - PRINTED_AS.keys() == WITHOUT_COLUMNS
    assert PRINTED_AS.keys() - FIELDS.keys() == set()


def test_a_column_nobody_has_spoken_of_is_named():
    metadata = sa.MetaData()
    sa.Table("case_audit", metadata, sa.Column("child_name", sa.String), sa.Column("theme", sa.String))
    sa.Table("genogram", metadata, sa.Column("people", sa.JSON), sa.Column("count", sa.Integer))
    assert without_a_level(metadata) == ["case_audit.child_name", "genogram.people"]
