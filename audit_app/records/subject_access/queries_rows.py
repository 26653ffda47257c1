"""Finds every place where somebody occurs: what belongs to the record, and every other text that mentions it.

It reads the tables themselves, council by council, beneath the guards: only the job calls it, after two people have
agreed. Which columns there are comes from the description of every stored field, so that none is forgotten.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from audit_app.people.tables import Authority
from audit_app.records.fields.described import About, How, StoredField
from audit_app.records.subject_access import documents, places, reading
from audit_app.records.subject_access.needles import Needle, needle, those_in
from audit_app.records.subject_access.passages import Everything, File, Passage, Why
from audit_app.records.subject_access.reading import Readable
from findings.references import reference

Row = Mapping[str, Any]
ROOT = "case_audit"
BLOCK = 500


class Search:
    """One search, table by table."""

    def __init__(
        self, engine: sa.Engine, council: Authority, everything: Everything, needles: tuple[Needle, ...]
    ) -> None:
        self.engine = engine.execution_options(reading=True)
        self.council, self.found = council, everything
        self.tables = {each.name: each for each in reading.readable()}
        self.needles, self.finer = needles, needles
        self.names = self._names()
        self.seen: set[tuple[str, str, str]] = set()
        self.auditors: dict[int, int] = {}

    # --- what belongs to the record ---

    def take_record(self, audits: Iterable[int]) -> None:
        """Take audits with every row that hangs on them, however deep, and what is named by their references."""
        self.found.audits = tuple(sorted(audits))
        rows = self.rows(ROOT, self.tables[ROOT].table.c.number.in_(self.found.audits))
        self.auditors = {row["number"]: row["auditor_id"] for row in rows}
        self._take(ROOT, rows)
        actions = self._take_hanging(ROOT, rows)
        names = [reference("AUD", number) for number in self.found.audits]
        self.needles = (*self.needles, *(needle(name) for name in names))
        self.finer = (*self.needles, *(needle(reference("AAC", number)) for number in actions))

    def _take_hanging(self, parent: str, rows: list[Row]) -> list[int]:
        actions = [row["number"] for row in rows] if parent == "audit_action" else []
        for child, own, theirs in reading.hanging_on(parent):
            values = sorted({row[theirs] for row in rows})
            below = [
                row for part in blocks(values) for row in self.rows(child, self.tables[child].table.c[own].in_(part))
            ]
            self._take(child, below)
            actions += self._take_hanging(child, below)
        return actions

    def _take(self, table: str, rows: list[Row]) -> None:
        for row in rows:
            for field in self.tables[table].telling:
                self._add(table, field, row, Why.belongs)

    # --- what mentions it ---

    def look_through(self, name: str) -> None:
        """Look through one table for texts and references that name what is sought."""
        each = self.tables[name]
        self.found.tables += 1
        self.found.columns += len(each.searched)
        if not each.searched or not self.finer:
            return
        likes = [
            each.table.c[field.name].ilike(wanted.like) for field in each.searched
            for wanted in self._for(field)
        ]  # fmt: skip
        for row in self.rows(name, sa.or_(*likes)):
            self._mentioned(each, row)

    def _for(self, field: StoredField) -> tuple[Needle, ...]:
        return self.finer if field.how in reading.NAMING else self.needles

    def _mentioned(self, each: Readable, row: Row) -> None:
        hit = [
            field for field in each.searched if those_in(self._for(field), documents.whole(str(row[field.name] or "")))
        ]
        for field in hit:
            self._add(each.name, field, row, Why.mentions)
        if any(field.how in reading.NAMING for field in hit):
            # It is the row's own subject: what was written in it belongs to it.
            for field in each.telling:
                if field.how in (How.typed, How.copied):
                    self._add(each.name, field, row, Why.mentions)

    def take_pseudonyms(self) -> None:
        """Packs that name an audit by a name of their own: which, and where in what they print."""
        pack = self.tables["evidence_pack"]
        keys, contents = (next(f for f in pack.fields if f.name == name) for name in ("key_list", "contents"))
        for row in self.rows("evidence_pack", pack.table.c.key_list != ""):
            listed = json.loads(row["key_list"])
            own = sorted(name for name, number in listed.items() if number in self.found.audits)
            for name in own:
                self._append("evidence_pack", keys, row, f"{name} is the name of this audit in this pack", Why.names)
                text = documents.around(row["contents"] or "", (needle(name),))
                self._append("evidence_pack", contents, row, text, Why.names)

    # --- an account ---

    def take_account(self, person_id: int) -> None:
        """Every row that names this account: what tells of its holder, and what they did."""
        for each in self.tables.values():
            for field in each.accounts:
                for row in self.rows(each.name, each.table.c[field.name] == person_id):
                    self._append(each.name, field, row, field.what, Why.did)
                    for other in each.telling:
                        if other.about in (About.account, About.auditor):
                            self._add(each.name, other, row, Why.did)
        for row in self.rows("person", self.tables["person"].table.c.id == person_id):
            self._take("person", [row])

    # --- files and copies ---

    def take_files(self) -> None:
        """The files of evidence that was found, and which files of the council no search can read."""
        named = {
            each.thing for each in self.found.passages if each.table.startswith("evidence") and each.thing[:3] == "EVD"
        }
        texts = {(row["evidence_number"], row["version"]): row for row in self.rows("evidence_text", sa.true())}
        for row in self.rows("evidence_version", self.tables["evidence_version"].table.c.sha256 != ""):
            thing = reference("EVD", row["evidence_number"])
            if thing in named:
                self.found.files.append(File(thing, row["version"], row["given_name"], row["sha256"], row["size"]))
            words = texts.get((row["evidence_number"], row["version"]))
            if words is None or not words["text"].strip() or not words["whole"]:
                self.found.wordless.append(f"{thing} version {row['version']}")

    def count_released(self) -> None:
        """Copies of packs that name it and were given to somebody outside."""
        packs = {each.thing for each in self.found.passages if each.table == "evidence_pack"}
        released = self.rows("pack_release", sa.true())
        self.found.released = sum(reference("PCK", row["pack_number"]) in packs for row in released)

    # --- reading rows, and writing down what they say ---

    def rows(self, name: str, condition: Any) -> list[Row]:
        """Rows of this council alone."""
        table = self.tables[name].table
        asked = sa.select(table).where(self._own(table), condition)
        # Each reading is a transaction of its own: a long one would keep everybody's saves waiting on SQLite.
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(asked).mappings()]

    def _own(self, table: sa.Table) -> Any:
        """Rows of this council alone: by its number, or through somebody who works for no other council."""
        if "authority_id" in table.c:
            return table.c.authority_id == self.council.id
        if table.name == "authority":
            return table.c.id == self.council.id
        person = table.c.id if table.name == "person" else table.c.get("person_id")
        return sa.false() if person is None else self._works_here(person)

    def _works_here(self, person: Any) -> Any:
        member = self.tables["membership"].table
        here = sa.select(member.c.person_id).where(member.c.authority_id == self.council.id)
        elsewhere = sa.select(member.c.person_id).where(member.c.authority_id != self.council.id)
        return sa.and_(person.in_(here), person.not_in(elsewhere))

    def _names(self) -> dict[int, str]:
        person = self.tables["person"].table
        with self.engine.connect() as connection:
            return {row.id: row.name for row in connection.execute(sa.select(person.c.id, person.c.name))}

    def _add(self, table: str, field: StoredField, row: Row, why: Why) -> None:
        value = row[field.name]
        if value in (None, "", False) or _is_a_number_of_ours(field, value):
            return
        text = in_words(value)
        if documents.is_document(text):
            text = documents.whole(text) if why is not Why.mentions else documents.around(text, self.finer) or ""
        self._append(table, field, row, text, why)

    def _append(self, table: str, field: StoredField, row: Row, text: str, why: Why) -> None:
        key = (
            table,
            json.dumps([str(row[column.name]) for column in self.tables[table].table.primary_key]),
            field.name,
        )
        if not text or (why is not Why.names and key in self.seen):
            return
        self.seen.add(key)
        thing = places.named(table, row)
        passage = Passage(table, field.name, thing, text, field.about, why, self._when(row), self._who(table, row))
        self.found.passages.append(passage)

    def _when(self, row: Row) -> datetime | date | None:
        """The last moment the row names; the last day, where it names no moment."""
        moments = [value for name, value in row.items() if name.endswith("at") and isinstance(value, datetime)]
        days = [value for name, value in row.items() if name.endswith("_on") and isinstance(value, date)]
        return max(moments, default=None) or max(days, default=None)

    def _who(self, table: str, row: Row) -> str:
        """Everybody the row names, each with what they did; of an answer, which names nobody, the auditor."""
        named = [(str(field.what), row[field.name]) for field in self.tables[table].accounts if row[field.name]]
        if not named and (auditor := self.auditors.get(row.get("audit_number") or 0)):
            named = [("Who reads the record", auditor)]
        return "; ".join(f"{what}: {self.names[number]}" for what, number in named if number in self.names)


def _is_a_number_of_ours(field: StoredField, value: Any) -> bool:
    """The number of another row, which tells nobody anything: the thing is named beside each text."""
    return field.how in reading.NAMING and isinstance(value, int) and not isinstance(value, bool)


def blocks(values: list[Any]) -> Iterable[list[Any]]:
    """The values in parts that one statement can carry."""
    return (values[start : start + BLOCK] for start in range(0, len(values), BLOCK))


def in_words(value: Any) -> str:
    """A stored value as a text: a choice by its word, a day as a day."""
    return "yes" if value is True else str(getattr(value, "value", value))


def audits_of(search: Search, columns: tuple[str, ...], wanted: Needle) -> list[int]:
    """The audits that name a case reference or a code of staff in one of these columns, however it was written."""
    table = search.tables[ROOT].table
    rows = search.rows(ROOT, sa.or_(*(table.c[name].ilike(wanted.like) for name in columns)))
    return [row["number"] for row in rows if any(wanted.is_in(row[name]) for name in columns)]


def look_everywhere(
    search: Search, audits: list[int], person_id: int | None, tell: Callable[[int, int], None]
) -> Everything:
    """The whole search, in order; `tell` is told how many tables of how many are done."""
    if audits:
        search.take_record(audits)
    if person_id is not None:
        search.take_account(person_id)
    names = sorted(search.tables)
    for number, name in enumerate(names, 1):
        search.look_through(name)
        tell(number, len(names))
    if audits:
        search.take_pseudonyms()
    search.take_files()
    search.count_released()
    return search.found
