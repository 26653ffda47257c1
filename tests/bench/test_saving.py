"""Answering an audit: one page saved, eight people saving at once, one page shown, one audit set up."""

import json
import re
import statistics
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from flask import g, redirect
from sqlmodel import select

import frameworks
from audit_app import create_app, database, history, migrations
from audit_app.audits import forms_answers
from audit_app.audits.tables import Answer
from audit_app.forms import mark_of
from audit_app.people.access import Role, allow, system_scope, web_session
from audit_app.self_assessment.claims import service as claims
from audit_app.self_assessment.claims import service_plans
from audit_app.self_assessment.claims.given import Cited, Said
from audit_app.self_assessment.tables import Cites
from tests import builders, builders_audits
from tests import builders_self_assessment as made
from tests.bench import clients
from tests.bench.serving import Client, served
from tests.conftest import TEST_SETTINGS
from tests.pages import Page

SAVES = 60
CLIENTS, EACH = 8, 25
EDITION, SET = "case-audit-1", "child-protection"
TWELVE = 12


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An application on a durable SQLite file, nine auditors with an audit each, and a bare route to compare with."""
    folder = tmp_path_factory.mktemp("bench")
    engine = database.make_engine(f"sqlite:///{folder / 'bench.db'}")
    migrations.create_all(engine)
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data")}, engine=engine)
    history.declare_event("bench.saved", "{who} saved {reference}")
    app.add_url_rule("/<authority:authority>/bare", "bare", bare_save, methods=["POST"])
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


@allow(Role.auditor)
def bare_save():
    """The least a save can be: look the session up, one scoped select, twelve updates, one line of history, commit."""
    rows = g.session.exec(select(Answer).where(Answer.authority_id == g.authority.id, Answer.audit_number == 1)).all()
    for row in rows[:TWELVE]:
        row.code = "good" if row.code != "good" else "outstanding"
        g.session.add(row)
    history.note(g.session, "bench.saved", "AUD-0001", by=g.person.person_id, authority_id=g.authority.id, now=g.now)
    return redirect("/", 303)


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


def keep_ratio(figures, name, client, path, filled):
    """How long a save takes against the bare route, turn about; the first five of each are for warming up."""
    saves, bares = [], []
    for turn in range(SAVES):
        status, seconds = client.ask("POST", path, filled(turn))
        assert status == 303
        status, bare = client.ask("POST", f"/{builders.AUTHORITY_KEY}/bare", {})
        assert status == 303
        if turn >= 5:
            saves.append(seconds)
            bares.append(bare)
    client.close()
    ratio = statistics.median(saves) / statistics.median(bares)
    told = f"{name} (median {statistics.median(saves) * 1000:.1f} ms) against a bare route"
    figures.keep(told, ratio, target=2.5, unit="times")


def test_saving_a_domain_page_against_a_bare_route(place, figures):
    app, engine, port, people, audits, _team = place
    domain = domain_of_twelve()
    client = Client(app, engine, port, people[0])
    path = path_of(audits[0], domain)
    keep_ratio(figures, f"Save one domain page ({len(domain.questions)} questions)", client, path,
               lambda turn: fields(domain, turn, turn))  # fmt: skip


def test_saving_a_section_against_a_bare_route(place, figures):
    app, engine, port, people, _audits, _team = place
    client = Client(app, engine, port, people[-1])
    with database.session_for(engine, system_scope("a benchmark", builders.AUTHORITY_ID), reading=True) as session:
        (at,) = [each for area, each in made.sections_of(session, 1).items() if area == "HP"]
    path = f"/{builders.AUTHORITY_KEY}/self-assessments/SAS-0001/sections/{at.section_id}/write"
    client.connection.request("GET", path, headers=client.headers)
    shown = client.connection.getresponse().read().decode()
    sent = dict(re.findall(r'name="(seen_\w+)"[^>]*?value="(\d+)"', shown))
    sent |= dict.fromkeys(re.findall(r'<textarea[^>]*name="(text_\w+)"', shown), "")
    assert "seen_known" in sent and "text_known" in sent

    def filled(turn):
        before = sent.get("text_known", "")
        sent["seen_known"] = str(mark_of(before))
        sent["text_known"] = f"Turn {turn}: " + "what we know of practice and how we know it. " * 39 + "That is all."
        return sent

    keep_ratio(figures, "Save a section with 30 claims and 20 plans", client, path, filled)


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
        f"{CLIENTS} people saving at once ({len(seconds)} saves, none failed), 95th centile", p95, target=150, unit="ms"
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


def test_setting_up_an_audit(place, figures):
    app, engine, _port, people, _audits, team = place
    turns = iter(range(100_000, 200_000))

    def set_up():
        for _ in range(10):
            with database.session_for(engine, system_scope("a benchmark", builders.AUTHORITY_ID)) as session:
                session.info["log_key"] = app.extensions["log_key"]
                builders_audits.make_audit(session, team, people[0], length="full", case_reference=f"G-{next(turns)}")

    figures.time_of("Set up an audit from the full child protection set", set_up, target_ms=20, each=10)
