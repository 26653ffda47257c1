"""Coming back from the provider, case by case: what is asked of it, what is believed, for how long, and for whom."""

import json
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select

from audit_app import database, history
from audit_app.people.access import Role, system_scope, web_session
from audit_app.people.accounts import service as accounts
from audit_app.people.accounts.service_entering import Edge
from audit_app.people.provider import service_entering as entering
from audit_app.people.provider.service_entering import Came
from audit_app.people.provider.tables import ProviderIdentity, ProviderSignIn, Purpose
from audit_app.people.provider.trust import NotAccepted, Reason
from audit_app.people.tables import AccountState, Invitation, Membership, Person, WebSession
from tests import builders
from tests.audit_app.people import small_provider

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
BROWSER = "a browser"
TOKENS = {"access_token": "for more", "token_type": "Bearer"}
GROUPS = '[[group]]\ngroup = "auditors"\ncouncil = "greenhaven"\nrole = "auditor"\n'


@pytest.fixture(scope="module")
def one_provider():
    with small_provider.running() as started:
        yield started


@pytest.fixture
def there(one_provider):
    one_provider.begin_again()
    return one_provider


@pytest.fixture
def people(session, now):
    """Asha, whose account is linked; Owen, whose is not; and a new one without a password."""
    asha = builders.make_person(session, [Role.qa_manager], name="Asha Khan", password_hash="kept")
    owen = builders.make_person(session, [Role.auditor], name="Owen Lewis", password_hash="kept")
    nia = builders.make_person(session, [Role.auditor], name="Nia New", state=AccountState.invited)
    session.commit()
    return SimpleNamespace(asha=asha.id, owen=owen.id, nia=nia.id)


@pytest.fixture
def link(engine, there, now):
    """Call it to have a subject there open an account here."""

    def made(person_id, subject="asha"):
        with database.session_for(engine, system_scope("linked for a test")) as session:
            session.add(ProviderIdentity(person_id=person_id, issuer=there.issuer, subject=subject, made_at=now))

    return made


@pytest.fixture
def edge(app, engine, now):
    def at(moment=now, **config):
        given = {**app.config, "PUBLIC_ADDRESS": "http://localhost", **config}
        return Edge(engine, app.extensions["log_key"], history.writing.SYSTEM, given, "10.0.0.7", "Firefox", moment)

    return at


@pytest.fixture
def go(there, edge, now):
    """Begin a sign-in, have the provider say something of somebody, and come back: what became of it."""

    def there_and_back(purpose=Purpose.sign_in, person=None, **case):
        at = SimpleNamespace(begun=now, back=now, provider=case.pop("provider", None) or there.known(), claims={},
                             tokens=TOKENS, came={}, browser=BROWSER, more=None, begin={}, answer=None)  # fmt: skip
        vars(at).update(case)
        begun = {"target": "/x", "person_id": person and person.person_id, **at.begin}
        address = entering.begin(edge(at.begun), at.provider, BROWSER, purpose, **begun)
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        moment = int(at.back.timestamp())
        claims = {
            "iss": there.issuer, "aud": small_provider.CLIENT, "sub": "asha", "nonce": asked["nonce"],
            "iat": moment, "exp": moment + 120, **at.claims,
        }  # fmt: skip
        there.answers["/token"] = at.answer or (200, {**at.tokens, "id_token": there.signed(claims)})
        there.answers["/me"] = (200, {"sub": "asha", **(at.more or {})})
        came = {"state": asked["state"], "code": "code", "error": "", "issuer": None, **at.came}
        return entering.come_back(edge(at.back), at.provider, at.browser, person, Came(**came))

    return there_and_back


@pytest.fixture
def signed_in(engine, now):
    def as_person(person_id):
        with database.session_for(engine, system_scope("signed in for a test")) as session:
            token = web_session.start(session, person_id, now=now - MINUTE, address="", browser="")
        return web_session.SignedIn(person_id, "", web_session.hash_of(token), now, now, now)

    return as_person


@pytest.fixture
def rows(engine):
    def of(table):
        with database.session_for(engine, system_scope("looking"), reading=True) as session:
            found = session.exec(select(table)).all()
            session.expunge_all()
        return found

    return of


def refused(reason, call, *given, **more):
    with pytest.raises(NotAccepted) as caught:
        call(*given, **more)
    assert caught.value.reason is reason


# --- what more is asked ----------------------------------------------------------------------------------------------

OVERAGE = {"_claim_names": {"groups": "elsewhere"}}


