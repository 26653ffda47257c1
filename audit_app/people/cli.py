"""Commands about people: the first administrator of a council, invitations, links, disabling, lists."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import AppGroup
from sqlmodel import Session, select

from audit_app import clock, database, history, words
from audit_app.errors import Invalid, NotAllowed, NotFound, OutOfTurn
from audit_app.people import defaults, queries
from audit_app.people.access import Role, system_scope
from audit_app.people.accounts import one_time_links
from audit_app.people.accounts import service as accounts
from audit_app.people.councils import service as councils
from audit_app.people.directory import service
from audit_app.people.factors import queries as factors
from audit_app.people.factors import service as factor_service
from audit_app.people.first_day import service as first_day
from audit_app.people.joining import queries as joining
from audit_app.people.tables import Authority, Person

people = AppGroup("people", help="Accounts and people.")
GROUPS = (people,)

FIRST = "the first administrator of a council"
JOINS = "There is an account with this address already. The link asks them to sign in and join the council."
KEY = click.option("--key", required=True, help="The council's word in addresses, like greenhaven.")
EMAIL = click.option("--email", required=True, help="The e-mail address they sign in with.")


@contextmanager
def council_session(key: str | None, reason: str) -> Iterator[Session]:
    """A session for one council (or, without a key, for none yet); a refusal becomes a sentence and exit code 1."""
    engine = current_app.extensions["engine"]
    try:
        with database.session_for(engine, system_scope(reason)) as session:
            session.info["log_key"] = current_app.extensions["log_key"]
            session.info["actor"] = history.SYSTEM
            if key is not None:
                council = session.exec(select(Authority).where(Authority.key == key)).first()
                if council is None:
                    raise NotFound(f"There is no council with the key {key}.")
                session.info["scope"] = system_scope(reason, council.id)
            yield session
    except (Invalid, NotAllowed, NotFound, OutOfTurn) as refusal:
        raise click.ClickException(refusal.message) from refusal


def _person_with(session: Session, email: str) -> Person:
    person = accounts.find_account(session, email)
    if person is None:
        raise NotFound(f"There is nobody with the address {email}.")
    return service.get_person(session, person.id)


def print_link(path: str, hours: int) -> None:
    """A one-time link, for whoever reads the terminal."""
    click.echo(f"This link works once, for {words.count(hours, 'hour')}:")
    click.echo(one_time_links.link(current_app.config, path))


def _invite(session: Session, person: Person) -> str:
    """The path of a link for somebody just added: to choose a password, or to join with the account they have."""
    joins = joining.find_waiting(session, person.id) is not None
    token = service.send_link(session, person.id, config=current_app.config, by=None, now=clock.now())
    if joins:
        click.echo(JOINS)
    return one_time_links.joining_path(token) if joins else one_time_links.path_of(token)


@people.command("first-administrator")
@click.option("--council", required=True, help="The council's name.")
@KEY
@click.option("--name", required=True, help="The person's full name.")
@EMAIL
def first_administrator(council: str, key: str, name: str, email: str) -> None:
    """Make a council and its first administrator; prints a one-time link (AU-12)."""
    link = make_first_administrator(councils.NewCouncil(council, key, name, email))
    if link.joins:
        click.echo(JOINS)
    print_link(link.path, link.hours)


def make_first_administrator(new: councils.NewCouncil) -> councils.FirstLink:
    """The council, unless it is there, and its first administrator, unless it has one."""
    with council_session(None, FIRST) as session:
        authority = session.exec(select(Authority).where(Authority.key == new.key)).first()
        authority = authority or first_day.make_authority(session, new.name, new.key)
        session.info["scope"] = system_scope(FIRST, authority.id)
        if queries.list_people_with_role(session, Role.admin, clock.today()):
            raise OutOfTurn("This council has an administrator already. Make a link with: audit-app people reset-link")
        event, config = "people.first_administrator", current_app.config
        return councils.add_first_administrator(session, authority, new, event, config=config, now=clock.now())


@people.command("list")
@KEY
def list_people(key: str) -> None:
    """Everybody with a role today."""
    with council_session(key, "listing people") as session:
        for person in queries.list_people_views(session, clock.today()):
            roles = words.listing([defaults.ROLE_NAMES[role] for role in sorted(person.roles)])
            click.echo(f"{person.name} <{person.user_name}>: {roles}")


@people.command("invite")
@KEY
@click.option("--name", required=True, help="The person's full name.")
@EMAIL
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
def invite(key: str, name: str, email: str, roles: tuple[str, ...]) -> None:
    """Add somebody with roles from today and print their one-time link."""
    with council_session(key, "inviting a person") as session:
        chosen = [Role(role) for role in roles]
        now = clock.now()
        person = service.add_person(session, email, name, chosen, from_on=clock.today(), by=None, now=now)
        path = _invite(session, person)
    print_link(path, current_app.config["INVITATION_HOURS"])


@people.command("reset-link")
@KEY
@EMAIL
def reset_link(key: str, email: str) -> None:
    """Print a one-time link to set a new password; earlier links of the person stop working."""
    with council_session(key, "making a link") as session:
        person = _person_with(session, email)
        token = service.make_password_link(session, person, config=current_app.config, by=None, now=clock.now())
        hours = "RESET_HOURS" if person.password_hash else "INVITATION_HOURS"
    print_link(one_time_links.path_of(token), current_app.config[hours])


@people.command("disable")
@KEY
@EMAIL
def disable(key: str, email: str) -> None:
    """Shut an account and end its sessions."""
    with council_session(key, "disabling an account") as session:
        person = _person_with(session, email)
        service.disable_person(session, person.id, on=clock.today(), by=None, now=clock.now())
    click.echo(f"The account {email} is disabled.")


@people.command("without-factor")
@click.option("--key", default=None, help="One council's word in addresses; without it, all of them.")
def without_factor(key: str | None) -> None:
    """Who has an open account and no second factor."""
    with council_session(key, "who has no second factor") as session:
        authority_id = queries.authority_of(session) if key else None
        rows = factors.list_without(session, clock.today(), authority_id)
    for row in rows:
        click.echo(f"{row.council}: {row.name} <{row.user_name}>")
    click.echo(f"{words.count(len(rows), 'account')} without a second factor.")


@people.command("remove-factors")
@KEY
@EMAIL
def remove_factors(key: str, email: str) -> None:
    """Take away every second factor of somebody who lost them, and end their sessions."""
    with council_session(key, "taking second factors away") as session:
        person = _person_with(session, email)
        factor_service.remove_all(session, person.id, by=None, now=clock.now())
    click.echo(f"{email} has no second factor now and sets one up when next signing in, where one is required.")
