"""What the start looks at before it serves: who can sign in yet, and with what; nobody made up on a server."""

import sys

import click
from flask import Flask
from sqlmodel import Session, col, select

from audit_app import clock, config, database, demo, server_mode, words
from audit_app.people import cli as people_cli
from audit_app.people.access import Role, system_scope
from audit_app.people.councils import unnamed
from audit_app.people.councils.keys import key_from
from audit_app.people.councils.service import FirstLink, NewCouncil
from audit_app.people.factors import queries as factors
from audit_app.people.tables import AccountState, Authority, Membership, Person


def greet(app: Flask, *, empty: bool) -> None:
    """Fill or open an installation nobody can sign in to yet, and say how to."""
    scope = system_scope("is anybody here yet")
    with database.session_for(app.extensions["engine"], scope, reading=True) as session:
        active = session.exec(select(Person.id).where(Person.state == AccountState.active).limit(1)).first()
        invited = invited_administrator(session)
    if active is not None:
        remind(app)
        return
    if invited is not None:
        who = unnamed.PERSON if unnamed.is_unnamed(invited[1]) else invited[1]
        click.echo(f"{who} has not opened the link yet.")
        click.get_current_context().invoke(people_cli.reset_link, key=invited[0], email=invited[1])
    elif empty:
        make_administrator()
    else:
        click.echo("Filling the empty data folder with a made-up council …")
        click.echo("\n".join(demo.fill(app).lines()))


def remind(app: Flask) -> None:
    """Say again how to sign in to the made-up council; nobody else's passwords are known here."""
    if demo.holds_fiction(app.extensions["engine"]):
        click.echo("\n".join(demo.details(app).lines()))


def refuse_fiction(app: Flask) -> None:
    """Nobody made up may sign in over a network (ER-2).

    Raises:
        UnsafeSettings: this is a server, and the made-up council is in its database.
    """
    if app.config["SERVER_MODE"] and demo.holds_fiction(app.extensions["engine"]):
        raise config.UnsafeSettings(
            "The made-up council is in this database, and its password is known to everybody. Never on a server: "
            "name an empty folder in AUDIT_DATA_FOLDER, or another database in AUDIT_DATABASE_URL."
        )


def say_without_factor(app: Flask) -> None:
    """Where a second factor is required, which accounts have none (AU-6); and whether codes of apps can be checked."""
    scope = system_scope("who has no second factor")
    with database.session_for(app.extensions["engine"], scope, reading=True) as session:
        without = factors.list_without(session, clock.today())
        unreadable = factors.unreadable_apps(session, app.config)
    if unreadable:
        click.echo(
            f"The codes of {words.count(unreadable, 'authenticator app')} cannot be checked: the key they were kept "
            f"with is lost. Put back the file factor_key in {app.config['DATA_FOLDER'] / 'keys'}. Without it, these "
            "people sign in with a recovery code or a passkey, or: audit-app people remove-factors",
            err=True,
        )
    if without and server_mode.factor_is_required(app.config):
        people = len({row.person_id for row in without})
        click.echo(
            f"{words.count(people, 'account')} {words.agree(people, 'has', 'have')} no second factor yet and "
            f"{words.agree(people, 'sets', 'set')} one up when next signing in. List them with: audit-app people "
            "without-factor"
        )


def invited_administrator(session: Session) -> tuple[str, str] | None:
    """The council's key and the e-mail address of an administrator who has never signed in."""
    statement = (
        select(Authority.key, Person.user_name)
        .join(Membership, col(Membership.authority_id) == Authority.id)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(Membership.role == Role.admin, Person.state == AccountState.invited)
        .order_by(col(Person.made_at))
    )
    return session.exec(statement).first()


def make_administrator() -> None:
    """Make the council and its first administrator: asked for their names where somebody is there to answer.

    Where nobody is, no name is made up: the page behind the link asks for them.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        new = NewCouncil(unnamed.COUNCIL, unnamed.KEY, unnamed.PERSON, unnamed.ADDRESS)
        _print(people_cli.make_first_administrator(new))
        click.echo("Open it in a browser: it asks for your name and your council's, and you choose a password.")
        return
    council = click.prompt("The council's name")
    name = click.prompt("Your full name")
    email = click.prompt("The e-mail address you will sign in with")
    _print(people_cli.make_first_administrator(NewCouncil(council, key_from(council), name, email)))
    click.echo(f"Open it in a browser, choose a password, and from then on sign in as {email}.")


def _print(link: FirstLink) -> None:
    people_cli.print_link(link.path, link.hours)
