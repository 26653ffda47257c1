"""Accounts for whom nobody knows yet, and roles by the groups at the provider."""

import pytest

from audit_app import clock, database
from audit_app.people.access import Role, system_scope
from audit_app.people.provider.tables import ProviderIdentity
from audit_app.people.tables import AccountState, Authority, Joining, Membership, Person
from tests.audit_app.people.provider import real_provider
from tests.audit_app.people.provider.test_not_believed import open_sessions, why
from tests.audit_app.people.provider.test_sign_in import events, link, rows, sign_in_through

GROUPS = """
[[group]]
group = "auditors"
council = "greenhaven"
role = "auditor"

[[group]]
group = "leaders"
council = "greenhaven"
role = "leader"

[[group]]
group = "runs it"
council = "greenhaven"
role = "admin"

[[group]]
group = "auditors"
council = "nowhere"
role = "auditor"
"""


@pytest.fixture
def settings(tmp_path):
    file = tmp_path / "groups.toml"
    file.write_text(GROUPS, "utf-8")
    return {"OIDC_GROUPS_FILE": str(file), "OIDC_JUST_IN_TIME": True}


def roles_of(engine, person_id, today):
    """The roles a person holds on a day, worked out from the rows."""
    held = [row for row in rows(engine, Membership) if row.person_id == person_id]
    return {row.role.value for row in held if row.from_on <= today and (row.to_on is None or row.to_on >= today)}


def with_groups(provider, account, *groups, **more):
    claims = {**real_provider.ACCOUNTS[account], "groups": list(groups), **more}
    provider.control(accounts={**real_provider.ACCOUNTS, account: claims})


@pytest.fixture
def today(app):

    return clock.today()


def nia(engine):
    return next(row for row in rows(engine, Person) if row.user_name == "nia.new@greenhaven.example")


def test_somebody_new_gets_an_account_and_the_roles_of_the_groups(page, town, there, engine, today):
    assert sign_in_through(page, there, "nia").h1 == "Your account"
    person = nia(engine)
    assert (person.name, person.state, person.password_hash) == ("Nia New", AccountState.active, "")
    assert roles_of(engine, person.id, today) == {"auditor", "leader"}
    assert page.get("/greenhaven/").status == 200
    assert {"people.provider_account", "people.provider_roles"} <= set(events(engine))


def test_roles_follow_the_groups_and_what_was_given_by_hand_stays(
    page, elsewhere, admin, home, provider, there, engine, today
):
    sign_in_through(page, there, "nia")
    person = nia(engine)
    admin.get(f"{home}/people/{person.id}/roles")
    admin.submit({"roles": ["auditor", "leader", "team_manager"]})
    with_groups(provider, "nia", "leaders")
    sign_in_through(elsewhere, real_provider.Browser(), "nia")
    assert roles_of(engine, person.id, today) == {"leader", "team_manager"}
    page.get("/greenhaven/notices")
    with_groups(provider, "nia")
    elsewhere.post("/sign-out", {"csrf_token": elsewhere.get("/your-account").token}, follow=False)
    sign_in_through(elsewhere, real_provider.Browser(), "nia")
    assert roles_of(engine, person.id, today) == {"team_manager"}
    admin.get(f"{home}/people/{person.id}/roles")
    admin.submit({"roles": ["auditor", "team_manager"]})  # by hand now, though it came from a group this morning
    elsewhere.post("/sign-out", {"csrf_token": elsewhere.get("/your-account").token}, follow=False)
    sign_in_through(elsewhere, real_provider.Browser(), "nia")
    assert roles_of(engine, person.id, today) == {"auditor", "team_manager"}


def test_who_is_in_no_group_gets_no_role_and_is_told_so(page, provider, town, engine, today):
    with_groups(provider, "nia", "cooks")
    seen = sign_in_through(page, real_provider.Browser(), "nia", target="/")
    assert seen.h1 == "You have no role yet"
    assert "none of those you are in opens anything here" in seen.text
    assert roles_of(engine, nia(engine).id, today) == set()