@pytest.mark.parametrize(
    ("case", "asks"),
    [
        ({}, True),
        ({"claims": {"name": "Asha K."}}, False),
        ({"tokens": {"token_type": "Bearer"}}, False),  # nothing to ask with
        ({"tokens": {"access_token": 7}}, False),
        ({"described": {"userinfo_endpoint": None}}, False),  # nowhere to ask
        ({"claims": {"name": "Asha K."}, "groups": True, "more": {"groups": ["auditors"]}}, True),
        ({"claims": {"name": "Asha K.", "groups": ["auditors"]}, "groups": True}, False),
        ({"claims": {"groups": ["auditors"]}, "groups": True}, True),
    ],
)
def test_the_provider_is_asked_for_more_only_where_more_is_needed_and_can_be_asked(
    there, go, rows, people, link, tmp_path, case, asks
):
    given, settings = dict(case), {}
    there.begin_again(**given.pop("described", {}))
    if given.pop("groups", False):
        (tmp_path / "groups.toml").write_text(GROUPS, "utf-8")
        settings["OIDC_GROUPS_FILE"] = str(tmp_path / "groups.toml")
    link(people.asha)
    assert go(provider=there.known(**settings), **given).token
    assert there.asked.count("/me") == asks
    held = {row.role for row in rows(Membership) if row.person_id == people.asha}
    assert held == ({Role.qa_manager, Role.auditor} if settings else {Role.qa_manager})


def test_groups_left_out_are_asked_for_nowhere_and_let_nobody_in(there, go, rows, people, link, tmp_path):
    (tmp_path / "groups.toml").write_text(GROUPS, "utf-8")
    link(people.asha)
    provider = there.known(OIDC_GROUPS_FILE=str(tmp_path / "groups.toml"))
    refused(Reason.groups, go, provider=provider, claims={"name": "Asha K.", **OVERAGE})
    assert "/me" not in there.asked and rows(WebSession) == []


def test_what_was_signed_wins_over_what_is_told_more_and_that_is_of_nobody_else(there, go, rows, people):
    provider = there.known(OIDC_JUST_IN_TIME=True)
    signed = {"email": "kay@greenhaven.example", "email_verified": True}
    go(provider=provider, claims=signed, more={"name": "Kay Vale", "email": "other@greenhaven.example"})
    assert [row.user_name for row in rows(Person) if row.name == "Kay Vale"] == ["kay@greenhaven.example"]
    refused(Reason.token, go, provider=provider, more={"sub": "owen"})


# --- for how long, in which browser, for whom ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("later", "comes"),
    [
        (10 * MINUTE - SECOND, True),
        (10 * MINUTE, False),
        (-web_session.AHEAD, True),
        (-web_session.AHEAD - SECOND, False),
    ],
)
def test_one_comes_back_within_ten_minutes(go, rows, people, link, now, later, comes):
    link(people.asha)
    if comes:
        assert go(back=now + later).target == "/x"
    else:
        refused(Reason.not_begun, go, back=now + later)
    assert [row.used_at is not None for row in rows(ProviderSignIn)] == [comes]


def test_one_comes_back_once_in_the_same_browser_and_as_whoever_went(there, go, edge, rows, people, link, signed_in):
    link(people.asha)
    asha, owen = signed_in(people.asha), signed_in(people.owen)
    refused(Reason.not_begun, go, browser="another")
    refused(Reason.not_begun, go, came={"state": "another"})
    for purpose in (Purpose.link, Purpose.prove):
        begun = {"begin": {"person_id": people.asha}}
        refused(Reason.not_begun, go, purpose, owen, **begun)
        refused(Reason.not_begun, go, purpose, None, **begun)
    assert go(Purpose.sign_in, owen, begin={"person_id": None}).token  # somebody signed in may sign in anew
    assert go(Purpose.link, asha).to_confirm
    states = [row.state_hash for row in rows(ProviderSignIn) if row.used_at is not None]
    assert len(states) == 6  # those of the other person are used up by the try
    lines = [row for row in rows(history.HistoryEntry) if row.event == "people.provider_refused"]
    assert len(lines) == 6 and {line.outcome for line in lines} == {"refused"}


def test_a_refusal_is_noted_with_whoever_was_signed_in(edge, rows, people):
    somebody = history.writing.Actor(people.owen, "auditor", "", "", "")
    for actor in (somebody, history.writing.SYSTEM, None):  # a server of the provider's is nobody
        entering.note_refusal(replace(edge(), actor=actor), NotAccepted(Reason.token))
    lines = [line for line in rows(history.HistoryEntry) if line.event == "people.provider_refused"]
    assert [line.actor for line in lines] == [people.owen, None, None]


def test_what_was_begun_and_never_finished_is_cleared_after_twice_its_time(there, edge, rows, now):
    twice = now + 20 * MINUTE

    def begun(at):
        entering.begin(edge(at), there.known(), BROWSER, Purpose.sign_in, target="/x")
        return sorted(row.made_at for row in rows(ProviderSignIn))

    assert [begun(at) for at in (now, twice, twice + SECOND)] == [[now], [now, twice], [twice, twice + SECOND]]


