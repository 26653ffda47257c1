"""AU-15 on the real server: what says that another server stands before us is refused, not quietly taken away."""

import socket

import pytest

from audit_app.commands.serving import make_server
from tests.serving import serving


@pytest.fixture
def ask(app):
    """Send one raw request to waitress, as the commands start it; gives the status line."""
    with serving(make_server(app, "127.0.0.1", 0, 2)) as port:

        def send(*lines, host="127.0.0.1"):
            with socket.create_connection(("127.0.0.1", port), timeout=120) as connection:
                head = ["GET /sign-in HTTP/1.1", f"Host: {host}", "Connection: close", *lines, "", ""]
                connection.sendall("\r\n".join(head).encode())
                answer = b""
                while part := connection.recv(65536):
                    answer += part
            return answer.split(b"\r\n", 1)[0].decode().split(" ")[1]

        yield send


def test_au_15_a_forwarded_request_gets_400_from_the_server_itself(ask):
    assert ask() == "200"
    for line in (
        "X-Forwarded-For: 203.0.113.9",
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Proto: https",
        "x-forwarded-port: 443",
        "X-Forwarded-By: a proxy",
        "X-Forwarded-Prefix: /x",
        "Forwarded: for=203.0.113.9;host=evil.example",
    ):
        assert ask(line) == "400", line
    assert ask(host="evil.example") == "400"
