"""Dates as plans write them, "March 2017", "end of Q3 2025/26", "by Easter 2019", read as days. Pure.

Only what can mean one day or one stretch of days is read. Of a stretch the last day counts, because nobody is late
before it is over; a season or a school term has no fixed end, so it is read to the latest day it can mean, and whoever
shows it says so. Everything else is no date that can be reckoned with, and is shown as that.
"""

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto
from functools import lru_cache

LONGEST_IN_DAYS = 400
MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)


class Sort(StrEnum):
    """What sort of thing some words about a date are."""

    nothing = auto()
    date = auto()
    start_only = auto()
    ongoing = auto()
    unreadable = auto()


@dataclass(frozen=True)
class Reading:
    """What words about a date mean: the days of the stretch they name, and whether its end had to be supposed."""

    sort: Sort
    first: date | None = None
    last: date | None = None
    supposed: bool = False


_NOTHING = Reading(Sort.nothing)
_ONGOING = Reading(Sort.ongoing)
_UNREADABLE = Reading(Sort.unreadable)
_ONGOING_WORDS = {"ongoing", "on-going", "on going", "continuing", "continuous", "rolling", "business as usual", "bau"}
_MONTH = "(january|february|march|april|may|june|july|august|september|october|november|december)"
_YEAR = r"(20[0-9]{2})"
_TWO_YEARS = r"(20[0-9]{2}) ?[/-] ?((?:20)?[0-9]{2})"
# The latest days a season can mean: the days before the next one begins by the sun.
_SEASON_ENDS = {"spring": (6, 20), "summer": (9, 22), "autumn": (12, 21), "winter": (3, 20)}
_SEASON_BEGINS = {"spring": (3, 1), "summer": (6, 1), "autumn": (9, 1), "winter": (12, 1)}
# The latest days on which schools in England break up: each council sets its own terms.
_TERM_ENDS = {"spring": (4, 30), "summer": (7, 31), "autumn": (12, 31)}
_TERM_BEGINS = {"spring": (1, 1), "summer": (4, 1), "autumn": (9, 1)}
_PARTS_OF_YEAR = {"early": (1, 6), "mid": (4, 9), "late": (7, 12)}
_QUARTER_NAMES = {
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "1st": "1",
    "2nd": "2",
    "3rd": "3",
    "4th": "4",
}
_LEADING = re.compile(
    r"^(?:(?:to be |is )?(?:completed?|done|delivered|achieved|reviewed)\b|due|deadline|target(?: date)?|by|until"
    r"|no later than|not later than|on or before|before|on|in|during|within|at|the|end(?:ing)? of|end|close of"
    r"|beginning of|start of|monday|tuesday|wednesday|thursday|friday|saturday|sunday|:|-|,|of)(?: |$)"
)


def last_day(text: str) -> date | None:
    """The day after which something due "March 2017" is late.

    Returns:
        The last day of the stretch the words name; None when they name no end that can be reckoned with.

    Source:
        Own rule, on the forms of deadline in councils' published plans (see `rules.overdue`).
    """
    return read(text).last


def first_day(text: str) -> date | None:
    """The day from which something is to run, where the words name a start: "from April 2017", "April to June 2017".

    Returns:
        The first day of the start; None when the words name none. "March 2017" by itself is an end and no start.

    Source:
        Own rule.
    """
    reading = read(text)
    return reading.first if reading.sort is Sort.start_only or _has_range(_plain(text)) else None


