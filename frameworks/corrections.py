"""A published edition is frozen; what was wrong in it is put right by a correction: its next version. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import Field

from frameworks.shapes import Shape, Slug, Text, carried_into

# What an edition is measured by may not be corrected: other areas, scales or rules make another edition.
CORRECTABLE = frozenset(
    {
        "title", "valid_from", "valid_to", "end_checked_on", "found_in_force", "superseded_by", "source", "licence",
        "verified", "not_verified", "checks", "facts", "themes", "consequences", "statements", "scoring",
    }
)  # fmt: skip
# What a statement asks is kept: findings and self-assessments name it by its id.
OF_STATEMENTS = frozenset({"source"})
NAMES = ("id", "code", "grade")  # by which an entry of a list is named, the first that it has


class BadPlace(ValueError):
    """A correction names a place that is not there, or one that no correction may change."""


class PlaceChange(Shape):
    """One place of the edition and what stands there from now on: `checks/leaders-alone/says`; nothing takes it out."""

    place: Text
    now: Any = None


class WrittenChange(Shape):
    """One thing put right, as people write it: what was printed, what is right, where that was read, every place."""

    id: Slug
    was: Text
    right: Text
    source: Text
    places: tuple[PlaceChange, ...] = Field(min_length=1)


class WrittenCorrection(Shape):
    """A file correction-2.yaml: the number of the version it makes, its day, and what it puts right."""

    version: int = Field(ge=2, le=99)
    published_on: date
    changes: tuple[WrittenChange, ...] = Field(min_length=1)


class Change(Shape):
    """One thing put right, as readers are told it."""

    id: Slug
    was: Text
    right: Text
    source: Text


class Correction(Shape):
    """What one version of an edition put right of the version before it."""

    version: int
    published_on: date
    changes: tuple[Change, ...]


def told(written: WrittenCorrection) -> Correction:
    """What readers are told of a correction: without the places, which are for the machine."""
    changes = tuple(carried_into(Change, change) for change in written.changes)
    return Correction(version=written.version, published_on=written.published_on, changes=changes)


def corrected(values: Mapping[str, Any], change: PlaceChange) -> dict[str, Any]:
    """An edition's values with one place changed; the values given stay as they are.

    Args:
        values: What an edition.yaml holds, as plain values.
        change: The place, as keys and the ids of entries: `valid_to`, `facts/odd-row` (the whole entry; one that is not
            there is added at the end), `facts/odd-row/says`; and what stands there now, nothing to take it out.

    Raises:
        BadPlace: The place is not there, or no correction may change it.
    """
    path = change.place.split("/")
    if path[0] not in CORRECTABLE:
        raise BadPlace(f"A correction may not change “{path[0]}”: that makes another edition.")
    if path[0] == "statements" and (len(path) != 3 or path[2] not in OF_STATEMENTS):
        raise BadPlace("Of a statement a correction may change only the source: statements/HP-01/source.")
    made: dict[str, Any] = _changed(values, path, change)
    return made


def _changed(held: Any, path: Sequence[str], change: PlaceChange) -> Any:
    key, *rest = path
    if isinstance(held, Mapping):
        return _changed_mapping(held, key, rest, change)
    if isinstance(held, Sequence) and not isinstance(held, str):
        return _changed_list(held, key, rest, change)
    raise BadPlace(f"There is nothing at “{change.place}”. Check the spelling.")


def _changed_mapping(held: Mapping[str, Any], key: str, rest: Sequence[str], change: PlaceChange) -> dict[str, Any]:
    if rest and key not in held and key not in ("facts", "checks", "themes"):
        raise BadPlace(f"There is nothing at “{change.place}”. Check the spelling.")
    now = _changed(held.get(key, ()), rest, change) if rest else change.now
    kept = {name: value for name, value in held.items() if name != key or now is not None}
    return kept | ({key: now} if now is not None else {})


def _changed_list(held: Sequence[Any], key: str, rest: Sequence[str], change: PlaceChange) -> tuple[Any, ...]:
    at = next((place for place, entry in enumerate(held) if _name_of(entry) == key), None)
    if at is None and (rest or change.now is None):
        raise BadPlace(f"There is no entry “{key}” for “{change.place}”. Check the spelling.")
    if at is None:
        return (*held, change.now)
    now = _changed(held[at], rest, change) if rest else change.now
    return (*held[:at], *((now,) if now is not None else ()), *held[at + 1 :])


def _name_of(entry: object) -> str:
    return next((str(entry[name]) for name in NAMES if name in entry), "") if isinstance(entry, Mapping) else ""
