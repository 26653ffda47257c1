"""Makes the blank workbook a person fills in: headings, choices to pick from, and a sheet of guidance."""

from collections.abc import Sequence
from typing import Any

from audit_app import words
from audit_app.sheets.columns import Column
from audit_app.sheets.values import as_date
from audit_app.sheets.workbook import SheetOut, Workbook, cell_text

ROWS_TO_FILL = 1_000
MARKING = "OFFICIAL-SENSITIVE when filled in"
# Excel keeps at most 255 characters of choices in a cell's own rule; longer lists stand on a sheet of their own.
LONGEST_RULE = 255


def template_xlsx(columns: Sequence[Column], title: str, guidance: Sequence[str] = ()) -> bytes:
    """A workbook whose first sheet is empty but for its headings, with drop-down choices and a sheet of guidance."""
    book = Workbook(title, marking=MARKING)
    page = book.add(
        SheetOut("To fill in", [column.heading for column in columns], []),
        widths=[min(40, max(14, len(column.heading) + 4)) for column in columns],
        looks=[_format_of(column) for column in columns],
        to_fill=ROWS_TO_FILL,
        marked=False,
    )
    book.add(_guidance(columns, title, guidance))
    listed = [column for column in columns if column.allowed is not None and _is_long(column)]
    if listed:
        book.add(_choices(listed))
    for place, column in enumerate(columns):
        rule = _rule(column, listed)
        if rule:
            page.data_validation(1, place, ROWS_TO_FILL, place, rule)
    return book.finished()


def _format_of(column: Column) -> str:
    return "date" if column.parse is as_date else "text"


def _is_long(column: Column) -> bool:
    choices = list(column.allowed or ())
    return len(",".join(choices)) > LONGEST_RULE or any("," in choice for choice in choices)


def _guidance(columns: Sequence[Column], title: str, guidance: Sequence[str]) -> SheetOut:
    rows: list[tuple[str, str, str]] = [(title, "", line) for line in (*guidance, f"{MARKING}.")]
    rows += [(column.heading, "Yes" if column.required else "No", _what_to_write(column)) for column in columns]
    return SheetOut("Guidance", ("Column", "Must be filled", "What to write"), rows)


def _what_to_write(column: Column) -> str:
    hints = [column.hint] if column.hint else []
    if column.allowed is not None:
        hints.append(
            "Choose from the list on the sheet “Choices”."
            if _is_long(column)
            else f"One of {words.listing(list(column.allowed), 'or')}."
        )
    elif column.parse is as_date:
        hints.append("A date, like 31/03/2026.")
    elif column.parse is None:
        hints.append(f"Text of at most {column.max_length:,} characters.")
    if not column.may_be_personal:
        hints.append("No names, dates of birth or addresses.")
    return " ".join(hints)


def _choices(columns: Sequence[Column]) -> SheetOut:
    lists = [list(column.allowed or ()) for column in columns]
    longest = max(map(len, lists))
    rows = [[choices[row] if row < len(choices) else None for choices in lists] for row in range(longest)]
    return SheetOut("Choices", [column.heading for column in columns], rows)


def _rule(column: Column, listed: Sequence[Column]) -> dict[str, Any] | None:
    """What Excel itself checks while a person types; we check again on reading."""
    if column.allowed is not None:
        source: Any = list(column.allowed)
        if column in listed:
            letter = chr(65 + listed.index(column))
            source = f"=Choices!${letter}$2:${letter}${len(source) + 1}"
        return {
            "validate": "list",
            "source": source,
            "error_title": "Not one of the choices",
            "error_message": cell_text("Choose from the list.", "", 1),
        }
    if column.parse is None and column.max_length < 1_000:
        return {
            "validate": "length",
            "criteria": "<=",
            "value": column.max_length,
            "error_title": "Too long",
            "error_message": f"Use at most {column.max_length} characters.",
        }
    return None
