"""Standing behind a stated number of servers: who really asks, and over https (AU-15).

Only the server that is nearest may connect, and only what the stated number of them said is believed. The name people
typed is the Host header that it passes on; X-Forwarded-Host is never read.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix

UNIX_SOCKET = ""  # what a server that listens on a socket file calls the address of whoever connects
FORWARDED_FOR, FORWARDED_PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"


class BehindProxies:
    """The application behind its servers; what comes another way is turned away before it reaches a page."""

    def __init__(self, app: Any, count: int, addresses: Iterable[str]) -> None:
        self.count, self.addresses = count, set(addresses)
        self.inner = app
        self.app = ProxyFix(app, x_for=count, x_proto=1, x_host=0, x_port=0, x_prefix=0)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        fault = self.fault_of(environ)
        if fault:
            return _plain(start_response, *fault)
        return self.app(environ, start_response)

    def fault_of(self, environ: Mapping[str, Any]) -> tuple[str, str] | None:
        """Why a request is turned away: a status and a sentence for whoever runs the service; None when it is not."""
        peer = environ.get("REMOTE_ADDR") or UNIX_SOCKET
        if peer not in self.addresses:
            return "403 Forbidden", "This service is reached through its own address only."
        passed = [part for part in environ.get(FORWARDED_FOR, "").split(",") if part.strip()]
        if len(passed) < self.count:
            return "400 Bad Request", (
                f"The server in front passed on {len(passed)} addresses in X-Forwarded-For, and AUDIT_TRUSTED_PROXIES "
                f"says {self.count}. See the page on installing."
            )
        if environ.get(FORWARDED_PROTO, "").split(",")[-1].strip() != "https":
            return "400 Bad Request", (
                "This service is reached by https only. The server in front must set X-Forwarded-Proto to https."
            )
        return None


def stand_behind_proxies(app: Any) -> None:
    """Where the settings name servers in front, believe them, and only them."""
    if app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = BehindProxies(app.wsgi_app, app.config["TRUSTED_PROXIES"], app.config["PROXY_ADDRESSES"])


def _plain(start_response: Any, status: str, sentence: str) -> Iterable[bytes]:
    body = f"{sentence}\n".encode()
    start_response(
        status,
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("Cache-Control", "no-store"),
        ],
    )
    return [body]
