"""Reads a spreadsheet of known columns: rows with their numbers, and every fault in words a person can act on."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from audit_app import limits, words
from audit_app.sheets import kinds
from audit_app.sheets.columns import Column, Facts, Fault, Sheet
from audit_app.sheets.refusal import Refused
from audit_app.sheets.rows import Reading

MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_BYTES = 25_000_000
# What each page of brought spreadsheets says of the files it takes.
ACCEPTED = f"{kinds.ACCEPTED_WORDS}, up to {words.file_size(MOST_BYTES)}"
ROOM = "audit_app.sheets.confined"
PARSERS: Mapping[kinds.Kind, str] = {
    kinds.Kind.xlsx: f"{ROOM}.workbook",
    kinds.Kind.ods: f"{ROOM}.opendocument",
    kinds.Kind.text: f"{ROOM}.delimited",
}


def read_sheet(
    data: bytes,
    filename: str,
    columns: Sequence[Column],
    *,
    keep_unknown: bool = False,
    door: str = "",
    limit: limits.Limits | None = None,
) -> Sheet:
    """Read .xlsx, .ods or text bytes against the columns they should have.

    Nothing is half read: the caller uses `rows` only when `ok`. With keep_unknown, columns nobody asked for are dropped
    and named in `dropped`; without it each is a fault. `door` says what sort of table is asked for (`elsewhere.py`), so
    that one of another sort is told where it belongs.
    """
    if isinstance(data, str):
        raise TypeError("A sheet is read from bytes, never from a path or an address.")
    data = bytes(data)
    facts = Facts(filename=plain_filename(filename), sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    try:
        kind = kinds.kind_of(data, filename)
        check_size(data)
        names = sorted({name for column in columns for name in column.names})
        reply = ask(PARSERS[kind], data, {"rows": MOST_ROWS, "columns": MOST_COLUMNS, "names": names}, limit)
    except Refused as refused:
        return Sheet(facts=facts, faults=(Fault(str(refused)),))
    return Reading(facts, reply, columns, keep_unknown=keep_unknown, door=door).sheet()


def check_size(data: bytes) -> None:
    """Refuse a file that is larger than can be read."""
    if len(data) > MOST_BYTES:
        most = words.file_size(MOST_BYTES)
        raise Refused(f"The file is {words.file_size(len(data))}; at most {most} can be read. Split it in two.")


def ask(parser: str, data: bytes, question: dict[str, Any], limit: limits.Limits | None) -> dict[str, Any]:
    """What the confined child answers of a file.

    Raises:
        Refused: The file cannot be taken, or the child could not finish.
    """
    outcome = limits.run_limited(parser, json.dumps(question).encode() + b"\n" + data, limit or limits.Limits())
    if outcome.problem:
        advice = "Copy the rows into a new workbook, or save them as CSV, and choose that."
        raise Refused(f"The file could not be read: {outcome.problem}. {advice}")
    reply: dict[str, Any] = json.loads(outcome.output)
    if "refused" in reply:
        raise Refused(reply["refused"])
    return reply


def plain_filename(name: str) -> str:
    """The given name as a label only: no folders, no controls, nothing that turns the reading direction (UP-3)."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", last).strip()[:200]
