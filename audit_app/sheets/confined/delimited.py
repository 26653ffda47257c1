"""Reads comma, semicolon, tab and bar separated text into rows of text, guessing nothing (IM-3, IM-4, IM-5).

Runs only in the confined child.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from audit_app.sheets.confined.opening import Asked, answered
from audit_app.sheets.headings import LOOKED_AT, head_row
from audit_app.sheets.refusal import REMEDY, Refused

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MOST_CELL = 50_000
_SEP_LINE = re.compile(r'"?sep=(.?)"?[,;|\t]*', re.IGNORECASE)

Line = tuple[int, int, list[str]]


def answer(question: bytes) -> bytes:
    """What the confined child sends back for a text file."""
    return answered(question, read_text)


def read_text(data: bytes, asked: Asked) -> dict[str, Any]:
    """Rows of text, with the encoding and separator they were found in."""
    text, encoding = decode(data)
    separator, text, lines_before = separator_of(text, asked)
    rows = [
        (number, line + lines_before, cells)  # a spreadsheet program does not show the "sep=" line
        for number, line, cells in rows_of(text, separator, asked.rows, asked.columns)
    ]
    reply = {"kind": "text", "rows": rows, "faults": [], "wrong": [], "days": [], "remarks": []}
    return {**reply, "encoding": encoding, "separator": SEPARATORS[separator]}


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8 or UTF-16 with or without their marks, an old Mac's, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16"), "UTF-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return _decoded(data[3:], "utf-8"), "UTF-8 with its mark"
    if b"\x00" in data:
        return _decoded(data, _wide(data)), "UTF-16 without its mark"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    # Only programs of the old Mac end a line by CR alone, and they write their own letters.
    if b"\r" in data and b"\n" not in data:
        return _decoded(data, "mac_roman"), "Macintosh"
    return _decoded(data, "cp1252"), "Windows-1252"


def _wide(data: bytes) -> str:
    """Which half of each pair of bytes is nearly always nought in text of western letters."""
    start = data[:4_000]
    evens, odds = start[::2].count(0), start[1::2].count(0)
    if len(data) % 2 == 0 and max(evens, odds) * 3 > len(start) and min(evens, odds) == 0:
        return "utf-16-le" if odds else "utf-16-be"
    raise Refused(f"The file holds bytes that are not text. {REMEDY}")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(
            f"Line {line} holds bytes that are not text. Save the file as “CSV UTF-8” and choose it again."
        ) from None


def separator_of(text: str, asked: Asked) -> tuple[str, str, int]:
    """The separator, the text to read and how many lines stand before it.

    Excel's own "sep=;" line decides; else the separator by which most headings are found; else the one that divides
    the first line most often.
    """
    lines = text.splitlines(keepends=True)
    first = lines[0] if lines else ""
    named = _SEP_LINE.fullmatch(first.strip("\r\n").strip(" "))
    if named and named[1] in ("", *SEPARATORS):
        return named[1] or "\t", text[len(first) :], 1
    known = {separator: _known(text, separator, asked.names) for separator in SEPARATORS}
    best = max(known, key=lambda separator: known[separator])
    if known[best]:
        return best, text, 0
    line = _outside_quotes(text)
    return max(SEPARATORS, key=line.count), text, 0


def _known(text: str, separator: str, names: Collection[str]) -> int:
    """How many headings the first rows hold when they are parted by this separator."""
    reader = csv.reader(io.StringIO(text[: MOST_CELL * 2], newline=""), delimiter=separator)
    try:
        head = head_row(list(islice(reader, LOOKED_AT)), names)
    except csv.Error:
        return 0
    return head.known if head else 0


def _outside_quotes(text: str) -> str:
    """The first row of a file without what stands in quotes, where a comma is only a comma."""
    kept, quoted = [], False
    for character in text[:MOST_CELL].lstrip("\r\n"):
        if character == '"':
            quoted = not quoted
        elif character in "\r\n" and not quoted:
            break
        elif not quoted:
            kept.append(character)
    return "".join(kept)


def rows_of(text: str, separator: str, most_rows: int, most_columns: int) -> Iterator[Line]:
    """Each row as (its number, the line of the file it begins on, its cells)."""
    csv.field_size_limit(MOST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number, line = 0, 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused(_csv_words(str(error), number + 1, line)) from None
        number += 1
        if any(cell.strip() for cell in cells):
            _check_reach(number, cells, most_rows, most_columns)
            yield number, line, cells
        line = reader.line_num + 1


def _check_reach(number: int, cells: list[str], most_rows: int, most_columns: int) -> None:
    if number > most_rows + 1:
        raise Refused(f"The file has more than {most_rows:,} rows. Split it and bring the parts in one after another.")
    filled = max(place for place, cell in enumerate(cells, 1) if cell.strip())
    if filled > most_columns:
        raise Refused(f"Row {number} has {filled:,} columns; at most {most_columns} can be read.")


def _csv_words(error: str, number: int, line: int) -> str:
    place = f"Row {number} (line {line})"
    if "field larger" in error:
        return f"{place} holds a cell of more than {MOST_CELL:,} characters, or a quotation mark is missing."
    return (
        f"{place} has a quotation mark that is not closed or stands in the wrong place. Open the file in a "
        "spreadsheet program, mend the row and save it again."
    )
