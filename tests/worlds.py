"""Councils that take long to build: built once in a process, put back in milliseconds for each test that starts there."""

import io
import pickle
import shutil
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import SQLModel

# Who has written any of these has begun something that putting a world back would take away.
BEGUN = ("person", "team", "history_entry")


class RowsByName(pickle.Pickler):
    """What a builder returned: each row of a table by its class and key, and not by what it held."""

    def persistent_id(self, thing):
        state = sa.inspect(thing, raiseerr=False) if isinstance(thing, SQLModel) else None
        return (type(thing), state.identity) if state is not None and state.identity else None


class RowsReadAgain(pickle.Unpickler):
    """The same again, each row read from the database that was put back."""

    def __init__(self, written, session):
        super().__init__(io.BytesIO(written))
        self._session = session

    def persistent_load(self, named):
        return self._session.get(*named)


class Worlds:
    """The worlds of this process, by name: the database's file, the data folder, and what their builder returned."""

    def __init__(self, folder):
        self._folder, self._kept = folder, {}

    def begin(self, name, build, *, app, session):
        """What `build()` returns, on a database as `build` leaves it; built only the first time.

        A test that has begun something of its own, or is not on SQLite, gets it built anew.
        """
        engine = session.get_bind()
        if engine.dialect.name != "sqlite" or session.in_transaction() or _begun(engine):
            return build()
        if name not in self._kept:
            made = build()
            self._keep(name, made, app, session)
            return made
        return self._put_back(name, app, session)

    def _keep(self, name, made, app, session):
        session.commit()
        written = io.BytesIO()
        RowsByName(written).dump(made)
        folder, engine = self._folder / str(len(self._kept)), session.get_bind()
        engine.dispose()
        shutil.copytree(app.config["DATA_FOLDER"], folder / "data")
        shutil.copyfile(engine.url.database, folder / "world.db")
        self._kept[name] = folder, written.getvalue()

    def _put_back(self, name, app, session):
        (folder, written), engine = self._kept[name], session.get_bind()
        session.close()
        engine.dispose()
        shutil.copyfile(folder / "world.db", engine.url.database)
        _add_files(folder / "data", Path(app.config["DATA_FOLDER"]))
        made = RowsReadAgain(written, session).load()
        session.commit()  # the reading is over: others may write
        return made


def _begun(engine):
    asked = " UNION ALL ".join(f"SELECT EXISTS (SELECT 1 FROM {table})" for table in BEGUN)  # noqa: S608
    with engine.connect() as connection:
        return any(exists for (exists,) in connection.execute(sa.text(asked)))


def _add_files(kept, folder):
    """Files of the world into an application's folder; what the application has made for itself stays its own."""
    for path in kept.rglob("*"):
        there = folder / path.relative_to(kept)
        if path.is_dir():
            there.mkdir(exist_ok=True)
        elif not there.exists():
            shutil.copyfile(path, there)
