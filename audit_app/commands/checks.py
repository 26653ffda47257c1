"""The command `check`: every invariant of the installation, named, and whether it holds."""

import click
from flask import current_app
from flask.cli import with_appcontext

from audit_app import checking, migrations, words


@click.command("check")
@click.option("--quiet", is_flag=True, help="Say only what is broken.")
@with_appcontext
def check(quiet: bool) -> None:
    """Look at everything that must always hold; exits with 1 when anything is broken. Changes nothing.

    Each line says what was compared. "in part" is said where something could not be: it is not broken, nor proved.
    """
    engine = current_app.extensions["engine"]
    migrations.check_known(engine)
    broken = in_part = 0
    for outcome in checking.check(engine, current_app.config):
        broken += not outcome.holds
        in_part += outcome.in_part
        if not (quiet and outcome.holds):
            click.echo(f"{verdict(outcome)}  {outcome.words}")
        for sentence in outcome.broken:
            click.echo(f"          {sentence}")
        if outcome.more:
            click.echo(f"          and {outcome.more:,} more")
        for look in () if quiet else outcome.compared:
            click.echo(f"        - {look.words}")
    if broken:
        click.echo(f"{words.count(broken, 'invariant')} {words.agree(broken, 'is', 'are')} broken.")
        raise SystemExit(1)
    if in_part:
        click.echo(f"Nothing is broken. {words.count(in_part, 'line')} could be checked only in part, as said above.")
        return
    click.echo("Everything that was compared holds.")


def verdict(outcome: checking.Outcome) -> str:
    """BROKEN, holds, or in part: nobody is told that something holds which could not be compared."""
    if not outcome.holds:
        return "BROKEN "
    return "in part" if outcome.in_part else "holds  "


GROUPS = (check,)
