"""The commands `backup`, `backup-fetch`, `backup-key`, `backups` and `restore`."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import ScriptInfo, with_appcontext

from audit_app import backups, clock, config, database, guards, history, migrations, tables, wiring, words
from audit_app.backups import journal, places, state
from audit_app.backups.journal import Line
from audit_app.records.erasure import queries_marks, register, service_register

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
OLD_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("backup")
@with_appcontext
def backup() -> None:
    """Make a backup of everything now, while people go on working; the worker makes one each night by itself."""
    engine = current_app.extensions["engine"]
    migrations.check_known(engine)
    made = backups.make_backup(engine, current_app.config, clock.now())
    place = places.place_of(current_app.config)
    click.echo(f"{made.line.name} is in {place.describe()}.")
    click.echo(state.contents(made.line))
    click.echo(state.VERIFIED[made.line.verified])
    for sentence in (*made.manifest.lacks, *made.trouble):
        click.echo(f"TROUBLE: {sentence}", err=True)
    for name in made.removed:
        click.echo(f"Removed, past its time: {name}")
    for sentence in state.warnings(current_app.config, made.line):
        click.echo(sentence, err=True)


@click.command("backups")
@with_appcontext
def list_backups() -> None:
    """List the backups that are kept, with how far each was verified."""
    place, written = places.place_of(current_app.config), journal.lines(current_app.config["DATA_FOLDER"])
    known = {line.name: line for line in written if line.what in (journal.What.made, journal.What.tried)}
    click.echo(f"In {place.describe()}:")
    for name, size in place.names().items():
        line = known.get(name, Line(journal.What.made, clock.now(), name))
        how = state.VERIFIED[line.verified] if name in known else "Nothing is written down of it."
        click.echo(f"{name}  {words.file_size(size):>8}  {how}")
    for about, _trouble in state.sentences(written, current_app.config, clock.now()):
        click.echo(about)


@click.command("backup-fetch")
@click.argument("name", default="")
@click.option("--to", "folder", default=".", show_default=True, type=OLD_FOLDER, help="The folder to put it into.")
def backup_fetch(name: str, folder: Path) -> None:
    """Fetch a backup, the newest if none is named, from where the settings say that backups are kept.

    Needs no data folder and no database: it is for the day on which they are gone.
    """
    place = places.place_of(settings_alone())
    fetched = backups.fetch(place, name, folder.resolve())
    click.echo(f"{fetched} is here, all {words.file_size(fetched.stat().st_size)} of it, from {place.describe()}.")
    click.echo(f"Next: audit-app restore {fetched} --into FOLDER, which opens it and compares every file in it.")


@click.command("backup-key")
@click.option("--replace", is_flag=True, help="Make another key; older backups keep needing theirs.")
@with_appcontext
def backup_key(replace: bool) -> None:
    """Make the key of the backups: the half that makes them stays here, the half that opens them is printed once."""
    settings = current_app.config
    path = backups.recipient_path(settings)
    if (path.exists() or settings["BACKUP_RECIPIENT"]) and not replace:
        raise click.ClickException(
            "There is a key already. With --replace another is made; what was made until now can be opened with the "
            "older one only, so keep that sheet as long as those backups."
        )
    identity, recipient = backups.make_pair()
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(recipient + "\n")
    click.echo(sheet(settings, identity, recipient))


def sheet(settings: Mapping[str, Any], identity: str, recipient: str) -> str:
    """What is needed on the day on which this server is gone; printed once and kept elsewhere."""
    log_key = settings["LOG_KEY"]
    if "LOG_KEY" in settings["KEYS_GIVEN"]:
        log_key = "(given to this server in AUDIT_LOG_KEY: keep a copy of it with this sheet)"
    factor_key = settings["FACTOR_KEY"]
    if "FACTOR_KEY" in settings["KEYS_GIVEN"]:
        factor_key = "(given to this server in AUDIT_FACTOR_KEY: keep a copy of it with this sheet)"
    return f"""Print this sheet now, twice. It is not kept on this server and cannot be shown again.
Put one copy in a safe and one with somebody else; not beside the backups, and not on this server.

KEYS OF THE BACKUPS, made on {words.date_words(clock.today())}

1. The key that opens the backups. Without it no backup can ever be opened, by anybody.
   {identity}

2. The key of the history log. Without it a restored log cannot be checked, and the product does not
   start on the restored data.
   {log_key}

3. The key of authenticator apps. Without it their codes cannot be checked after a restore: people sign in
   with a recovery code or a passkey and set their app up anew.
   {factor_key}

