"""The kinds of pack that come with the product, read from their file and checked like an edition."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from audit_app.packs.kinds.kind import WHOLE, Kind
from audit_app.packs.kinds.sections import SECTIONS, Asks
from audit_app.words import Ours

FILE = Path(__file__).with_name("kinds.yaml")


class BrokenKind(ValueError):
    """A kind in the file that could not be printed."""


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    name: str = Field(min_length=3, max_length=60)
    what_for: str = Field(min_length=10, max_length=300)
    level: int = Field(ge=0, le=3)
    asks: tuple[Asks, ...]
    standard: tuple[str, ...]
    further: tuple[str, ...]


def read(path: Path) -> tuple[Kind, ...]:
    """The kinds of a file, each checked.

    Raises:
        BrokenKind: a section nobody prints, one twice, one that needs what the kind does not ask for.
        ValidationError: the file does not have the shape of one.
    """
    with path.open(encoding="utf-8") as file:
        written = YAML(typ="safe").load(file)
    kinds = tuple(_kind(_Written(**each)) for each in written)
    names = [kind.key for kind in kinds]
    if len(set(names)) < len(names):
        raise BrokenKind("Two kinds have one key.")
    return kinds


def _kind(written: _Written) -> Kind:
    sections = (*written.standard, *written.further)
    for key in sections:
        section = SECTIONS.get(key)
        if section is None:
            raise BrokenKind(f"{written.key}: there is no section “{key}”.")
        if section.needs is not None and section.needs not in written.asks:
            raise BrokenKind(f"{written.key}: {key} needs {section.needs.value}, which is not asked for.")
        if section.most_open < written.level and key in written.standard:
            raise BrokenKind(f"{written.key}: {key} is not for the audience of level {written.level}.")
    if len(set(sections)) < len(sections):
        raise BrokenKind(f"{written.key}: a section stands in it twice.")
    return replace(Kind(**written.model_dump()), name=Ours(written.name), what_for=Ours(written.what_for))


@cache
def shipped() -> tuple[Kind, ...]:
    """The kinds that come with the product, in the order they are offered."""
    return read(FILE)


def find(key: str) -> Kind | None:
    """A kind that comes with the product."""
    return next((kind for kind in shipped() if kind.key == key), None)


def whole() -> Kind:
    """The kind that leaves nothing out by choice."""
    kind = find(WHOLE)
    if kind is None:
        raise BrokenKind(f"The file has no {WHOLE}.")
    return kind
