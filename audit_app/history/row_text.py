"""A row of a table as the one text that is sealed: the same from the object that was written and from the database."""

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa

from audit_app.history import chain

# What only counts how often a row was saved is never sealed.
COUNTERS = frozenset({"revision"})

_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode


def row_text(table: sa.Table, values: Mapping[str, Any], without: Collection[str] = ()) -> str:
    """The row as a JSON object of the columns that hold something.

    Empty columns are left out, so that a column added by a later version leaves older seals as they are.
    """
    names = (column.name for column in table.columns if column.name not in without)
    return _encode({name: _plain(values[name]) for name in names if values[name]})


def key_of_row(table: sa.Table, values: Mapping[str, Any]) -> tuple[int, str]:
    """The council of a row, 0 for none, and the rest of its key as JSON."""
    rest = [_plain(values[column.name]) for column in table.primary_key if column.name != "authority_id"]
    return int(values["authority_id"]) if "authority_id" in table.columns else 0, _encode(rest)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, datetime):
        return chain.time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    # A figure written as 12 is read as 12.0.
    return int(value) if isinstance(value, float) and value.is_integer() else value
