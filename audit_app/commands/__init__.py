"""The command `audit-app`: those of the features, and here those of the whole installation."""
# ruff: noqa: E402  nothing is loaded before the collector of rubbish stands still

import gc

gc.disable()  # looking for rubbish among classes just made, which all stay, was a quarter of every start

import os
import sys

import click
import sqlalchemy as sa
from flask.cli import FlaskGroup, ScriptInfo

from audit_app import (
    alike,
    backups,
    config,
    create_app,
    database,
    demo,
    evidence_store,
    history,
    installation,
    jobs,
    migrations,
)
from audit_app.commands import (
    backing_up,
    checks,
    databases,
    editions,
    evidence_files,
    install,
    logs,
    reports,
    serving,
    settings,
)

gc.freeze()  # what is loaded now stays to the end, and need never be looked at again
gc.enable()

GROUPS = (
    *serving.GROUPS,
    *install.GROUPS,
    *settings.GROUPS,
    *databases.GROUPS,
    *checks.GROUPS,
    *backing_up.GROUPS,
    *logs.GROUPS,
    *editions.GROUPS,
    *reports.GROUPS,
    *evidence_files.GROUPS,
)
PLAIN_REFUSALS = (
    alike.Unlike,
    backups.NoKey,
    backups.NotBackedUp,
    backups.NotFetched,
    backups.NotRestored,
    config.UnsafeSettings,
    database.Unreachable,
    database.UnsafeDatabase,
    demo.DemoRefused,
    evidence_store.Unavailable,
    evidence_store.UnusableStore,
    history.LogNotReady,
    installation.NotWhole,
    jobs.WorkerRuns,
    migrations.NoBackup,
    migrations.SchemaNotKnown,
)


class Commands(FlaskGroup):
    """Flask's group; when the application refuses to start, help is still shown, and the refusal is a sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Those of the features too, where the application can be made."""
        try:
            ctx.ensure_object(ScriptInfo).load_app()
        except PLAIN_REFUSALS as refusal:
            click.echo(str(refusal), err=True)
            return sorted(self.commands)
        return super().list_commands(ctx)


def make_group() -> FlaskGroup:
    """The command with everything below it; what the features bring is found through the application."""
    group = Commands(
        create_app=create_app,
        add_default_commands=False,
        add_version_option=False,
        load_dotenv=False,
        set_debug_flag=False,
        help="Inspection readiness: case audits, findings, improvement plans and evidence packs.",
    )
    # Flask's own options name another application, a file of settings and the debugger: none is for us.
    group.params.clear()
    for command in GROUPS:
        group.add_command(command)
    return group


def main() -> None:
    """Run one command; a refusal we can explain is a sentence, not a traceback."""
    os.umask(0o077)  # whatever a command writes is for its owner alone (SE-2)
    try:
        make_group()(prog_name="audit-app")
    except PLAIN_REFUSALS as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
    except (sa.exc.DBAPIError, OSError) as error:
        click.echo(unreadable(error), err=True)
        sys.exit(1)


def unreadable(error: BaseException) -> str:
    """What a database or a disk that cannot be used says, in a sentence and without the statement it was asked."""
    if installation.is_disk_full(error):
        return "The disk is full, so this could not be done. Make room where the data folder is, then try again."
    cause = getattr(error, "orig", None) or error
    if isinstance(error, sa.exc.DBAPIError):
        return (
            f"The database could not be used ({str(cause).splitlines()[0]}). Nothing more was done. Check that it can "
            "be reached and is not damaged (audit-app check); if it is damaged, restore the last backup."
        )
    return f"A file could not be used ({cause}). Check the rights and the disk of the data folder, then try again."
