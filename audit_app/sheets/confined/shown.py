"""How a spreadsheet program shows a number or a day under its number format. Pure.

A cell that holds 1.1 and shows 1.10 is read as 1.10, because that is what the person who typed it saw.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

LARGEST_EXACT = 10**15
GENERAL = re.compile(r"general|@|", re.IGNORECASE)
_SAID = re.compile(r'"[^"]*"|\\.')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_FIGURES = re.compile(r"[0#?][0#?,]*(?:\.[0#?]*,*)?")
_DATE_PARTS = re.compile(r"\[?(y+|m+|d+|h+|s+)\]?|am/pm|a/p", re.IGNORECASE)
_CANNOT = "the way this number is shown cannot be read here. Format the cell as text and type what it should show."


def is_whole_day(shown_as: str) -> bool:
    """Whether a format shows day, month and year, so that nobody can take the cell for anything else."""
    return {"d", "m", "y"} <= set(_parts(shown_as))


def date_as_shown(value: datetime | date, shown_as: str) -> str:
    """A day as 31/03/2027, with its time where that is shown; a part of one, "Mar-27", as the sheet shows it."""
    if is_whole_day(shown_as):
        timed = isinstance(value, datetime) and "h" in _parts(shown_as) and (value.hour or value.minute)
        return value.strftime("%d/%m/%Y %H:%M" if timed else "%d/%m/%Y")
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    plain = _SAID.sub(lambda said: said[0][1:].strip('"'), _section(_BRACKETS.sub("", shown_as), 0))
    return _DATE_PARTS.sub(lambda part: _date_part(moment, part[0].lower(), plain), plain).strip()


def _parts(shown_as: str) -> list[str]:
    """The letters of the parts a format shows; an m beside hours or seconds is minutes, and no month."""
    plain = _SAID.sub("", _section(re.sub(r"\[\$[^\]]*\]", "", shown_as), 0)).lower()
    letters = [match[1][0] for match in _DATE_PARTS.finditer(plain) if match[1]]
    return ["minute" if letter == "m" and _of_time(letters, at) else letter for at, letter in enumerate(letters)]


def _of_time(letters: list[str], at: int) -> bool:
    return "h" in letters[max(0, at - 1) : at] or "s" in letters[at + 1 : at + 2]


def _date_part(moment: datetime, part: str, shown_as: str) -> str:
    minutes = re.search(rf"h[^a-z]*{part}|{part}[^a-z]*s", shown_as, re.IGNORECASE) if part[0] == "m" else None
    if minutes:
        return f"{moment.minute:02}"
    forms = {
        "y": "%y" if len(part) < 3 else "%Y",
        "m": {1: "%-m", 2: "%m", 3: "%b"}.get(len(part), "%B"),
        "d": {1: "%-d", 2: "%d", 3: "%a"}.get(len(part), "%A"),
        "h": "%H",
        "s": "%S",
        "a": "%p",
    }
    form = forms[part[0]]
    if form in ("%-m", "%-d"):
        return str(moment.month if form == "%-m" else moment.day)
    return moment.strftime(form)


def number_as_shown(value: float, shown_as: str) -> str:
    """A number as the sheet shows it: zeros in front and after the point, thousands, per cent, currency.

    Raises:
        ValueError: It has more figures than a spreadsheet keeps, or its format is of a sort that is not read.
    """
    if not abs(value) < LARGEST_EXACT:
        raise ValueError("this number has more figures than Excel keeps. Format the cell as text and type it again.")
    exact = Decimal(format(value, ".15g"))
    section = _section_for(exact, shown_as)
    if GENERAL.fullmatch(section.strip()):
        return _plain(exact)
    if exact < 0 and len(_sections(shown_as)) > 1:
        exact = -exact  # the section for numbers below nought says itself how that is shown
    return _in_figures(exact, section)


def _sections(shown_as: str) -> list[str]:
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', shown_as)


def _section(shown_as: str, place: int) -> str:
    return _sections(shown_as)[place]


def _section_for(value: Decimal, shown_as: str) -> str:
    """The part of a format that is for numbers above, below or at nought."""
    sections = _sections(shown_as)
    if re.search(r"\[[<>=]", shown_as):
        raise ValueError(_CANNOT)
    wanted = 1 if value < 0 else 2 if value == 0 else 0
    return sections[wanted] if wanted < min(len(sections), 3) else sections[0]


def _in_figures(value: Decimal, section: str) -> str:
    currency = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r"\1", section)
    bare = re.sub(r"[_*].", "", _BRACKETS.sub("", currency))
    figures = _FIGURES.search(_SAID.sub(lambda said: "\0" * len(said[0]), bare))
    if figures is None:
        return _said(bare) or _plain(value)
    before, pattern, after = bare[: figures.start()], figures[0], bare[figures.end() :]
    if re.search(r"[0#?/]|E[+-]", _SAID.sub("", before + after)):
        if re.fullmatch(r"[0\\\- /().]+", bare) and value == value.to_integral_value():
            return _grouped(value, bare)
        raise ValueError(_CANNOT)
    if "%" in _SAID.sub("", after):
        value *= 100
    return f"{_said(before)}{_pattern(value, pattern)}{_said(after)}".strip()


def _said(literal: str) -> str:
    return _SAID.sub(lambda said: said[0][1:].strip('"') if said[0][0] == "\\" else said[0].strip('"'), literal)


def _pattern(value: Decimal, pattern: str) -> str:
    """The figures of one pattern such as #,##0.00, rounded as a spreadsheet rounds, half away from nought."""
    while pattern.endswith(","):
        pattern, value = pattern[:-1], value / 1000
    whole, _point, decimals = pattern.partition(".")
    exponent = Decimal(1).scaleb(-len(decimals))
    rounded = value.quantize(exponent, rounding=ROUND_HALF_UP)
    text = format(abs(rounded), f",.{len(decimals)}f" if "," in whole else f".{len(decimals)}f")
    figures, _point, rest = text.partition(".")
    least = whole.replace(",", "").count("0")
    figures = "" if figures == "0" and least == 0 else figures
    while len(rest) > decimals.count("0") and rest.endswith("0"):
        rest = rest[:-1]
    sign = "-" if rounded < 0 else ""
    return sign + figures.zfill(least) + (f".{rest}" if decimals else "")


def _grouped(value: Decimal, pattern: str) -> str:
    """Figures set out in groups, 000-000: filled from the right."""
    slots = pattern.replace("\\", "")
    figures = str(abs(int(value))).zfill(slots.count("0"))
    surplus = len(figures) - slots.count("0")
    filled = iter(figures[surplus:])
    return figures[:surplus] + "".join(next(filled) if slot == "0" else slot for slot in slots)


def _plain(value: Decimal) -> str:
    if value == value.to_integral_value():
        return str(int(value))
    return format(value.normalize(), "f")
