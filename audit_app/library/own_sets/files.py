"""A file somebody gives us as a question set: a workbook or YAML, read into a document or into faults with places."""

import json
from dataclasses import dataclass

from audit_app import sheets
from audit_app.library.own_sets import soundness
from audit_app.library.own_sets.given_yaml import reading
from audit_app.library.own_sets.sheet import document
from audit_app.sheets import Book
from frameworks.files import faults
from frameworks.files.faults import Fault
from frameworks.own_sets import own_set
from frameworks.own_sets.shape import OwnSet

WORKBOOKS, YAML = (".xlsx", ".ods"), (".yaml", ".yml")
MOST_SHOWN = 200
LONGEST_FAULT = 800


@dataclass(frozen=True)
class SetFile:
    """What a file holds: the document, or every fault; `filename` is for people alone."""

    filename: str
    sha256: str
    own: OwnSet | None
    faults: tuple[str, ...]
    kind: str
    # What was read otherwise than it stands in the file; the scales of which it is asked which end is best; and those
    # of them for which nothing is chosen beforehand.
    notes: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


def read_set_file(data: bytes, filename: str, ask: reading.Ask = reading.ask_child) -> SetFile:
    """The document in a file, with every fault of its cells or lines, and of what must hold between its parts."""
    lower = filename.lower()
    if lower.endswith(WORKBOOKS):
        return _read_workbook(data, filename)
    if lower.endswith(YAML):
        return _read_yaml(data, filename, ask)
    name = sheets.plain_filename(filename)
    fault = f"{name} is neither a workbook (.xlsx or .ods) nor YAML (.yaml). Save it as one of them and choose that."
    return SetFile(name, "", None, (fault,), "")


def _read_workbook(data: bytes, filename: str) -> SetFile:
    return from_book(sheets.read_book(data, filename))


def from_book(book: Book) -> SetFile:
    """The document in a workbook whose sheets have been read, with every fault."""
    reading = document.from_book(book)
    every_fault = list(reading.faults)
    own: OwnSet | None = None
    if not every_fault:
        own, misshapen = own_set.shaped(reading.value)
        every_fault += [f"{reading.place_of(path)}: {sentence}" for path, sentence in misshapen]
    if own is not None:
        unsound = soundness.complaints_about_a_new_set(own)
        every_fault += [f"{reading.place_of(path)}: {sentence}" for path, sentence in unsound]
    # A cell quoted in a fault may hold letters nobody sees, or that turn the line round.
    printable = tuple(dict.fromkeys(faults.printable(sentence, LONGEST_FAULT) for sentence in every_fault))
    return SetFile(book.filename, book.sha256, None if every_fault else own, printable, "workbook",
                   tuple(reading.notes), tuple(reading.asked), tuple(reading.unsure))  # fmt: skip


def _read_yaml(data: bytes, filename: str, ask: reading.Ask) -> SetFile:
    name, digest = sheets.plain_filename(filename), sheets.digest(data)
    value, unreadable = reading.values_of(data, ask)
    every_fault = [str(Fault(name, "", line, sentence)) for line, sentence in unreadable]
    own: OwnSet | None = None
    if not unreadable:
        own, complaints = own_set.shaped(value)
        if own is not None:
            complaints = [*soundness.complaints_about_a_new_set(own)]
        lines = reading.lines_of(data, [path for path, _sentence in complaints], ask)
        every_fault += [
            str(Fault(name, faults.place_as_written(path), line, faults.printable(sentence, 500)))
            for (path, sentence), line in zip(complaints, lines, strict=True)
        ]
    return SetFile(name, digest, None if every_fault else own, tuple(dict.fromkeys(every_fault)), "YAML file")


def packed(file: SetFile) -> str:
    """A sound file as text, to be kept until it is confirmed."""
    own = file.own.model_dump_json(exclude_defaults=True) if file.own else ""
    return json.dumps([file.filename, file.sha256, own, file.kind, file.notes, file.asked, file.unsure])


def unpacked(text: str) -> SetFile:
    """The other way round."""
    filename, sha256, own, kind, *more = json.loads(text)
    return SetFile(filename, sha256, OwnSet.model_validate_json(own), (), kind, *map(tuple, more))
