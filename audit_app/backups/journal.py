"""What happened to the backups, line by line, in a file beside them: a table of the database could be gone with it.

One line is one JSON object with what happened and when. A torn last line, as after a power cut, is passed over.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum, auto
from pathlib import Path
from typing import Any

FILE = "backups.jsonl"


class What(StrEnum):
    """What a line tells."""

    begun = auto()  # the worker has looked for the first time: the first night comes after this
    made = auto()
    failed = auto()
    tried = auto()  # restored into a temporary place, checked, and removed
    removed = auto()


class Verified(StrEnum):
    """How far a backup was looked at again after it was written; never more is told than was done."""

    written = auto()
    read_back = auto()
    restored = auto()


@dataclass(frozen=True)
class Line:
    """One thing that happened.

    `name` is the backup's; `size` its bytes; `broken` how many invariants did not hold in what was restored; `lacks`
    how many files rows name that the store did not have; `words` a sentence for people, without a secret in it.
    """

    what: What
    at: datetime
    name: str = ""
    size: int = 0
    files: int = 0
    verified: Verified = Verified.written
    broken: int = 0
    lacks: int = 0
    enciphered: bool = True
    seconds: float = 0.0
    words: str = ""


def path_in(folder: Path) -> Path:
    """Where the journal of a data folder is."""
    return folder / "backups" / FILE


def add(folder: Path, line: Line) -> None:
    """One more line, on the disk when this returns."""
    path = path_in(folder)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps({name: value for name, value in asdict(replace(line)).items() if value != ""}, default=_plain)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        torn = size > 0 and file.read(1) != b"\n"
        file.write((b"\n" if torn else b"") + text.encode("ascii") + b"\n")
        file.flush()
        os.fsync(file.fileno())


def lines(folder: Path) -> list[Line]:
    """Everything that was written down, in order."""
    path = path_in(folder)
    if not path.exists():
        return []
    return list(_read(path.read_text("ascii", "replace").splitlines()))


def newest_text(folder: Path, most: int) -> str:
    """The newest whole lines as they stand in the file, for a server that has another data folder."""
    path = path_in(folder)
    kept: list[str] = []
    for text in reversed(path.read_text("ascii", "replace").splitlines() if path.exists() else []):
        most -= len(text) + 1
        if most < 0:
            break
        kept.append(text)
    return "\n".join(reversed(kept))


def read_text(text: str) -> list[Line]:
    """What `newest_text` gave, read again."""
    return list(_read(text.splitlines()))


def _read(texts: list[str]) -> Iterator[Line]:
    for text in texts:
        try:
            values: Mapping[str, Any] = json.loads(text)
            yield Line(
                **{
                    **values,
                    "what": What(values["what"]),
                    "at": datetime.fromisoformat(values["at"]),
                    "verified": Verified(values.get("verified", Verified.written)),
                }
            )
        except (ValueError, KeyError, TypeError):
            continue


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
