"""A certified provider (npm's oidc-provider) on loopback, and a server of ours in front that changes one thing.

What the certified provider would never do, such as signing with no key, the server in front does: it has its keys.
"""

import base64
import http.client
import json
import re
import runpy
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin

import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests import object_stores

SCRIPT = Path(__file__).with_name("real_provider.mjs")
MODULES = object_stores.PLACE / "node_modules"
CLIENT, SECRET = "readiness", "a secret for tests only, thirty-two bytes"
ACCOUNTS = {
    "asha": {
        "name": "Asha Khan", "preferred_username": "asha.khan@greenhaven.example",
        "email": "asha.khan@greenhaven.example", "email_verified": True, "groups": ["auditors"],
    },
    "owen": {"name": "Owen Lewis", "email": "owen.lewis@greenhaven.example", "email_verified": True, "groups": []},
    "nia": {
        "name": "Nia New", "email": "nia.new@greenhaven.example", "email_verified": True,
        "groups": ["auditors", "leaders", "nobody knows this one"],
    },
}  # fmt: skip
LEFT_OUT = {"transfer-encoding", "connection", "content-length", "date", "server", "keep-alive"}


def new_key(kid):
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


class Between(ThreadingHTTPServer):
    """Stands where the provider says it is, hands everything on, and changes what a test wants changed.

    `change` is handed the path and the answer's JSON and gives what is sent instead; `wait` holds each answer back;
    `twice` asks everything two times and hands on the second answer.
    """

    daemon_threads = True

    def __init__(self, behind):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind, self.port = behind, self.server_address[1]
        self.reset()

    def reset(self):
        self.change, self.wait, self.down, self.twice, self.redirect = None, 0.0, False, False, None
        self.asked = []


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words):
        pass

    def do_GET(self):
        self._hand_on()

    do_POST = do_GET

    def _hand_on(self):
        between = self.server
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.partition("?")[0]
        between.asked.append(path)
        if between.down:
            self.close_connection = True
            return
        if between.redirect == path:
            self._answer(302, [("Location", f"http://127.0.0.1:{between.port}/elsewhere")], b"")
            return
        time.sleep(between.wait)
        try:
            for _time in range(2 if between.twice else 1):
                answer, body = self._ask(sent)
        except (OSError, http.client.HTTPException):
            self.close_connection = True
            return
        kept = [pair for pair in answer.getheaders() if pair[0].lower() not in LEFT_OUT]
        if between.change is not None and "json" in (answer.getheader("Content-Type") or ""):
            body = between.change(path, json.loads(body))
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self._answer(answer.status, kept, body)

    def _ask(self, sent):
        line = http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=20)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in LEFT_OUT}
            line.request(self.command, self.path, sent, headers)
            answer = line.getresponse()
            return answer, answer.read()
        finally:
            line.close()

    def _answer(self, status, headers, body):
        with suppress(OSError):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)