# --- what the provider says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ({"came": {"issuer": "https://login.elsewhere.example"}}, Reason.issuer),
        ({"described": {"authorization_response_iss_parameter_supported": True}}, Reason.issuer),
        ({"came": {"error": "access_denied", "code": ""}}, Reason.cancelled),
        ({"came": {"error": "consent_required"}}, Reason.cancelled),
        ({"came": {"error": "server_error"}}, Reason.turned_away),
        ({"came": {"code": ""}}, Reason.turned_away),
        ({"answer": (400, {"error": "invalid_grant"})}, Reason.code),
        ({"answer": (400, {"error": "invalid_client"})}, Reason.turned_away),
        ({"answer": (200, "no JSON")}, Reason.misdescribed),
        ({"answer": (302, {})}, Reason.unreachable),
        ({"claims": {"sub": "nobody", "name": "N"}}, Reason.unknown),
    ],
)
def test_each_answer_that_lets_nobody_in_is_named(there, go, rows, people, link, case, reason):
    given = dict(case)
    there.begin_again(**given.pop("described", {}))
    link(people.asha)
    refused(reason, go, **given)
    assert rows(WebSession) == []


def test_a_provider_that_names_itself_with_the_person_is_believed(there, go, people, link):
    there.begin_again(authorization_response_iss_parameter_supported=True)
    link(people.asha)
    assert go(came={"issuer": there.issuer}).token


def test_au_13_a_proof_was_given_after_one_was_sent_for_it(there, go, people, link, signed_in, now):
    link(people.asha)
    provider = there.known(OIDC_CLOCK_SKEW_MINUTES=2)
    sent, skew = int(now.timestamp()), 120

    def prove(asha, **claims):
        return go(Purpose.prove, asha, provider=provider, claims=claims)

    for wrong in ({}, {"auth_time": sent - skew - 1}, {"auth_time": True}):
        refused(Reason.not_fresh, prove, signed_in(people.asha), **wrong)
    for right in (sent - skew, sent, sent + 0.5):
        assert prove(signed_in(people.asha), auth_time=right).token
    assert "/me" not in there.asked  # a proof needs no name
    refused(Reason.somebody_else, prove, signed_in(people.owen), auth_time=sent)
    refused(Reason.somebody_else, prove, signed_in(people.asha), auth_time=sent, sub="nobody")


# --- what is opened --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("claims", "factor"), [({"amr": ["pwd", "mfa"]}, "provider"), ({"amr": ["pwd"]}, "")])
def test_a_session_through_the_provider_says_so_and_of_which_factor(there, go, rows, people, link, now, claims, factor):
    link(people.asha)
    go(claims={**claims, "sid": "there-1"})
    (row,) = rows(WebSession)
    (identity,) = rows(ProviderIdentity)
    assert (row.person_id, row.factor, row.provider_sid, row.identity_id) == (
        people.asha, factor, "there-1", identity.id,
    )  # fmt: skip
    assert (row.address, row.browser, identity.used_at) == ("10.0.0.7", "Firefox", now)


def test_a_closed_account_opens_for_nobody(engine, go, rows, people, link):
    link(people.asha)
    with database.session_for(engine, system_scope("closed for a test")) as session:
        session.get(Person, people.asha).state = AccountState.disabled
    refused(Reason.closed, go)
    assert rows(WebSession) == [] and rows(ProviderIdentity)[0].used_at is None


def test_an_account_is_made_only_where_that_is_set_and_never_over_one_that_is_there(there, go, rows, people):
    fit = {"name": "Kay Vale", "email": "kay@greenhaven.example", "email_verified": True}
    refused(Reason.unknown, go, claims=fit)
    provider = there.known(OIDC_JUST_IN_TIME=True)
    refused(Reason.unknown, go, provider=provider, claims={**fit, "email_verified": False})
    assert len(rows(Person)) == 3
    assert go(provider=provider, claims=fit).token and len(rows(Person)) == 4
    refused(Reason.unknown, go, provider=provider, claims={**fit, "sub": "another"})


# --- links -----------------------------------------------------------------------------------------------------------


