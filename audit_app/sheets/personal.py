"""Tells which columns and which cells look as if they hold personal data, before anything is kept (IM-9, PR-2)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.disclosure import Council, Suspect, is_nhs_number, suspects
from audit_app.sheets.columns import Column, Row
from audit_app.words import listing

_HEADINGS = (
    (r"\bnhs\b", "NHS numbers"),
    (r"\bupn\b|pupil number", "unique pupil numbers"),
    (r"\bdob\b|date of birth|birth ?date|\bborn\b", "dates of birth"),
    (r"post ?code", "postcodes"),
    (r"\baddress\b", "addresses"),
    (r"e-?mail", "e-mail addresses"),
    (r"\b(tele)?phone\b|\bmobile\b", "phone numbers"),
    (r"\b(fore|sur|first|last|full|given|family|maiden|child|young person|mother|father|parent|carer)('?s)? ?names?\b",
     "names"),
    (r"^names?$|^name of (the )?(child|young person|parent|carer)", "names"),
)  # fmt: skip
# Cells looked at in a long column, evenly spread: enough to tell what it holds, quick at 20,000 rows.
ENOUGH = 1_000
_POSTCODE = re.compile(r"(?:GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2})", re.IGNORECASE)
_UPN = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"(?:\+44 ?\(?0?\)?|\(?0)[0-9() -]{8,13}")
_NAME = re.compile(r"[A-ZÀ-Ý][\w’'-]+(?:,? [A-ZÀ-Ý][\w’'-]*){1,3}")


def looks_personal(heading: str, values: Sequence[str], *, known: bool) -> str:
    """What a column looks like ("NHS numbers"), or nothing.

    Half of the filled cells must look the part. Names are told from the cells only in columns we did not ask for: a
    column of teams or posts is made of the same capitals.
    """
    for pattern, kind in _HEADINGS:
        if re.search(pattern, heading, re.IGNORECASE):
            return kind
    filled = [value for value in values if value]
    filled = filled[:: len(filled) // ENOUGH + 1]
    for kind, is_one in _VALUES:
        if filled and 2 * sum(1 for value in filled if is_one(value)) >= len(filled):
            return kind
    names = sum(1 for value in filled if _NAME.fullmatch(value))
    return "names" if not known and len(filled) >= 3 and 2 * names >= len(filled) else ""


@dataclass(frozen=True)
class SuspectCell:
    """A cell that may tell of a person: its row as the sheet counts it, its heading, and the words."""

    row: int
    heading: str
    suspects: tuple[Suspect, ...]

    def __str__(self) -> str:
        named = [f"“{suspect.words}” ({suspect.looks_like})" for suspect in self.suspects]
        return f"Row {self.row}, {self.heading}: {listing(named)}"


def suspect_cells(rows: Sequence[Row], columns: Sequence[Column], council: Council) -> list[SuspectCell]:
    """Each cell of free text that may tell of a person, in the order of the sheet.

    Columns of dates, numbers and choices are not read, nor those in which names or addresses belong.
    """
    free = [column for column in columns if not (column.parse or column.allowed or column.may_be_personal)]
    cells = []
    for row in rows:
        for column in free:
            named = suspects(str(row.values.get(column.key) or ""), council)
            if named:
                cells.append(SuspectCell(row.line, column.heading, named))
    return cells


_VALUES = (
    ("e-mail addresses", _EMAIL.fullmatch),
    ("NHS numbers", is_nhs_number),
    ("unique pupil numbers", _UPN.fullmatch),
    ("postcodes", _POSTCODE.fullmatch),
    ("phone numbers", lambda text: _PHONE.fullmatch(text) and 10 <= sum(map(str.isdigit, text)) <= 14),
)
