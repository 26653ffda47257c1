"""How long an answer takes tells nobody whether an account or a record exists (AU-5, OB-2); each with a control."""

from statistics import median
from time import perf_counter

from audit_app import database
from audit_app.people.access import Role, system_scope
from audit_app.people.accounts import passwords
from tests import builders, builders_audits
from tests.audit_app.security import world

TRIES = 100
NEAR = 0.10
SLOW_ENOUGH = {"ARGON2_MEMORY_KIB": 19_456, "ARGON2_TIME": 2, "ARGON2_LANES": 1}
BASE = {"base_url": "http://localhost"}


def medians(*asks):
    """Each asked in turn, so that whatever else the machine does falls on all alike."""
    times = [[] for _ in asks]
    for ask in asks:
        ask()
    for _ in range(TRIES):
        for kept, ask in zip(times, asks, strict=True):
            began = perf_counter()
            ask()
            kept.append(perf_counter() - began)
    return [median(kept) for kept in times]


def test_unknown_and_known_names_take_the_same_time_au_5(make_app):
    app, engine = make_app(THROTTLE_ACCOUNT_TRIES=10**6, THROTTLE_ADDRESS_TRIES=10**6, **SLOW_ENOUGH)
    with database.session_for(engine, system_scope("a proof")) as session:
        hashed = passwords.make_hash(app.config, "a long and right password")
        builders.make_person(session, (Role.auditor,), user_name="known@greenhaven.example", password_hash=hashed)
    client = app.test_client()
    token = world.Page(client).get("/sign-in").token
    bodies = set()

    def ask(name, password):
        def post():
            data = {"csrf_token": token, "user_name": name, "password": password}
            answer = client.post("/sign-in", data=data, **BASE)
            bodies.add((answer.status_code, answer.data.replace(name.encode(), b"NAME")))

        return post

    known, unknown = ask("known@greenhaven.example", "wrong"), ask("other@greenhaven.example", "wrong")
    without_a_name = ask("", "wrong")  # the control: no password is looked at, so it must differ
    one, other, control = medians(known, unknown, without_a_name)
    assert abs(one - other) / one <= NEAR, (one, other)
    assert abs(one - control) / one > NEAR, (one, control)
    assert len(bodies) == 2  # one for both names, one for the control


def test_a_record_out_of_reach_takes_as_long_as_none_ob_2(make_app):
    app, engine = make_app()
    with database.AuditSession(engine, expire_on_commit=False, info={"scope": system_scope("a proof", 1)}) as session:
        session.info["log_key"] = app.extensions["log_key"]
        team = builders.make_team(session)
        auditor = builders.make_person(session, (Role.auditor,)).id
        mine = builders.make_person(session, (Role.auditor,)).id
        theirs = builders_audits.make_submitted(session, team, auditor).number
        own = builders_audits.make_audit(session, team, mine, case_reference="G-654321").number
        session.commit()
    client = world.sign_in(app, engine, mine).client
    found = {}

    def ask(number):
        def get():
            found[number] = client.get(f"/greenhaven/audits/AUD-{number:04d}", **BASE).status_code

        return get

    out, none, seen = medians(ask(theirs), ask(9999), ask(own))
    assert found == {theirs: 404, 9999: 404, own: 200}
    assert abs(out - none) / none <= NEAR, (out, none)
    assert abs(seen - none) / none > NEAR, (seen, none)  # the control: one that is there
