"""The command `check`: every invariant of the installation, named, and whether it holds."""

import click
from flask import current_app
from flask.cli import with_appcontext

from audit_app import checking, migrations, words


@click.command("check")
@click.option("--quiet", is_flag=True, help="Say only what is broken.")
@with_appcontext
def check(quiet: bool) -> None:
    """Look at everything that must always hold; exits with 1 when anything is broken. Changes nothing."""
    engine = current_app.extensions["engine"]
    migrations.check_known(engine)
    broken = 0
    for outcome in checking.check(engine, current_app.config):
        broken += not outcome.holds
        if not (quiet and outcome.holds):
            click.echo(f"{'holds ' if outcome.holds else 'BROKEN'}  {outcome.words}")
        for sentence in outcome.broken:
            click.echo(f"          {sentence}")
        if outcome.more:
            click.echo(f"          and {outcome.more:,} more")
    if broken:
        click.echo(f"{words.count(broken, 'invariant')} {words.agree(broken, 'is', 'are')} broken.")
        raise SystemExit(1)
    click.echo("Everything holds.")


GROUPS = (check,)
