"""Standing behind a stated number of servers, asked over the wire on the real server: AU-7, AU-15, HD-1."""

import secrets
import socket

import pytest
from sqlmodel import select

from audit_app import create_app, database
from audit_app.commands.serving import make_server
from audit_app.history import HistoryEntry
from audit_app.people.access import system_scope
from audit_app.server_mode import BehindProxies
from tests import builders
from tests.conftest import TEST_SETTINGS
from tests.serving import serving

HOST = "readiness.example.gov.uk"
SETTINGS = {
    "SERVER_MODE": True,
    "SECRET_KEY": secrets.token_hex(32),
    "PUBLIC_ADDRESS": f"https://{HOST}",
    "TRUSTED_HOSTS": [HOST],
    "JOBS_IMMEDIATE": False,
}
BY_HTTPS = "X-Forwarded-Proto: https"


@pytest.fixture(params=[1, 2])
def count(request):
    return request.param


@pytest.fixture
def ask(tmp_path, engine, count):
    """Send raw requests to waitress in server mode; gives status, headers and body."""
    more = {"DATA_FOLDER": str(tmp_path / "data"), "TRUSTED_PROXIES": count}
    app = create_app({**TEST_SETTINGS, **SETTINGS, **more}, engine=engine)
    with database.session_for(engine, system_scope("a council for a test")) as session:
        session.add(builders.make_authority())

    def send(*lines, host=HOST, path="/sign-in", body=None):
        with socket.create_connection(("127.0.0.1", port), timeout=120) as connection:
            method = "GET" if body is None else "POST"
            head = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *lines]
            if body is not None:
                head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
            connection.sendall("\r\n".join([*head, "", body or ""]).encode())
            answer = b""
            while part := connection.recv(65536):
                answer += part
        top, _, rest = answer.partition(b"\r\n\r\n")
        first, *headers = top.decode().split("\r\n")
        return int(first.split(" ")[1]), headers, rest.decode()

    with serving(make_server(app, "127.0.0.1", 0, 2)) as port:
        yield send


def through(count, client="203.0.113.9"):
    """What the stated number of servers pass on of this client."""
    return "X-Forwarded-For: " + ", ".join([client, *(f"10.0.0.{number}" for number in range(1, count))])


def test_what_came_through_all_of_them_by_https_is_answered(ask, count):
    status, headers, _body = ask(through(count), BY_HTTPS)
    assert status == 200
    assert "Strict-Transport-Security: max-age=31536000; includeSubDomains" in headers
    (cookie,) = [line for line in headers if line.startswith("Set-Cookie")]
    assert cookie.startswith("Set-Cookie: __Host-session=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}


def test_static_files_carry_hsts_as_well(ask, count):
    status, headers, _body = ask(through(count), BY_HTTPS, path="/static/app.css")
    assert status == 200
    assert "Strict-Transport-Security: max-age=31536000; includeSubDomains" in headers


@pytest.mark.parametrize("lines", [(), (BY_HTTPS,), ("X-Forwarded-For: ,", BY_HTTPS)])
def test_what_passed_too_few_servers_is_turned_away(ask, lines):
    status, _headers, body = ask(*lines)
    assert status == 400
    assert "AUDIT_TRUSTED_PROXIES" in body


@pytest.mark.parametrize("scheme", ["X-Forwarded-Proto: http", "X-Forwarded-Proto: https, http", "X-Other: 1"])
def test_what_did_not_come_by_https_is_turned_away(ask, count, scheme):
    status, _headers, body = ask(through(count), scheme)
    assert status == 400
    assert "https only" in body


def test_a_name_that_is_not_ours_gets_400_whatever_is_forwarded(ask, count):
    assert ask(through(count), BY_HTTPS, host="evil.example")[0] == 400
    status, _headers, body = ask(through(count), BY_HTTPS, "X-Forwarded-Host: evil.example")
    assert status == 200
    assert "evil.example" not in body


def test_the_address_that_asks_is_the_one_the_outermost_server_saw(ask, count, engine):
    """What the client itself wrote into the header stands further left, and is not believed."""
    forged = through(count).replace("X-Forwarded-For: ", "X-Forwarded-For: 198.51.100.7, ")
    _status, headers, body = ask(forged, BY_HTTPS)
    cookie = next(line for line in headers if line.startswith("Set-Cookie")).split(": ", 1)[1].split(";")[0]
    token = body.split('name="csrf_token" value="')[1].split('"')[0]
    fields = f"csrf_token={token}&user_name=nobody%40example.org&password=wrong"
    status, _headers, _body = ask(forged, BY_HTTPS, f"Origin: https://{HOST}", f"Cookie: {cookie}", body=fields)
    assert status == 422
    with database.session_for(engine, system_scope("looking")) as session:
        addresses = {row.address for row in session.exec(select(HistoryEntry)).all() if row.event.startswith("people.")}
    assert addresses == {"203.0.113.9"}


def test_only_the_nearest_server_may_connect():
    behind = BehindProxies(lambda *_given: [b"inside"], 1, ["10.0.0.5"])
    right = {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_X_FORWARDED_PROTO": "https"}
    assert behind.fault_of({**right, "REMOTE_ADDR": "10.0.0.5"}) is None
    for address in ("10.0.0.6", "127.0.0.1", ""):
        status, _sentence = behind.fault_of({**right, "REMOTE_ADDR": address})
        assert status.startswith("403"), address
    by_socket = BehindProxies(lambda *_given: [b"inside"], 1, [""])
    assert by_socket.fault_of({**right, "REMOTE_ADDR": ""}) is None
