"""What the text of a cell means: a day, a number, yes or no. Pure; each refusal says in a sentence what to write."""

import calendar
import re
from collections.abc import Sequence
from datetime import date

from audit_app import words
from findings import worded_dates

WRITE = "Write it like 31/03/2026."
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})
_NOT_YET = frozenset({"tbc", "tba", "tbd", "n/a", "na", "none", "ongoing", "on-going", "immediate", "immediately", "-"})
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? ", re.IGNORECASE)
_TIME = re.compile(r"(?:T| )[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.0+)?$")
_NUMBERS = re.compile(r"([0-9]{1,2}) ?[/.-] ?([0-9]{1,2}) ?[/.-] ?([0-9]{4})")
_END_OF = re.compile(r"(?:the )?end (?:of )?([A-Za-z]{3,9})\.? ([0-9]{4})", re.IGNORECASE)


def quoted(text: str) -> str:
    """A cell's text as it is quoted in a message; the whole of a long one helps nobody."""
    return text if len(text) <= 60 else f"{text[:57]}…"


def as_date(text: str) -> date:
    """A day written 31/03/2026, 31.3.2026, 2026-03-31 or 31st March 2026; the day always before the month.

    The end of a month in words is its last day. A month or a quarter alone, and a year of two figures, are asked about.

    Raises:
        ValueError: It is no day, or may be several; the sentence says what to write.
    """
    plain = _plain(text)
    parts = _date_parts(plain)
    if parts is None:
        raise ValueError(_why_no_day(plain))
    year, month, day = parts
    if not 1900 <= year <= 2100:
        raise ValueError(f"{plain} is outside the years 1900 to 2100. {WRITE}")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_not_real(plain, year, month, day)) from None


def _plain(text: str) -> str:
    """A cell's text with one kind of blank and hyphen, without the time or the day of the week."""
    one_blank = " ".join(re.sub("[‐‑–—]", "-", text).split())
    return re.sub(r"(?<=[0-9])(?:st|nd|rd|th)\b", "", _WEEKDAY.sub("", _TIME.sub("", one_blank)), flags=re.IGNORECASE)


def _date_parts(plain: str) -> tuple[int, int, int] | None:
    """Year, month and day of what names one day."""
    if match := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", plain):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMBERS.fullmatch(plain):
        return int(match[3]), int(match[2]), int(match[1])
    if match := re.fullmatch(r"([0-9]{1,2})(?: of)?[ -]?([A-Za-z]{3,9})\.?,?[ -]?([0-9]{4})", plain):
        month = words.month_number(match[2])
        return (int(match[3]), month, int(match[1])) if month else None
    if match := re.fullmatch(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})", plain):
        month = words.month_number(match[1])
        return (int(match[3]), month, int(match[2])) if month else None
    if match := _END_OF.fullmatch(plain):
        month, year = words.month_number(match[1]), int(match[2])
        return (year, month, calendar.monthrange(year, month)[1]) if month and 1900 <= year <= 2100 else None
    return None


def _not_real(plain: str, year: int, month: int, day: int) -> str:
    """What is said of 31/02/2026, and of 12/31/2026, which is how dates are written in the United States."""
    if _NUMBERS.fullmatch(plain) and month > 12 and day <= 12:
        try:
            meant = date(year, day, month)
        except ValueError:
            return f"{plain} is not a real date. {WRITE}"
        return (
            f"{plain} is not a real date: the day comes before the month here. If {words.date_words(meant)} is meant, "
            f"write {words.numeric_date(meant)}."
        )
    return f"{plain} is not a real date. {WRITE}"


def _why_no_day(plain: str) -> str:
    """Why a text is no day, with the day it may mean where that can be worked out."""
    if re.fullmatch(r"[0-9]{5}", plain):
        return (
            f"“{plain}” is the number by which a spreadsheet keeps a day. Format the column as a date, look at what it "
            "shows, and save the file again."
        )
    if re.fullmatch(r"[0-9]{1,2} ?[/.-] ?[0-9]{1,2} ?[/.-] ?[0-9]{2}", plain):
        return f"{plain} has only two figures for the year. {_if_meant(plain) or WRITE}"
    if plain.casefold() in _NOT_YET:
        return f"“{plain}” is not a date. Leave the cell blank where there is no day yet. A day is written 31/03/2026."
    meant = _if_meant(plain)
    return f"“{quoted(plain)}” names no single day. {meant}" if meant else f"“{quoted(plain)}” is not a date. {WRITE}"


def _if_meant(plain: str) -> str:
    numbers = re.fullmatch(r"(0?[1-9]|1[0-2])[/.-](20[0-9]{2})", plain)
    month_first = f"{words.MONTHS[int(numbers[1]) - 1]} {numbers[2]}" if numbers else plain
    day = worded_dates.last_day(month_first)
    return f"If {words.date_words(day)} is meant, write {words.numeric_date(day)}." if day else ""


def month_first(texts: Sequence[str]) -> bool:
    """Whether dates in figures are written with the month first: one of them can be read no other way."""
    numbers = [match for text in texts if (match := _NUMBERS.fullmatch(_plain(text)))]
    return any(int(match[2]) > 12 >= int(match[1]) for match in numbers)


def either_way(text: str) -> tuple[date, date] | None:
    """The two days that 03/04/2027 may be, or None for what is the same or only one of them."""
    match = _NUMBERS.fullmatch(_plain(text))
    if not match or match[1] == match[2] or not (1 <= int(match[1]) <= 12 and 1 <= int(match[2]) <= 12):
        return None
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    return (date(year, second, first), date(year, first, second)) if first != second and year >= 1 else None


def as_whole_number(text: str) -> int:
    """A number without decimals, of at most nine figures."""
    plain = re.sub(r"(?<=[0-9])[, ](?=[0-9]{3}\b)", "", re.sub(r"\.0+$", "", " ".join(text.split())))
    if not re.fullmatch(r"-?[0-9]{1,9}", plain):
        raise ValueError(f"“{quoted(text)}” is not a whole number. Write it in figures, like 12.")
    return int(plain)


def as_yes_no(text: str) -> bool:
    """Yes or No, also Y, N, true and false."""
    plain = text.strip().casefold()
    if plain not in _YES | _NO:
        raise ValueError(f"“{quoted(text)}” is neither Yes nor No.")
    return plain in _YES
