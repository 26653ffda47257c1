"""Databases kept from earlier revisions: each is brought to today's shape, and nothing in it breaks a rule."""

import gzip
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import func, select

from audit_app import checking, create_app, database, history, migrations
from audit_app.audits import queries
from audit_app.audits.tables import CaseAudit
from audit_app.library import queries_sets
from audit_app.library.tables import OwnSetVersion, VersionState
from audit_app.people.access import system_scope
from frameworks.own_sets.shape import OwnSet
from tests import builders, servers
from tests.chosen import one_in
from tests.conftest import ON_POSTGRESQL, TEST_SETTINGS

KEPT = Path(__file__).resolve().parents[1] / "fixtures"
ENDING = "postgresql.sql.gz" if ON_POSTGRESQL else "sqlite.db.gz"
LOG, LINE = "The history log is sound", "Actions were verified outside their line"
SEALS = "What is signed or frozen is as the log sealed it"
FILES = sorted(KEPT.glob(f"*-{ENDING}"))


def test_a_database_of_this_revision_is_kept():
    which = "PostgreSQL" if ON_POSTGRESQL else "SQLite"
    assert FILES, f"make one of {which}: python -m tests.fixtures.keep"


# The newest holds most: sets of a council's own too.
NEWEST_FIRST = one_in(len(FILES) or 1, FILES[::-1], "older ones take hardly a step more")


@pytest.fixture(params=NEWEST_FIRST, ids=lambda path: path.name)
def kept(request, database_template, tmp_path):
    """The address of a copy of one kept database."""
    if not ON_POSTGRESQL:
        path = tmp_path / "kept.db"
        path.write_bytes(gzip.decompress(request.param.read_bytes()))
        yield f"sqlite:///{path}"
        return
    with servers.fresh_database(database_template[0]) as url:
        restore(url, gzip.decompress(request.param.read_bytes()).decode())
        yield url


def restore(url, dump):
    """Run a plain dump; the lines that speak to psql alone are left out."""
    statements = "\n".join(line for line in dump.splitlines() if not line.startswith("\\"))
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.connection.cursor().execute(statements)
    engine.dispose()


@pytest.fixture(scope="module")
def brought_on():
    """On SQLite, each kept database as today's steps leave it: each is taken through them once."""
    return {}


@pytest.fixture
def today(kept, brought_on, request, tmp_path):
    """An engine on one kept database, brought to today's shape."""
    name, engine = request.node.callspec.params["kept"].name, database.make_engine(kept)
    if name in brought_on:
        Path(engine.url.database).write_bytes(brought_on[name])
    else:
        migrations.upgrade(engine, tmp_path, backed_up=True)
        engine.dispose()
        if not ON_POSTGRESQL:
            brought_on[name] = Path(engine.url.database).read_bytes()
    yield engine
    engine.dispose()


def test_a_kept_database_is_brought_on_and_still_reads_right(today, tmp_path):
    engine = today
    migrations.check_known(engine)
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(tmp_path / "data")}, engine=engine)
    outcomes = {one.words: one for one in checking.check(engine, app.config)}
    broken = {words: one.broken for words, one in outcomes.items() if not one.holds and words != LOG}
    # They were filled past the service, which would have refused it: one person completed an action and verified it.
    assert [line.split(",")[1] for line in broken.pop(LINE)] == [" who said that it was done."]
    assert broken == {}
    assert outcomes[SEALS].in_part
    assert "made before this version sealed anything" in outcomes[SEALS].compared[1].words
    anchors = tmp_path / "none.anchor"
    with database.session_for(engine, None, reading=True) as session:
        report = history.verify(session, app.extensions["log_key"], anchors)
    # The file of anchors is not part of a database; nothing else may be amiss.
    assert {fault.kind for fault in report.faults} <= {"anchor"}
    with database.session_for(engine, system_scope("a test", builders.AUTHORITY_ID), reading=True) as session:
        assert session.exec(select(func.count()).select_from(CaseAudit)).one() >= 6
        assert queries.get_audit(session, builders.AUTHORITY_ID, 1).row.overall_grade == "good"


def test_a_published_set_of_an_earlier_revision_still_has_its_fingerprint(today, request):
    with database.session_for(today, system_scope("a test", builders.AUTHORITY_ID), reading=True) as session:
        published = [row for row in session.exec(select(OwnSetVersion)).all() if row.state is VersionState.published]
        for row in published:
            assert OwnSet.model_validate_json(row.contents).fingerprint == row.fingerprint
            assert queries_sets.sets_of(session, row.edition_id)
    # Councils had no sets of their own before the second step.
    before = request.node.callspec.params["kept"].name.startswith("0001")
    assert len(published) == (0 if before else 3)
