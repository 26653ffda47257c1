"""Answering an audit: one page saved, eight people saving at once, one page shown, one audit set up."""

import json
import re
import statistics
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

import frameworks
from audit_app import create_app, database, migrations
from audit_app.audits import forms_answers
from audit_app.forms import mark_of
from audit_app.people.access import Role, system_scope, web_session
from audit_app.self_assessment.claims import service as claims
from audit_app.self_assessment.claims import service_plans
from audit_app.self_assessment.claims.given import Cited, Said
from audit_app.self_assessment.tables import Cites
from tests import builders, builders_audits
from tests import builders_self_assessment as made
from tests.bench import clients
from tests.bench.figures import turn_about
from tests.bench.serving import Client, served
from tests.bench.yardstick import DISK
from tests.conftest import TEST_SETTINGS
from tests.pages import Page

SAVES = 40
CLIENTS, EACH = 8, 25
EDITION, SET = "case-audit-1", "child-protection"
TWELVE = 12


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An application on a durable SQLite file, nine auditors with an audit each."""
    folder = tmp_path_factory.mktemp("bench")
    engine = database.make_engine(f"sqlite:///{folder / 'bench.db'}")
    migrations.create_all(engine)
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data")}, engine=engine)
    with database.session_for(engine, system_scope("a benchmark", builders.AUTHORITY_ID)) as session:
        session.info["log_key"] = app.extensions["log_key"]
        session.add(builders.make_authority())
        session.flush()
        team = builders.make_team(session)
        people = [builders.make_person(session, roles=[Role.auditor]) for _ in range(CLIENTS + 1)]
        audits = [
            builders_audits.make_audit(session, team, one.id, length="full", case_reference=f"G-{place:06d}").number
            for place, one in enumerate(people)
        ]
        leader = builders.make_person(session, roles=[Role.auditor, Role.leader]).id
        section_to_write(session, leader)
    with served(app) as port:
        yield app, engine, port, [*(person.id for person in people), leader], audits, team
    engine.dispose()


def section_to_write(session, by):
    """A section of a self-assessment as a year fills it: thirty claims that each cite a survey, and twenty plans."""
    row, places = made.begin(session, by)
    at, who = places["HP"], {"by": by, "now": builders.MOMENT}
    for place in range(30):
        survey = Cited(Cites.voice, title=f"Survey {place}", dated_on=date(2026, 9, 1), shows="12 of 15 feel safe")
        claims.add_claim(session, at, Said("known", f"Children are seen alone ({place})"), [survey], **who)
    for place in range(20):
        service_plans.add_plan(session, at, service_plans.Planned(f"Date every step ({place})"), **who)
    return row.number, at.section_id


def domain_of_twelve():
    """The domain of the full set with the number of questions nearest to twelve."""
    questions = frameworks.question_set(EDITION, SET, "full")
    return min(questions.domains, key=lambda domain: abs(len(domain.questions) - TWELVE))


def fields(domain, turn, revision):
    """A domain page filled in, each turn differently, so that every answer changes."""
    questions = frameworks.question_set(EDITION, SET, "full")
    sent = {"revision": str(revision), "rationale": f"Turn {turn}: seen on 3 March and what it meant for the child."}
    for question in domain.questions:
        scale = questions.scale_for(question)
        if scale is not None:
            sent[forms_answers.answer_name(question)] = scale.codes[turn % len(scale.codes)]
        sent[forms_answers.words_name(question)] = f"Note {turn}"
    if domain.graded:
        sent["grade"] = ("good", "outstanding")[turn % 2]
    return sent


def path_of(audit, domain):
    return f"/{builders.AUTHORITY_KEY}/audits/AUD-{audit:04d}/domains/{domain.id}"


def test_saving_a_section_against_a_page_of_questions(place, figures):
    app, engine, port, people, audits, _team = place
    domain, auditor = domain_of_twelve(), Client(app, engine, port, people[0])
    client = Client(app, engine, port, people[-1])
    with database.session_for(engine, system_scope("a benchmark", builders.AUTHORITY_ID), reading=True) as session:
        (at,) = [each for area, each in made.sections_of(session, 1).items() if area == "HP"]
    path = f"/{builders.AUTHORITY_KEY}/self-assessments/SAS-0001/sections/{at.section_id}/write"
    client.connection.request("GET", path, headers=client.headers)
    shown = client.connection.getresponse().read().decode()
    sent = dict(re.findall(r'name="(seen_\w+)"[^>]*?value="(\d+)"', shown))
    sent |= dict.fromkeys(re.findall(r'<textarea[^>]*name="(text_\w+)"', shown), "")
    assert "seen_known" in sent and "text_known" in sent

    def section(turn):
        before = sent.get("text_known", "")
        sent["seen_known"] = str(mark_of(before))
        sent["text_known"] = f"Turn {turn}: " + "what we know of practice and how we know it. " * 39 + "That is all."
        assert client.ask("POST", path, sent)[0] == 303

    def page(turn):
        assert auditor.ask("POST", path_of(audits[0], domain), fields(domain, turn, turn))[0] == 303

    beside = turn_about(section, page, SAVES)
    figures.keep_ratio("Save a section with 30 claims and 20 plans against a page of questions", beside, target=2)
    client.close()
    auditor.close()


def test_eight_people_saving_at_once(place, figures):
    app, engine, port, people, audits, _team = place
    domain = domain_of_twelve()
    plan = {"port": port, "people": []}
    for one in range(1, CLIENTS + 1):
        client = Client(app, engine, port, people[one])
        forms = [{**fields(domain, turn, turn), "csrf_token": client.csrf} for turn in range(EACH)]
        plan["people"].append(
            {"cookie": client.headers["Cookie"], "path": path_of(audits[one], domain), "forms": forms}
        )
        client.close()
    ran = subprocess.run(
        [sys.executable, clients.__file__], input=json.dumps(plan), capture_output=True, text=True, check=True
    )
    told = json.loads(ran.stdout)
    seconds = told["seconds"]
    assert told["failed"] == []
    p95 = statistics.quantiles(seconds, n=20)[-1] * 1000
    figures.keep(
        f"{CLIENTS} people saving at once ({len(seconds)} saves, 0 failed), 95th centile",
        p95,
        target=150,
        unit="ms",
        by=DISK,
    )


def test_showing_a_domain_page(place, figures):
    app, engine, _port, people, audits, _team = place
    domain = domain_of_twelve()
    client = Page(app.test_client()).client
    with database.session_for(engine, system_scope("a benchmark")) as session:
        now = datetime.now(UTC)
        token = web_session.start(session, people[0], now=now, address="127.0.0.1", browser="a benchmark")
    client.set_cookie(app.config["SESSION_COOKIE"], token, domain="localhost", secure=True)

    def show():
        for _ in range(10):
            assert client.get(path_of(audits[0], domain), base_url="http://localhost").status_code == 200

    show()
    figures.time_of(f"A domain page of {len(domain.questions)} questions", show, target_ms=40, each=10)


def test_setting_up_an_audit_by_its_form(place, figures):
    """As an auditor sets one up for oneself: the page, and what it sends filled in."""
    app, engine, _port, people, _audits, team = place
    page = Page(app.test_client())
    with database.session_for(engine, system_scope("a benchmark")) as session:
        now = datetime.now(UTC)
        token = web_session.start(session, people[0], now=now, address="127.0.0.1", browser="a benchmark")
    page.client.set_cookie(app.config["SESSION_COOKIE"], token, domain="localhost", secure=True)
    address = f"/{builders.AUTHORITY_KEY}/audits/new/{SET}/full"
    page.get(address)
    turns = iter(range(100_000, 200_000))
    sent = page.seen.form_data(None, None) | {"subject": "child", "how_chosen": "random", "team_id": str(team)}

    def set_up():
        for _ in range(10):
            filled = sent | {"case_reference": f"G-{next(turns)}"}
            answer = page.client.post(address, data=filled, base_url="http://localhost")
            assert answer.status_code == 303, answer.get_data(as_text=True)[:3000]

    set_up()
    figures.time_of("Set up an audit by its form from the full child protection set", set_up, target_ms=20, each=10)
