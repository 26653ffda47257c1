"""What a file's name says of it: a title that can be read, and the days it speaks of. Pure."""

import re
from calendar import monthrange
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote

from audit_app.evidence_store import MIME_TYPES, FileKind
from audit_app.words import month_number

TITLE_LENGTH = 300
ENDINGS = {f".{kind.value}" for kind in (FileKind(kind) for kind in MIME_TYPES)} | {".jpg"}
YEAR = r"(20\d\d|19\d\d)"
# The year first, as files that sort by date are called; the day first, as people here write it.
_YEAR_FIRST = re.compile(rf"(?<!\d){YEAR}[-_. ]?(\d\d)[-_. ]?(\d\d)(?!\d)")
_DAY_FIRST = re.compile(rf"(?<!\d)(\d\d?)[-_. /](\d\d?)[-_. /]{YEAR}(?!\d)")
_DAY_AND_NAME = re.compile(rf"(?<!\d)(\d\d?)(?:st|nd|rd|th)?[-_. ]+([A-Za-z]{{3,9}})[-_. ,]+{YEAR}(?!\d)")
_MONTH_NAMED = re.compile(rf"(?<![A-Za-z])([A-Za-z]{{3,9}})[-_. ]+{YEAR}(?!\d)")
_YEAR_AND_MONTH = re.compile(rf"(?<!\d){YEAR}[-_. ](\d\d)(?![-_. ]?\d)")


def title_of(name: str) -> str:
    """The words of a file's name as a title: no ending, no underscores, the first letter large.

    Hyphens part words only where nothing else does; between digits they belong to a date and stay.
    """
    path = PurePosixPath(unquote(name) if "%20" in name else name)
    stem = path.stem if path.suffix.lower() in ENDINGS else path.name
    text = stem.replace("_", " ")
    if " " not in text.strip():
        text = re.sub(r"(?<!\d)-|-(?!\d)", " ", text)
        text = re.sub(r"(?<=[^\W\d])\.(?=[^\W\d])", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" .-")
    return (text[:1].upper() + text[1:])[:TITLE_LENGTH] or name[:TITLE_LENGTH]


def days_in(name: str) -> tuple[date, date] | None:
    """The first and last day that a file's name speaks of: one day, or a month; None where it names none."""
    if (match := _YEAR_FIRST.search(name)) and (day := _day(match[1], match[2], match[3])):
        return day, day
    if (match := _DAY_FIRST.search(name)) and (day := _day(match[3], match[2], match[1])):
        return day, day
    if (match := _DAY_AND_NAME.search(name)) and (month := month_number(match[2])):
        day = _day(match[3], month, match[1])
        return (day, day) if day else None
    for match in _MONTH_NAMED.finditer(name):
        if month := month_number(match[1]):
            return _month(int(match[2]), month)
    if (match := _YEAR_AND_MONTH.search(name)) and 1 <= int(match[2]) <= 12:
        return _month(int(match[1]), int(match[2]))
    return None


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
