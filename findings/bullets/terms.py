"""By when a heading asks for something, and the paragraphs printed behind a piece. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum, auto

from findings.states import Timescale

_PARAGRAPHS = re.compile(r"\((?:paragraphs?|paras?\.?|¶+)\s*([\d,\s–\-and&.]+)\)[.;]?\s*$", re.IGNORECASE)
_AT_ONCE = re.compile(r"\W*(?:with immediate effect|immediately|immediate(?: actions?)?\W*$|at once\b)", re.IGNORECASE)
_COUNTS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90}
_WITHIN = re.compile(
    r"\bwithin (?:the (?:next|first) )?(?:a period of )?(\d{1,3}|[a-z]+)(?: \(\d{1,3}\))?[ -]"
    r"((?:working|school|calendar) )?(day|week|month|year)s?\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\W*(?:by|before|no later than|not later than|as soon as|urgently|as a matter of urgency)\b", re.I)
_MONTHS = {
    1: Timescale.one_month,
    3: Timescale.three_months,
    6: Timescale.six_months,
    12: Timescale.twelve_months,
}


class Unit(StrEnum):
    """In what a term is counted."""

    days = auto()
    working_days = auto()
    weeks = auto()
    months = auto()


@dataclass(frozen=True)
class Term:
    """How long a heading gives from the day of publication; nought days is at once."""

    count: int
    unit: Unit


def term_in(words: str) -> Term | None:
    """The term a heading gives: "Within 40 working days:", "Immediately".

    Returns:
        The count and its unit; years as months; None where no count is printed. School days are none that can be
        counted here, because each council sets its own.

    Source:
        Headings of published inspection reports (Ofsted, HMI Probation, joint inspections).
    """
    if _AT_ONCE.match(words):
        return Term(0, Unit.days)
    match = _WITHIN.search(words)
    if not match:
        return None
    count = int(match[1]) if match[1].isdigit() else _COUNTS.get(match[1].lower())
    sort, unit = (match[2] or "").strip().lower(), match[3].lower()
    if count is None or sort == "school":
        return None
    if unit == "year":
        return Term(12 * count, Unit.months)
    if unit == "day":
        return Term(count, Unit.working_days if sort == "working" else Unit.days)
    return Term(count, Unit.weeks if unit == "week" else Unit.months)


def timescale_in(words: str) -> Timescale | None:
    """The timescale a heading names, where it is one an inspectorate usually gives: at once or 1, 3, 6 or 12 months.

    Returns:
        The timescale; None for every other length, such as forty working days, which `term_in` counts.

    Source:
        The timescales of Ofsted's reports since 2012, as `Timescale` lists them.
    """
    term = term_in(words)
    if term is None:
        return None
    if term.count == 0:
        return Timescale.immediately
    return _MONTHS.get(term.count) if term.unit is Unit.months else None


def names_a_time(words: str) -> bool:
    """Whether words such as a heading say by when, in whatever way: "By the end of March:", "Within 40 days".

    Returns:
        True for a term that can be counted, one in words that cannot ("within five school days"), a day and "urgently".

    Source:
        Own rule, on the headings of published inspection reports.
    """
    return term_in(words) is not None or _WITHIN.search(words) is not None or _BY.match(words) is not None


def paragraphs_in(words: str) -> str:
    """The paragraph numbers printed at the end of a bullet, such as "(paragraphs 44, 60)".

    Returns:
        The numbers as they are printed, "44, 60"; no text where none are.

    Source:
        Own rule, on published inspection reports.
    """
    match = _PARAGRAPHS.search(words)
    return re.sub(r"\s+", " ", match[1]).strip() if match else ""
