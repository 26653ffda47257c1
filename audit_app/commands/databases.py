"""The command `migrate`: bring the database to the shape this version knows."""

import click
from flask import current_app
from flask.cli import with_appcontext

from audit_app import alike, backups, clock, database, history, installation, migrations, words
from audit_app.checking import log_tasks
from audit_app.migrations import writing


@click.command("migrate")
@click.option("--backed-up", is_flag=True, help="A backup was made by other means (needed on PostgreSQL).")
@with_appcontext
def migrate(backed_up: bool) -> None:
    """Bring the database to the shape this version knows, after a backup."""
    done = bring_up_to_date(backed_up=backed_up)
    if not done.changed:
        click.echo(f"The database is up to date (step {done.after}).")


def bring_up_to_date(*, backed_up: bool = False) -> migrations.Upgraded:
    """Run the missing steps on the application's own database, and say so when there were any."""
    folder = current_app.config["DATA_FOLDER"] / "backups"
    refuse_lost_history()
    dumped = None if backed_up else backups.dump_before_upgrade(current_app.extensions["engine"], current_app.config)
    done = migrations.upgrade(current_app.extensions["engine"], folder, backed_up=backed_up or dumped is not None)
    installation.key_is_used(current_app.config["DATA_FOLDER"])
    if done.backup or dumped:
        click.echo(f"A copy of the database as it was is in {done.backup or dumped}.")
    sealed = log_tasks.begin_sealing(current_app.extensions["engine"], current_app.config)
    if sealed:
        click.echo(
            f"{words.count(sealed, 'row')} of an earlier version {words.agree(sealed, 'was', 'were')} sealed in the "
            "log as found. From now on a change past this product shows in: audit-app check"
        )
    # From its first day an older copy of the log can be told by its anchors.
    log_tasks.anchor(current_app.extensions["engine"], current_app.config)
    if done.changed:
        click.echo(f"The database was brought from {_step(done.before)} to step {done.after}.")
    return done


def refuse_lost_history() -> None:
    """Before the database is changed or served: it is not empty where it was used, and the key is the log's own.

    Raises:
        NotWhole: it was emptied, or another key is there than the one that sealed its log.
    """
    engine, config = current_app.extensions["engine"], current_app.config
    with engine.execution_options(reading=True).connect() as connection:
        empty = migrations.is_empty(connection)
    installation.refuse_emptied(config, empty=empty)
    if empty:
        return
    with database.session_for(engine, None, reading=True) as session:
        fits = history.key_fits(session, history.key_from(config))
    if not fits:
        raise installation.NotWhole(
            "The key of the history log is not the one this database was sealed with. Nothing was changed: whatever is "
            "written with another key could never be checked. Put back the file log_key that belongs to this database "
            f"in {config['DATA_FOLDER'] / 'keys'}, or give that key in AUDIT_LOG_KEY."
        )


def _step(step: str | None) -> str:
    return f"step {step}" if step else "nothing"


@click.command("write-migration", hidden=True)
@click.argument("about")
@with_appcontext
def write_migration(about: str) -> None:
    """For developers: write the next step from the tables in the code."""
    click.echo(f"Written: {writing.write_step(about)}. Read it, then lay it out with: make format")


@click.command("alike")
@click.option("--accept", is_flag=True, help="What this server has is right: the others are to have the same.")
@with_appcontext
def compare_servers(accept: bool) -> None:
    """On one of several servers: say whether it has what the others have, the place of files and the keys."""
    engine = current_app.extensions["engine"]
    migrations.check_known(engine)
    with database.session_for(engine, None) as session:
        different = alike.differences(session, current_app.config)
        if accept:
            alike.accept(session, current_app.config, clock.now())
    for sentence in different:
        click.echo(f"{sentence}.")
    if accept:
        click.echo(
            "From now on what this server has is what all must have. Start the others again; then: audit-app check"
        )
    elif not different:
        click.echo("This server has what the others of its database have.")
    else:
        raise SystemExit(1)


GROUPS = (migrate, compare_servers, write_migration)
