"""The commands `log verify` and `log anchor`."""

import click
from flask import current_app
from flask.cli import AppGroup

from audit_app import migrations, words
from audit_app.checking import log_tasks

log = AppGroup("log", help="The history log: check it, and write its head to the anchor file.")


@log.command("verify")
def verify() -> None:
    """Check every entry, every link and every anchor; exits with 1 when anything does not fit."""
    engine = current_app.extensions["engine"]
    migrations.check_known(engine)
    report = log_tasks.verify_log(engine, current_app.config)
    for line in report.lines():
        click.echo(line)
    if not report.sound:
        raise SystemExit(1)


@log.command("anchor")
def anchor() -> None:
    """Write the log's head to the anchor file now; the worker does it by itself each hour."""
    engine = current_app.extensions["engine"]
    migrations.check_known(engine)
    made = log_tasks.anchor(engine, current_app.config, now_due=True)
    if made is not None:
        click.echo(f"Anchored {words.count(made.count, 'entry')}. The head is {made.hash or 'empty'}.")


GROUPS = (log,)