def test_a_link_waits_for_its_owners_word_for_ten_minutes(there, go, edge, engine, rows, people, signed_in, now):
    asha, owen = signed_in(people.asha), signed_in(people.owen)
    begun = go(Purpose.link, asha, claims={"name": "Asha K.", "email": "a@x.example"}).to_confirm
    (waits,) = rows(ProviderSignIn)
    assert (waits.issuer, waits.subject, waits.named) == (there.issuer, "asha", "Asha K. (a@x.example)")

    def shown(state=begun, browser=BROWSER, person=asha, at=now):
        with database.session_for(engine, system_scope("looking"), reading=True) as session:
            return entering.confirmable(session, state, browser, person, at).subject

    assert shown() == shown(at=now + 10 * MINUTE) == shown(at=now - web_session.AHEAD) == "asha"
    for wrong in (
        {"state": "another"}, {"browser": "another"}, {"person": owen}, {"person": None},
        {"at": now + 10 * MINUTE + SECOND}, {"at": now - web_session.AHEAD - SECOND},
    ):  # fmt: skip
        refused(Reason.not_begun, shown, **wrong)
    refused(Reason.not_begun, entering.confirm, edge(), begun, BROWSER, owen)
    back = entering.confirm(edge(), begun, BROWSER, asha)
    assert back.target == "/x" and [row.person_id for row in rows(ProviderIdentity)] == [people.asha]
    refused(Reason.not_begun, entering.confirm, edge(), begun, BROWSER, asha)
    unnamed = entering.begin(edge(), there.known(), BROWSER, Purpose.link, target="/x", person_id=people.asha)
    state = web_session.hash_of(parse_qs(urlsplit(unnamed).query)["state"][0])
    refused(Reason.not_begun, shown, state=state)  # nobody has come back with a name yet
    refused(Reason.linked_already, go, Purpose.link, owen)
    assert go(Purpose.link, asha).to_confirm  # one's own may be linked again


def test_a_confirmed_link_renews_this_session_and_ends_the_others(there, go, edge, rows, people, signed_in):
    here, other, owens = signed_in(people.asha), signed_in(people.asha), signed_in(people.owen)
    begun = go(Purpose.link, here, claims={"amr": ["mfa"]}).to_confirm
    token = entering.confirm(edge(), begun, BROWSER, here).token
    ended = {row.id_hash: row.end_reason for row in rows(WebSession)}
    assert ended == {
        here.id_hash: "renewed", other.id_hash: "factors_changed", owens.id_hash: "", web_session.hash_of(token): "",
    }  # fmt: skip
    assert {row.id_hash: row.factor for row in rows(WebSession)}[web_session.hash_of(token)] == "provider"


def test_an_invitation_opens_its_account_once_whoever_is_signed_in_and_a_dead_one_none(
    go, app, edge, session, rows, people, signed_in
):
    owen = signed_in(people.owen)
    at = {"config": app.config, "by": None, "now": edge().now}
    accounts.make_link(session, people.nia, "invitation", **at)
    session.commit()
    (invitation,) = rows(Invitation)
    given = {
        "begin": {"invitation_hash": invitation.token_hash},
        "claims": {"name": "N", "sub": "nia", "sid": "there-2"},
    }
    first, second = (go(Purpose.invitation, **given).to_confirm for _ in range(2))
    back = entering.confirm(edge(), first, BROWSER, owen)
    (row,) = (each for each in rows(WebSession) if each.id_hash != owen.id_hash)
    assert (row.id_hash, row.person_id, row.provider_sid) == (web_session.hash_of(back.token), people.nia, "there-2")
    assert {person.id: person.state for person in rows(Person)}[people.nia] is AccountState.active
    refused(Reason.dead_link, entering.confirm, edge(), second, BROWSER, None)
    assert [line.outcome for line in rows(history.HistoryEntry) if line.event == "people.provider_refused"] == [
        "refused"
    ]


# --- ended there -----------------------------------------------------------------------------------------------------


def test_a_session_that_ended_there_ends_here_once(there, go, edge, rows, people, link, now):
    link(people.asha)
    link(people.owen, "owen")
    for subject, sid in (("asha", "one"), ("asha", "two"), ("owen", "three")):
        go(claims={"sub": subject, "sid": sid}, more={"sub": subject})
    moment = int(now.timestamp())

    def ended(once, **about):
        claims = {
            "iss": there.issuer, "aud": small_provider.CLIENT, "iat": moment, "exp": moment + 120, "jti": once,
            "events": {small_provider.LOGOUT: {}}, **about,
        }  # fmt: skip
        return entering.end_by_provider(edge(), there.known(), there.signed(claims, typ="logout+jwt"))

    assert ended("a", sub="nobody") == 0
    assert ended("b", sid="one") == 1
    refused(Reason.token, ended, "b", sub="asha")
    assert ended("c", sub="asha") == 1 and ended("d", sub="asha") == 0
    assert sorted(row.provider_sid for row in rows(WebSession) if row.ended_at is None) == ["three"]
    lines = [line for line in rows(history.HistoryEntry) if line.event == "people.provider_ended"]
    facts = [json.loads(line.facts) for line in lines]
    assert [(each["person"], each["count"]) for each in facts] == [(people.asha, 1)] * 2