class RealProvider:
    """The provider with its own keys, the server in front, and what a test does to both."""

    def __init__(self, folder, apps):
        self.folder, self.apps = folder, apps
        self.port = object_stores.free_port()
        self.between = Between(self.port)
        threading.Thread(target=self.between.serve_forever, args=(0.05,), daemon=True).start()
        self.issuer = f"http://127.0.0.1:{self.between.port}"
        self.key = new_key("first")
        self.running = self.process = None

    def start(self):
        node = runpy.run_path(str(object_stores.ROOT / "requirements" / "servers" / "install.py"))["node"]()
        client = {
            "client_id": CLIENT, "client_secret": SECRET, "grant_types": ["authorization_code"],
            "redirect_uris": [f"{app}/sign-in/provider/return" for app in self.apps],
            "post_logout_redirect_uris": [f"{app}/sign-out/done" for app in self.apps],
            "backchannel_logout_uri": f"{self.apps[-1]}/sign-out/provider", "backchannel_logout_session_required": True,
        }  # fmt: skip
        given = {
            "issuer": self.issuer, "port": self.port, "modules": str(MODULES), "clients": [client],
            "jwks": {"keys": [self.key.as_dict(private=True)]}, "accounts": ACCOUNTS, "conform": False,
        }  # fmt: skip
        words = [node, SCRIPT]
        log = self.folder / "provider.log"
        self.running = object_stores.running(words, self.port, log, PROVIDER=json.dumps(given), NODE_NO_WARNINGS="1")
        self.process = self.running.__enter__()

    def stop(self):
        if self.running is not None:
            self.running.__exit__(None, None, None)
            self.running = None

    def close(self):
        self.stop()
        self.between.shutdown()
        self.between.server_close()

    def restart_with(self, key):
        self.stop()
        self.key = key
        self.start()

    def reset(self):
        self.between.reset()
        self.control(codeSeconds=60, accounts=ACCOUNTS, clock=0)

    def control(self, **changed):
        requests.post(f"http://127.0.0.1:{self.port}/control", json=changed, timeout=10).raise_for_status()

    def settings(self, **more):
        """What the product is told of it."""
        return {
            "OIDC_ISSUER": self.issuer, "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": SECRET,
            "OIDC_NAME": "Greenhaven Council", "OIDC_SECONDS": 5, **more,
        }  # fmt: skip

    # --- changing what it sends ---

    def resign(self, change, *, key=None, header=None):
        """From now on the claims of each id token are changed and signed again, as the provider itself would."""

        def changed(path, answer):
            if path == "/token" and "id_token" in answer:
                claims = change(claims_of(answer["id_token"]))
                signed = {"alg": "RS256", "kid": (key or self.key).kid, **(header or {})}
                answer["id_token"] = jwt.encode(signed, claims, key or self.key)
            return answer

        self.between.change = changed

    def replace_token(self, make):
        """From now on each id token is what this makes of the claims."""

        def changed(path, answer):
            if path == "/token" and "id_token" in answer:
                answer["id_token"] = make(claims_of(answer["id_token"]))
            return answer

        self.between.change = changed


def claims_of(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def unsigned(claims, header):
    parts = (json.dumps(header).encode(), json.dumps(claims).encode())
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


class Browser:
    """Somebody's browser at the provider: cookies of its own, and the page that asks who they are."""

    def __init__(self):
        self.session = requests.Session()

    def go(self, address, account="asha", amr=("pwd", "mfa"), **form):
        """From the address we sent the browser to, to the one it is sent back to."""
        answer = self.session.get(address, allow_redirects=False, timeout=20)
        for _step in range(12):
            if answer.status_code in (302, 303):
                location = urljoin(answer.url, answer.headers["Location"])
                if "/sign-in/provider/return" in location:
                    return location
                answer = self.session.get(location, allow_redirects=False, timeout=20)
            elif "/interaction/" in answer.url:
                fields = {"account": account, "amr": list(amr), **form}
                answer = self.session.post(answer.url, data=fields, allow_redirects=False, timeout=20)
            else:
                raise AssertionError(f"{answer.status_code} at {answer.url}: {answer.text[:500]}")
        raise AssertionError("the provider led in a circle")


def address_in(seen):
    """Where a page of ours leads on to by itself; the link for whoever has to press it leads there too."""
    address = re.fullmatch(r"0; url=(.+)", seen.response.headers["Refresh"])[1]
    assert seen.link("Go on to").replace("&amp;", "&") == address
    return address


@contextmanager
def running(folder, *apps):
    """The provider, for the addresses of the product that it may send people back to."""
    object_stores.installed()
    if not (MODULES / "oidc-provider").is_dir():
        object_stores.pytest.fail("npm's oidc-provider is not installed: run requirements/servers/install.py.")
    provider = RealProvider(folder, apps)
    try:
        provider.start()
        yield provider
    finally:
        provider.close()
