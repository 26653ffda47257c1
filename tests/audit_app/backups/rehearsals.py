"""Rehearsals of the bad day, each with a control that must fail: a few of each in `make test`, all in `make proof`."""

import gzip
import json
import multiprocessing
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from audit_app import backups, clock, create_app, database, migrations
from audit_app.backups import keeping
from tests.audit_app.backups import archives
from tests.conftest import TEST_SETTINGS

KEPT = Path(__file__).resolve().parents[2] / "fixtures" / "0001-sqlite.db.gz"
# A web server, as far as the database can tell: another process, the product's own engine, an entry 20 times a second.
WRITER = """
import sys, time
from audit_app import clock, database, history
engine = database.make_engine(sys.argv[1])
number = 0
while True:
    began = time.monotonic()
    with database.session_for(engine, None) as session:
        session.info["log_key"] = sys.argv[2].encode()
        history.note(session, "people.signed_out", f"AUD-{number:04d}", by=7, authority_id=1, now=clock.now())
        sequence = history.head_of(session).sequence
    print(sequence, round(time.monotonic() - began, 4), flush=True)
    number += 1
    time.sleep(max(0.0, 0.05 - (time.monotonic() - began)))
"""


class Writer:
    """A process that writes and tells of each entry once its commit has returned."""

    def __init__(self, app):
        code = "import audit_app.people.events\n" + WRITER
        words = [sys.executable, "-c", code, str(app.extensions["engine"].url), app.config["LOG_KEY"]]
        self.process = subprocess.Popen(
            words, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": ":".join(sys.path), "PATH": "/usr/bin:/bin"}
        )
        self.acknowledged, self.seconds = 0, []
        self.read_one()

    def read_one(self):
        sequence, seconds = self.process.stdout.readline().split()
        self.acknowledged = int(sequence)
        self.seconds.append(float(seconds))

    def catch_up(self):
        """Read what was told until now, and one more."""
        began = time.monotonic()
        while time.monotonic() - began < 0.12:
            self.read_one()

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@contextmanager
def writing(app):
    writer = Writer(app)
    try:
        yield writer
    finally:
        writer.stop()


def faults_in(path, acknowledged):
    """What is wrong with a database file that should hold every entry that was acknowledged, by SQLite alone."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            answer = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if answer != "ok":
                return [f"damaged: {answer}"]
            numbers = {row[0] for row in connection.execute("SELECT sequence FROM history_entry")}
            head = connection.execute("SELECT sequence, count FROM history_head").fetchone()
    except sqlite3.DatabaseError as error:
        return [f"unreadable: {error}"]
    missing = set(range(1, acknowledged + 1)) - numbers
    faults = [f"{len(missing)} acknowledged entries are missing"] if missing else []
    return faults + ([] if head == (max(numbers), len(numbers)) else ["the head of the log is of another moment"])


def backups_under_writes(app, identity, folder, times):
    """Make so many backups while a writer writes; the faults in any, and the longest wait of a write."""
    faults, longest = [], 0.0
    with writing(app) as writer:
        for number in range(times):
            writer.catch_up()
            before = writer.acknowledged
            config = {**app.config, "BACKUP_DAYS": 0, "BACKUP_WEEKS": 0}
            made = backups.make_backup(app.extensions["engine"], config, clock.now())
            place = app.config["DATA_FOLDER"] / "backups" / made.line.name
            copy = folder / "copy.db"
            copy.write_bytes(archives.opened(place, identity)["database/audit.db"])
            faults += [f"backup {number}: {fault}" for fault in faults_in(copy, before)]
            time.sleep(1)  # a name is a second
        writer.catch_up()
        longest = max(writer.seconds)
    return faults, longest


def plain_copies_under_writes(app, folder, times):
    """The control: the file copied piece by piece, as a tool that knows nothing of databases copies a large one."""
    faults = []
    source = Path(app.extensions["engine"].url.database)
    with writing(app) as writer:
        for _ in range(times):
            writer.catch_up()
            copy = folder / "plain.db"
            with source.open("rb") as old, copy.open("wb") as new:
                while part := old.read(16_384):
                    new.write(part)
                    time.sleep(0.004)
            faults += faults_in(copy, writer.acknowledged)
    return faults


# --- killed in the middle --------------------------------------------------------------------------------------------


def killed(target, arguments, seconds):
    """Run a function in a process of its own and kill it after so many seconds; whether it was still running."""
    process = multiprocessing.get_context("fork").Process(target=target, args=arguments)
    process.start()
    process.join(seconds)
    running = process.is_alive()
    process.kill()
    process.join()
    process.close()
    return running


def moments(seed, times, seconds):
    """When to kill: all over the time a whole run takes, the same each time for one seed."""
    chance = random.Random(seed)
    return sorted(chance.uniform(0.0, 1.1 * seconds) for _ in range(times))


def back_up(folder, now):
    """One backup in a process of its own."""
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder)})
    backups.make_backup(app.extensions["engine"], app.config, now)


def put_back(archive, into, config, identity):
    """One restore in a process of its own."""
    with archive.open("rb") as source:
        backups.restore(
            source, into, identity=backups.identity_from(identity), config=config, old_folder=None, now=clock.now()
        )


make_one, restore_one = back_up, put_back


def seconds_of(function, *arguments):
    began = time.monotonic()
    process = multiprocessing.get_context("fork").Process(target=function, args=arguments)
    process.start()
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - began


def contents_if_whole(path, identity):
    """The names in a backup; none when it does not open to its end."""
    try:
        return list(archives.opened(path, identity))
    except Exception:
        return []


# --- an update killed in the middle ----------------------------------------------------------------------------------


def unpacked(folder, name):
    """A database of the first revision, with data in it."""
    path = folder / name
    path.write_bytes(gzip.decompress(KEPT.read_bytes()))
    return path


def update(path, copies):
    """Bring a database to this version."""
    engine = database.make_engine(f"sqlite:///{path}")
    migrations.upgrade(engine, copies)


def update_carelessly(path, statements):
    """The control: the same tables made one by one, each kept by itself."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
            time.sleep(0.002)


