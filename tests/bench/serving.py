"""A real server on this machine for benchmarks, and a browser's worth of requests to it."""

import http.client
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urlencode

from waitress.server import create_server

from audit_app import database
from audit_app.people.access import system_scope, web_session


@contextmanager
def served(app, threads=8):
    """The application on a free port of the loopback, with as many threads as it has clients."""
    server = create_server(app, host="127.0.0.1", port=0, threads=threads)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.close()
        thread.join(timeout=10)


class Client:
    """One signed-in person's connection."""

    def __init__(self, app, engine, port, person_id):
        with database.session_for(engine, system_scope("signing in for a benchmark")) as session:
            token = web_session.start(
                session, person_id, now=datetime.now(UTC), address="127.0.0.1", browser="a benchmark"
            )
        self.port = port
        self.headers = {"Cookie": f"{app.config['SESSION_COOKIE']}={token}", "Host": f"127.0.0.1:{port}"}
        self.csrf = web_session.csrf_token(app.config["SECRET_KEY"], token)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, method, path, fields=None):
        """Send one request; the status and the seconds until the last byte."""
        body, headers = None, dict(self.headers)
        if fields is not None:
            body = urlencode({**fields, "csrf_token": self.csrf})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        response.read()
        return response.status, time.perf_counter() - began

    def close(self):
        """Hang up."""
        self.connection.close()
