"""Puts a word into every typed text column of a real database, whatever tables there are, and reads copies back."""

import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import sqlalchemy as sa
from sqlmodel import SQLModel

from audit_app.records.fields.described import WRITTEN
from audit_app.records.fields.written import stored_fields
from tests.audit_app import zip_promises

MOMENT = datetime(2026, 11, 2, 10, tzinfo=UTC)
# What a reader of a row by hand goes by, beyond a value of the column’s type.
WANTED = {("subject_request", "subject"): "case_reference", ("subject_request", "number"): 900}


def kinds_there(engine):
    """The type of each column of the database, by table; each table is read from the catalogue once."""
    looked = sa.inspect(engine)
    tables = {field.table for field in stored_fields().values()}
    return {table: {c["name"]: c["type"] for c in looked.get_columns(table)} for table in tables}


def typed_columns(engine):
    """The text columns somebody's words stand in, by table: from the database and the words of the description."""
    columns, kinds = {}, kinds_there(engine)
    for field in stored_fields().values():
        kind = kinds[field.table][field.name]
        if field.how in WRITTEN and isinstance(kind, sa.String) and field.key != "evidence_text.folded":
            columns.setdefault(field.table, []).append(field.name)
    return columns


def unchecked(engine):
    """A connection on which rows need no parents and hold no rules: SQLite alone can forgo them for a while."""
    connection = engine.connect()
    for rule in ("foreign_keys=OFF", "ignore_check_constraints=ON"):  # only outside a transaction
        connection.connection.driver_connection.execute(f"PRAGMA {rule}")
    return connection


def plant(connection, table, columns, word, council):
    """Put `word table.column` into each column of one row of a council: of one there is, or of one made by hand."""
    t = SQLModel.metadata.tables[table]
    words = {name: f"{word} {table}.{name}" for name in columns}
    own = t.c.authority_id == council if "authority_id" in t.c else sa.true()
    first = connection.execute(sa.select(*t.primary_key.columns).where(own).limit(1)).first()
    if first is None:
        made = {c.name: _value(c, council) for c in t.columns}
        if "authority_id" not in made and "person_id" in made:
            member = SQLModel.metadata.tables["membership"].c
            made["person_id"] = connection.scalar(sa.select(member.person_id).where(member.authority_id == council))
        connection.execute(sa.insert(t).values({**made, **words}))
    else:
        this = sa.and_(*(c == value for c, value in zip(t.primary_key.columns, first, strict=True)))
        connection.execute(sa.update(t).where(this).values(words))


def _value(column, council):
    if (column.table.name, column.name) in WANTED:
        return WANTED[column.table.name, column.name]
    if column.name == "authority_id":
        return council
    if isinstance(column.type, sa.Enum):
        return next(iter(column.type.enum_class or column.type.enums))
    kind = column.type.impl if isinstance(column.type, sa.TypeDecorator) else column.type
    if column.nullable and not column.primary_key:
        return None
    for type_, value in (
        (sa.Boolean, False),
        (sa.Integer, 1),
        (sa.Float, 1.0),
        (sa.DateTime, MOMENT),
        (sa.Date, date(2026, 11, 2)),
    ):
        if isinstance(kind, type_):
            return value
    return ""


def sheets_of(data):
    """Every sheet of the workbook in a ZIP, as rows of values, and the names of the files beside it."""
    assert zip_promises.promised(zip_promises.read_me_of(data)) == zip_promises.really_in(data)
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        names = whole.namelist()
        book = openpyxl.load_workbook(
            io.BytesIO(whole.read(next(n for n in names if n.endswith(".xlsx")))), read_only=True
        )
    return {sheet.title: [[v for v in row] for row in sheet.iter_rows(values_only=True)] for sheet in book}, names
