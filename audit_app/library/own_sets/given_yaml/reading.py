"""Asks the confined child for what a YAML file holds; nothing of the file is parsed in the process of the pages."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from audit_app import limits
from audit_app.library.own_sets.given_yaml.parsing import unpacked
from frameworks.files import parsing
from frameworks.files.faults import Path

PARSER = "audit_app.library.own_sets.given_yaml.parsing"
Complaint = tuple[int | None, str]
Ask = Callable[[bytes], limits.Outcome]


def ask_child(question: bytes) -> limits.Outcome:
    """Put a question to the parser in a child with limits."""
    return limits.run_limited(PARSER, question)


def values_of(data: bytes, ask: Ask = ask_child) -> tuple[Any, list[Complaint]]:
    """The values in a file, or each complaint with its line."""
    if len(data) > parsing.MAX_BYTES:
        return None, [(None, f"The file is too large: at most {parsing.MAX_BYTES:,} bytes. Split it.")]
    outcome = ask(b"null\n" + data)
    if outcome.problem:
        return None, [(None, f"The file could not be read: {outcome.problem}. Make it shorter and flatter.")]
    reply = json.loads(outcome.output)
    if "complaints" in reply:
        return None, [(line, sentence) for line, sentence in reply["complaints"]]
    return unpacked(reply["value"]), []


def lines_of(data: bytes, places: Sequence[Path], ask: Ask = ask_child) -> list[int | None]:
    """The line of each place in a file that was read before; None where it cannot be told."""
    if not places:
        return []
    outcome = ask(json.dumps(places).encode("ascii") + b"\n" + data)
    return [None] * len(places) if outcome.problem else list(json.loads(outcome.output))
