"""`/metrics` for Prometheus, behind a token: how many requests how fast, and how worker, jobs, mail and disk are.

Figures of this process and of the installation; no name, no reference, no address of a page stands in them. A page is
named by its view, such as `audits.answer`.
"""

import hmac
import shutil
import time
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, g, request, request_finished, request_started
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from audit_app import alike, backups, clock, jobs, notices
from audit_app.people.tables import WebSession

BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
LATELY = timedelta(minutes=30)


class Figures:
    """The figures of one application; each application has a registry of its own."""

    def __init__(self, app: Flask) -> None:
        self.app, self.registry = app, CollectorRegistry()
        given: dict[str, Any] = {"registry": self.registry}
        self.requests = Counter("audit_requests", "Requests by view", ["view", "method", "status"], **given)
        self.seconds = Histogram(
            "audit_request_seconds", "Seconds a request took", ["method"], buckets=BUCKETS, **given
        )
        self.gauges = {
            name: Gauge(f"audit_{name}", words, **given)
            for name, words in (
                ("worker_seen_seconds", "Seconds since the worker was last seen"),
                ("jobs_waiting", "Jobs that wait for the worker"),
                ("jobs_running", "Jobs in hand"),
                ("mails_waiting", "E-mails that are still to be sent"),
                ("mails_failed", "E-mails that were given up"),
                ("open_sessions", "Sessions used in the last half hour"),
                ("tasks_failing", "Regular tasks that failed when they last ran"),
                ("backup_age_seconds", "Seconds since the last backup was made"),
                ("disk_free_bytes", "Free room where the data are"),
            )
        }

    def begin(self, *_sender: Any, **_more: Any) -> None:
        """A request has come."""
        g.metrics_from = time.perf_counter()

    def end(self, _sender: Any, response: Response, **_more: Any) -> None:
        """A request is answered."""
        began = g.get("metrics_from")
        self.requests.labels(request.endpoint or "none", request.method, str(response.status_code)).inc()
        if began is not None:
            self.seconds.labels(request.method).observe(time.perf_counter() - began)

    def text(self) -> bytes:
        """All figures, those of the installation read now."""
        for name, value in _installation_figures(self.app).items():
            self.gauges[name].set(value)
        return generate_latest(self.registry)


def _installation_figures(app: Flask) -> dict[str, float]:
    """What the database and the disk say; a database that cannot be read leaves its figures at what is impossible."""
    folder, now = app.config["DATA_FOLDER"], clock.now()
    figures, noted = {"disk_free_bytes": float(shutil.disk_usage(folder).free)}, ""
    try:
        with app.extensions["engine"].execution_options(reading=True).connect() as connection:
            noted = alike.noted_on(connection, backups.NOTE)
            figures |= jobs.figures(connection, now)
            figures |= notices.figures(connection)
            seen = WebSession.__table__.c  # type: ignore[attr-defined]
            lately = now - LATELY
            figures["open_sessions"] = connection.execute(
                sa.select(sa.func.count()).where(seen.ended_at.is_(None), seen.seen_at > lately)
            ).scalar_one()
    except sa.exc.SQLAlchemyError:
        names = ("worker_seen_seconds", "jobs_waiting", "jobs_running", "mails_waiting", "mails_failed")
        figures |= dict.fromkeys((*names, "open_sessions", "tasks_failing"), -1.0)
    backup = backups.last_made_at(folder, noted)
    return {**figures, "backup_age_seconds": (now - backup).total_seconds() if backup is not None else -1.0}


class MetricsPage:
    """The application with its figures before it, for who has the token; without a token set there is no such page."""

    def __init__(self, app: Any, figures: Figures, token: str) -> None:
        self.app, self.figures, self.token = app, figures, token

    def __call__(self, environ: Mapping[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a scrape, or hand the request on."""
        if environ.get("PATH_INFO") != "/metrics" or not self.token:
            return self.app(environ, start_response)  # type: ignore[no-any-return]
        given = str(environ.get("HTTP_AUTHORIZATION", ""))
        right = hmac.compare_digest(given.encode(), f"Bearer {self.token}".encode())
        status, body = ("200 OK", self.figures.text()) if right else ("401 Unauthorized", b"token needed\n")
        headers = [("Content-Type", CONTENT_TYPE_LATEST if right else "text/plain"), ("Cache-Control", "no-store")]
        start_response(status, [*headers, ("Content-Length", str(len(body))), ("X-Content-Type-Options", "nosniff")])
        return [body]


def count_requests(app: Flask) -> None:
    """From now on this application counts, and tells who has the token."""
    if app.config["METRICS_TOKEN"]:
        figures = Figures(app)
        request_started.connect(figures.begin, app, weak=False)
        request_finished.connect(figures.end, app, weak=False)
        app.wsgi_app = MetricsPage(app.wsgi_app, figures, app.config["METRICS_TOKEN"])  # type: ignore[method-assign]
