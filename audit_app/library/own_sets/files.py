"""A file somebody gives us as a question set: a workbook or YAML, read into a document or into faults with places."""

import json
from dataclasses import dataclass

from audit_app import sheets
from audit_app.library.own_sets import soundness
from audit_app.library.own_sets.sheet import document
from audit_app.sheets import Book
from frameworks.files import faults
from frameworks.own_sets import own_set
from frameworks.own_sets import yaml_file as own_yaml
from frameworks.own_sets.shape import OwnSet

WORKBOOK, YAML = ".xlsx", (".yaml", ".yml")
MOST_SHOWN = 200
LONGEST_FAULT = 800


@dataclass(frozen=True)
class Found:
    """What a file holds: the document, or every fault; `filename` is for people alone."""

    filename: str
    sha256: str
    own: OwnSet | None
    faults: tuple[str, ...]
    kind: str


def read(data: bytes, filename: str) -> Found:
    """The document in a file, with every fault of its cells or lines, and of what must hold between its parts."""
    lower = filename.lower()
    if lower.endswith(WORKBOOK):
        return _read_workbook(data, filename)
    if lower.endswith(YAML):
        return _read_yaml(data, filename)
    name = sheets.plain_filename(filename)
    said = f"{name} is neither a workbook (.xlsx) nor YAML (.yaml). Save it as one of them and choose that."
    return Found(name, "", None, (said,), "")


def _read_workbook(data: bytes, filename: str) -> Found:
    return from_book(sheets.read_book(data, filename))


def from_book(book: Book) -> Found:
    """The document in a workbook whose sheets have been read, with every fault."""
    reading = document.read(book)
    found = list(reading.faults)
    own: OwnSet | None = None
    if not found:
        own, misshapen = own_set.shaped(reading.value)
        found += [f"{reading.place_of(path)}: {said}" for path, said in misshapen]
    if own is not None:
        found += [f"{reading.place_of(path)}: {said}" for path, said in soundness.complaints_about_a_new_set(own)]
    # A cell quoted in a fault may hold letters nobody sees, or that turn the line round.
    told = tuple(dict.fromkeys(faults.printable(said, LONGEST_FAULT) for said in found))
    return Found(book.filename, book.sha256, None if found else own, told, "workbook")


def _read_yaml(data: bytes, filename: str) -> Found:
    name, digest = sheets.plain_filename(filename), sheets.digest(data)
    own, misshapen = own_yaml.from_yaml(data, name)
    found = [str(fault) for fault in misshapen]
    if own is not None:
        told = soundness.complaints_about_a_new_set(own)
        found += [str(own_yaml.fault_at(data, name, path, said)) for path, said in told]
    return Found(name, digest, None if found else own, tuple(dict.fromkeys(found)), "YAML file")


def packed(found: Found) -> str:
    """A sound file as text, to be kept until it is confirmed."""
    own = found.own.model_dump_json(exclude_defaults=True) if found.own else ""
    return json.dumps([found.filename, found.sha256, own, found.kind])


def unpacked(text: str) -> Found:
    """The other way round."""
    filename, sha256, own, kind = json.loads(text)
    return Found(filename, sha256, OwnSet.model_validate_json(own), (), kind)
