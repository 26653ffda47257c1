"""The pages of evidence with 5,000 files: the register, a search inside them, what is stale and missing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from audit_app import clock, create_app, database, migrations
from audit_app.evidence.folding import folded
from audit_app.evidence.tables import Evidence, EvidenceText, EvidenceUse, EvidenceVersion, FolderEntry
from audit_app.evidence.tables_states import Effect, EntryStatus, Held, Renewal
from audit_app.people.access import Role, system_scope, web_session
from findings import tables as thread
from findings.states import ActionStatus
from tests import builders, builders_improvement, builders_plans, servers
from tests.bench.town import _complete, _write
from tests.conftest import ON_POSTGRESQL, TEST_SETTINGS

FILES, ACTIONS, ENTRIES = 5_000, 1_000, 19
TARGET_MS = 100
SENTENCE = (
    "the plan was reviewed with the family and the child said what had changed since the last visit while the team "
    "manager wrote down why each step was taken and who would see to it before the end of the month in all areas"
)
WORDS = SENTENCE.split(" ")
PAGES = {
    "the register": "evidence",
    "a search inside files that finds 50": "evidence?words=quarry+walk",
    "a search inside files that finds 2,500": "evidence?words=lantern",
    "a search inside files that finds nothing": "evidence?words=nowhere+at+all",
    "the stale": "evidence?stands=stale",
    "stale and missing": "evidence/attention",
}


def text_of(number):
    """About 2,600 characters, as four pages of minutes have; every hundredth walks to the quarry."""
    said = [WORDS[(number * 7 + place * 13 + place // 9) % len(WORDS)] for place in range(500)]
    said[250] = "Lantern" if number % 2 else "plan"
    if number % 100 == 0:
        said[400:402] = ["Quarry", "Walk"]
    return " ".join(said)


def evidence_rows(numbers):
    now = datetime.now(UTC)
    for number in numbers:
        yield _complete(
            Evidence, authority_id=builders.AUTHORITY_ID, number=number, title=f"Minutes {number}",
            shows=f"What the board said of its {number % 40}th question.", effect=Effect.output, level=number % 4,
            renewal=Renewal.monthly,
            renew_by=clock.today() + timedelta(days=number % 120 - 60), owner_post_title="A post",
            added_by=1, added_at=now,
        )  # fmt: skip


def version_rows(numbers):
    now = datetime.now(UTC)
    for number in numbers:
        yield _complete(
            EvidenceVersion, authority_id=builders.AUTHORITY_ID, evidence_number=number, version=1, held=Held.here,
            sha256=f"{number:064x}", kind="pdf", given_name=f"minutes {number}.pdf", size=90_000, pages=4,
            speaks_from=date(2026, 10, 1), speaks_to=date(2026, 10, 31), made_on=date(2026, 11, 1), added_by=1,
            added_at=now,
        )  # fmt: skip


def text_rows(numbers):
    for number in numbers:
        text = text_of(number)
        yield {"authority_id": builders.AUTHORITY_ID, "evidence_number": number, "version": 1, "text": text,
               "folded": folded(text), "whole": True}  # fmt: skip


def use_rows(numbers):
    now = datetime.now(UTC)
    for number in numbers:
        row = _complete(
            EvidenceUse, authority_id=builders.AUTHORITY_ID, evidence_number=number, version=1, attached_by=1,
            reference=f"ACT-{number % ACTIONS + 1:04d}/completion" if number % 3 else f"FOL-{number % 9 + 1:04d}",
            attached_at=now,
        )  # fmt: skip
        del row["id"]
        yield row


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """The application on a council with 5,000 files."""
    folder = tmp_path_factory.mktemp("files")
    if ON_POSTGRESQL:
        with servers.postgres_url() as server, servers.fresh_database(server) as url:
            yield from filled(database.make_engine(url), folder)
        return
    yield from filled(database.make_engine(f"sqlite:///{folder / 'files.db'}"), folder)


def filled(engine, folder):
    migrations.create_all(engine)
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data")}, engine=engine)
    with database.session_for(engine, system_scope("a benchmark", builders.AUTHORITY_ID)) as session:
        session.info["log_key"] = app.extensions["log_key"]
        session.add(builders.make_authority())
        session.flush()
        qa = builders.make_person(session, [Role.qa_manager]).id
        area = builders_improvement.open_area(session).number
        post = builders_plans.make_post(session, "A post", qa)
        plans = type("Plans", (), {"lead_post": post, "lead": qa, "areas": [area], "manager": qa})
        first = builders_plans.make_action(session, plans, due_on=date(2026, 6, 30))
        kept = {column.name: getattr(first, column.name) for column in thread.Action.__table__.c}
        for number in range(1, ENTRIES + 1):
            session.add(FolderEntry(
                authority_id=builders.AUTHORITY_ID, number=number, title=f"Entry {number}", position=number,
                status=EntryStatus.to_collect, refresh_on=clock.today(), added_by=qa, added_at=datetime.now(UTC),
            ))  # fmt: skip
    done = {"status": ActionStatus.completed, "completed_on": date(2026, 10, 1)}
    numbers = range(1, FILES + 1)
    with engine.begin() as connection:
        _write(connection, thread.Action, ({**kept, **done, "number": number} for number in range(2, ACTIONS + 200)))
        _write(connection, Evidence, evidence_rows(numbers))
        _write(connection, EvidenceVersion, version_rows(numbers))
        _write(connection, EvidenceText, text_rows(numbers))
        _write(connection, EvidenceUse, use_rows(numbers))
    yield app, engine, qa
    engine.dispose()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_evidence_with_five_thousand_files(library, figures, page):
    app, engine, qa = library
    client = app.test_client()
    with database.session_for(engine, system_scope("a benchmark")) as session:
        token = web_session.start(session, qa, now=datetime.now(UTC), address="127.0.0.1", browser="a benchmark")
    client.set_cookie(app.config["SESSION_COOKIE"], token, domain="localhost", secure=True)

    def show():
        answer = client.get(f"/{builders.AUTHORITY_KEY}/{PAGES[page]}", base_url="http://localhost")
        assert answer.status_code == 200, answer.status_code

    show()
    figures.time_of(f"{page}, 5,000 files", show, target_ms=TARGET_MS)
