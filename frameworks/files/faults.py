"""What is wrong with an edition's files, each fault with its file, key, line and remedy in plain words."""

import difflib
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import ValidationError

from frameworks.corrections import WrittenCorrection
from frameworks.files.plain_text import printable
from frameworks.files.shapes import Bank, WrittenSet
from frameworks.own_sets.shape import OwnSet
from frameworks.schema import Edition
from frameworks.shapes import Shape

Path = tuple[str | int, ...]

_REMEDIES = {
    "missing": "“{key}” is missing. Add it.",
    "string_type": "“{key}” must be text, but {value} stands there. Write words; put quotes round a number or a true.",
    "bool_type": "“{key}” must be true or false, without quotes, but {value} stands there.",
    "int_type": "“{key}” must be a whole number, but {value} stands there.",
    "tuple_type": "“{key}” must be a list, one line per entry beginning with a dash, but {value} stands there.",
    "dict_type": "“{key}” must be a group of keys, but {value} stands there. Indent the keys below it.",
    "mapping_type": "“{key}” must be a group of keys, but {value} stands there. Indent the keys below it.",
    "model_type": "“{key}” must be a group of keys, but {value} stands there. Indent the keys below it.",
    "invalid_key": "A key here is not text. Write it as a word, or put quotes round it.",
    "literal_error": "“{key}” must be one of {expected}, but {value} stands there.",
    "too_short": "“{key}” is empty. Give it at least one entry.",
    "string_too_short": "“{key}” is empty. Write something, or take the line out.",
    "string_too_long": "“{key}” is too long: at most {max_length} characters. Shorten it.",
    "date_type": "“{key}” must be a date written like 2026-04-01, but {value} stands there.",
    "date_from_datetime_inexact": "“{key}” must be a date without a time, written like 2026-04-01.",
    "greater_than_equal": "“{key}” must be at least {ge}, but {value} stands there.",
    "less_than_equal": "“{key}” must be at most {le}, but {value} stands there.",
    "string_unicode": "“{key}” holds characters that cannot be stored. Type the words again.",
}
_PATTERNS = {
    r"\S": "“{key}” is blank. Write something, or take the line out.",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "“{key}” may hold only small letters, digits and single dashes (like in-care), "
    "but {value} stands there.",
    r"^[a-z][a-z0-9_]*$": "“{key}” may hold only small letters, digits and underscores (like requires_improvement), "
    "but {value} stands there.",
    r"^[A-Z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$": "“{key}” must begin with a capital letter and hold only letters, digits "
    "and single dashes (like HP or NF-O3-SL-05), but {value} stands there.",
    r"^[a-z0-9]+(-[a-z0-9]+)*/[A-Z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$": "“{key}” must name an edition and one of its areas, "
    "like ilacs-2026/HP, but {value} stands there.",
    r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$": "“{key}” must name a domain and one of its questions, like "
    "plan/specific, but {value} stands there.",
    r"^\S+$": "“{key}” must be one word without spaces (like D8.4), but {value} stands there.",
}


def _keys_in(annotation: Any) -> set[str]:
    """Every key that may stand in a file of that shape, at whatever depth."""
    inner = [_keys_in(part) for part in get_args(annotation)]
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        inner += [{key} | _keys_in(field.annotation) for key, field in annotation.model_fields.items()]
    return set[str]().union(*inner)


KNOWN_KEYS = sorted(set[str]().union(*map(_keys_in, (Edition, Bank, WrittenSet, OwnSet, WrittenCorrection))))


__all__ = [
    "KNOWN_KEYS",
    "BrokenEdition",
    "Fault",
    "Path",
    "complaints_of",
    "place_as_written",
    "printable",
]


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where it is, and what to do about it."""

    file: str
    key: str
    line: int | None
    message: str

    def __str__(self) -> str:
        """The fault as one line a person can act on."""
        place = self.file + (f", line {self.line}" if self.line else "") + (f", {self.key}" if self.key else "")
        return f"{place}: {self.message}"


class BrokenEdition(ValueError):
    """An edition with at least one fault; `faults` holds every one that could be found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep the faults and say them all when printed."""
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def complaints_of(error: ValidationError) -> list[tuple[Path, str]]:
    """Each complaint of pydantic as a place in the file and a sentence with its remedy."""
    complaints: dict[tuple[Path, str], None] = {}
    for complaint in error.errors(include_url=False):
        path = tuple(part for part in complaint["loc"] if part != "[key]")
        complaints[path, _sentence(complaint["type"], path, complaint.get("ctx", {}), complaint["input"])] = None
    return list(complaints)


def place_as_written(path: Path) -> str:
    """A place in a file as people write it: `domains[2].questions[0].type`, counting from the top as 0."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{printable(part)}" if text else printable(part)
    return text


def _sentence(kind: str, path: Path, context: dict[str, Any], value: object) -> str:
    key = next((printable(part) for part in reversed(path) if isinstance(part, str)), "the file")
    if kind == "extra_forbidden":
        return _unknown_key(key, value)
    template = _REMEDIES.get(kind) or _PATTERNS.get(str(context.get("pattern")))
    if template is None:
        return f"“{key}” cannot be used as it stands ({kind.replace('_', ' ')}). Compare it with a set that works."
    words = {name: str(value) for name, value in context.items()}
    return template.format(**(words | {"key": key, "value": _value_in_words(value)}))


def _unknown_key(key: str, value: object) -> str:
    if value is None and " " in key:
        return f"“{key}” has been read as a key. Inside braces a comma begins a new key: put quotes round the sentence."
    close = difflib.get_close_matches(key, KNOWN_KEYS, n=1)
    hint = f" Did you mean “{close[0]}”?" if close and close[0] != key else " Take it out, or move it where it belongs."
    return f"“{key}” is not a key that may stand here.{hint}"


def _value_in_words(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"“{printable(value)}”"
    if isinstance(value, tuple):
        return "a list"
    return "a group of keys" if isinstance(value, dict) else printable(str(value)[:100])
