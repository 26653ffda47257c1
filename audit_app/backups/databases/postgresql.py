"""PostgreSQL by its own tools: pg_dump from a snapshot that is shared with us, pg_restore into an empty database."""

import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from audit_app import database, server_mode
from audit_app.backups.refusals import NotBackedUp, NotRestored
from audit_app.migrations import known

NEEDED = {"pg_dump": "a backup", "pg_restore": "a restore"}
VERSION = re.compile(r"\) (\d+)")
QUEUE = "huey_*"  # the worker's bell; jobs are rows of our own tables, and it is made anew
MOST_TOLD = 200


class NoTools(Exception):
    """PostgreSQL's own tools are missing or too old; the message says where they come from."""


def tool(name: str, config: Mapping[str, Any], server: int) -> Path:
    """The path of a tool that is not older than the server.

    Args:
        server: The server's major version, such as 18.

    Raises:
        NoTools: there is none.
    """
    folder = str(config.get("PG_TOOLS_FOLDER", "")).strip()
    path = shutil.which(name, path=folder or None)
    get_them = (
        f"Install the client of PostgreSQL {server} (on Debian and Ubuntu the package postgresql-client-{server}, from "
        "PostgreSQL's own packages where the system has an older one; on Windows it comes with the server), or name "
        "the folder of its programs in AUDIT_PG_TOOLS_FOLDER."
    )
    if path is None:
        raise NoTools(f"{NEEDED[name].capitalize()} of PostgreSQL needs its tool {name}, which is not here. {get_them}")
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=60)
    version = VERSION.search(answer.stdout)
    if version is None or int(version[1]) < server:
        has = version[1] if version else "an unknown version"
        raise NoTools(f"{path} is of PostgreSQL {has}, and the server is {server}: it must not be older. {get_them}")
    return Path(path)


def server_version(connection: sa.Connection) -> int:
    """The server's major version."""
    return int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10_000


def dump(connection: sa.Connection, target: Path, config: Mapping[str, Any]) -> None:
    """What a connection's transaction sees, into a file; the transaction is REPEATABLE READ and stays open meanwhile.

    Raises:
        NoTools: pg_dump is missing or too old.
        NotBackedUp: it failed.
    """
    program = tool("pg_dump", config, server_version(connection))
    snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--exclude-table={QUEUE}", f"--snapshot={snapshot}"]
    failure = _run(program, connection.engine.url, [*words, f"--file={target}"])
    if failure:
        raise NotBackedUp(f"pg_dump failed, so no backup was made: {failure}")


def load(engine: sa.Engine, source: Path, config: Mapping[str, Any]) -> None:
    """What pg_dump wrote, into an empty database, all of it or nothing.

    Raises:
        NotRestored: the database is not empty, or it failed.
    """
    with engine.connect() as connection:
        if not known.is_empty(connection):
            raise NotRestored(
                "The database named in AUDIT_DATABASE_URL is not empty, and a backup is restored into an empty one "
                "only. Nothing was restored. Make an empty one with createdb, and name that."
            )
        try:
            program = tool("pg_restore", config, server_version(connection))
        except NoTools as problem:
            raise NotRestored(f"{problem} Nothing was restored.") from None
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    failure = _run(program, engine.url, [*words, str(source)])
    if failure:
        raise NotRestored(f"pg_restore failed, and took back what it had done: {failure}")


def empty(engine: sa.Engine) -> None:
    """Take out everything that was put into a database that was empty before."""
    with engine.begin() as connection:
        for name in sa.inspect(connection).get_table_names():
            connection.exec_driver_sql(f'DROP TABLE "{name}" CASCADE')
        functions = connection.exec_driver_sql(
            "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS "
            "(SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
        )
        for (function,) in functions.all():
            connection.exec_driver_sql(f"DROP FUNCTION {function} CASCADE")


@contextmanager
def temporary_database(url: str) -> Iterator[str | None]:
    """A database beside the one that is used, dropped afterwards; None where its user may not make one."""
    engine = database.make_engine(url, isolation_level="AUTOCOMMIT")
    name = f"audit_trial_{secrets.token_hex(6)}"
    try:
        with engine.connect() as connection:
            allowed = connection.exec_driver_sql(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).scalar_one()
            if not allowed:
                yield None
                return
            connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
        try:
            yield server_mode.database_address(url).set(database=name).render_as_string(hide_password=False)
        finally:
            with engine.connect() as connection:
                connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        engine.dispose()


def _run(program: Path, url: sa.URL, words: list[str]) -> str:
    """Run a tool; empty when it did it, else the last line it said. The password is never among its words."""
    address = url.set(drivername="postgresql", password=None)
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    command = [str(program), f"--dbname={address.render_as_string(hide_password=False)}", *words]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, env=environment)
    if done.returncode == 0:
        return ""
    return (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1][:MOST_TOLD]
