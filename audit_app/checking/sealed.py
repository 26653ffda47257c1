"""Rows that are signed or frozen: each is as the product last wrote it, and the log has a seal of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from audit_app import history, tables, words
from audit_app.checking.looking import Compared
from audit_app.checking.numbers import NUMBERED, columns_of
from audit_app.history import RowFault, SealReport
from audit_app.history.tables import ENTRY
from audit_app.library.tables import OWN_SET
from audit_app.people.tables import Authority
from findings.references import ACTION, AREA, FINDING, INSPECTION, PLAN, reference

OWN_PREFIX = {str(table.__tablename__): prefix for prefix, table in NUMBERED.items()}
AUDIT, AUDIT_ACTION = "AUD", "AAC"
# A row reached through another is named after that one; the columns are asked in this order.
PARENTS = {
    "audit_number": AUDIT,
    "finding_number": FINDING,
    "area_number": AREA,
    "plan_number": PLAN,
    "inspection_number": INSPECTION,
    "set_number": OWN_SET,
}
SENTENCES = {
    "changed": "{place}: the {row} is not as the product last wrote it ({sealed}). It was changed past the product.",
    "removed": "{place}: the {row} is gone, and the product did not remove it ({sealed}).",
    "put_back": "{place}: the {row} is there again, though the product had removed it ({sealed}).",
    "unsealed": "{place}: no entry of the log tells of the {row}. It was put in past the product.",
    "unreadable": "{place}: the {row} holds something that cannot be read ({sealed}).",
    "seals": "The seals of {sealed} do not fit what the log carries of them. They were changed, added or taken away.",
}


def broken_seals(connection: sa.Connection, config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Every row of the sealed tables against its last seal, every seal against the log; and what no seal speaks of."""
    report = history.verify_seals(connection, str(config["LOG_KEY"]).encode())
    authority = columns_of(Authority)
    councils = {row.id: row.key for row in connection.execute(sa.select(authority.id, authority.key))}
    never = not report.begun and bool(report.unsealed)
    for fault in report.faults:
        if not (never and fault.what == "unsealed"):
            yield sentence(connection, fault, councils)
    yield from _looked(report, never=never)


def _looked(report: SealReport, *, never: bool) -> Iterator[Compared]:
    rows = report.compared.total() - report.unsealed.total()
    yield Compared(f"{words.count(rows, 'row')} compared with their seals in the log: {_listed(report.compared)}.")
    if report.removed:
        yield Compared(f"{words.count(report.removed, 'row')} the product removed itself {_are(report.removed)} gone.")
    if never:
        yield Compared(
            f"Not sealed: {_listed(report.unsealed)}, made before this version sealed anything. Whether they were "
            "changed cannot be told. Seal them as they are with: audit-app migrate",
            in_part=True,
        )
    if report.older.total():
        began = words.datetime_words(report.began_at) if report.began_at else "an unknown day"
        yield Compared(
            f"Not sealed when written: {_listed(report.older)}, made before sealing began on {began}. They are as they "
            "were found then; what they said earlier cannot be told.",
            in_part=True,
        )
    yield Compared(f"Not sealed at all, so not compared here: {words.listing(tables.words_not_sealed())}.")


def _are(number: int) -> str:
    return words.agree(number, "is", "are")


def _listed(counts: Counter[str]) -> str:
    """12 findings… by the words of each table."""
    known = history.sealed_tables()
    named = [f"{counts[kind]:,} × {known[kind].words}" for kind in known if counts[kind]]
    return words.listing(named) if named else "none"


def sentence(connection: sa.Connection, fault: RowFault, councils: Mapping[int, str]) -> str:
    """A fault with its place, and the entry of the log that sealed the row last."""
    entry = connection.execute(
        sa.select(ENTRY.c.reference, ENTRY.c.at).where(ENTRY.c.sequence == fault.sequence)
    ).first()
    sealed = f"entry {fault.sequence} of the log, {words.datetime_words(entry.at)}" if entry else "no entry of the log"
    known = history.sealed_tables().get(fault.kind)
    council = f" of {councils.get(fault.authority_id, 'no council')}" if len(councils) > 1 else ""
    return SENTENCES[fault.what].format(
        place=place_of(fault, entry.reference if entry else "") + council,
        row=known.words if known else fault.kind,
        sealed=sealed,
    )


def place_of(fault: RowFault, told_of: str) -> str:
    """The public reference of a row, or of what it belongs to; failing both, what the log's entry told of."""
    values = dict(fault.values or {})
    known = history.sealed_tables().get(fault.kind)
    if known is not None:
        names = [column.name for column in known.table.primary_key if column.name != "authority_id"]
        values |= dict(zip(names, history.decoded_key(fault.key), strict=True))
    if fault.kind in OWN_PREFIX and values.get("number"):
        return reference(OWN_PREFIX[fault.kind], values["number"])
    if values.get("action_number"):
        return reference(AUDIT_ACTION if fault.kind == "audit_action_update" else ACTION, values["action_number"])
    for column, prefix in PARENTS.items():
        if values.get(column):
            version = f", version {values['version']}" if "version" in values else ""
            return f"{reference(prefix, values[column])}{version}"
    return told_of or f"Row {fault.key}"
