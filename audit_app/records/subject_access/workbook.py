"""The copy as a workbook to decide on: what was looked through, every place with its words, and empty columns."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from audit_app import sheets, words
from audit_app.records.fields import written
from audit_app.records.fields.described import WHOM
from audit_app.records.subject_access import archive, documents, reading
from audit_app.records.subject_access.passages import Everything
from audit_app.records.subject_access.queries import RequestView
from audit_app.sheets import SheetOut

DECIDE = (
    "Third party named?", "Third-party decision", "Serious-harm decision", "Exempt?", "Reason", "Decided by and on",
)  # fmt: skip
HEADINGS = (
    "No.",
    "Where",
    "Thing",
    "Field",
    "What it says",
    "Last changed",
    "Who did what",
    "Why it is here",
    "About",
    *DECIDE,
)
NOT_LOOKED_THROUGH = (
    "Backups: each holds what was there when it was made. Nothing is searched in one, and nothing taken out of one.",
    "Copies of packs that left the council, printed pages and workbooks somebody took out.",
    "The council’s own case system, e-mails, and anything else outside this service.",
    "Text that waits in somebody’s browser and has not been sent.",
    "Lines of the web server: they hold no case reference and nothing that was typed.",
)


def book(everything: Everything, view: RequestView, now: datetime, marking: str = "") -> bytes:
    """The workbook; every text is whole, in as many rows as it needs."""
    made = [
        SheetOut("Read first", ("What", "Value"), _first(everything, view, now)),
        SheetOut("Everything", HEADINGS, _rows(everything)),
        SheetOut("Counts", ("Table", "Field", "What it is", "Places"), _counts(everything)),
        SheetOut("Files", ("Evidence", "Version", "Name", "Bytes", "In this ZIP as", *DECIDE), _files(everything)),
        SheetOut("Looked through", ("Table", "Field", "What it is"), _searched()),
    ]
    return sheets.write_xlsx(made, title=f"{view.reference}: working copy", marking=marking)


def _first(everything: Everything, view: RequestView, now: datetime) -> list[tuple[str, Any]]:
    facts = [
        ("What this is", "A working copy to decide on, line by line. It is not the answer to whoever asks."),
        ("Request", view.reference),
        ("About", view.subject),
        ("Looked for", view.sought),
        ("Why it was asked for", view.row.reason),
        ("Asked for by", view.asked_by),
        ("Agreed by", view.agreed_by),
        ("Made on", words.datetime_words(now)),
        ("Places found", len(everything.passages)),
        ("Fields in which they were found", len(everything.by_field)),
        ("Audits that belong to it", len(everything.audits)),
        ("Files copied beside this workbook", len(everything.files) - len(everything.missing)),
        ("Tables looked through", everything.tables),
        ("Fields looked through", everything.columns),
        ("On legal hold", "; ".join(everything.holds) or "Nothing that was found"),
        ("Released copies of packs that name it", everything.released),
        ("Files whose words could not all be read", _listed(everything.wordless)),
        ("Files that are missing from the store", _listed(everything.missing)),
    ]
    return [*facts, *(("Not looked through", sentence) for sentence in NOT_LOOKED_THROUGH), *_hints()]


def _listed(names: Sequence[str]) -> str:
    first = ", ".join(names[:200])
    more = f" and {len(names) - 200} more" if len(names) > 200 else ""
    return f"{len(names)}{': ' if names else ''}{first}{more}"


def _hints() -> list[tuple[str, str]]:
    return [
        ("Names", "A name is not looked for on a case: there is no field for one. Look through the texts themselves."),
        ("Decisions", "The last columns are empty on purpose: who else is named, would telling do serious harm."),
        ("Exemptions", "Which law applies, and which test, the data protection officer says."),
        ("Cells that begin like a formula", "An apostrophe stands in front of them."),
    ]  # fmt: skip


def _rows(everything: Everything) -> list[tuple[Any, ...]]:
    tables = {table.name: table for table in written.stored_tables()}
    fields, rows = written.stored_fields(), []
    for number, each in enumerate(everything.passages, 1):
        texts = documents.parts(each.text)
        for part, text in enumerate(texts, 1):
            what = fields[f"{each.table}.{each.column}"].what
            name = f"{what} (part {part} of {len(texts)})" if len(texts) > 1 else str(what)
            rows.append((
                number, str(tables[each.table].title), each.thing, name, text, words.short_date(each.when, ""),
                each.who,
                each.why.value, str(WHOM[each.about]), *([""] * len(DECIDE)),
            ))  # fmt: skip
    return rows


def _counts(everything: Everything) -> list[tuple[str, str, str, int]]:
    fields = written.stored_fields()
    return [(*key.split(".", 1), str(fields[key].what), count) for key, count in everything.by_field.items()]  # type: ignore[misc]


def _files(everything: Everything) -> list[tuple[Any, ...]]:
    return [
        (file.evidence, file.version, file.name, file.size, archive.name_in_zip(file), *([""] * len(DECIDE)))
        for file in everything.files
    ]


def _searched() -> list[tuple[str, str, str]]:
    return [(each.name, field.name, str(field.what)) for each in reading.readable() for field in each.searched]
