"""Findings in a workbook or CSV: its columns, its template, and rows made ready to be looked over. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from audit_app import words
from audit_app.disclosure import Council
from audit_app.improvement import judgement_areas, wording
from audit_app.improvement.wording import Word
from audit_app.sheets import (
    Column,
    Fault,
    Sheet,
    as_date,
    as_whole_number,
    as_yes_no,
    one_kind,
    suspect_cells,
    template_xlsx,
)
from findings.states import FindingKind, Level, Origin, Timescale

TITLE = "Findings to bring in"
GUIDANCE = (
    "One row for each finding. Headings may stand in any order; leave out columns you do not need.",
    "Write what was found in words that stand without a child’s detail: no names, initials or dates of birth.",
    "Nothing is saved until you have seen every row and confirmed. One row at fault, and none is brought in.",
    "A row that says the same as a finding already here is left as it is.",
)


def columns() -> list[Column]:
    """The columns such a file may have."""
    areas = {name: value for value, name in judgement_areas.area_choices()}
    return [
        Column("kind", "Kind", required=True, allowed=_by_title(wording.KINDS)),
        Column("origin", "Came from", required=True, allowed=_by_title(wording.ORIGINS)),
        Column("text", "What was found", required=True, hint="As one finding, in a sentence or two."),
        Column("title", "Short title", max_length=300),
        Column("level", "Reaches", allowed=_by_title(wording.LEVELS)),
        Column("judgement_area", "Judgement area", allowed=areas),
        Column("document", "Document", max_length=300, hint="Where it can be read."),
        Column("paragraph", "Paragraphs", max_length=100),
        Column("dated_on", "Date of document", parse=as_date),
        Column("words", "What the evidence said", max_length=2_000),
        Column("timescale", "Timescale", allowed=_by_title(wording.TIMESCALES)),
        Column("due_on", "Due", parse=as_date),
        Column("printed_number", "Printed number", parse=as_whole_number),
        Column("printed_total", "Printed total", parse=as_whole_number),
        Column(
            "verbatim",
            "In the source’s own words",
            parse=as_yes_no,
            hint="Yes or No. Such words cannot be changed later.",
        ),
    ]


def _by_title(names: Mapping[Word, str]) -> dict[str, str]:
    return {title: word for word, title in wording.pairs(names)}


def template() -> bytes:
    """The blank workbook to fill in."""
    return template_xlsx(columns(), TITLE, GUIDANCE)


@dataclass(frozen=True)
class WaitingFile:
    """A file as it waits to be confirmed: its rows, what was said of it, and its hash."""

    sha256: str
    filename: str
    rows: tuple[dict[str, Any], ...]
    remarks: tuple[str, ...] = ()
    flagged: tuple[str, ...] = field(default=())
    suspects: tuple[str, ...] = ()  # each cell that may tell of a person, with its row and column


def faults_of(sheet: Sheet) -> list[Fault]:
    """Everything to mend: what the reader found, and rows that contradict themselves or repeat one another."""
    faults = list(sheet.faults)
    seen: dict[tuple[Any, ...], int] = {}
    for row in sheet.rows if not faults else ():
        number, total = row["printed_number"], row["printed_total"]
        if number is not None and number < 1:
            faults.append(Fault("the printed number must be 1 or more.", row.line, "Printed number"))
        if total is not None and (number is None or total < number):
            faults.append(Fault("the printed total must be at least the printed number.", row.line, "Printed total"))
        earlier = seen.setdefault(same_as(row.values), row.line)
        if earlier != row.line:
            faults.append(Fault(f"this row says the same as row {earlier}. Take one of them out.", row.line))
    return faults


def of_the_whole(faults: Sequence[Fault]) -> bool:
    """Whether one thing is wrong, and with the file as a whole, so that it is said at its field and not in a list."""
    return len(faults) == 1 and faults[0].row is None and faults[0].column is None


def summary(faults: Sequence[Fault]) -> str:
    """What is said at the file's field."""
    if of_the_whole(faults):
        return f"Nothing was brought in. {faults[0]}".removesuffix(".")
    return "Nothing was brought in. Mend what is listed below and choose the file again"


def same_as(row: dict[str, Any]) -> tuple[Any, ...]:
    """What makes two findings one: kind, origin, words and printed number."""
    return (row["kind"], row["origin"], one_kind(row["text"]), row["printed_number"])


def waiting_file(sheet: Sheet, council: Council) -> WaitingFile:
    """The file as it waits; columns that look personal are gone from it already, and each cell was read (IM-9)."""
    facts = sheet.facts
    parts = [
        facts.kind,
        f"sheet “{facts.sheet}”" if facts.sheet else "",
        facts.encoding,
        facts.separator and f"{facts.separator}-separated",
    ]
    remarks = [", ".join(part for part in parts if part), *facts.remarks]
    rows = tuple({name: _plain(value) for name, value in row.values.items()} for row in sheet.rows)
    return WaitingFile(
        facts.sha256,
        facts.filename,
        rows,
        tuple(remark for remark in remarks if remark),
        tuple(map(str, sheet.flagged)),
        tuple(map(str, suspect_cells(sheet.rows, columns(), council))),
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def packed(file: WaitingFile) -> str:
    """The file as text, to be kept until it is confirmed."""
    return json.dumps([file.sha256, file.filename, file.rows, file.remarks, file.flagged, file.suspects])


def unpacked(text: str) -> WaitingFile:
    """The other way round."""
    sha256, filename, rows, *lists = json.loads(text)
    return WaitingFile(sha256, filename, tuple(rows), *map(tuple, lists))


def day(text: str | None) -> date | None:
    """A kept date."""
    return date.fromisoformat(text) if text else None


def in_words(row: dict[str, Any]) -> dict[str, str]:
    """A row as the preview shows it."""
    return {
        "kind": wording.kind_words(FindingKind(row["kind"])),
        "origin": wording.origin_words(Origin(row["origin"])),
        "text": row["text"],
        "level": wording.LEVELS[Level(row["level"] or "service")],
        "timescale": wording.TIMESCALES[Timescale(row["timescale"])] if row["timescale"] else "none given",
        "due": words.date_words(day(row["due_on"])),
        "source": ", ".join(
            part for part in (row["document"], row["paragraph"] and f"paragraph {row['paragraph']}") if part
        ),
    }


def rows_in_words(rows: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """Rows in words."""
    return [in_words(row) for row in rows]
