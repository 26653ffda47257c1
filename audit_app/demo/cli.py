"""Commands about the fictional council: make it, and say how to sign in to it."""

import click
from flask import current_app
from flask.cli import AppGroup

from audit_app import demo

group = AppGroup("demo", help="A made-up council for trying this out.")
GROUPS = (group,)


@group.command("fill")
def fill_command() -> None:
    """Fill an empty data folder with a made-up council."""
    try:
        filled = demo.fill(current_app)
    except demo.DemoRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo("\n".join(filled.lines()))


@group.command("details")
def details_command() -> None:
    """Say how to sign in to the made-up council."""
    if not demo.holds_fiction(current_app.extensions["engine"]):
        raise click.ClickException("There is no made-up council here. Make one with: audit-app demo fill")
    click.echo("\n".join(demo.details(current_app).lines()))
