"""Commands about the council's own sign-in provider: whether it answers as it is set, and links taken away."""

import click
from flask import current_app
from sqlmodel import select

from audit_app import clock, words
from audit_app.people import defaults
from audit_app.people.accounts import service as accounts
from audit_app.people.cli import EMAIL, KEY, council_session, people
from audit_app.people.directory import service as directory
from audit_app.people.provider import service
from audit_app.people.provider.request import LEFT_PATH, RETURN_PATH
from audit_app.people.provider.trust import NotAccepted
from audit_app.people.tables import Authority

GROUPS = (people,)


@people.command("provider")
def provider() -> None:
    """Print what to register at the council's provider; ask how it describes itself; show its roles by group."""
    say_addresses(str(current_app.config["PUBLIC_ADDRESS"]).rstrip("/"))
    there = current_app.extensions["provider"]
    if there is None:
        click.echo("No provider is set yet. Register these there, then set AUDIT_OIDC_ISSUER as docs/sign-in.md tells.")
        return
    with council_session(None, "which councils the groups name") as session:
        councils = set(session.exec(select(Authority.key)).all())
    for row in there.settings.group_roles:
        unknown = "" if row.council in councils else f"  (there is no council with the key {row.council})"
        click.echo(f"{row.group}: {defaults.ROLE_NAMES[row.role]} in {row.council}{unknown}")
    try:
        description = there.described()
    except NotAccepted as refusal:
        raise click.ClickException(f"The provider cannot be used: {refusal}.") from None
    click.echo(f"It answers as {description.issuer} and signs by {words.listing(list(description.algorithms))}.")
    if not description.end_session:
        click.echo("It names no address to sign out at: people are told so when they sign out here.")


def say_addresses(address: str) -> None:
    """They are needed to register this service, so before anything of the provider can be set."""
    click.echo("Addresses to register at the provider:")
    click.echo(f"  people come back to      {address}{RETURN_PATH}")
    click.echo(f"  after signing out to     {address}{LEFT_PATH}")
    click.echo(f"  it signs people out at   {address}/sign-out/provider")


@people.command("remove-provider-link")
@KEY
@EMAIL
def remove_provider_link(key: str, email: str) -> None:
    """Take away the link between an account and the provider, and end its sessions."""
    with council_session(key, "taking a link to the provider away") as session:
        person = accounts.find_account(session, email)
        if person is None:
            raise click.ClickException(f"There is nobody with the address {email}.")
        directory.get_person(session, person.id)
        service.unlink(session, person.id, by=None, now=clock.now())
    click.echo(f"{email} is not linked any more. Make a one-time link with: audit-app people reset-link")
