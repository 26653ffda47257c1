"""A provider in the test's own process: it says whatever a test wants said, in a moment; what npm's says is tried too.

Each of its answers is a value that a test may change; `asked` tells which were fetched.
"""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from joserfc import jwt
from joserfc.jwk import RSAKey

from audit_app.config import DEFAULTS
from audit_app.people.provider.known import Provider
from audit_app.people.provider.settings import read_settings

CLIENT = "readiness"
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


class SmallProvider(ThreadingHTTPServer):
    """Describes itself, shows its key, gives tokens for any code, and tells more of the person at /me."""

    daemon_threads = True

    def __init__(self, key):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.key, self.issuer = key, f"http://127.0.0.1:{self.server_address[1]}"
        self.answers, self.asked = {}, []

    def begin_again(self, **described):
        """As it is at first: nothing asked, no token made; described as given beside what it needs."""
        self.asked = []
        description = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/me",
            **described,
        }
        self.answers = {
            "/.well-known/openid-configuration": (200, description),
            "/keys": (200, {"keys": [self.key.as_dict(private=False)]}),
        }

    def known(self, **settings):
        """It as the product knows it, newly set up."""
        given = {"OIDC_ISSUER": self.issuer, "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": "kept", **settings}
        return Provider(read_settings({**DEFAULTS, **given}))

    def signed(self, claims, **header):
        """A token of these claims."""
        return jwt.encode({"alg": "RS256", "kid": self.key.kid, **header}, claims, self.key)


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_words):
        pass

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.partition("?")[0]
        self.server.asked.append(path)
        status, answer = self.server.answers.get(path, (404, {}))
        body = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET


@contextmanager
def running():
    """One that answers until it is left."""
    server = SmallProvider(RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
