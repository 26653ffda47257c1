"""The library: all editions read cold, its pages, 400 questions published, an audit list over many editions."""

import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

import frameworks
from audit_app import create_app, database, migrations
from audit_app.audits.tables import CaseAudit
from audit_app.library.own_sets import service as own_set_service
from audit_app.library.tables import OWN_SET
from audit_app.people.access import Role, system_scope, web_session
from findings import numbering
from tests import builders, builders_library
from tests.bench import town
from tests.bench.yardstick import DISK, WAITING
from tests.conftest import TEST_SETTINGS

COLD = (
    "import time; began = time.perf_counter(); import frameworks; from frameworks import reader; "
    "[frameworks.question_sets(one.id) for one in frameworks.editions()]; reader.crosswalk_file(); "
    "print((time.perf_counter() - began) * 1000)"
)
PAGES = (
    "", "/editions/ilacs-2026", "/editions/national-framework-2023", "/editions/jtai-2022",
    "/sets/case-audit-1/child-protection/full", "/sets/case-audit-1/child-protection/full/questions/plan/specific",
    "/search?q=plan", "/crosswalk", "/changes?older=ilacs-2023&newer=ilacs-2026", "/own-sets", "/own-sets/SET-0001",
    "/own-sets/SET-0001/versions/1", "/own-sets/SET-0002/draft", "/words",
)  # fmt: skip
# The largest set there may be: 400 questions in 20 domains, its first version published, its second a draft.
LARGE = 21
PAGES_OF_A_LARGE_SET = (
    "", "/versions/1", "/draft", "/draft/details", "/draft/domains/d20", "/draft/domains/d20/questions/q395",
    "/preview/full/d20", "/publishing",
)  # fmt: skip
EDITIONS, AUDITS, LISTS = 20, 2_000, 25


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """An application with twenty own sets, and a QA manager."""
    folder = tmp_path_factory.mktemp("shelf")
    engine = database.make_engine(f"sqlite:///{folder / 'shelf.db'}")
    migrations.create_all(engine)
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data")}, engine=engine)
    with working(app, engine) as session:
        session.add(builders.make_authority())
        session.flush()
        team = builders.make_team(session)
        qa, second = (builders.make_person(session, roles=[Role.qa_manager]).id for _ in range(2))
        builders_library.make_own_sets(session, by=qa, second=second)
        for number in range(3, EDITIONS + 1):
            builders_library.publish(session, builders_library.make_document(f"theme-{number}"), number=number, by=qa)
        large = builders_library.make_document("large", parts=20, each=20)
        builders_library.publish(session, large, number=LARGE, by=qa)
        numbering.next_numbers(session, builders.AUTHORITY_ID, OWN_SET, LARGE - 2)
        own_set_service.start_version(session, builders.AUTHORITY_ID, LARGE, by=second, now=datetime.now(UTC))
        changed = builders_library.changed_document(large, drop={"q3"}, reword={"q5"})
        own_set_service.save_draft(
            session, builders.AUTHORITY_ID, LARGE, changed, seen=1, what="a benchmark", by=second, now=datetime.now(UTC)
        )
    yield app, engine, team, qa, second
    engine.dispose()


@contextmanager
def working(app, engine):
    """A session that may do everything in the council, with what the log needs."""
    with database.session_for(engine, system_scope("a benchmark", builders.AUTHORITY_ID)) as session:
        session.info["log_key"] = app.extensions["log_key"]
        yield session


def browser(app, engine, person_id):
    client = app.test_client()
    with database.session_for(engine, system_scope("a benchmark")) as session:
        now = datetime.now(UTC)
        token = web_session.start(session, person_id, now=now, address="127.0.0.1", browser="a benchmark")
    client.set_cookie(app.config["SESSION_COOKIE"], token, domain="localhost", secure=True)

    def show(address):
        answer = client.get(address, base_url="http://localhost")
        assert answer.status_code == 200, (address, answer.status_code)

    return show


def test_every_edition_read_and_checked_cold(figures):
    best = min(float(subprocess.check_output([sys.executable, "-c", COLD])) for _ in range(3))
    figures.keep(
        f"{len(frameworks.editions())} editions read cold, imports included", best, target=2_000, unit="ms", by=WAITING
    )


@pytest.mark.parametrize("page", [*PAGES, *(f"/own-sets/SET-{LARGE:04d}{page}" for page in PAGES_OF_A_LARGE_SET)])
def test_a_page_of_the_library(shelf, figures, page):
    app, engine, _, qa, _ = shelf
    show, address = browser(app, engine, qa), f"/greenhaven/library{page}"
    show(address)
    figures.time_of(f"library{page}", lambda: show(address), target_ms=60)


def test_a_set_of_400_questions_published(shelf, figures):
    app, engine, _, qa, second = shelf
    now, offered = datetime.now(UTC), []
    with working(app, engine) as session:
        for nth in range(3):
            own = builders_library.make_document(f"large-{nth}", parts=20, each=20)
            made = own_set_service.start_set(
                session, builders.AUTHORITY_ID, own, came_from="a benchmark", by=qa, now=now
            )
            line = own_set_service.offer(session, builders.AUTHORITY_ID, made.set_number, "The first.", by=qa, now=now)
            offered.append((made.set_number, line.revision))

    def publish():
        number, seen = offered.pop()
        with working(app, engine) as session:
            own_set_service.publish(session, builders.AUTHORITY_ID, number, seen=seen, by=second, now=now)

    figures.time_of("a set of 400 questions published", publish, target_ms=1_000, by=DISK)


def test_an_audit_list_over_twenty_editions_and_over_one(shelf, figures):
    app, engine, team, qa, _ = shelf
    show = browser(app, engine, qa)
    told = {1: [], EDITIONS: []}
    for editions in (1, EDITIONS, 1, EDITIONS):
        with engine.begin() as connection:
            connection.execute(CaseAudit.__table__.delete())
            town._write(connection, CaseAudit, (_audit(number, team, qa, editions) for number in range(1, AUDITS + 1)))
        show("/greenhaven/audits")
        for _ in range(LISTS):
            began = time.perf_counter()
            show("/greenhaven/audits")
            told[editions].append(time.perf_counter() - began)
    figures.keep(
        f"an audit list over {EDITIONS} editions by one over 1", min(told[EDITIONS]) / min(told[1]), target=1.1,
        unit="x"
    )  # fmt: skip


def _audit(number, team, auditor, editions):
    """An audit of the large town, pinned to one of so many own sets."""
    row = town._audit(number, [team] * 12, [auditor] * 30, frameworks.question_set("case-audit-1", "child-protection"))
    which = number % editions + 1
    key = {1: "neglect", 2: "exploitation"}.get(which, f"theme-{which}")
    return {**row, "edition_id": f"own-greenhaven-{key}-1", "set_id": key}
