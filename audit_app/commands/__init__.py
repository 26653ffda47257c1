"""The command `audit-app`: those of the features, and here those of the whole installation."""

import os
import sys

import click
from flask.cli import FlaskGroup

from audit_app import config, create_app, database, demo, jobs, migrations
from audit_app.commands import checks, databases, editions, logs, reports, serving

GROUPS = (*serving.GROUPS, *databases.GROUPS, *checks.GROUPS, *logs.GROUPS, *editions.GROUPS, *reports.GROUPS)
PLAIN_REFUSALS = (
    config.UnsafeSettings,
    database.UnsafeDatabase,
    demo.DemoRefused,
    jobs.WorkerRuns,
    migrations.NoBackup,
    migrations.SchemaNotKnown,
)


def make_group() -> FlaskGroup:
    """The command with everything below it; what the features bring is found through the application."""
    group = FlaskGroup(
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
