"""Dates of birth in any spelling, told by what stands around a date or by a child's name beside it. Pure."""

import re
from collections.abc import Iterator
from datetime import date

from audit_app.disclosure.names import NO_NAMES
from audit_app.disclosure.suspect import Kind, Suspect

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:(?:19|20)\d{2}|'?\d{2})"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = (
    rf"(?:\b{_DAY} ?[/.-] ?(?:0?[1-9]|1[0-2]) ?[/.-] ?{_YEAR}\b"
    rf"|\b(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01])\b"
    rf"|\b{_DAY}(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH}\.?,?[ -]{_YEAR}\b"
    rf"|\b{_MONTH}\.? {_DAY}(?:st|nd|rd|th)?,? {_YEAR}\b)"
)
_NUMERIC = re.compile(r"\d{1,4} ?[/.-] ?\d{1,2} ?[/.-] ?\d{2,4}")
_LOOSER = rf"(?:{_DATE}|\b{_MONTH}\.? (?:19|20)\d\d\b|\b(?:19|20)\d\d\b|\b{_DAY}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b)"
_LED_TO = r"(?:[\s:=,-]|\b(?:is|was|of|given|as|on|in|the|recorded|c|circa|about|around|early|late)\b){0,8}"
_SAID = re.compile(
    rf"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdates? of births?\b|\bbirth ?(?:date|day)s?\b|\bborn\b|\bbirths?\b|\bb\.)"
    rf"{_LED_TO}({_LOOSER})",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(
    rf"({_DATE})[\s,(\[]{{0,3}}(?:\bd\.?o\.?b\b|\bdate of birth\b|\bbirth\b|\bbirthday\b|\bwas (?:his|her|their)\b)",
    re.IGNORECASE,
)
_ANY = re.compile(_DATE, re.IGNORECASE)
# A date beside a name or initials: "Kayleigh (3/4/12)", "KB, 03.04.2012", "the girl, 3 April 2012".
_BESIDE = re.compile(
    r"(?:\b[A-Z]\.?[A-Z]\.?|\b[A-Z][a-z]+(?:[-'][A-Z]?[a-z]+)?|\b(?:child|girl|boy|baby|son|daughter|brother|sister|sibling"
    r"|twin|toddler|infant|mother|father|mum|dad|young person|teenager)s?)\s?[,(\[:-]?\s?[(\[]?$"
)
# What a date of something else follows: an event, a document, a promise.
_OTHERWISE = re.compile(
    r"\b(?:inspect\w*|visit\w*|publish\w*|letters?|reports?|reported|dated|date|by|due|since|until|till|from|to|between|and"
    r"|before|after|on|at|review\w*|meeting|board|conference|version|updated?|issued|signed|agreed|approved|started|ended"
    r"|starts|ends|launched|begin\w*|began|complete\w*|closed|opened|implemented|effective|week|ending|commencing|period"
    r"|minutes|cabinet|committee|panel|target|deadline|year|term|guidance|act|regulations|jan\w*|feb\w*|mar\w*|apr\w*|may"
    r"|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\b[\s:,(-]*$",
    re.IGNORECASE,
)
YOUNGEST_YEARS, OLDEST_YEARS = 2, 25


def births(text: str, today: date) -> Iterator[Suspect]:
    """Dates said to be of birth, dates beside a name or a child, and bare dates as old as a child is."""
    for pattern in (_SAID, _SAID_AFTER):
        for match in pattern.finditer(text):
            yield Suspect(Kind.birth, match[1], match.start(1))
    for match in _ANY.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if _OTHERWISE.search(before):
            continue
        if _beside_a_name(before) or (_NUMERIC.fullmatch(match[0]) and _as_old_as_a_child(match[0], today)):
            yield Suspect(Kind.birth, match[0], match.start())


def _beside_a_name(before: str) -> bool:
    """Whether what stands before a date is a child, initials or a name: no weekday, month or body."""
    match = _BESIDE.search(before)
    return match is not None and match[0].strip(" ,([:-") not in NO_NAMES


def _as_old_as_a_child(numeric: str, today: date) -> bool:
    """Whether a bare date in figures lies as far back as children were born; what is younger is more often an event."""
    parts = [int(part) for part in re.findall(r"\d+", numeric)]
    year = parts[0] if parts[0] > 31 else parts[2]
    if year < 100:
        year += 2000 if year <= today.year % 100 else 1900
    return YOUNGEST_YEARS <= today.year - year <= OLDEST_YEARS
