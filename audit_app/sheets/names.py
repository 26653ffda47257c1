"""Names of sheets as Excel takes them. Pure."""

import re
from collections.abc import Sequence

from audit_app.sheets.guard import tidy

LONGEST = 31


def free(title: str, taken: Sequence[str]) -> str:
    """A title as a sheet's name: at most 31 characters, none of []:*?/\\, unlike those that are taken."""
    line = re.sub(r"[\[\]:*?/\\]", " ", tidy(title)).replace("\n", " ").strip(" '")
    plain = line[:LONGEST].strip(" '") or "Sheet"
    name, again = plain, 2
    while name.casefold() in {other.casefold() for other in taken} or name.casefold() == "history":
        name, again = f"{plain[:27]} {again}", again + 1
    return name
