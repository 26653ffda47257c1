"""What the parent is told of a workbook that is read whole: how many sheets it may have, and each of them. Pure."""

from typing import Any

from audit_app.sheets.confined.found import Found
from audit_app.sheets.refusal import Refused, became_a_date

MOST_SHEETS = 12


def check_sheets(sheets: list[tuple[str, bool]]) -> None:
    """Refuse more sheets than are read, and one that a person does not see; each is its title and whether it shows."""
    if len(sheets) > MOST_SHEETS:
        raise Refused(f"The workbook has {len(sheets)} sheets; at most {MOST_SHEETS} can be read.")
    hidden = [title for title, is_shown in sheets if not is_shown]
    if hidden:
        raise Refused(f"The sheet “{hidden[0][:60]}” is hidden. Show what is hidden, or delete it.")


def page_of(title: str, gathered: Found) -> dict[str, Any]:
    """One sheet as the parent is told of it; a cell that shows a part of a date is not what was typed there."""
    for place, text in gathered.half_days():
        gathered.wrong.setdefault(place, became_a_date(text))
    return {"title": title, "rows": [[number, texts] for number, texts in gathered.rows], "faults": gathered.faults()}