def in_full(day: date) -> str:
    """31 March 2017."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """What words about a date mean.

    Returns:
        For "March 2017 and ongoing" the end of March: something was promised by then. For "from March 2017" the start
        alone. Two figures of a year are of this century; the day always stands before the month.

    Source:
        Own rule; the financial quarters run from April, the school year from September to August.
    """
    plain = _plain(text)
    if not plain:
        return _NOTHING
    if plain in _ONGOING_WORDS:
        return _ONGOING
    if match := re.fullmatch(r"(?:ongoing )?(?:from|starting|as of|since) (.+)|(.+) onwards?", plain):
        return _start_only(match[1] or match[2])
    plain = re.sub(r"(?:,| and| then|;|:| -)* (?:ongoing|on-going|continuing|rolling)$", "", plain)
    return _several(_parts(plain))


def _plain(text: str) -> str:
    """The words in small letters with single spaces, months in full, ordinals without their ends."""
    plain = " ".join(text.replace("\u2013", "-").replace("\u2014", "-").replace("\u2019", "'").casefold().split())
    plain = re.sub(r" ?\((?:revised|new|amended|extended|latest|approx\.?|provisional)\)", "", plain).strip(" .;,")
    plain = re.sub(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b(?! quarter)", r"\1", plain)
    plain = re.sub(r"\b[a-z]{3,9}\b\.?", _month_in_full, plain)
    # Mar-17 is how spreadsheets show a month; "Mar 17" may be a day, and is left as it is.
    plain = re.sub(rf"^((?:by |end |end of )*){_MONTH}(?:-| ?')([0-9]{{2}})$", r"\1\2 20\3", plain)
    plain = re.sub(rf"\b{_MONTH} ([0-9]{{1,2}}),? {_YEAR}\b", r"\2 \1 \3", plain)
    return re.sub(rf"\b{_MONTH}[,-] ?{_YEAR}\b", r"\1 \2", plain)


def _month_in_full(match: re.Match[str]) -> str:
    word = match[0].rstrip(".")
    if word == "sept":
        return "september"
    return next((month for month in MONTHS if len(word) == 3 and month.startswith(word)), match[0])


def _start_only(text: str) -> Reading:
    start = _several(_parts(text))
    return Reading(Sort.start_only, start.first, None, start.supposed) if start.sort is Sort.date else _UNREADABLE


def _has_range(plain: str) -> bool:
    return re.search(r" (?:to|-|until) |\bbetween\b", plain) is not None


def _parts(plain: str) -> list[str]:
    """The dates named, apart: a month that shares the year of the next one is given it."""
    plain = re.sub(r"^between (.+) and ", r"\1 to ", plain)
    plain = re.sub(rf"\b{_MONTH}-{_MONTH}\b", r"\1 to \2", plain)
    parts = [part.strip() for part in re.split(r" to | - | until |, and | and | & |;|, ", plain) if part.strip()]
    for place in range(len(parts) - 2, -1, -1):
        bare = re.fullmatch(rf"(?:[a-z ]*\b)?(?:[0-9]{{1,2}} )?{_MONTH}|[0-9]{{1,2}}", parts[place])
        after = re.search(rf"(?:{_MONTH} )?{_YEAR}$", parts[place + 1])
        if bare and after:
            month = f" {after[1]}" if parts[place].isdigit() and after[1] else ""
            parts[place] += f"{month} {after[2]}"
    return parts


def _several(parts: Sequence[str]) -> Reading:
    """From the first day of the first to the last day of the latest; one that cannot be read spoils the rest."""
    readings = [_single(part) for part in parts]
    firsts = [reading.first for reading in readings if reading.first]
    lasts = [reading.last for reading in readings if reading.last]
    if not lasts or len(lasts) < len(readings):  # whatever has a last day has a first
        return _UNREADABLE
    return Reading(Sort.date, min(firsts), max(lasts), any(reading.supposed for reading in readings))


def _single(part: str) -> Reading:
    """One date, without the words that lead to it; "before" a stretch ends the day before the stretch begins."""
    before = re.fullmatch(r"(?:by )?(?:before|prior to) (?!(?:the )?end)(.+)", part)
    if before:
        reading = _single(before[1])
        if reading.first is None:
            return _UNREADABLE
        eve = reading.first - timedelta(days=1)
        return Reading(Sort.date, eve, eve, reading.supposed)
    while (shorter := _LEADING.sub("", part)) != part:
        part = shorter
    for pattern, reader in _FORMS:
        if match := pattern.fullmatch(part):
            return _made(reader, match)
    return _UNREADABLE


def _made(reader: Callable[[re.Match[str]], Reading], match: re.Match[str]) -> Reading:
    """What a form makes of its words; a day no calendar has, such as 31 September, is unreadable."""
    try:
        return reader(match)
    except ValueError:
        return _UNREADABLE


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _stretch(first: date, last: date, *, supposed: bool = False) -> Reading:
    return Reading(Sort.date, first, last, supposed)


def _day(year: int, month: int, day: int) -> Reading:
    only = date(year, month, day)
    return _stretch(only, only)


def _months(year: int, first: int, last: int, *, supposed: bool = False) -> Reading:
    return _stretch(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), supposed=supposed)


def _number(month: str) -> int:
    return MONTHS.index(month) + 1


def _week(match: re.Match[str]) -> Reading:
    begins = date(_century(match[3]), _number(match[2]), int(match[1]))
    return _stretch(begins, begins + timedelta(days=6))


def _year_pair(first: str, second: str) -> int:
    """The year in which a pair of years such as 2025/26 begins; a pair of others is no year."""
    begins, ends = int(first), _century(second)
    if ends != begins + 1:
        raise ValueError("These two years are not one after the other.")
    return begins


def _financial_quarter(quarter: int, begins: int) -> Reading:
    month = (4, 7, 10, 1)[quarter - 1]
    return _months(begins + (quarter == 4), month, month + 2)


def _quarter_of_pair(quarter: str, first: str, second: str) -> Reading:
    return _financial_quarter(int(_QUARTER_NAMES.get(quarter, quarter)), _year_pair(first, second))


def _quarter_of_year(quarter: str, year: str) -> Reading:
    """Q3 2017 may be of the calendar year or of the financial year that begins in it, which ends later."""
    number = int(_QUARTER_NAMES.get(quarter, quarter))
    return _stretch(
        date(int(year), 3 * number - 2, 1), _financial_quarter(number, int(year)).last or date.max, supposed=True
    )


def _financial_year(match: re.Match[str]) -> Reading:
    begins = _year_pair(match[1], match[2])
    return _stretch(date(begins, 4, 1), date(begins + 1, 3, 31))


def _school_year(match: re.Match[str]) -> Reading:
    begins = _year_pair(match[1], match[2])
    return _stretch(date(begins, 9, 1), date(begins + 1, 8, 31))


def _years(match: re.Match[str]) -> Reading:
    """2025/26 is a financial year or a school year; 2016-2019 are calendar years."""
    first, last = int(match[1]), _century(match[2])
    if last == first + 1:
        return _stretch(date(first, 4, 1), date(last, 8, 31), supposed=True)
    if last <= first:
        raise ValueError("The second year is not after the first.")
    return _stretch(date(first, 1, 1), date(last, 12, 31))


def _season(match: re.Match[str]) -> Reading:
    name, year = match[1], int(match[2])
    ends = date(year + (name == "winter"), *_SEASON_ENDS[name])
    return _stretch(date(year, *_SEASON_BEGINS[name]), ends, supposed=True)


def _season_of_pair(match: re.Match[str]) -> Reading:
    """Winter 2024/25 runs over the turn of the year; of another season a pair of years is a school year."""
    name, begins = match[1], _year_pair(match[2], match[3])
    first = begins if name in ("winter", "autumn") else begins + 1
    ends = date(begins + (name != "autumn"), *_SEASON_ENDS[name])
    return _stretch(date(first, *_SEASON_BEGINS[name]), ends, supposed=True)


def _term(name: str, year: int) -> Reading:
    return _stretch(date(year, *_TERM_BEGINS[name]), date(year, *_TERM_ENDS[name]), supposed=True)


def _term_of_pair(match: re.Match[str]) -> Reading:
    begins = _year_pair(match[2], match[3])
    return _term(match[1], begins if match[1] == "autumn" else begins + 1)


def easter_sunday(year: int) -> date:
    """The day of Easter in the western churches.

    Returns:
        A Sunday between 22 March and 25 April.

    Source:
        Anonymous Gregorian algorithm, as in Meeus, Astronomical Algorithms (1991), chapter 8.
    """
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, left = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _easter(match: re.Match[str]) -> Reading:
    """By Easter is by Easter Monday at the latest; before Easter is before Good Friday."""
    sunday = easter_sunday(int(match[1]))
    return _stretch(sunday - timedelta(days=2), sunday + timedelta(days=1), supposed=True)


_QUARTER = r"(?:q(?:uarter|tr)? ?([1-4])|(first|second|third|fourth|1st|2nd|3rd|4th) quarter)"
_FINANCIAL = r"(?:financial year|fy|financial year end|year end) ?(?:of )?"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading]], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"(20[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})", lambda x: _day(int(x[1]), int(x[2]), int(x[3]))),
        (
            r"([0-9]{1,2}) ?[/.-] ?([0-9]{1,2}) ?[/.-] ?((?:20)?[0-9]{2})",
            lambda x: _day(_century(x[3]), int(x[2]), int(x[1])),
        ),
        (
            rf"([0-9]{{1,2}})(?: of)?[ -]{_MONTH},?[ -]((?:20)?[0-9]{{2}})",
            lambda x: _day(_century(x[3]), _number(x[2]), int(x[1])),
        ),
        (rf"(?:week commencing|w/c|week of) ([0-9]{{1,2}}) {_MONTH} {_YEAR}", _week),
        (
            rf"(?:week ending|w/e) ([0-9]{{1,2}}) {_MONTH} {_YEAR}",
            lambda x: _day(int(x[3]), _number(x[2]), int(x[1])),
        ),
        (
            rf"(?:(?:early|mid|late)[ -])?{_MONTH} {_YEAR}",
            lambda x: _months(int(x[2]), _number(x[1]), _number(x[1])),
        ),
        (rf"([0-9]{{1,2}})/{_YEAR}", lambda x: _months(int(x[2]), int(x[1]), int(x[1]))),
        (rf"{_QUARTER},? (?:of )?(?:{_FINANCIAL})?{_TWO_YEARS}", lambda x: _quarter_of_pair(x[1] or x[2], x[3], x[4])),
        (rf"{_TWO_YEARS},? {_QUARTER}", lambda x: _quarter_of_pair(x[3] or x[4], x[1], x[2])),
        (rf"{_QUARTER},? (?:of )?{_YEAR}", lambda x: _quarter_of_year(x[1] or x[2], x[3])),
        (rf"{_YEAR},? {_QUARTER}", lambda x: _quarter_of_year(x[2] or x[3], x[1])),
        (rf"{_FINANCIAL}{_TWO_YEARS}", _financial_year),
        (rf"(?:academic|school) year ?(?:of )?{_TWO_YEARS}", _school_year),
        (rf"(?:year )?{_TWO_YEARS}", _years),
        (rf"(?:year end |calendar year )?{_YEAR}", lambda x: _months(int(x[1]), 1, 12)),
        (
            rf"(early|mid|late)[ -]{_YEAR}",
            lambda x: _months(int(x[2]), *_PARTS_OF_YEAR[x[1]], supposed=True),
        ),
        (rf"(spring|summer|autumn|winter)(?: of)? {_YEAR}", _season),
        (rf"(spring|summer|autumn|winter)(?: of)? {_TWO_YEARS}", _season_of_pair),
        (rf"(spring|summer|autumn) (?:school )?term(?: of|,)? {_YEAR}", lambda x: _term(x[1], int(x[2]))),
        (rf"(spring|summer|autumn) (?:school )?term(?: of|,)? {_TWO_YEARS}", _term_of_pair),
        (rf"easter(?: of)? {_YEAR}", _easter),
        (rf"(?:christmas|xmas)(?: of)? {_YEAR}", lambda x: _day(int(x[1]), 12, 25)),
    )
)


def time_late(due: date, until: date) -> str:
    """How long after a day it is, in words that can be pictured.

    Args:
        due: The day.
        until: A later day.

    Returns:
        1 day; 45 days; beyond 400 days whole years and months: 14 years and 4 months. A month is over on the same day
        of the next one.

    Source:
        Plain calendar arithmetic; the limit is our own: some thirteen months are still pictured in days.
    """
    days = (until - due).days
    if days <= LONGEST_IN_DAYS:
        return _many(days, "day")
    years, months = divmod(12 * (until.year - due.year) + until.month - due.month - (until.day < due.day), 12)
    return " and ".join([_many(years, "year"), *([_many(months, "month")] if months else [])])


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
