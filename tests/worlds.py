"""Councils that take long to build: built once in a process, put back in milliseconds for each later test."""

import filecmp
import io
import pickle
import shutil
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import make_url
from sqlmodel import SQLModel

from audit_app.config import KEY_FILES

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


class Kept(NamedTuple):
    """A world: where its files lie, what its builder returned, its rows, and the settings it was built with."""

    folder: Path
    made: bytes
    rows: object
    settings: dict


class Worlds:
    """The worlds of this process, by name: their rows, their data folder, and what their builder returned."""

    def __init__(self, folder, emptied):
        self._folder, self._emptied, self._kept, self._last = folder, emptied, {}, None

    def begin(self, name, build, *, app, session):
        """What `build()` returns, on a database as `build` leaves it; built only the first time.

        What is built on a world that nobody has touched since it was put back is kept too, by both names. A test that
        has begun something of its own gets it built anew.
        """
        engine = session.get_bind()
        if session.in_transaction() or self._is_another(engine):
            return build()
        if _begun(engine):
            if not self._untouched(self._last, app, engine):
                return build()
            name = f"{self._last}, then {name}"
        return self._once(name, build, app, session)

    def go_on(self, name, more, build, *, app, session):
        """The same for what is built further on a world, so long as nobody has touched it since it was put back."""
        engine = session.get_bind()
        if session.in_transaction() or self._is_another(engine) or not self._untouched(name, app, engine):
            return build()
        return self._once(f"{name}, then {more}", build, app, session)

    def _once(self, name, build, app, session):
        if name in self._kept:
            made = self._put_back(self._kept[name], app, session)
        else:
            made = build()
            session.commit()
            self._kept[name] = self._keep(made, app, session.get_bind())
        self._last = name
        return made

    def _untouched(self, name, app, engine):
        if name not in self._kept or self._kept[name].settings != _settings_of(app):
            return False
        engine.dispose()
        kept = self._kept[name].rows
        if self._emptied:
            return self._emptied.contents() == kept
        return filecmp.cmp(kept, engine.url.database, shallow=False)

    def _is_another(self, engine):
        """Whether a test of PostgreSQL has a database to itself, which nobody here knows how to fill."""
        return self._emptied is not None and engine.url.database != make_url(self._emptied.url).database

    def _keep(self, made, app, engine):
        written, folder = io.BytesIO(), self._folder / str(len(self._kept))
        RowsByName(written).dump(made)
        shutil.copytree(app.config["DATA_FOLDER"], folder / "data")
        engine.dispose()
        rows = self._emptied.contents() if self._emptied else shutil.copyfile(engine.url.database, folder / "world.db")
        return Kept(folder, written.getvalue(), rows, _settings_of(app))

    def _put_back(self, kept, app, session):
        engine = session.get_bind()
        engine.dispose()
        if self._emptied:
            self._emptied.fill(kept.rows)
        else:
            shutil.copyfile(kept.rows, engine.url.database)
        _add_files(kept.folder / "data", Path(app.config["DATA_FOLDER"]))
        for row in session.identity_map.values():
            session.refresh(row)  # of the world that this one was built on
        made = RowsReadAgain(kept.made, session).load()
        session.commit()  # the reading is over: others may write
        return made


def _settings_of(app):
    """What an application is set to, but for where its folder lies and the keys that each makes for itself."""
    folder, settings = str(app.config["DATA_FOLDER"]), {**app.config}
    for own in KEY_FILES:
        del settings[own]
    return {name: str(value) for name, value in settings.items() if folder not in str(value)}


def _begun(engine):
    asked = " UNION ALL ".join(f"SELECT EXISTS (SELECT 1 FROM {table})" for table in BEGUN)
    with engine.connect() as connection:
        return any(exists for (exists,) in connection.execute(sa.text(asked)))


def _add_files(kept, folder):
    """Files of the world into an application's folder; what the application has made for itself stays its own."""
    for path in sorted(kept.rglob("*")):
        there = folder / path.relative_to(kept)
        if path.is_dir():
            there.mkdir(exist_ok=True)
        elif not there.exists():
            shutil.copyfile(path, there)
