"""Which sheet of a workbook holds the table that is asked for, and what is said of the others. Pure."""

from collections.abc import Collection, Sequence

from audit_app.sheets.headings import head_row


def best_sheet(tops: Sequence[Sequence[Sequence[str]]], names: Collection[str]) -> int:
    """The place of the sheet whose first rows know most of the headings; the first where none knows any.

    `tops` holds the first rows of each sheet. Where two know as many, the one that stands first counts.
    """
    known = [_known(rows, names) for rows in tops]
    return known.index(max(known, default=0)) if any(known) else 0


def remarks_on_others(titles: Sequence[str], tops: Sequence[Sequence[Sequence[str]]], chosen: int,
                      names: Collection[str]) -> list[str]:  # fmt: skip
    """What the preview says of sheets that are not read, so that none is left out unseen."""
    if len(titles) == 1:
        return []
    named = f"the sheet “{titles[chosen]}”" if chosen else f"the first sheet, “{titles[chosen]}”,"
    remarks = [f"Only {named} is read."]
    alike = [
        title
        for place, (title, rows) in enumerate(zip(titles, tops, strict=True))
        if place != chosen and _known(rows, names) >= 2 and _rows_below(rows, names)
    ]
    remarks += [f"The sheet “{title}” has such headings too. Bring it in as a file of its own." for title in alike]
    return remarks


def _known(rows: Sequence[Sequence[str]], names: Collection[str]) -> int:
    head = head_row(rows, names)
    return head.known if head else 0


def _rows_below(rows: Sequence[Sequence[str]], names: Collection[str]) -> bool:
    head = head_row(rows, names)
    return head is not None and any(cell.strip() for cells in rows[head.place + 1 :] for cell in cells)
