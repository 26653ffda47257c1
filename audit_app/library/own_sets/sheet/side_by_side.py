"""A tool that asks the same of several records side by side is no question set, and is told so in one line. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from audit_app import words
from audit_app.library.own_sets.matching import plain
from audit_app.library.own_sets.sheet.cells import Reading

_OF_A_RECORD = re.compile(
    r"^(?P<asked>.*?)[\s,:–-]*[(\[]?\b(?:record|case|file|child|sample)\s*(?:no\.?|#)?\s*(?P<which>[0-9]{1,2})[)\]]?$",
    re.IGNORECASE | re.DOTALL,
)


def refuse(reading: Reading) -> None:
    """Say what to do where at least two questions are each asked of the same two or more records."""
    by_question: dict[str, dict[str, str]] = {}
    for domain in reading.value["domains"]:
        for question in domain["questions"]:
            numbered = _OF_A_RECORD.match(question["text"].strip())
            if numbered and numbered["asked"].strip():
                by_question.setdefault(plain(numbered["asked"]), {})[numbered["which"]] = numbered["asked"].strip()
    beside = {asked: records for asked, records in by_question.items() if len(records) > 1}
    if len(beside) > 1:
        reading.faults.append(_sentence(beside))


def _sentence(beside: Mapping[str, Mapping[str, Any]]) -> str:
    records = next(iter(beside.values()))
    asked, most = next(iter(records.values())), max(map(len, beside.values()))
    return (
        f"Sheet “Questions”: “{asked[:80]}” and {words.count(len(beside) - 1, 'other question')} are each asked of "
        f"{words.count(most, 'record')} side by side. A set asks about one record and is answered once for each, "
        f"so this is not brought in as a set: use a dip sample. Keep one row of each question, and set up {most} "
        "audits of the type dip sample."
    )
