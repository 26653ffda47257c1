"""What `run` does with an empty data folder: a fictional council, or a link for the first administrator."""

import click
from flask import Flask
from sqlmodel import select

from audit_app import database
from audit_app.people.access import system_scope
from audit_app.people.tables import Person


def greet(app: Flask, *, empty: bool) -> None:
    """Fill or open an installation nobody has an account in yet, and say how to sign in."""
    if has_people(app):
        return
    if empty:
        click.echo("Nobody has an account yet. Make the first administrator with: audit-app people first-administrator")
        return
    click.echo("The fictional council is not part of this version yet; the database is empty.")


def has_people(app: Flask) -> bool:
    """Whether anybody has an account."""
    scope = system_scope("is anybody here yet")
    with database.session_for(app.extensions["engine"], scope, reading=True) as session:
        return session.exec(select(Person.id).limit(1)).first() is not None


GROUPS = ()