On the day you need it, on any machine:
 - this product, of the same version or a later one
 - the newest file audit-….tar.age from {places.place_of(settings).describe()} or from where you copy it
 - this sheet
 - type: audit-app restore FILE --into FOLDER     (it asks for keys 1 and 2)
 - before you start it there: write number 3 into FOLDER/keys/factor_key
What else you set by AUDIT_… settings is not inside a backup: keep a list. AUDIT_SECRET_KEY need not be kept:
with another one people only sign in again.

The half that makes backups stays on this server, in {backups.recipient_path(settings)}:
   {recipient}"""


@click.command("restore")
@click.argument("archive", required=False, type=FILE)
@click.option("--into", type=NEW_FOLDER, help="The new data folder: not there yet, or empty.")
@click.option("--trial", is_flag=True, help="Only try it: into a temporary place, checked, removed, and written down.")
@click.option("--identity-file", type=FILE, help="A file with the key that opens backups (AGE-SECRET-KEY-1…).")
@click.option("--log-key-file", type=FILE, help="A file with the key of the history log.")
@click.option("--old-folder", type=OLD_FOLDER, help="The data folder it replaces, to tell what was lost.")
@click.pass_context
def restore(  # noqa: PLR0917 - click hands over each option by itself
    context: click.Context,
    archive: Path | None,
    into: Path | None,
    trial: bool,
    identity_file: Path | None,
    log_key_file: Path | None,
    old_folder: Path | None,
) -> None:
    """Restore a backup into an empty place, check it, and say what was lost. Running data are never touched.

    It asks for the keys it needs where they are in no file and no setting. Exits with 1 when nothing was restored, and
    with 2 when everything was, but something in it does not hold.
    """
    if trial:
        try_backup(context, archive, identity_file)
        return
    if archive is None or into is None:
        raise click.UsageError("Name the backup and the new folder: audit-app restore FILE --into FOLDER")
    settings = settings_alone()
    backups.refuse_occupied(into.resolve())
    set_up_without_application()
    if old_folder is None and Path(settings["DATA_FOLDER"]).is_dir():
        old_folder = Path(settings["DATA_FOLDER"])
    settings["LOG_KEY"] = log_key(settings, log_key_file, old_folder)
    settings["FACTOR_KEY"] = factor_key(settings, old_folder)
    with archive.open("rb") as source:
        restored = backups.restore(
            source, into.resolve(), identity=identity_for(source, settings, identity_file), config=settings,
            old_folder=old_folder.resolve() if old_folder else None, now=clock.now(),
        )  # fmt: skip
    tell_removed_again(settings, into.resolve(), [archive.parent, *([old_folder] if old_folder else [])])
    tell_restored(restored, into)


def tell_removed_again(settings: Mapping[str, Any], into: Path, elsewhere: list[Path]) -> None:
    """Take the newest register of removals over, and say what the backup brought back that was removed since it."""
    key, path = history.key_from(settings), register.path_in(into)
    sources = [place for folder in elsewhere for place in (folder / register.NAME, register.path_in(folder))]
    register.merge(path, key, sources)
    try:
        service_register.take_over(settings, key, path)
    except service_register.UNREACHED as problem:
        click.echo(
            f"The register of removals beside the backups cannot be read: {problem} Before anybody uses the restored "
            "data, set AUDIT_DATA_FOLDER to it and type: audit-app records erase-again",
            err=True,
        )
    url = str(settings["DATABASE_URL"] or f"sqlite:///{into / 'database' / 'audit.db'}")
    engine = database.make_engine(url)
    try:
        with engine.execution_options(reading=True).connect() as connection:
            again = queries_marks.back_again(connection, key, register.entries(path))
    finally:
        engine.dispose()
    if again:
        names = words.listing([entry.reference for entry in again])
        click.echo(
            f"Removed for good since that backup, and here again with it: {names}. Before "
            "anybody uses it, set AUDIT_DATA_FOLDER to it and type: audit-app records erase-again",
            err=True,
        )


def tell_restored(restored: backups.Restored, into: Path) -> None:
    """What was restored and lost, and what to do next; ends with 2 when something does not hold."""
    contents = restored.manifest
    click.echo(
        f"Restored into {into}: the backup of {words.datetime_words(contents.head.made_at)}, "
        f"{words.count(len(contents.files), 'file')}, {words.file_size(contents.size)}. Every file was compared."
    )
    click.echo(f"Lost: {restored.loss.sentence}")
    for sentence in contents.lacks:
        click.echo(f"Not in the backup: {sentence}")
    if restored.migrated_from:
        click.echo(f"It was brought from step {restored.migrated_from} to step {migrations.head()}.")
    click.echo("Every session has ended: everybody signs in again.")
    place = into.resolve() / "keys" / "factor_key"
    if not place.exists():
        click.echo(
            f"Before you start it, write number 3 of the sheet into {place}. Without it codes of authenticator apps "
            "cannot be checked; recovery codes and passkeys open all the same."
        )
    server = " keep AUDIT_DATABASE_URL as it is now," if contents.head.database == "postgresql" else ""
    click.echo(f"To use it: set AUDIT_DATA_FOLDER={into.resolve()},{server} and start the product.")
    if not restored.broken:
        click.echo("Every invariant and the whole history log were checked, and hold.")
        return
    click.echo("It is all there, but some of it does not hold, as it did not when the backup was made:", err=True)
    for sentence in restored.broken:
        click.echo(f"  {sentence}", err=True)
    raise SystemExit(2)


def try_backup(context: click.Context, archive: Path | None, identity_file: Path | None) -> None:
    """Restore a backup for trial, the newest if none is named, and write down that it was done."""
    app: Any = context.ensure_object(ScriptInfo).load_app()
    with app.app_context():
        settings = current_app.config
        migrations.check_known(current_app.extensions["engine"])
        place = places.place_of(settings)
        names = list(place.names())
        if archive is None and not names:
            raise backups.NotRestored("There is no backup to try. Make one with: audit-app backup")
        name = archive.name if archive else names[-1]
        with archive.open("rb") if archive else place.open(name) as source:
            identity = identity_for(source, settings, identity_file)
            line, broken = backups.try_backup(source, name, identity, settings, clock.now())
    click.echo(
        f"{name}: {state.VERIFIED[line.verified]} The trial took {line.seconds:g} seconds; nothing of it is left."
    )
    for sentence in broken:
        click.echo(f"  {sentence}", err=True)
    if broken:
        raise SystemExit(2)


def settings_alone() -> dict[str, Any]:
    """The settings, without an application: its data folder may be what is lost."""
    app = Flask("audit_app")
    app.config.from_mapping(config.DEFAULTS)
    app.config.from_prefixed_env("AUDIT")
    return dict(app.config)


def set_up_without_application() -> None:
    """What checking restored rows needs to know."""
    tables.load()
    guards.guard_tables()
    backups.use_rooms(wiring.BACKUP_ROOMS)


def log_key(settings: Mapping[str, Any], file: Path | None, old_folder: Path | None) -> str:
    """The key of the log: from a file, the setting, the folder that is replaced, or whoever sits there."""
    if file is not None:
        return file.read_text("utf-8").strip()
    if settings["LOG_KEY"]:
        return str(settings["LOG_KEY"])
    kept = old_folder / "keys" / "log_key" if old_folder else None
    if kept is not None and kept.is_file():
        click.echo(f"The key of the history log is taken from {kept}.")
        return kept.read_text("ascii").strip()
    return asked("The key of the history log (number 2 on the sheet)", "--log-key-file FILE, or in AUDIT_LOG_KEY")


def factor_key(settings: Mapping[str, Any], old_folder: Path | None) -> str:
    """The key of authenticator apps: from the setting or the folder that is replaced; empty where neither has it."""
    kept = old_folder / "keys" / "factor_key" if old_folder else None
    if settings["FACTOR_KEY"] or kept is None or not kept.is_file():
        return str(settings["FACTOR_KEY"])
    click.echo(f"The key of authenticator apps is taken from {kept}.")
    return kept.read_text("ascii").strip()


def identity_for(source: Any, settings: Mapping[str, Any], file: Path | None) -> Any:
    """The key that opens a backup, where it needs one: from a file, the setting, or whoever sits there."""
    enciphered = backups.is_enciphered(source.read(64))
    source.seek(0)
    if not enciphered:
        return None
    if file is not None:
        return backups.identity_from(file.read_text("utf-8", "replace"))
    own = backups.own_identity(settings)
    if own is not None:
        return own
    return backups.identity_from(asked("The key that opens the backup (number 1 on the sheet)", "--identity-file FILE"))


def asked(what: str, otherwise: str) -> str:
    """A secret typed by whoever sits there, not shown.

    Raises:
        NoKey: nobody does.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise backups.NoKey(f"{what} is needed, and nobody is there to type it. Give it with {otherwise}.")
    return str(click.prompt(what, hide_input=True)).strip()


GROUPS = (backup, list_backups, backup_fetch, backup_key, restore)
