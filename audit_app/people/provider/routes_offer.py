"""The provider as pages offer it, and sending a browser there. For routes only."""

from dataclasses import dataclass

from flask import current_app, g, make_response, render_template
from flask.typing import ResponseReturnValue

from audit_app.errors import NotFound
from audit_app.people.provider.known import Provider
from audit_app.people.provider.trust import NotAccepted, heading, sentences, status


@dataclass(frozen=True)
class Offer:
    """What a page says of the provider: its name, and whether it is the only way in for most."""

    name: str
    only: bool
    by_groups: bool


def set_provider() -> Provider | None:
    """The provider that is set, or None."""
    return current_app.extensions["provider"]  # type: ignore[no-any-return]


def provider() -> Provider:
    """The provider that is set.

    Raises:
        NotFound: there is none, so its pages are not there.
    """
    there = set_provider()
    if there is None:
        raise NotFound("No such page.")
    return there


def offered() -> Offer | None:
    """What pages before and after sign-in offer; None where no provider is set."""
    there = set_provider()
    if there is None:
        return None
    return Offer(there.settings.name, there.settings.only, bool(there.settings.group_roles))


def leave_for(address: str, *, leaving: bool = False) -> ResponseReturnValue:
    """A page of ours that leads on by itself, without scripts too.

    Not a redirect: our policy lets a form lead nowhere but here, and browsers hold every redirect behind it to that,
    those between the provider's own servers included.
    """
    page = make_response(
        render_template("people/to_provider.html", address=address, name=provider().settings.name, leaving=leaving)
    )
    page.headers["Refresh"] = f"0; url={address}"
    return page


def refused(refusal: NotAccepted, target: str = "/") -> ResponseReturnValue:
    """Why the sign-in did not go on, and what to do; signing in here stays offered."""
    name = provider().settings.name
    if refusal.detail:
        current_app.logger.warning("the provider: %s", refusal)
    words = {"heading_words": heading(refusal.reason, name), "sentences": sentences(refusal.reason, name)}
    signed_in = g.person is not None
    return render_template("people/provider_refused.html", **words, target=target, signed_in=signed_in), status(
        refusal.reason
    )
