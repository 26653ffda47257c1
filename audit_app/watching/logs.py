"""What the processes write about themselves: one line an event, and never what somebody typed.

An error's own words may quote a case, so an error is written as its kind and the places in the code it passed.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_CHAIN = 5


class Lines(logging.Formatter):
    """A line of text: time, level, who says it, what; an error in places of the code."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as one line (LG-7)."""
        parts = [moment_of(record), record.levelname, record.name, one_line(record.getMessage())]
        return " ".join([*parts, *(f"[{places}]" for places in _errors_of(record))])


class JsonLines(logging.Formatter):
    """The same as one JSON object a line, for whoever gathers logs."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as one line (LG-7)."""
        fields: dict[str, Any] = {
            "at": moment_of(record),
            "level": record.levelname.lower(),
            "from": record.name,
            "words": one_line(record.getMessage()),
            "process": record.process,
        }
        errors = list(_errors_of(record))
        return json.dumps({**fields, "errors": errors} if errors else fields, ensure_ascii=False)


def moment_of(record: logging.LogRecord) -> str:
    """When it was said, in UTC."""
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def one_line(text: str) -> str:
    """Text that cannot begin a new line, whatever it holds."""
    return CONTROLS.sub(lambda letter: f"\\u{ord(letter[0]):04x}", text)


def _errors_of(record: logging.LogRecord) -> Iterator[str]:
    """The error of a record and those that led to it, newest first, each as its kind and where it passed."""
    error = record.exc_info[1] if record.exc_info else None
    for _number in range(LONGEST_CHAIN):
        if error is None:
            return
        frames = traceback.extract_tb(error.__traceback__)
        passed = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        yield f"{type(error).__name__} at {passed}"
        error = error.__cause__ or error.__context__


def set_up_logs(config: Mapping[str, Any]) -> None:
    """Send what this process says to its standard error, as the settings want it; libraries only when it matters."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if config["LOG_FORMAT"] == "json" else Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("audit_app").setLevel(logging.INFO)
