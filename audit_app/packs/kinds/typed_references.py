"""References of audits as a person types or pastes them: AUD-0012, AUD-0031; what is none is named. Pure."""

import re

_BETWEEN = re.compile(r"[\s,;]+")
_AUDIT = re.compile(r"(?:AUD[-–‑ ]?)?0*([1-9][0-9]{0,8})", re.IGNORECASE)


def audits_in(text: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The numbers of the audits a text names, each once as they come, and the words that name none.

    AUD-0012, aud12 and 12 are the same audit; spaces, commas, semicolons and line ends stand between two.
    """
    numbers: dict[int, None] = {}
    strange: dict[str, None] = {}
    for word in filter(None, _BETWEEN.split(text.strip())):
        match = _AUDIT.fullmatch(word.strip(".()"))
        if match:
            numbers[int(match[1])] = None
        elif word.casefold() not in ("and", "aud"):
            strange[word] = None
    return tuple(numbers), tuple(strange)