def test_an_address_that_is_taken_or_not_verified_makes_no_account_and_no_link(page, provider, town, engine):
    before = len(rows(engine, Person))
    sign_in_through(page, real_provider.Browser(), "asha", status=409)
    with_groups(provider, "nia", email_verified=False)
    sign_in_through(page, real_provider.Browser(), "nia", status=409)
    with_groups(provider, "nia", email=None, name="No Address")
    sign_in_through(page, real_provider.Browser(), "nia", status=409)
    assert why(engine) == "unknown"
    assert (len(rows(engine, Person)), rows(engine, ProviderIdentity)) == (before, [])


def test_groups_that_were_left_out_are_not_taken_for_none(page, provider, town, there, engine):
    """Entra leaves groups out above 200 and says so (`_claim_names`, `hasgroups`)."""
    for claim in ({"_claim_names": {"groups": "src1"}}, {"hasgroups": True}):
        provider.resign(lambda claims, more=claim: {n: v for n, v in {**claims, **more}.items() if n != "groups"})
        seen = sign_in_through(page, there, "nia", status=409)
        assert seen.h1 == "Greenhaven Council did not send your groups"
        assert why(engine) == "groups"
    assert open_sessions(engine) == []
    assert not [row for row in rows(engine, Person) if row.name == "Nia New"]


def test_the_last_administrator_stays_one(page, elsewhere, provider, engine, today, app):
    with_groups(provider, "nia", "runs it")
    sign_in_through(page, real_provider.Browser(), "nia")
    with_groups(provider, "nia", "auditors")
    sign_in_through(elsewhere, real_provider.Browser(), "nia")
    assert roles_of(engine, nia(engine).id, today) == {"admin", "auditor"}


def test_roles_rest_where_another_council_may_hold_the_account(page, signed_in_as, town, there, engine, now):
    """As for anybody who is added by a second council: a group is no way round the joining."""
    with database.session_for(engine, system_scope("another council")) as session:
        session.add(Authority(id=2, key="otherford", name="Otherford"))
        session.flush()
        person = Person(user_name="olu@otherford.example", name="Olu Other", state=AccountState.active, made_at=now)
        session.add(person)
        session.flush()
        session.add(Membership(authority_id=2, person_id=person.id, role=Role.auditor, from_on=now.date()))
        person_id = person.id
    olu = signed_in_as(person_id=person_id)
    link(olu, there, "nia")
    sign_in_through(page, there, "nia")
    assert [row.joined_at for row in rows(engine, Joining)] == [None]
    page.get("/greenhaven/notices", status=404)


def test_groups_asked_for_apart_count_as_those_in_the_token(page, provider, town, there, engine, today):
    """Some providers tell them only to whoever asks with the access token; what is another subject’s does not count."""
    told = ("sub", "iss", "aud", "exp", "iat", "nonce", "sid", "amr", "auth_time", "at_hash")
    provider.resign(lambda claims: {name: value for name, value in claims.items() if name in told})
    sign_in_through(page, there, "nia")
    assert "/me" in provider.between.asked
    assert roles_of(engine, nia(engine).id, today) == {"auditor", "leader"}
    page.post("/sign-out", {"csrf_token": page.get("/your-account").token}, follow=False)
    resign = provider.between.change
    provider.between.change = lambda path, answer: {**answer, "sub": "owen"} if path == "/me" else resign(path, answer)
    sign_in_through(page, there, "nia", status=400)


def test_administrators_read_which_groups_give_which_roles(admin, home):
    table = admin.get(f"{home}/council/sign-in").tables()["Groups there and roles here"]
    assert table[1:] == [["auditors", "Auditor"], ["leaders", "Leader"], ["runs it", "Administrator"]]


def test_the_command_asks_the_provider_and_names_what_is_wrong(app, provider):
    run = app.test_cli_runner().invoke
    seen = run(args=["people", "provider"])
    assert "http://localhost/sign-in/provider/return" in seen.output
    assert "auditors: Auditor in nowhere  (there is no council with the key nowhere)" in seen.output
    assert f"It answers as {provider.issuer}" in seen.output
    assert real_provider.SECRET not in seen.output
    app.extensions["provider"]._description = None
    provider.between.down = True
    seen = run(args=["people", "provider"])
    assert seen.exit_code == 1
    assert "unreachable" in seen.output
