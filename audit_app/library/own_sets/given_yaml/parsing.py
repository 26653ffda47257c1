"""Turns a YAML file's bytes into values or into the lines of places in it. Runs only in the confined child."""

import json
from datetime import date, datetime
from typing import Any

from frameworks.files import parsing, yaml_lines

WRITE_IT_PLAINLY = "A value here is neither words, a number, a date, a list nor a group. Write it as plain text."


def answer(question: bytes) -> bytes:
    """What the child sends back: for a first line of JSON `null` the values, for a list of places their lines."""
    header, _newline, data = question.partition(b"\n")
    places = json.loads(header)
    if places is not None:
        text = data.decode("utf-8", "replace")
        return json.dumps([yaml_lines.line_of(text, tuple(place)) for place in places]).encode("ascii")
    try:
        return json.dumps({"value": packed(parsing.values_in(data))}).encode("ascii")
    except parsing.Unreadable as error:
        return json.dumps({"complaints": error.complaints}).encode("ascii")


def packed(value: Any) -> Any:
    """A value of a YAML file as JSON that gives it back unchanged: JSON has no dates, tuples or keys but text."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return ["float", repr(value)]
    if isinstance(value, (datetime, date)):
        return ["time" if isinstance(value, datetime) else "date", value.isoformat()]
    if isinstance(value, tuple):
        return ["list", [packed(inner) for inner in value]]
    if isinstance(value, dict):
        return ["group", [[packed(key), packed(inner)] for key, inner in value.items()]]
    raise parsing.Unreadable([(None, WRITE_IT_PLAINLY)])


def unpacked(value: Any) -> Any:
    """The other way round."""
    if not isinstance(value, list):
        return value
    kind, held = value
    if kind == "float":
        return float(held)
    if kind == "list":
        return tuple(unpacked(inner) for inner in held)
    if kind == "group":
        return {unpacked(key): unpacked(inner) for key, inner in held}
    return datetime.fromisoformat(held) if kind == "time" else date.fromisoformat(held)
