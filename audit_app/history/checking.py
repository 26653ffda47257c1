"""Checks the whole log, a batch at a time: every seal, every link, the head and the anchors (LG-5)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from audit_app import words
from audit_app.history import anchors, chain
from audit_app.history.anchors import Anchor
from audit_app.history.faults import ANCHOR, OLDER_COPY, Report
from audit_app.history.tables import ENTRY, HEAD
from audit_app.history.writing import Head

BATCH = 5_000
JUMP_SECONDS = 5 * 60  # LG-8 calls this a jump of the clock
AT, PREVIOUS, HASH = chain.SEALED.index("at"), chain.SEALED.index("previous_hash"), len(chain.SEALED)
Row = tuple[Any, ...]


def verify(session: Session, key: bytes, anchors_path: Path | None, *, batch: int = BATCH) -> Report:
    """Read the log from its first entry to its last and say what does not fit.

    Call it in a reading session of its own: each batch is its own short transaction, so that writers never wait long;
    what they add meanwhile is not checked. Memory does not grow with the log.

    Args:
        anchors_path: The anchor file; None leaves the anchors out, and with them the proof against older copies.
    """
    report = Report()
    witnessed = _anchors(report, key, anchors_path)
    head, seal, total, top = _ends(session)
    session.rollback()
    sealed = head is not None and chain.same(seal, chain.head_seal(key, head.sequence, head.hash, head.count))
    walk = _Walk(key, report, head, total - (head.count if head else total), witnessed)
    for row in _rows(session, top, batch):
        walk.step(row)
    report.entries = walk.count
    _check_ends(report, walk, head, sealed, total)
    _check_older(report, walk, head, witnessed)
    if anchors_path is not None and total and not report.anchors:
        report.add("no_anchor")
    if walk.backwards:
        report.warnings.append(
            f"The clock went back by more than {JUMP_SECONDS // 60} minutes, {words.count(walk.backwards, 'time')} "
            f"in all and first at entry {walk.first_backwards}. Entries stand in the order they were written."
        )
    return report


def _anchors(report: Report, key: bytes, path: Path | None) -> dict[int, Anchor]:
    """The trustworthy anchors by sequence: a line whose seal fails is reported and not believed."""
    trusted: dict[int, Anchor] = {}
    if path is None:
        report.warnings.append("No anchor file was named, so an older copy of the log could not be told.")
        return trusted
    previous = ""
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    for number, line in enumerate(lines, start=1):
        anchor = anchors.parse(line)
        if anchor is None:
            if line:
                report.warnings.append(f"Anchor file, line {number}: not a whole line, as after a power cut.")
            continue
        report.anchors += 1
        head = Head(anchor.sequence, anchor.hash, anchor.count)
        if chain.same(anchor.seal, anchors.anchor_seal(key, anchor.at, head, previous)):
            trusted[anchor.sequence] = anchor
        else:
            report.add("bad_anchor", number)
        previous = anchor.seal
    return trusted


def _ends(session: Session) -> tuple[Head | None, str, int, int]:
    """The head with its seal, the number of entries and the highest sequence, all from one moment."""
    row = session.execute(sa.select(HEAD.c.sequence, HEAD.c.hash, HEAD.c.count, HEAD.c.seal)).first()
    total, top = session.execute(sa.select(sa.func.count(), sa.func.max(ENTRY.c.sequence))).one()
    return (Head(*row[:3]) if row else None), (row[3] if row else ""), total, top or 0


def _rows(session: Session, top: int, batch: int) -> Iterator[Row]:
    """Every entry up to `top` by sequence, as the database holds it; an unreadable one gives its sequence alone."""
    last: int | None = None
    while True:
        rows = _batch(session, last, top, batch)
        session.rollback()
        yield from rows
        if len(rows) < batch:
            return
        last = rows[-1][0]


def _batch(session: Session, last: int | None, top: int, batch: int) -> list[Row]:
    bound = ENTRY.c.sequence <= top
    if last is not None:
        bound = sa.and_(bound, ENTRY.c.sequence > last)
    try:
        return _read_rows(session, bound, batch)
    except (sa.exc.DBAPIError, ValueError):
        session.rollback()
    numbers = session.execute(sa.select(ENTRY.c.sequence).where(bound).order_by(ENTRY.c.sequence).limit(batch))
    return [_read_alone(session, number) for number in numbers.scalars().all()]


def _read_alone(session: Session, sequence: int) -> Row:
    try:
        return _read_rows(session, ENTRY.c.sequence == sequence, 1)[0]
    except (sa.exc.DBAPIError, ValueError):
        session.rollback()
        return (sequence,)


def _read_rows(session: Session, condition: Any, limit: int) -> list[Row]:
    columns: list[sa.ColumnElement[Any]] = [ENTRY.c[name] for name in (*chain.SEALED, "hash")]
    if session.get_bind().dialect.name == "sqlite":
        # As text, exactly as it lies in the file: a time that is none must not stop the check.
        columns[AT] = sa.type_coerce(ENTRY.c.at, sa.String).label("at")
    statement = sa.select(*columns).where(condition).order_by(ENTRY.c.sequence).limit(limit)
    return [tuple(row) for row in session.execute(statement)]


@dataclass
class _Walk:
    """The state of a check on its way along the chain."""

    key: bytes
    report: Report
    head: Head | None
    surplus: int
    witnessed: dict[int, Anchor]
    count: int = 0
    last: int = 0
    hash: str = ""
    at: str = ""
    trusted: bool = True
    backwards: int = 0
    first_backwards: int = 0
    strayed: list[int] = field(default_factory=list)

    def step(self, row: Row) -> None:
        """Check one entry by its seal, its link to the one before, the head and the anchors."""
        sequence = row[0]
        self.count += 1
        intact, fields = False, ()
        if len(row) == 1:
            self.report.add("unreadable", sequence)
        else:
            fields = self._fields(row)
            intact = self._fits(fields, row[HASH])
            self._place(sequence, fields, row[HASH], intact)
            self._time(sequence, str(fields[AT]))
        self.last, self.trusted = sequence, intact
        self.hash = row[HASH] if intact else ""

    def _fields(self, row: Row) -> Row:
        at = row[AT]
        return (row[0], chain.time_text(at) if isinstance(at, datetime) else at, *row[AT + 1 : HASH])

    def _fits(self, fields: Row, hash_: str) -> bool:
        try:
            return chain.same(hash_, chain.entry_hash(self.key, fields))
        except TypeError:  # bytes where text should be
            return False

    def _place(self, sequence: int, fields: Row, hash_: str, intact: bool) -> None:
        """Report what is wrong with an entry where it stands, the plainest explanation first."""
        gap = sequence > self.last + 1
        if gap:
            self.report.add("gap", self.last + 1, sequence - 1)
        if self.count > 1 and sequence == self.last:
            self.report.add("doubled", sequence)
        elif self.head and sequence > self.head.sequence:
            self.report.add("behind" if intact else "beyond", sequence)
        elif not intact:
            self.report.add(self._why(sequence, fields, hash_), sequence)
        elif self.trusted and not gap and fields[PREVIOUS] != self.hash:
            self.report.add("forked", sequence)
        elif self.head and sequence == self.head.sequence and hash_ != self.head.hash:
            self.report.add("head_apart")
        anchor = self.witnessed.get(sequence)
        if intact and anchor and anchor.hash != hash_:
            self.strayed.append(sequence)

    def _why(self, sequence: int, fields: Row, hash_: str) -> str:
        """Whether an entry that does not fit its number fits the number beside it."""
        if self._fits((sequence + 1, *fields[1:]), hash_):
            return "closed_up" if self.surplus < 0 else "moved"
        if self._fits((sequence - 1, *fields[1:]), hash_):
            return "pushed_up" if self.surplus > 0 else "moved"
        return "changed"

    def _time(self, sequence: int, at: str) -> None:
        """Count where the clock went back. Entries carry when their request began and stand in the order in which they
        were written, so those of one moment often change places: only what no request lasts is a jump."""
        if at < self.at and _seconds_between(at, self.at) > JUMP_SECONDS:
            self.backwards += 1
            self.first_backwards = self.first_backwards or sequence
        self.at = at


def _seconds_between(earlier: str, later: str) -> float:
    """How far two times of the log lie apart; without end when one of them is none: that is told as a fault anyway."""
    try:
        return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()
    except (TypeError, ValueError):
        return float("inf")


def _check_ends(report: Report, walk: _Walk, head: Head | None, sealed: bool, total: int) -> None:
    """The head against what was walked."""
    if head is None:
        report.add("no_head")
        return
    report.head_sequence = head.sequence
    if not sealed:
        report.add("head_changed")
    if walk.last < head.sequence:
        report.add("emptied" if walk.count == 0 else "tail", walk.last + 1, head.sequence)
    elif walk.count != total:
        report.add("doubled", walk.last)
    elif report.sound and head.count != total:
        report.add("count")


def _check_older(report: Report, walk: _Walk, head: Head | None, witnessed: dict[int, Anchor]) -> None:
    """The anchors against what was walked: what they witnessed and the database does not hold."""
    for sequence in walk.strayed:
        report.add("older_on", sequence)
    latest = max(witnessed, default=0)
    if latest <= max(walk.last, head.sequence if head else 0):
        return
    first = walk.last + 1
    if walk.count == 0:
        report.add("emptied", first, latest)
    elif report.kinds() <= {ANCHOR, OLDER_COPY}:
        report.add("older", first, latest)
    else:
        report.add("tail", first, latest)
