"""A small council with an inspectors' item, the area and the action that answer it; made once for a module."""

import shutil
from datetime import date
from types import SimpleNamespace

import pytest

from audit_app import create_app, database, evidence_store, jobs
from audit_app.packs import contents, queries_gathering, service
from audit_app.packs.exhibits import queries
from audit_app.packs.exhibits import service as exhibits
from audit_app.people.access import system_scope
from findings import register
from findings.states import FindingKind, InspectionKind, Origin
from tests import builders, builders_packs, servers
from tests.conftest import TEST_SETTINGS

COUNCIL, NOW = builders_packs.COUNCIL, builders_packs.NOW


@pytest.fixture(scope="module")
def engine(database_template, tmp_path_factory):
    """A database for the whole module."""
    first, template = database_template
    if template is not None:
        with servers.fresh_database(first, template) as url:
            made = database.make_engine(url)
            yield made
            made.dispose()
        return
    path = tmp_path_factory.mktemp("exhibits") / "test.db"
    shutil.copyfile(first, path)
    made = database.make_engine(f"sqlite:///{path}")
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def app(engine, tmp_path_factory):
    """The application on it."""
    folder = str(tmp_path_factory.mktemp("data"))
    made = create_app({**TEST_SETTINGS, "DATA_FOLDER": folder}, engine=engine)
    with database.session_for(engine, system_scope("a council for a test")) as session:
        session.add(builders.make_authority())
    return made


@pytest.fixture(scope="module")
def session(app, engine):
    """A session that sees everything of the council."""
    scope = system_scope("a test", builders.AUTHORITY_ID)
    with database.AuditSession(engine, expire_on_commit=False, info={"scope": scope}) as made:
        made.info["log_key"] = app.extensions["log_key"]
        yield made


@pytest.fixture(scope="module")
def council(session):
    """FND-0001, item 4 of INS-0001, answered by AFI-0001 and its ACT-0001."""
    people = builders_packs.make_people(session)
    by = {"by": people.manager, "now": builders_packs.DAY}
    inspection = register.record_inspection(
        session, COUNCIL, kind=InspectionKind.inspection, title="Inspection of child protection", body="Ofsted",
        edition_id="ilacs-2023", document_title=builders_packs.LETTER, published_on=date(2026, 5, 12), **by,
    )  # fmt: skip
    finding = register.raise_finding(
        session, COUNCIL, kind=FindingKind.area_for_improvement, origin=Origin.inspection, text=builders_packs.ITEM,
        verbatim=True, inspection_number=inspection.number, printed_number=4, printed_total=13, **by,
    )  # fmt: skip
    area = register.make_area_from_finding(session, COUNCIL, finding.number, **by)
    register.add_action(
        session, COUNCIL, what="Coach every team manager", areas=[area.number], lead_post_title="Head of Safeguarding",
        due_on=date(2026, 12, 1), **by,
    )  # fmt: skip
    session.commit()
    return people


@pytest.fixture(scope="module")
def building(session, app, council):
    """Ask for a pack, choose its exhibits by their references, build it."""

    def asked(**changed):
        wish = builders_packs.make_wish(**{"level": 1, **changed})
        row = service.ask_for_pack(session, COUNCIL, wish, by=council.manager, now=NOW, exhibits_first=True)
        session.commit()
        return row

    def candidates(row):
        extract = queries_gathering.gather_texts(session, row, now=NOW, evidence_months=6)
        return queries.candidates(session, row, extract.register, today=NOW.date(), grace_days=30)

    def choose(row, pieces):
        every = candidates(row)
        keys = [f"EVD-{piece.number:04d}/1" for piece in pieces]
        exhibits.choose(session, row, every.values(), keys, by=council.manager, now=NOW)
        session.commit()

    def build(row):
        service.ask_again(session, COUNCIL, row.number, by=council.manager, now=NOW)
        session.commit()
        session.refresh(row)
        session.commit()
        return jobs.find(session, COUNCIL, row.job_id).message

    def pack_of(pieces, **changed):
        row = asked(**changed)
        choose(row, pieces)
        message = build(row)
        assert row.state == "ready", message
        return row

    return SimpleNamespace(
        asked=asked, candidates=candidates, choose=choose, build=build, pack_of=pack_of,
        file_of=lambda row, kind: evidence_store.read_file(app.config, getattr(row, f"{kind}_sha256")),
        contents_of=lambda row: contents.read_pack(row.contents),
    )  # fmt: skip
