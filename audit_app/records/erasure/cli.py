"""Commands about removals: what a restore brought back, and removing it again."""

from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from audit_app import history, words
from audit_app.records.erasure import queries_marks, register, service_register, service_removing

records = AppGroup("records", help="What was removed for good.")
GROUPS = (records,)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@records.command("erase-again")
@click.option("--register", "other", type=FILE, help="A register of removals from elsewhere, such as beside backups.")
@click.option("--only-tell", is_flag=True, help="Say what is back, and remove nothing.")
def erase_again(other: Path | None, only_tell: bool) -> None:
    """Remove what the register of removals names and a restore of an older backup has brought back.

    Two people agreed to each removal when it was made, and the log tells so; this carries it out once more. What a
    legal hold keeps now stays.
    """
    engine, config = current_app.extensions["engine"], current_app.config
    key, path = history.key_from(config), service_removing.register_of(config)
    wanted = [*register.places(config), *([other] if other else [])]
    taken = register.merge(path, key, wanted) + _from_store(config, key, path)
    if taken:
        lines = words.count(taken, "line")
        click.echo(f"{lines} {words.agree(taken, 'was', 'were')} taken over into {path}.")
    with engine.execution_options(reading=True).connect() as connection:
        entries = queries_marks.back_again(connection, key, register.entries(path))
    for entry in entries:
        click.echo(f"{entry.reference} was removed on {entry.at[:10]} under {entry.removal} and is here again.")
    if not entries:
        click.echo("Nothing that was removed is here again.")
    if entries and not only_tell:
        tell_removed(entries, service_removing.erase_again(engine, config, entries))


def _from_store(config: Any, key: bytes, path: Path) -> int:
    """The lines that only the copy beside backups in an object store has; ends with 1 when it cannot be read."""
    try:
        return service_register.take_over(config, key, path)
    except service_register.UNREACHED as problem:
        click.echo(f"The register beside the backups cannot be read, so nothing was removed: {problem}", err=True)
        raise SystemExit(1) from None


def tell_removed(entries: list[register.Entry], again: list[str]) -> None:
    """What was removed once more, and what a hold kept; ends with 2 when something stayed."""
    for name in again:
        click.echo(f"{name} was removed again.")
    stayed: Any = [entry.reference for entry in entries if entry.reference not in again]
    for name in stayed:
        click.echo(f"{name} stays: a legal hold keeps it.", err=True)
    if stayed:
        raise SystemExit(2)
