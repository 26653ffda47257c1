"""Turns the bytes of a YAML file into plain values, refusing whatever is not text, not YAML, or made to exhaust us."""

import contextlib

from ruamel.yaml import YAML
from ruamel.yaml.composer import MaxDepthExceededError
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from frameworks.files import yaml_lines
from frameworks.files.plain_text import printable
from frameworks.files.yaml_lines import MAX_DEPTH, MAX_VALUES

# Reading YAML in Python takes seconds for the largest file allowed; the largest we ship is under half of it.
MAX_BYTES = 200_000

TOO_DEEP = (None, f"The file is nested too deeply: at most {MAX_DEPTH} levels. Make it flatter.")
TOO_MANY = (None, f"The file holds too many values: at most {MAX_VALUES:,}. Split it.")

# What the YAML library says, and what a person should look for.
_PLAINER = {
    "mapping values are not allowed": "a colon stands inside plain words, or a line is indented too far. "
    "Put quotes round the words, or move the line back",
    "could not find expected ':'": "a line here has no colon after its key, or its words run on without being indented",
    "expected <block end>": "this line is not indented like its neighbours, or the words before it need quotes",
    "expected ',' or": "a bracket or brace is not closed, or a comma is missing",
    "cannot start any token": "a tab or a special character begins something here. Use spaces to indent, and quotes",
    "unexpected end of stream": "a quotation mark is not closed",
    "undefined alias": "words beginning with * need quotes",
    "constructor for the tag": "words beginning with ! need quotes",
}


class Unreadable(Exception):
    """A file that gives no values at all; `complaints` are pairs of line and sentence."""

    def __init__(self, complaints: list[tuple[int | None, str]]) -> None:
        """Keep the complaints."""
        self.complaints = complaints
        super().__init__()


def values_in(content: bytes, *, ours: bool = False) -> object:
    """What a file holds, with tuples for lists; raises Unreadable, and nothing else, for any bytes whatever.

    Files that come with the product are `ours`: they are read by the parser written in C, some four times as fast. What
    others give us, and whatever it refuses, is read by the one in Python, whose complaints are those people see.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable([(None, f"The file is too large: at most {MAX_BYTES:,} bytes. Split it.")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable([(line, "This is not UTF-8 text. Save the file again with the encoding UTF-8.")]) from None
    if ours:
        with contextlib.suppress(Exception):
            return _frozen(YAML(typ="safe", pure=False).load(text), [0], 0)
    try:
        return _frozen(yaml_lines.yaml_reader().load(text), [0], 0)
    except Unreadable:
        raise
    except MaxDepthExceededError:
        raise Unreadable([TOO_DEEP]) from None
    except yaml_lines.TooMany:
        raise Unreadable([TOO_MANY]) from None
    except Exception as error:  # a YAML loader meets any bytes; whatever it raises, the user gets a sentence
        raise Unreadable(_unreadable(text, error)) from None


def _unreadable(text: str, error: Exception) -> list[tuple[int | None, str]]:
    twice = yaml_lines.repeated_keys(text)
    if twice:
        return [(line, f"“{printable(key)}” stands twice in one group. Take one out.") for key, line in twice]
    if isinstance(error, MarkedYAMLError):
        line = error.problem_mark.line + 1 if error.problem_mark else None
        return [(line, f"This is not YAML: {_plainer(str(error.problem))}.")]
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return [(line, "A character here is not allowed in plain text. Delete what is invisible and type it again.")]
    value = yaml_lines.unreadable_value(text)
    if value:
        return [(value[1], f"“{printable(value[0])}” is not a real date or number. Correct it, or quote it.")]
    return [(None, "The file holds characters or values that cannot be read. Type it again as plain text.")]


def _frozen(value: object, count: list[int], depth: int) -> object:
    """The same value with tuples for lists, counted, because aliases can make a small file vast."""
    count[0] += 1
    if count[0] > MAX_VALUES:
        raise Unreadable([TOO_MANY])
    if depth > MAX_DEPTH:
        raise Unreadable([TOO_DEEP])
    if isinstance(value, dict):
        return {key: _frozen(inner, count, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(inner, count, depth + 1) for inner in value)
    return value


def _plainer(problem: str) -> str:
    for theirs, ours in _PLAINER.items():
        if theirs in problem:
            return ours
    return f"{printable(problem)}. Check indents, colons, dashes and quotes near this line"
