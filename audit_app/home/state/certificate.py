"""How long the certificate of the public address is good for: asked of the server that shows it, at most once an hour.

Only the address that the council set itself is spoken to (PR-8), and only to read the dates: whether browsers trust
the certificate is for them to say.
"""

import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509

ASKED_SECONDS = 3600
PATIENCE_SECONDS = 3
HTTPS = 443


@dataclass(frozen=True)
class Certificate:
    """Of which host, and until when it is good; or why that could not be read."""

    host: str
    ends_at: datetime | None = None
    problem: str = ""


def shown_lately(config: Mapping[str, Any]) -> Certificate | None:
    """What the public address shows; None where none is set, or it is not an https address."""
    address = urlsplit(str(config.get("PUBLIC_ADDRESS") or ""))
    if address.scheme != "https" or not address.hostname:
        return None
    return _asked(address.hostname, address.port or HTTPS, int(time.monotonic() // ASKED_SECONDS))


@lru_cache(maxsize=4)
def _asked(host: str, port: int, _hour: int) -> Certificate:
    try:
        data = _fetched(host, port)
    except (OSError, ValueError) as problem:
        return Certificate(host, problem=type(problem).__name__)
    return Certificate(host, x509.load_der_x509_certificate(data).not_valid_after_utc)


def _fetched(host: str, port: int) -> bytes:
    """The certificate as it is shown, whoever signed it and however old it is: nothing is sent over this line."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection((host, port), timeout=PATIENCE_SECONDS) as line,
        context.wrap_socket(line, server_hostname=host) as secure,
    ):
        data = secure.getpeercert(binary_form=True)
    if not data:
        raise ValueError("No certificate was shown.")
    return data
