"""Large councils that are built once and kept in the system's temporary folder, so that each run only copies them.

A kept town is known by its size and by what it was made of: another version of the tables, or of the module that fills
them, builds another.
"""

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import SQLModel

from audit_app import create_app, database, migrations, tables
from tests.bench import town
from tests.conftest import TEST_SETTINGS

SIZES = (1_000, 10_000, 100_000)


def folder():
    """Where they are kept: only ours, and safe to remove at any time."""
    user = os.getuid() if hasattr(os, "getuid") else "one"
    return Path(tempfile.gettempdir()) / f"inspection-readiness-bench-{user}"


def made_of():
    """What a town is made of, as a few letters."""
    tables.load()
    made = sorted(SQLModel.metadata.tables.values(), key=lambda table: table.name)
    parts = [sa.schema.CreateTable(table) for table in made]
    parts += [
        sa.schema.CreateIndex(index) for table in made for index in sorted(table.indexes, key=lambda one: one.name)
    ]
    shapes = "\n".join(map(str, parts))
    filled = Path(town.__file__).read_text("utf-8")
    return hashlib.sha256(f"{shapes}{filled}".encode()).hexdigest()[:12]


def kept(audits):
    """The file of a council with so many audits, and beside it the ids of its people; built where it is not there."""
    place = folder()
    place.mkdir(mode=0o700, exist_ok=True)
    file = place / f"town-{audits}-{made_of()}.db"
    if not file.exists():
        building = file.with_suffix(f".{os.getpid()}")
        people = _build(building, audits)
        file.with_suffix(".json").write_text(json.dumps(people), "utf-8")
        building.rename(file)
        for left in place.glob(f"{building.name}*"):  # the locks of the queue to write
            left.unlink()
    return file, json.loads(file.with_suffix(".json").read_text("utf-8"))


def _build(file, audits):
    engine = database.make_engine(f"sqlite:///{file}")
    sa.event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF"))
    migrations.create_all(engine)
    people = town.fill(engine, audits)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    engine.dispose()
    return people


@contextmanager
def large_council(at, audits=town.AUDITS, **settings):
    """The application on a copy of a kept town, in the folder `at`; its engine, and the ids of its people."""
    file, people = kept(audits)
    shutil.copyfile(file, at / "town.db")
    engine = database.make_engine(f"sqlite:///{at / 'town.db'}")
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(at / "data"), **settings}, engine=engine)
    yield app, engine, people
    engine.dispose()