def state_of(path):
    """The step, every table's shape and how many rows each has, once SQLite has taken back what was cut off."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        shape = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [name for name, sql in shape if sql and sql.startswith("CREATE TABLE")]
        # A table that is made anew gets its constraints in any order.
        shape = [(name, sorted(part.strip(" \n\t),") for part in (sql or "").split(", \n"))) for name, sql in shape]
        rows = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
        step = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    return json.dumps([step, shape, rows])


def updates_killed(folder, times, seed):
    """Kill so many updates all over their time: what each left (old, new or between), and the faults in its copy."""
    copies = folder / "copies"
    copies.mkdir()
    old = state_of(unpacked(folder, "old.db"))
    seconds = seconds_of(update, unpacked(folder, "new.db"), copies)
    new, left, faults = state_of(folder / "new.db"), [], []
    for moment in moments(seed, times, seconds):
        shutil.rmtree(copies)
        copies.mkdir()
        path = unpacked(folder, "killed.db")
        killed(update, (path, copies), moment)
        state = state_of(path)
        left.append({old: "old", new: "new"}.get(state, "between"))
        faults += [f"{copy.name} is no copy" for copy in copies.glob("before-*.db") if state_of(copy) != old]
        if left[-1] == "new" and not list(copies.glob("before-*.db")):
            faults.append("changed without a copy")
        for beside in folder.glob("killed.db*"):
            beside.unlink()
    return left, faults


def careless_updates_killed(folder, times, seed):
    """The control of the same rehearsal; what each left."""
    with closing(sqlite3.connect(folder / "new.db")) as connection:
        statements = [
            sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND sql NOT NULL")
        ]
    careless = [statement.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1) for statement in statements]
    old, left = state_of(unpacked(folder, "old-again.db")), []
    seconds = seconds_of(update_carelessly, unpacked(folder, "whole.db"), careless)
    whole = state_of(folder / "whole.db")
    for moment in moments(seed, times, seconds):
        path = unpacked(folder, "careless.db")
        killed(update_carelessly, (path, careless), moment)
        left.append({old: "old", whole: "new"}.get(state_of(path), "between"))
        for beside in folder.glob("careless.db*"):
            beside.unlink()
    return left


# --- a backup and a restore killed in the middle ---------------------------------------------------------------------


def in_pieces(source, target):
    """The controls: written straight to where it is to lie, a piece at a time, as a plain copy does."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as old, target.open("wb") as new:
        while part := old.read(32_768):
            new.write(part)
            new.flush()
            time.sleep(0.002)


def back_up_carelessly(folder, now):
    """The control: what a whole backup holds, under the name of a backup from its first byte on."""
    place = folder / "backups"
    whole = next(path for path in sorted(place.glob("audit-*")))
    in_pieces(whole, place / keeping.name_for(now, enciphered=True))


def put_back_carelessly(archive, into, _config, _identity):
    """The control: every file of a restored folder, put one by one into the folder that is to be used."""
    whole = into.parent / "whole"
    for path in sorted(path for path in whole.rglob("*") if path.is_file()):
        in_pieces(path, into / path.relative_to(whole))


def backups_killed(council, folder, times, seed, back_up=back_up):
    """Kill so many backups of a council all over their time; what is wrong with what each left."""
    data = folder / "killed"
    shutil.copytree(council.folder, data, ignore=shutil.ignore_patterns("*.age", "backup.lock"))
    place, now = data / "backups", clock.now()
    if back_up is back_up_carelessly:
        make_one(data, now - timedelta(hours=1))
    seconds = seconds_of(back_up, data, now)
    first, faults = {path.name for path in place.glob("audit-*")}, []
    for number, moment in enumerate(moments(seed, times, seconds), start=1):
        killed(back_up, (data, now + timedelta(minutes=number)), moment)
        lying = {path.name for path in place.glob("audit-*")}
        faults += [f"{name} does not open" for name in lying if not contents_if_whole(place / name, council.identity)]
        faults += [f"{name} is gone" for name in first - lying]
    back_up(data, now + timedelta(hours=1))
    faults += [f"{path.name} was left behind" for path in place.glob(".*")]
    return faults


def same_state(path, before):
    """Whether a restored database is there, sound, and what was restored."""
    try:
        return state_of(path) == before
    except (sqlite3.DatabaseError, AssertionError, TypeError):
        return False


def restores_killed(council, folder, times, seed, put_back=put_back):
    """Kill so many restores all over their time; what is wrong with what each left, and how many had been whole."""
    arguments = (council.archive, folder / "new", council.config, council.identity_file.read_text())
    if put_back is put_back_carelessly:
        restore_one(arguments[0], folder / "whole", *arguments[2:])
    seconds, faults, whole = seconds_of(put_back, *arguments), [], 0
    before = state_of(folder / "new" / "database" / "audit.db")
    for moment in moments(seed, times, seconds):
        shutil.rmtree(folder / "new", ignore_errors=True)
        killed(put_back, arguments, moment)
        if (folder / "new").exists():
            whole += 1
            if not same_state(folder / "new" / "database" / "audit.db", before):
                faults.append("what has the name is not whole")
    shutil.rmtree(folder / "new", ignore_errors=True)
    put_back(*arguments)
    return faults, whole
