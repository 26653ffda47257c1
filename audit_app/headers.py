"""Security headers on every response (HD-1), and no caching of any page (HD-2)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Flask, Response, current_app, request
from whitenoise import WhiteNoise

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
DOWNLOAD_POLICY = "sandbox; default-src 'none'"

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-read=()",
    "X-Frame-Options": "DENY",
}


# In server mode: browsers ask by https alone, for a year, this name and those below it.
ONLY_BY_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def always(config: Mapping[str, Any]) -> dict[str, str]:
    """What every response carries in this mode."""
    return {**ALWAYS, **ONLY_BY_HTTPS} if config["SERVER_MODE"] else ALWAYS


def secure(response: Response) -> Response:
    """Add what every response carries; a download keeps the stricter policy it came with."""
    for name, value in always(current_app.config).items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
    if request.endpoint != "static":
        # Every page, those before sign-in too: the address of a one-time link is a secret of its own (HD-2).
        response.headers["Cache-Control"] = "no-store"
    response.headers.pop("Server", None)
    response.headers.pop("X-Powered-By", None)
    return response


def for_static(config: Mapping[str, Any]) -> Callable[[Any, str, str], None]:
    """The same headers for static files, which never reach Flask."""
    added = {**always(config), "Content-Security-Policy": PAGE_POLICY}

    def add(headers: Any, _path: str, _url: str) -> None:
        for name, value in added.items():
            headers[name] = value

    return add


def serve_static(app: Flask) -> None:
    """Styles, scripts and pictures, with their headers, before a request reaches the application."""
    root, added = app.static_folder, for_static(app.config)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=root, prefix="static/", add_headers_function=added, max_age=3600
    )


def download(data: bytes | Iterator[bytes], *, filename: str, content_type: str, size: int | None = None) -> Response:
    """A file to save: never shown inside the page, its type from our table and never from a client (UP-5).

    With its size said beforehand, a file that comes in parts and breaks off is known by the browser to be incomplete.
    """
    response = Response(data, content_type=content_type)
    if size is not None:
        response.content_length = size
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "-" for letter in filename)
    response.headers["Content-Disposition"] = f'attachment; filename="{safe}"'
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def add_headers(app: Flask) -> None:
    """Put the headers on every response."""
    app.after_request(secure)
