"""Checks a row's values before they reach the database, because a table class accepts anything."""

import math
from datetime import date, datetime
from functools import cache

from sqlalchemy import Enum, Table
from sqlmodel import SQLModel

from findings.errors import Invalid
from findings.metadata import CODE_LENGTH, TEXT_LENGTH
from findings.states import Titled

FIRST_YEAR, LAST_YEAR = 1900, 2100
BIGGEST = 2**63 - 1


def label(field: str) -> str:
    """A column's name as a person would say it: `due_on` is "due on"."""
    return field.removesuffix("_code").replace("_", " ")


def clean(field: str, value: str, limit: int) -> str:
    """The text with one kind of line end and no outer spaces, or a refusal that says what is wrong with it."""
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any((ord(char) < 32 and char not in "\n\t") or 0xD800 <= ord(char) <= 0xDFFF for char in text):
        raise Invalid(field, f"The {label(field)} holds a character that cannot be kept. Delete it and type it again.")
    if len(text) > limit:
        surplus = len(text) - limit
        raise Invalid(field, f"The {label(field)} is {surplus:,} characters too long. It may have up to {limit:,}.")
    return text


def required_text(field: str, value: str) -> str:
    """A long text that must say something, tidied."""
    text = clean(field, value, TEXT_LENGTH)
    if not text:
        raise Invalid(field, f"Enter the {label(field)}.")
    return text


@cache
def _limits(table: Table) -> dict[str, int]:
    return {check.info["column"]: check.info["limit"] for check in table.constraints if "limit" in check.info}


def _word(field: str, kinds: type[Titled], value: object) -> Titled:
    try:
        return kinds(str(value))
    except ValueError:
        choices = "; ".join(kind.title for kind in kinds)
        raise Invalid(field, f"The {label(field)} must be one of: {choices}.") from None


def _in_range(field: str, value: object) -> None:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise Invalid(field, f"The {label(field)} has no time zone.")
    elif isinstance(value, date):
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise Invalid(field, f"The year of {label(field)} must be between {FIRST_YEAR} and {LAST_YEAR}.")
    elif isinstance(value, float):
        if not math.isfinite(value) or abs(value) > 1e12:
            raise Invalid(field, f"The {label(field)} must be an ordinary number.")
    elif isinstance(value, int) and not -BIGGEST <= value <= BIGGEST:
        raise Invalid(field, f"The {label(field)} is too large a number.")


_PYTHON_TYPES: dict[type, tuple[type, ...]] = {float: (float, int), date: (date,), datetime: (datetime,), bool: (bool,)}


def _checked(field: str, column_type: object, python_type: type, value: object, limit: int) -> object:
    kinds = column_type.enum_class if isinstance(column_type, Enum) else None
    if kinds is not None and issubclass(kinds, Titled):
        return _word(field, kinds, value)
    wanted = _PYTHON_TYPES.get(python_type, (python_type,))
    if not isinstance(value, wanted) or (python_type is int and isinstance(value, bool)):
        raise Invalid(field, f"The {label(field)} is not of the right kind.")
    if isinstance(value, str):
        return clean(field, value, limit)
    _in_range(field, value)
    return value


def check_row(row: SQLModel, required: tuple[str, ...] = ()) -> None:
    """Check and tidy every value of a row in place.

    Raises:
        Invalid: A required text is empty, a text too long, a word not on its list, or a number or date out of range.
    """
    table: Table = row.__table__  # type: ignore[attr-defined]
    limits = _limits(table)
    for column in table.columns:
        value = getattr(row, column.name)
        if value is None:
            if not column.nullable:
                raise Invalid(column.name, f"Enter the {label(column.name)}.")
            continue
        limit = limits.get(column.name, CODE_LENGTH)
        checked = _checked(column.name, column.type, column.type.python_type, value, limit)
        if checked is not value:
            setattr(row, column.name, checked)
        if column.name in required and checked == "":
            raise Invalid(column.name, f"Enter the {label(column.name)}.")
