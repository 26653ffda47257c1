"""Reads comma, semicolon and tab separated text into rows of text, guessing nothing (IM-3, IM-4, IM-5).

Runs only in the confined child.
"""

import csv
import io
from typing import Any

from audit_app.sheets.opening import REMEDY, Refused, answered

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
MOST_CELL = 50_000


def answer(question: bytes) -> bytes:
    """What the confined child sends back for a text file."""
    return answered(question, "text", read_text)


def read_text(data: bytes, most_rows: int, most_columns: int) -> dict[str, Any]:
    """Rows of text, with the encoding and separator they were found in."""
    text, encoding = decode(data)
    separator, text = separator_of(text)
    rows = list(rows_of(text, separator, most_rows, most_columns))
    named = SEPARATORS[separator]
    return {"kind": "text", "rows": rows, "faults": [], "encoding": encoding, "separator": named, "remarks": []}


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8 with or without its mark, UTF-16 with its mark, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16"), "UTF-16"
    if b"\x00" in data:
        raise Refused(f"The file holds bytes that are not text. {REMEDY}")
    if data.startswith(b"\xef\xbb\xbf"):
        return _decoded(data[3:], "utf-8"), "UTF-8 with its mark"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _decoded(data, "cp1252"), "Windows-1252"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(
            f"Line {line} holds bytes that are not text. Save the file as “CSV UTF-8” and choose it again."
        ) from None


def separator_of(text: str) -> tuple[str, str]:
    """The separator and the text to read: Excel's own "sep=;" line, else what divides the first line most often."""
    first, _newline, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and first.strip()[4:] in ("", *SEPARATORS):
        return first.strip()[4:] or "\t", rest
    line = _outside_quotes(text)
    return max(SEPARATORS, key=line.count), text


def _outside_quotes(text: str) -> str:
    """The first row of a file without what stands in quotes, where a comma is only a comma."""
    kept, quoted = [], False
    for character in text[:MOST_CELL].lstrip("\n"):
        if character == '"':
            quoted = not quoted
        elif character == "\n" and not quoted:
            break
        elif not quoted:
            kept.append(character)
    return "".join(kept)


def rows_of(text: str, separator: str, most_rows: int, most_columns: int):
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
        if number > most_rows + 1:
            raise Refused(
                f"The file has more than {most_rows:,} rows. Split it and bring the parts in one after another."
            )
        if len(cells) > most_columns:
            raise Refused(f"Row {number} has {len(cells):,} columns; at most {most_columns} can be read.")
        yield number, line, cells
        line = reader.line_num + 1


def _csv_words(error: str, number: int, line: int) -> str:
    place = f"Row {number} (line {line})"
    if "field larger" in error:
        return f"{place} holds a cell of more than {MOST_CELL:,} characters, or a quotation mark is missing."
    return f"{place} has a quotation mark that is not closed or stands in the wrong place."
