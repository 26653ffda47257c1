"""Typed text that is not saved yet, and the one-time keys of create forms: so that nobody loses or doubles anything.

Text is kept per person and page address: by autosave, when a session ran out, or when saving failed.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
import sqlalchemy.dialects.postgresql
import sqlalchemy.dialects.sqlite
from sqlmodel import Field, Session, SQLModel, col, select

from audit_app import database

KEPT_FIELDS = 5_000
FILE = "file"  # the rows of a file that was read and waits to be confirmed: only the page that read it writes those
NEVER_KEPT = {
    "csrf_token",
    "once",
    "warned",
    "password",
    "new_password",
    "repeat_password",
    "current_password",
    "token",
}


class NoRoom(Exception):
    """A person's unsaved text on all their pages would be more than is kept for one person; nothing was kept or lost.

    Nothing older is thrown away for it: that would lose text in silence. The page says so and shows what was typed.
    """


NO_ROOM = (
    "This text was not kept: you have too much unsaved text on other pages already. Copy what you need from here. Then "
    "open the pages under “Typed and not saved” on your first page and save what you want to keep. Text that nobody "
    "saves is forgotten after a day."
)

OLD_FORM_KEPT = "This form was opened before you last signed in. We kept what you typed: check it and save again."
OLD_FORM = "This form was opened before you last signed in. Nothing of it was saved: do it again."

TWIN = "twin-"  # how the key of words that make something new begins


class KeptForm(SQLModel, table=True):
    """What one person had typed on one page and not yet saved."""

    __tablename__ = "kept_form"

    authority_id: int = Field(primary_key=True, sa_type=sa.BigInteger)  # 0 for pages outside an authority
    person_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    path: str = Field(primary_key=True, max_length=300)
    reason: str = Field(max_length=20)  # typing, session, failed, file
    values: str
    kept_at: datetime


class UsedKey(SQLModel, table=True):
    """A one-time key of a create form, and where its first post led (FO-4)."""

    __tablename__ = "used_key"

    key: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(sa_type=sa.BigInteger)
    location: str = Field(default="", max_length=500)
    used_at: datetime


def keep(
    session: Session,
    *,
    authority_id: int | None,
    person_id: int,
    path: str,
    fields: Iterable[tuple[str, str]],
    reason: str,
    now: datetime,
    most_bytes: int | None = None,
) -> bool:
    """Keep a form's typed values for their author; False when there was nothing worth keeping.

    A file that waits to be confirmed is never written over by what a form on its page sends.

    Raises:
        NoRoom: with this text the person would have more than `most_bytes` kept, or the form has too many fields.
    """
    pairs = [[name, value] for name, value in fields if name not in NEVER_KEPT]
    if not pairs:
        return False
    if len(pairs) > KEPT_FIELDS:
        raise NoRoom
    key = (authority_id or 0, person_id, path[:300])
    there = session.get(KeptForm, key)
    if there is not None and there.reason == FILE != reason:
        return False
    row = there or KeptForm(
        authority_id=key[0], person_id=person_id, path=key[2], reason=reason, values="[]", kept_at=now
    )
    values = json.dumps(pairs)
    if most_bytes is not None and len(values) + _kept_elsewhere(session, person_id, key) > most_bytes:
        raise NoRoom
    row.reason, row.values, row.kept_at = reason, values, now
    session.add(row)
    session.flush()
    return True


def _kept_elsewhere(session: Session, person_id: int, key: tuple[int, int, str]) -> int:
    """How much typed text is kept for a person on other pages; it is plain ASCII, so its length is its bytes. The rows
    of a file that waits to be confirmed do not count: they have bounds of their own, and one place a page."""
    typed, other = KeptForm.reason != FILE, sa.or_(col(KeptForm.authority_id) != key[0], col(KeptForm.path) != key[2])
    size = sa.func.coalesce(sa.func.sum(sa.func.length(KeptForm.values)), 0)
    return int(session.exec(select(size).where(KeptForm.person_id == person_id, typed, other)).one())


def find(
    session: Session, *, authority_id: int | None, person_id: int, path: str, now: datetime, hours: int
) -> tuple[list[tuple[str, str]], KeptForm] | None:
    """The values kept for this person and page, unless they are too old."""
    row = session.get(KeptForm, (authority_id or 0, person_id, path[:300]))
    if row is None or now - row.kept_at > timedelta(hours=hours):
        return None
    return [(name, value) for name, value in json.loads(row.values)], row


def discard(session: Session, *, authority_id: int | None, person_id: int, path: str) -> None:
    """Forget what was kept for a page: it has been saved, or its author threw it away."""
    session.exec(_of_page(), params={"council": authority_id or 0, "person": person_id, "page": path[:300]})


@cache
def _of_page() -> Any:
    """Written once: every save asks it. Nothing that is held of the row is used after it."""
    of_page = sa.delete(KeptForm).where(
        col(KeptForm.authority_id) == sa.bindparam("council"),
        col(KeptForm.person_id) == sa.bindparam("person"),
        col(KeptForm.path) == sa.bindparam("page"),
    )
    return database.written_once(of_page.execution_options(synchronize_session=False))


def of_person(session: Session, authority_id: int, person_id: int) -> list[KeptForm]:
    """Pages on which a person has unsaved text, newest first."""
    rows = select(KeptForm).where(KeptForm.authority_id == authority_id, KeptForm.person_id == person_id)
    return list(session.exec(rows.order_by(col(KeptForm.kept_at).desc())).all())


def twin_key(person_id: int, path: str, fields: Iterable[tuple[str, str]]) -> str:
    """The one-time key of what one person makes on one page: the same words sent again have the same key.

    It finds the second of two, when the first was saved, the page opened again with "back" and sent once more: then the
    form has a new key of its own.
    """
    sent = [[name, value] for name, value in fields if name not in NEVER_KEPT]
    digest = hashlib.sha256(json.dumps([person_id, path, sent]).encode()).hexdigest()
    return f"{TWIN}{digest[:56]}"


def use_key(
    session: Session, key: str, person_id: int, now: datetime, *, again_after: timedelta | None = None
) -> str | None:
    """Use a one-time key; with `again_after`, one used longer ago than that counts as new.

    Returns:
        None when this is its first use (the caller goes on); otherwise where the first use led.
    """
    if again_after is not None:
        session.exec(sa.delete(UsedKey).where(col(UsedKey.key) == key[:64], col(UsedKey.used_at) < now - again_after))
    values: dict[str, Any] = {"key": key[:64], "person_id": person_id, "location": "", "used_at": now}
    dialect = session.get_bind().dialect.name
    insert = _insert(dialect)(UsedKey).values(**values).on_conflict_do_nothing(index_elements=["key"])
    # Asked for by name: on PostgreSQL the count of rows of an insert through the class is not told.
    if session.execute(insert.returning(UsedKey.key)).first() is not None:
        return None
    row = session.get(UsedKey, key[:64])
    return row.location if row is not None and row.person_id == person_id else ""


def _insert(dialect: str) -> Any:
    return sa.dialects.postgresql.insert if dialect == "postgresql" else sa.dialects.sqlite.insert


def forget_twins(session: Session, keys: Iterable[str]) -> None:
    """Forget the keys of words that were sent and made nothing, such as those on a list whose page was turned."""
    twins = [key for key in keys if key.startswith(TWIN)]
    if twins:
        session.exec(sa.delete(UsedKey).where(col(UsedKey.key).in_(twins)))


def remember_location(session: Session, key: str, location: str) -> None:
    """Note where the first post of a create form led, so that a second one is sent there too."""
    session.exec(sa.update(UsedKey).where(col(UsedKey.key) == key[:64]).values(location=location[:500]))


def clear_old(session: Session, now: datetime, hours: int) -> None:
    """Forget kept text and used keys past their time."""
    before = now - timedelta(hours=hours)
    session.exec(sa.delete(KeptForm).where(col(KeptForm.kept_at) < before))
    session.exec(sa.delete(UsedKey).where(col(UsedKey.used_at) < before))
