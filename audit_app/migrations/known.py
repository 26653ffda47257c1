"""Which steps there are, which one a database stands at, and in plain words why it cannot be used as it is (DU-8)."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

FOLDER = Path(__file__).resolve().parent
VERSION_TABLE = "alembic_version"
NAMED = re.compile(r"^(revision|down_revision)\b[^=\n]*= *(.+)$", re.MULTILINE)


class SchemaNotKnown(Exception):
    """The database is not of the shape this version works with; the message says what to do."""


def configuration(folder: Path = FOLDER) -> Any:
    """Where the steps are and what a new one is called, for Alembic.

    Alembic is loaded where a step is run or written: with all it brings it takes ten megabytes, and a process that
    serves needs only the numbers of the steps.
    """
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(folder).replace("%", "%%"))
    made.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    made.set_main_option("path_separator", "os")
    return made


@cache
def steps(folder: Path = FOLDER) -> tuple[str, ...]:
    """The numbers of all steps this version knows, the first one first, as each names the one before it."""
    files = [path.read_text("utf-8") for path in (folder / "versions").glob("*.py")]
    named = [{name: ast.literal_eval(value) for name, value in NAMED.findall(text)} for text in files]
    after = {each["down_revision"]: each["revision"] for each in named if "revision" in each}
    ordered: list[str] = []
    while (following := after.get(ordered[-1] if ordered else None)) is not None:
        ordered.append(following)
    return tuple(ordered)


def head(folder: Path = FOLDER) -> str:
    """The number of the last step: where a database of this version stands."""
    all_steps = steps(folder)
    return all_steps[-1] if all_steps else ""


def current(connection: sa.Connection) -> str | None:
    """The step a database stands at; None when it was never migrated."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    row = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").first()  # noqa: S608 (our constant)
    return str(row[0]) if row else None


def is_empty(connection: sa.Connection) -> bool:
    """Whether there is no table at all, but perhaps the job queue's own."""
    return not [name for name in sa.inspect(connection).get_table_names() if not name.startswith("huey_")]


def check_known(engine: sa.Engine, folder: Path = FOLDER) -> None:
    """Refuse to serve a database that is older or newer than this version, or was not made by it.

    Raises:
        SchemaNotKnown: it cannot be used as it is.
    """
    with engine.execution_options(reading=True).connect() as connection:
        step, empty = current(connection), is_empty(connection)
    if step == head(folder):
        return
    if empty:
        raise SchemaNotKnown("The database is empty. Make its tables with: audit-app migrate")
    refuse_unknown(step, folder)
    raise SchemaNotKnown(
        f"The database stands at step {step}, and this version needs step {head(folder)}. Stop the product, then run: "
        "audit-app migrate (it makes a backup first)."
    )


def refuse_unknown(step: str | None, folder: Path = FOLDER) -> None:
    """Refuse a database with tables whose step this version has never heard of.

    Raises:
        SchemaNotKnown: it has none, or a later one.
    """
    if step is None:
        raise SchemaNotKnown(
            "The database has tables, but does not say which version made them. It was not made by this product, or "
            "making it was interrupted. Name another database in AUDIT_DATABASE_URL, or restore a backup."
        )
    if step not in steps(folder):
        raise SchemaNotKnown(
            f"The database stands at step {step}, which this version does not know (its last is {head(folder)}). A "
            "newer version has used it. Install that version or a later one, or restore the backup made before."
        )
