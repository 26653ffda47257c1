"""Many browsers that keep their connections open do not shut the next person out."""

import http.client

import pytest

from audit_app import limits
from audit_app.commands import connections
from audit_app.commands.serving import make_server
from tests.serving import serving

PEOPLE = 400
SETTINGS = {"OPEN_CONNECTIONS": 1000, "IDLE_CONNECTION_SECONDS": 75}


@pytest.fixture
def port(app):
    """Where the real server listens, as the commands start it."""
    limits.open_files(3 * PEOPLE)  # both ends of each connection are in this process
    with serving(make_server(app, "127.0.0.1", 0, 2)) as port:
        yield port


def test_a_new_browser_is_answered_while_hundreds_keep_their_connections(port):
    browsers = [http.client.HTTPConnection("127.0.0.1", port, timeout=20) for _ in range(PEOPLE)]
    try:
        for browser in browsers:
            assert asked(browser) == 200
        assert all(browser.sock is not None for browser in browsers), "each is still open"
        newcomer = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        browsers.append(newcomer)
        assert asked(newcomer) == 200
        assert asked(browsers[0]) == 200
    finally:
        for browser in browsers:
            browser.close()


def asked(browser):
    browser.request("GET", "/static/icon.svg")
    answer = browser.getresponse()
    answer.read()
    return answer.status


@pytest.mark.parametrize(
    ("files", "by_poll", "held"),
    [(2200, True, 1000), (100_000, True, 1000), (1024, True, 412), (100, True, 1), (2200, False, 480)],
)
def test_fewer_are_held_where_the_system_has_no_room_and_the_start_says_so(files, by_poll, held):
    assert connections.files_wanted(SETTINGS) == 2200
    assert connections.most_open(SETTINGS, files=files, by_poll=by_poll) == held
    told = connections.warning(SETTINGS, files=files, by_poll=by_poll)
    assert (f" {held} connections" in told) == (held < 1000)
    assert ("2200" in told) == (by_poll and held < 1000), "what to raise the limit to is said"


def test_the_limit_on_open_files_is_raised_by_the_process_itself_and_never_lowered():
    resource = pytest.importorskip("resource")
    before, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(before, 600), hard))
    try:
        assert limits.open_files(700) == min(700, hard)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == min(700, hard)
        assert limits.open_files(64) == 64
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == min(700, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, hard))
