"""What a council's own people and records are called, so that they are known when they slip into a text. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Council:
    """What a text is read against: the names of the council's people, how its case references look, and the day."""

    today: date
    staff: tuple[str, ...] = ()
    reference: re.Pattern[str] | None = None


def council(today: date, staff: Iterable[str] = (), reference_pattern: str = "") -> Council:
    """A council from its settings; a pattern of its references is looked for anywhere in a text.

    A pattern that cannot be read, or that any word would fit, is left out: forms refuse such a one when it is set.
    """
    return Council(today, tuple(sorted({name.strip() for name in staff if name.strip()})), _anywhere(reference_pattern))


def _anywhere(pattern: str) -> re.Pattern[str] | None:
    plain = pattern.removeprefix("^").removesuffix("$")
    if not plain:
        return None
    try:
        re.compile(plain)
        return re.compile(rf"(?<![\w-])(?:{plain})(?![\w-])", re.IGNORECASE)
    except re.error:
        return None
