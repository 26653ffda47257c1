"""Many people at once: a save beside long pages, people with open connections, gaps and the dashboard of a year."""

import http.client
import statistics
import threading
from contextlib import contextmanager

import pytest

from audit_app.commands.serving import make_server
from tests import builders
from tests.bench.kept_towns import large_council
from tests.bench.serving import Client
from tests.bench.test_large_council import shown_to
from tests.bench.test_saving import domain_of_twelve, fields, path_of
from tests.bench.yardstick import WAITING
from tests.serving import serving

SAVES, OPEN = 15, 300
NARROWED = "audits/register.xlsx?end=2025-07-31"  # some 1,700 audits: as many as come at once
BESIDE = ("dashboard?months=12", NARROWED)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The application on the large council, behind the server the commands start."""
    folder = tmp_path_factory.mktemp("many")
    with large_council(folder, EXPORTS_PER_HOUR=1_000_000) as made:
        yield made


@pytest.fixture(scope="module")
def port(large):
    with serving(make_server(large[0], "127.0.0.1", 0, 8)) as listening:
        yield listening


@pytest.fixture(scope="module")
def save(large, port):
    """Save a domain page of an audit in hand once more, as its auditor; gives the milliseconds."""
    app, engine, _people = large
    domain, turns = domain_of_twelve(), iter(range(1_000_000))
    with engine.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT number, auditor_id FROM case_audit WHERE stage = 'in_progress' ORDER BY number LIMIT 1"
        ).one()
    client = Client(app, engine, port, row.auditor_id)

    def again():
        turn = next(turns)
        status, seconds = client.ask("POST", path_of(row.number, domain), fields(domain, turn, turn + 1))
        assert status == 303, status
        return seconds * 1000

    yield again
    client.close()


@contextmanager
def asked_without_end(large, port, page):
    """Somebody asks for a page again and again while this is open."""
    app, engine, people = large
    client, over = Client(app, engine, port, people["qa"]), threading.Event()

    def ask():
        while not over.is_set():
            client.ask("GET", f"/{builders.AUTHORITY_KEY}/{page}")

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield
    finally:
        over.set()
        asking.join()
        client.close()


@pytest.mark.parametrize("page", BESIDE)
def test_saving_beside_a_long_page(large, port, save, figures, page):
    """Against a save alone in the same minute: no yardstick knows of two that share one interpreter."""
    alone = statistics.median(save() for _ in range(SAVES))
    with asked_without_end(large, port, page):
        saves = [save() for _ in range(SAVES)]
    middle, p95 = statistics.median(saves), statistics.quantiles(saves, n=20)[-1]
    name = (
        f"A save beside /{page} (median {middle:.0f} ms, 95th centile {p95:.0f} ms) against one alone ({alone:.0f} ms)"
    )
    figures.keep(name, middle / alone, target=4, unit="times")


def test_a_newcomer_beside_open_connections(port, figures):
    browsers = [http.client.HTTPConnection("127.0.0.1", port, timeout=60) for _ in range(OPEN)]
    for browser in browsers:
        browser.request("GET", "/sign-in")
        assert browser.getresponse().read()

    def newcomer():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/sign-in")
        assert connection.getresponse().read()
        connection.close()

    figures.time_of(f"A newcomer's first page beside {OPEN} open connections", newcomer, target_ms=100, by=WAITING)
    for browser in browsers:
        browser.close()


@pytest.mark.parametrize("page", ["gaps", "gaps?kind=action_overdue&page=40", "dashboard?months=12"])
def test_pages_over_the_whole_council(large, figures, page):
    figures.time_of(f"/{page} for the qa", shown_to(large, "qa", page), target_ms=300)


def test_taking_out_the_register_of_audits(large, figures):
    show = shown_to(large, "qa", NARROWED)
    figures.time_of("A narrowed register of audits as a workbook at once", show, target_ms=1_000)
