"""How somebody is sent to the provider, and what proves that it is the same sign-in that comes back. Pure.

One state of 256 random bits makes the nonce and the verifier of PKCE, with our secret key: whoever sees the address
learns neither, and the database keeps neither.
"""

import base64
import hashlib
import hmac
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from audit_app.people.provider import asking
from audit_app.people.provider.known import Description
from audit_app.people.provider.settings import ProviderSettings
from audit_app.people.provider.tables import Purpose

GOOD_FOR = timedelta(minutes=10)
RETURN_PATH, LEFT_PATH = "/sign-in/provider/return", "/sign-out/done"


def nonce_of(key: str, state: str) -> str:
    """What the provider puts into its token, so that a token of another sign-in is not taken."""
    return _made(key, "nonce", state)


def verifier_of(key: str, state: str) -> str:
    """What only we can show for the code (RFC 7636)."""
    return _made(key, "verifier", state)


def _made(key: str, what: str, state: str) -> str:
    digest = hmac.digest(key.encode(), f"provider:{what}:{state}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def address(
    settings: ProviderSettings, description: Description, state: str, *, key: str, back: str, purpose: Purpose
) -> str:
    """Where the browser goes.

    To prove again, and to link, the provider is to ask afresh: a browser left signed in there must not answer for the
    person (AU-13). `max_age` makes it say when it asked.
    """
    more = {"nonce": nonce_of(key, state), "redirect_uri": back}
    if purpose != Purpose.sign_in:
        more["prompt"] = "login"
    if purpose == Purpose.prove:
        more["max_age"] = "0"
    if settings.factor_acr:
        more["acr_values"] = " ".join(settings.factor_acr)
    with asking.line(settings) as session:
        made, _state = session.create_authorization_url(
            description.authorization, state=state, code_verifier=verifier_of(key, state), **more
        )
    return str(made)


def leaving_address(settings: ProviderSettings, description: Description, back: str) -> str:
    """Where the browser ends its session at the provider (OpenID Connect RP-Initiated Logout 1.0); empty: nowhere.

    Named by `client_id`, without the id token as a hint: to send it we would have to keep it for as long as the session
    lasts, and it holds a person's name, address and groups. The provider may ask whether the person means it.
    """
    if not description.end_session:
        return ""
    query = urlencode({"client_id": settings.client_id, "post_logout_redirect_uri": back})
    return f"{description.end_session}{'&' if urlsplit(description.end_session).query else '?'}{query}"
