"""`/health`: this process lives. `/ready`: it can answer people, because its database can be read and is known.

They stand before everything else: no name, no server in front, no session and no page is needed to be told. They say
nothing but that, so anybody may ask.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from audit_app import migrations

# One look at the database serves everybody who asks within this time: nobody can keep it busy by asking.
LOOK_SECONDS = 1.0
GOOD, BAD = "200 OK", "503 Service Unavailable"


class Probes:
    """The application with its two probes before it."""

    def __init__(self, app: Any, look: Callable[[], str]) -> None:
        self.app, self.look = app, look
        self._lock = threading.Lock()
        self._seen: tuple[float, str] | None = None

    def __call__(self, environ: Mapping[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a probe, or hand the request on."""
        path = environ.get("PATH_INFO")
        if path == "/health":
            return _plain(start_response, GOOD, "alive")
        if path == "/ready":
            why_not = self.why_not_ready()
            return _plain(start_response, BAD if why_not else GOOD, why_not or "ready")
        return self.app(environ, start_response)  # type: ignore[no-any-return]

    def why_not_ready(self) -> str:
        """In a word why people cannot be answered now; empty when they can."""
        with self._lock:
            if self._seen is None or not 0 <= time.monotonic() - self._seen[0] < LOOK_SECONDS:
                self._seen = (time.monotonic(), self.look())
            return self._seen[1]


def why_database_is_not_ready(engine: sa.Engine) -> str:
    """`database` when it cannot be read, `migration` when it stands at another step than this version knows."""
    try:
        with engine.execution_options(reading=True).connect() as connection:
            step = migrations.current(connection)
    except (sa.exc.SQLAlchemyError, OSError):
        return "database"
    return "" if step == migrations.head() else "migration"


def answer_probes(app: Any) -> None:
    """Put the probes before the application."""
    engine = app.extensions["engine"]
    app.wsgi_app = Probes(app.wsgi_app, lambda: why_database_is_not_ready(engine))


def _plain(start_response: Any, status: str, word: str) -> Iterable[bytes]:
    body = f"{word}\n".encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response(status, [*headers, ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")])
    return [body]
