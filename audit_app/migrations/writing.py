"""For developers: write the next step by comparing the tables in the code with those the steps make."""

import tempfile
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from audit_app import database
from audit_app.history import triggers
from audit_app.migrations import known, steps

RUN_TRIGGERS = "    for statement in TRIGGERS[op.get_bind().dialect.name]:\n        op.execute(statement)\n"


def write_step(words: str) -> Path:
    """Write the next numbered step into `versions/` and return its path; read it before you trust it."""
    from alembic import command  # ten megabytes, so only where a step is written

    number = f"{len(known.steps()) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        engine = database.make_engine(f"sqlite:///{Path(folder) / 'steps.db'}")
        if known.steps():
            steps.upgrade(engine)
        config = known.configuration()
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            made = command.revision(config, words, autogenerate=True, rev_id=number)
        engine.dispose()
    known.steps.cache_clear()
    path = Path(made.path)  # type: ignore[union-attr]
    _drop_marks(path)
    if number == "0001":
        add_triggers(path)
    return path


def add_triggers(path: Path) -> None:
    """The first step also makes the log append-only; the statements stand in it word for word, for they may change."""
    statements = {dialect: triggers.create(dialect) for dialect in ("sqlite", "postgresql")}
    before, mark, after = path.read_text("utf-8").partition("\n\ndef upgrade()")
    path.write_text(before + _worded(statements) + mark + after.rstrip() + "\n" + RUN_TRIGGERS, "utf-8")


def _worded(statements: dict[str, list[str]]) -> str:
    """The statements as Python, one to a line however long it is."""
    lines = ["", "# What makes the log append-only, as it was when this step was written, by kind of database."]
    lines.append("TRIGGERS = {")
    for dialect, each in statements.items():
        lines += [f'    "{dialect}": [', *(f"        {statement!r}," for statement in each), "    ],"]
    return "\n".join([*lines, "}", ""])


def _drop_marks(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "### " not in line), "utf-8")


def differences(connection: sa.Connection) -> list[str]:
    """What a database's tables lack, or have too much, beside the tables in the code; checks and triggers aside."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    options = {"compare_type": True, "include_object": _ours}
    compared = compare_metadata(MigrationContext.configure(connection, opts=options), SQLModel.metadata)
    return [line for difference in compared for line in _in_words(difference)]


def _in_words(difference: Any) -> list[str]:
    """What Alembic found, in words: it gives a tuple, or a list of them for one column."""
    if isinstance(difference, list):
        return [line for part in difference for line in _in_words(part)]
    what, *about = difference
    named = [str(part) if isinstance(part, str) else getattr(part, "name", None) for part in about]
    return [f"{what.replace('_', ' ')}: {' '.join(name for name in named if isinstance(name, str))}"]


def _ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    return not (kind == "table" and str(name).startswith("huey_"))
