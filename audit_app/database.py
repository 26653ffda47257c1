"""One session per request; commit at the edge; every read of a guarded table filtered by the person's scope.

Services and queries get a `Session` as their first argument. Only this module opens one.
"""

import sqlite3
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.sql.functions import FunctionAsBinary
from sqlmodel import Session, SQLModel

import findings.tables  # noqa: F401  the thread's tables share this metadata
from audit_app import server_mode, turns

Condition = Callable[[Any, Any], Any]

BUSY_TIMEOUT_MS = 15_000
OLDEST_SQLITE_FOR_WAL = (3, 51, 3)
BACKPORTS_FOR_WAL = ((3, 50, 7), (3, 44, 6))
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "ceph", "glusterfs"}

# PostgreSQL: two changes met, a deadlock was undone, a lock was not to be had, no connection was free.
BUSY_STATES = {"40001", "40P01", "55P03", "53300"}
# It was told to stop, crashed, is starting; or it is a copy that takes no changes, as while another takes its place.
AWAY_STATES = {"57P01", "57P02", "57P03", "25006"}
CONNECTION_STATES = "08"

# Parts of a statement that hold no further ones.
HOLDS_NO_TABLE = frozenset({"bindparam", "column", "false", "null", "true"})
# The conditions of scopes that asked lately, of every table each read, and the statements that are written once with
# them: some kilobytes apiece.
MOST_CONDITIONS = 600
WRITTEN_ONCE = "written_once"

_guards: dict[str, tuple[type[SQLModel], Condition]] = {}


class NoScope(Exception):
    """A guarded table was read without saying on whose behalf."""


class Unreachable(Exception):
    """The database does not answer at the start; the message says why and what to do."""


class UnsafeDatabase(Exception):
    """The database cannot keep what it is told; the message says why and what to do."""


class AuditSession(Session):
    """A session that carries a scope in `info["scope"]` and filters every guarded read by it."""


def guard(table: type[SQLModel], condition: Condition) -> None:
    """From now on reads of `table` are limited to rows for which `condition(scope, columns)` holds.

    `columns` is the table's column collection; a condition that looks at another table uses that table's `__table__`,
    so that guards never nest.
    """
    _guards[str(table.__tablename__)] = (table, condition)
    for kept in (_criteria, _kept_with, _guarded_in_kept):
        kept.cache_clear()


def guarded_tables() -> dict[str, type[SQLModel]]:
    """Every guarded table by name: a house test compares it with all tables of a council's data."""
    return {name: table for name, (table, _) in _guards.items()}


def tables_named(statement: Any) -> set[str]:
    """Names of the tables a statement touches, in sub-selects and joins too.

    Every statement of a request is walked: the few kinds of parts that make up most of one, and whose own parts are
    plain to see, are not asked for them. A column or a value holds no table: its table is among what is read from.
    """
    names, parts = set(), [statement]
    while parts:
        part = parts.pop()
        kind = part.__visit_name__
        if kind in HOLDS_NO_TABLE:
            continue
        if kind == "binary" and not isinstance(part, FunctionAsBinary):
            parts += (part.left, part.right)
        elif kind == "table":
            if isinstance(part, sa.Table):
                names.add(part.name)
        else:
            parts += part.get_children()
    return names


def written_once(statement: Any) -> Any:
    """A statement that is kept by whoever asks it at each request, with other values each time.

    The tables it touches and what a scope adds to it are kept too, so it must never be made anew for each request.
    """
    return statement.execution_options(**{WRITTEN_ONCE: True})


@event.listens_for(AuditSession, "do_orm_execute")
def apply_scope(state: ORMExecuteState) -> None:
    """OB-1: no guarded table is read, changed or deleted without the scope's condition."""
    if state.is_column_load:
        # A refresh of a row this session already holds; its scope was applied when it was first read.
        return
    is_kept = WRITTEN_ONCE in state.statement.get_execution_options()
    touched = _guarded_in_kept(state.statement) if is_kept else tables_named(state.statement) & _guards.keys()
    if not touched:
        return
    scope = state.session.info.get("scope")
    if scope is None:
        raise NoScope(f"A guarded table ({', '.join(sorted(touched))}) was read without a scope.")
    if not state.is_orm_statement and not state.is_insert:
        raise NoScope(
            f"A guarded table ({', '.join(sorted(touched))}) was reached past its class, where no scope applies."
        )
    if state.is_insert:
        return
    state.statement = _scoped(state.statement, touched, scope, is_kept=is_kept)


def _scoped(statement: Any, touched: Set[str], scope: Any, *, is_kept: bool) -> Any:
    if is_kept:
        return _kept_with(statement, scope)
    return statement.options(*(_criteria(name, scope) for name in sorted(touched)))


@lru_cache(maxsize=MOST_CONDITIONS)
def _kept_with(statement: Any, scope: Any) -> Any:
    return _scoped(statement, _guarded_in_kept(statement), scope, is_kept=False)


@lru_cache(maxsize=MOST_CONDITIONS)
def _guarded_in_kept(statement: Any) -> frozenset[str]:
    return frozenset(tables_named(statement) & _guards.keys())


@lru_cache(maxsize=MOST_CONDITIONS)
def _criteria(name: str, scope: Any) -> Any:
    """The option for one table and one scope: a condition is made of the scope's values and nothing else."""
    table, condition = _guards[name]
    columns = table.__table__.c  # type: ignore[attr-defined]
    return with_loader_criteria(table, condition(scope, columns), include_aliases=True)


