"""Reads what the files of this folder say of each table and field.

A line of `columns` is `name: how. What it is`, or `name: how, about. What it is` where it tells of somebody else than
the table does. A table says what one row is, about whom, its purpose and the class it is kept with. Four columns mean
the same everywhere and stand in no file.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from audit_app.records.fields.described import About, How, Place, StoredField, StoredTable
from audit_app.words import Ours

FOLDER = Path(__file__).parent
TABLES = ("audits", "evidence", "packs", "people", "records", "running", "self_assessments", "thread")
EVERYWHERE = {
    "authority_id": Ours("The council it belongs to"),
    "id": Ours("The number of the row"),
    "position": Ours("Where it stands in its list"),
    "revision": Ours("How often it was saved, so that two people do not overwrite each other"),
}


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    row: str = Field(min_length=5)
    about: About
    purpose: str
    kept: str
    columns: dict[str, str]


class _Elsewhere(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    where: str
    holds: str
    until: str
    about: str


@cache
def stored_tables() -> tuple[StoredTable, ...]:
    """Every table, by name; the columns that mean the same everywhere are not among their fields.

    Raises:
        ValidationError: a file does not have this shape.
        ValueError: a line does not say how its field is filled, or a table stands in two files.
    """
    written = [pair for name in TABLES for pair in _read(FOLDER / f"{name}.yaml").items()]
    if len(dict(written)) < len(written):
        raise ValueError("A table is described twice.")
    return tuple(_table(name, _Written(**of_it)) for name, of_it in sorted(written))


@cache
def stored_fields() -> dict[str, StoredField]:
    """Every field by its key, such as `case_audit.theme`."""
    return {field.key: field for table in stored_tables() for field in table.fields}


@cache
def purposes() -> dict[str, Ours]:
    """What each purpose is, in a sentence."""
    return {key: Ours(words) for key, words in _read(FOLDER / "purposes.yaml").items()}


@cache
def places() -> tuple[Place, ...]:
    """What is kept outside the tables."""
    return tuple(_place(_Elsewhere(**written)) for written in _read(FOLDER / "places.yaml").values())


def undescribed(columns: Iterable[tuple[str, str]]) -> list[str]:
    """The columns nobody has described, and those described that are not there: both empty of a sound description.

    Args:
        columns: Table and column of each column there is.
    """
    there = {f"{table}.{name}" for table, name in columns if name not in EVERYWHERE}
    return sorted(there.symmetric_difference(stored_fields()))


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        return dict(YAML(typ="safe").load(file))


def _place(written: _Elsewhere) -> Place:
    about = tuple(About(whom) for whom in written.about.split(", "))
    return Place(Ours(written.name), Ours(written.where), Ours(written.holds), Ours(written.until), about)


def _table(name: str, written: _Written) -> StoredTable:
    fields = tuple(_field(name, written.about, column, line) for column, line in written.columns.items())
    return StoredTable(name, Ours(written.row), written.purpose, written.kept, fields)


def _field(table: str, about: About, name: str, line: str) -> StoredField:
    filled, _stop, what = line.partition(". ")
    how, _comma, whom = filled.partition(", ")
    if not what:
        raise ValueError(f"{table}.{name} does not say what it is.")
    whose = About(whom) if whom else About.account if How(how) is How.account else about
    return StoredField(table, name, Ours(what), whose, How(how))
