"""Asking the provider over the network: https with its certificate checked, in few seconds, few bytes, nowhere else.

Nobody holds the database meanwhile (`service_entering.py`). What does not answer is not asked again for some seconds,
so that a dead provider costs the people who use a password nothing.
"""

import ssl
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session
from requests.adapters import HTTPAdapter

from audit_app.people.provider.settings import LOOPBACK, ProviderSettings
from audit_app.people.provider.trust import NotAccepted, Reason

MOST_BYTES = 512 * 1024
CHUNK = 16 * 1024
FAILED_TO_ASK = (requests.RequestException, OSError, ssl.SSLError)


class TooMuch(requests.RequestException):
    """An answer that is too long, too slow, or leads elsewhere."""


class Careful(HTTPAdapter):
    """Carries one request, bounded in time and size as a whole; a redirect is an answer we do not follow."""

    def __init__(self, seconds: float) -> None:
        """Set how long one request may take."""
        super().__init__(max_retries=0)
        self.seconds = seconds

    def send(self, request: Any, *_args: Any, **more: Any) -> requests.Response:
        """Ask, and read the whole answer within the limits."""
        until = time.monotonic() + self.seconds
        more |= {"stream": True, "timeout": (self.seconds, self.seconds)}
        response = super().send(request, **more)
        if response.is_redirect or 300 <= response.status_code < 400:
            response.close()
            raise TooMuch("it leads elsewhere")
        body = b""
        try:
            for part in response.iter_content(CHUNK):
                body += part
                if len(body) > MOST_BYTES:
                    raise TooMuch("the answer is too long")
                if time.monotonic() > until:
                    raise TooMuch("the answer came too slowly")
        finally:
            response.close()
        response._content = body
        return response


def line(settings: ProviderSettings, method: str = "client_secret_basic") -> OAuth2Session:
    """A line to the provider, for one or two requests; close it afterwards.

    What the environment says of proxies, passwords and certificates is not used: the settings alone name hosts (PR-8).
    """
    session = OAuth2Session(
        settings.client_id,
        settings.client_secret,
        token_endpoint_auth_method=method,
        scope=settings.scopes,
        code_challenge_method="S256",
    )
    session.trust_env = False
    session.verify = settings.ca_file or True
    if settings.proxy:
        session.proxies = {"https": settings.proxy, "http": settings.proxy}
    session.adapters.clear()
    session.mount("http://" if settings.by_http else "https://", Careful(settings.seconds))
    return session


def check_address(address: Any, settings: ProviderSettings) -> str:
    """An address the provider names of itself: https, or this machine where the provider is on it.

    Raises:
        NotAccepted: it is none.
    """
    try:
        parts = urlsplit(str(address))
        host = parts.hostname
    except ValueError:
        host, parts = None, urlsplit("")
    right = parts.scheme == "http" and host in LOOPBACK if settings.by_http else parts.scheme == "https"
    if not host or not right or "@" in parts.netloc or parts.fragment:
        raise NotAccepted(Reason.misdescribed, "an address it names is not https")
    return str(address)


def fetch_json(settings: ProviderSettings, address: str, *, bearer: str = "") -> Mapping[str, Any]:
    """One JSON object.

    Raises:
        NotAccepted: the provider does not answer, or with something else.
    """
    headers = {"Accept": "application/json", **({"Authorization": f"Bearer {bearer}"} if bearer else {})}
    with line(settings) as session:
        try:
            response = session.get(address, withhold_token=True, headers=headers)
            response.raise_for_status()
            answer = response.json()
        except ValueError as error:
            raise NotAccepted(Reason.misdescribed, "its answer is no JSON") from error
        except FAILED_TO_ASK as error:
            raise NotAccepted(Reason.unreachable, type(error).__name__) from error
    if not isinstance(answer, dict):
        raise NotAccepted(Reason.misdescribed, "its answer is no JSON object")
    return answer
