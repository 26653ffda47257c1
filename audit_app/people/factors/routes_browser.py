"""What a passkey's challenge is bound to in this request. For routes only."""

from flask import current_app, g

from audit_app.people.access import web_session
from audit_app.people.factors import passkeys


def browser() -> passkeys.Browser:
    """This browser's cookie and the address that is set, never a request's; a visitor without a cookie gets one."""
    config = current_app.config
    keys = [config["SECRET_KEY"], *config["SECRET_KEY_FALLBACKS"]]
    if not g.token and not g.new_token:
        g.new_token = web_session.new_token()
    return passkeys.Browser(keys, g.token or g.new_token, str(config["PUBLIC_ADDRESS"]), g.now)


def passkeys_are_possible() -> bool:
    """Whether a browser would make or use a passkey for this service's address."""
    return passkeys.are_possible(current_app.config)


def asked_of_anybody() -> str:
    """What the sign-in page asks of a browser that may hold a passkey of this service; empty where none is possible."""
    return passkeys.to_use(browser()) if passkeys_are_possible() else ""