def make_engine(url: str, **options: Any) -> sa.Engine:
    """An engine set up so that what was committed stays committed (DU-1) and no error prints case data."""
    address = server_mode.database_address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite_engine(address, **options)
    return sa.create_engine(address, hide_parameters=True, pool_pre_ping=True, **options)


def _sqlite_engine(address: sa.URL, **options: Any) -> sa.Engine:
    if address.database and address.database != ":memory:":
        refuse_network_file_system(Path(address.database))
    engine = sa.create_engine(address, hide_parameters=True, **options)
    mode = journal_mode()

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, see below
        for pragma in (
            f"journal_mode={mode}",
            "synchronous=FULL" if mode == "WAL" else "synchronous=EXTRA",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    in_file = address.database and address.database != ":memory:"
    _take_turns(engine, turns.Turns(Path(str(address.database)).resolve() if in_file else None))
    return engine


def _take_turns(engine: sa.Engine, waiting: turns.Turns) -> None:
    """Whoever writes waits for the turn first; `patience` seconds, an option of the connection, or the usual time.

    A turn ends when the connection goes back to the pool, which is after the commit has returned.
    """

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        if options.get("reading", False):
            connection.exec_driver_sql("BEGIN")
            return
        patience = options.get("patience")
        if not waiting.take(BUSY_TIMEOUT_MS / 1000 if patience is None else patience):
            raise sa.exc.OperationalError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError("database is locked"))
        connection.info["has_turn"] = True
        if patience is not None:  # somebody else, such as a tool, may hold SQLite's own lock outside our queue
            connection.info["patient"] = True
            connection.exec_driver_sql(f"PRAGMA busy_timeout={int(patience * 1000)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def end_turn(connection: Any, record: Any, *_more: Any) -> None:
        if record.info.pop("patient", False) and connection is not None:
            connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        if record.info.pop("has_turn", False):
            waiting.leave()

    event.listen(engine, "checkin", end_turn)
    event.listen(engine, "invalidate", end_turn)
    event.listen(engine, "engine_disposed", lambda _engine: waiting.close())


def is_busy(error: BaseException | None) -> bool:
    """Whether an error, or what led to it, says no more than that others use the database just now: later it works."""
    while error is not None:
        cause = getattr(error, "orig", None) or error
        if isinstance(error, sa.exc.TimeoutError):  # no connection of the pool became free
            return True
        if isinstance(cause, sqlite3.OperationalError) and "is locked" in str(cause):
            return True
        if getattr(cause, "sqlstate", None) in BUSY_STATES:
            return True
        error = error.__cause__ or error.__context__
    return False


def is_away(error: BaseException | None) -> bool:
    """Whether an error, or what led to it, says that the database server cannot be reached: by itself it may be back.

    What was being committed at that moment may be there or not: nobody was told.
    """
    while error is not None:
        cause = getattr(error, "orig", None) or error
        if type(cause).__module__.partition(".")[0] == "psycopg":
            state = getattr(cause, "sqlstate", None)
            if state in AWAY_STATES or str(state).startswith(CONNECTION_STATES):
                return True
            # Without a state it is the line that broke, or that never came to be; no answer of the server.
            if state is None and type(cause).__name__ in {"OperationalError", "ConnectionTimeout"}:
                return True
        error = error.__cause__ or error.__context__
    return False


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """WAL only where SQLite no longer has the WAL-reset fault (3.51.3, or the repaired 3.50.7 and 3.44.6)."""
    repaired = any(version[:2] == fixed[:2] and version >= fixed for fixed in BACKPORTS_FOR_WAL)
    return "WAL" if version >= OLDEST_SQLITE_FOR_WAL or repaired else "TRUNCATE"


def refuse_network_file_system(path: Path, mounts: Path = Path("/proc/mounts")) -> None:
    """SQLite's locks are not safe on a network share.

    Raises:
        UnsafeDatabase: the data folder lies on one.
    """
    if not mounts.exists():
        return
    best = ("", "")
    for line in mounts.read_text("utf-8", "replace").splitlines():
        place, kind = [*line.split(" "), "", "", ""][1:3]
        inside = str(path.resolve().parent).startswith(place.rstrip("/") + "/") or place == "/"
        if inside and len(place) >= len(best[0]):
            best = (place, kind)
    if best[1] in NETWORK_FILE_SYSTEMS:
        raise UnsafeDatabase(
            f"The data folder is on a network share ({best[1]}). "
            "Put it on a local disk, or use PostgreSQL (AUDIT_DATABASE_URL)."
        )


@contextmanager
def session_for(
    engine: sa.Engine, scope: Any, *, reading: bool = False, patience: float | None = None
) -> Iterator[AuditSession]:
    """A session outside a request (jobs, commands, plumbing): commits at the end, rolls back on any error.

    `patience` is how many seconds a writer waits for its turn, where not the usual ones.
    """
    bind = engine.execution_options(reading=True) if reading else engine
    if patience is not None:
        bind = bind.execution_options(patience=patience)
    with AuditSession(bind, expire_on_commit=False, info={"scope": scope}) as session:
        try:
            yield session
            if reading:
                session.rollback()
            else:
                session.commit()
        except BaseException:
            session.rollback()
            raise
