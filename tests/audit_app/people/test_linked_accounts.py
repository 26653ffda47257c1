"""Accounts linked to the provider: to whom, taken away from whom, made for whom, and the roles its groups give."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from audit_app.errors import OutOfTurn
from audit_app.history import HistoryEntry
from audit_app.people.access import Role, web_session
from audit_app.people.councils.service import within
from audit_app.people.first_day import service as first_day
from audit_app.people.provider import queries, service
from audit_app.people.provider.tables import ProviderIdentity, ProviderRole
from audit_app.people.provider.tokens import Named
from audit_app.people.provider.trust import NotAccepted, Reason
from audit_app.people.tables import AccountState, Joining, Membership, Person, WebSession
from tests import builders

THERE, ELSEWHERE = "https://login.example", "https://another.example"
DAY = timedelta(days=1)


@pytest.fixture
def asha(session):
    return builders.make_person(session, [Role.qa_manager], password_hash="kept")


def events(session):
    rows = session.exec(select(HistoryEntry).order_by(HistoryEntry.sequence)).all()
    told = [(row.event.removeprefix("people."), row.actor, json.loads(row.facts)) for row in rows]
    return [(event, who, {k: v for k, v in facts.items() if k != "seals"}) for event, who, facts in told]


def noted(session, event):
    return [(who, facts) for code, who, facts in events(session) if code == event]


def test_one_subject_opens_one_account_and_one_account_has_one_subject_at_an_issuer(session, asha, now):
    other = builders.make_person(session, password_hash="kept")
    row = service.link(session, asha.id, THERE, "asha", now=now)
    assert service.link(session, asha.id, THERE, "asha", now=now + DAY) is row and row.made_at == row.used_at == now
    for person, subject in ((other, "asha"), (asha, "another")):
        with pytest.raises(NotAccepted) as refused:
            service.link(session, person.id, THERE, subject, now=now)
        assert refused.value.reason is Reason.linked_already
    service.link(session, asha.id, ELSEWHERE, "another", now=now)  # the council changed its provider
    assert len(session.exec(select(ProviderIdentity)).all()) == 2
    assert noted(session, "provider_linked") == [(asha.id, {})] * 2


@pytest.mark.parametrize(
    ("password", "state", "after"),
    [
        ("kept", AccountState.active, AccountState.active),
        ("", AccountState.active, AccountState.invited),  # nothing opens it now
        ("", AccountState.disabled, AccountState.disabled),
    ],
)
def test_a_link_taken_away_by_an_administrator_leaves_the_account_as_it_may_be_opened(
    session, asha, now, password, state, after
):
    asha.password_hash, asha.state = password, state
    for issuer in (THERE, ELSEWHERE):
        service.link(session, asha.id, issuer, "asha", now=now)
    marks = [web_session.hash_of(web_session.start(session, asha.id, now=now, address="", browser="")) for _ in "ab"]
    service.unlink(session, asha.id, by=77, now=now + DAY, keeping=marks[0])
    session.expire_all()
    assert session.get(Person, asha.id).state is after and not queries.is_linked(session, asha.id)
    assert [session.get(WebSession, mark).end_reason for mark in marks] == ["", "factors_changed"]
    assert noted(session, "provider_unlinked") == [(77, {"person": asha.id})]
    with pytest.raises(OutOfTurn, match="not linked"):
        service.unlink(session, asha.id, by=77, now=now)


def test_nobody_takes_away_their_own_only_way_in(session, asha, now):
    asha.password_hash = ""
    service.link(session, asha.id, THERE, "asha", now=now)
    with pytest.raises(OutOfTurn, match="only way"):
        service.unlink(session, asha.id, by=asha.id, now=now)
    assert queries.is_the_only_way(session, asha.id)
    asha.password_hash = "kept"
    service.unlink(session, asha.id, by=asha.id, now=now)
    assert asha.state is AccountState.active


@pytest.mark.parametrize(
    ("claims", "address"),
    [
        ({"email": " Kay@X.example ", "email_verified": True}, "kay@x.example"),
        ({"email": "kay@x.example", "email_verified": True, "preferred_username": "k@y.example"}, "kay@x.example"),
        ({"email": "kay@x.example", "preferred_username": "K@Y.example"}, "k@y.example"),
        ({"email": "kay@x.example", "preferred_username": "kay"}, "kay@x.example"),
        ({"email": "kay@x.example"}, "kay@x.example"),
        ({"email": "kay@x.example", "email_verified": False}, ""),
        ({"email": "kay@x.example", "email_verified": "true"}, ""),
        ({"email": "kay@x.example", "email_verified": False, "preferred_username": "k@y.example"}, "k@y.example"),
        ({"email": None, "preferred_username": None}, ""),
    ],
)
def test_the_address_is_one_that_the_provider_vouches_for(claims, address):
    assert service.address_in(claims) == address


def test_an_account_is_made_under_a_fit_and_free_address_with_a_name_that_fits(session, asha, now):
    def make(subject, address, name=None):
        claims = {"email": address, "email_verified": True, "name": name}
        return service.make_account(session, Named(THERE, subject, claims), now=now)

    long = make("long", "long@greenhaven.example", f" {'n' * 60}  {'m' * 60} ")
    assert long.name == f"{'n' * 60} {'m' * 59}"
    unnamed = make("unnamed", "unnamed@greenhaven.example")
    assert (unnamed.name, unnamed.state, unnamed.made_at) == ("unnamed@greenhaven.example", AccountState.active, now)
    assert make("taken", asha.user_name.upper(), "Somebody") is None
    assert make("unfit", "no address", "Somebody") is None
    linked = session.exec(select(ProviderIdentity.subject, ProviderIdentity.person_id)).all()
    assert sorted(linked) == [("long", long.id), ("unnamed", unnamed.id)]
    assert noted(session, "provider_account") == [(None, {"person": row.id}) for row in (long, unnamed)]


def test_groups_give_roles_and_take_only_those_they_gave(session, asha, now):
    def follow(moment, *roles, council=builders.AUTHORITY_KEY):
        return service.follow_groups(session, asha.id, {council: frozenset(roles)}, now=moment)

    def held(day):
        rows = session.exec(select(Membership).where(Membership.person_id == asha.id)).all()
        return {row.role for row in rows if row.from_on <= day and (row.to_on is None or row.to_on >= day)}

    own = session.info["scope"]
    assert follow(now, Role.auditor, Role.leader) == (2, 0)
    assert follow(now, Role.auditor, Role.leader) == (0, 0)
    assert follow(now, Role.leader, council="nowhere") == (0, 0)
    assert held(now.date()) == {Role.qa_manager, Role.auditor, Role.leader}
    later = now + 2 * DAY
    assert follow(later, Role.auditor) == (0, 1)
    assert held(later.date()) == {Role.qa_manager, Role.auditor}
    assert held(now.date() + DAY) == {Role.qa_manager, Role.auditor, Role.leader}  # until the day before
    assert follow(later) == (0, 1) and held(later.date()) == {Role.qa_manager}  # given by hand: it stays
    assert follow(later, Role.qa_manager) == (0, 0) and len(session.exec(select(ProviderRole)).all()) == 2
    facts = [{"person": asha.id, "given": given, "ended": ended} for given, ended in ((2, 0), (0, 1), (0, 1))]
    assert noted(session, "provider_roles") == [(None, each) for each in facts]
    assert session.info["scope"] is own and session.exec(select(Joining)).all() == []


def test_the_last_administrator_stays_one_whatever_the_groups_say(session, asha, now):
    wanted = {builders.AUTHORITY_KEY: frozenset({Role.admin, Role.leader})}
    assert service.follow_groups(session, asha.id, wanted, now=now) == (2, 0)
    none = {builders.AUTHORITY_KEY: frozenset()}
    assert service.follow_groups(session, asha.id, none, now=now + DAY) == (0, 1)
    builders.make_person(session, [Role.admin])
    assert service.follow_groups(session, asha.id, none, now=now + DAY) == (0, 1)


def test_who_is_known_in_another_council_joins_before_a_role_there_counts(session, asha, now):
    other = first_day.make_authority(session, "Kirkby Vale Council", "kirkby-vale")
    service.follow_groups(session, asha.id, {"kirkby-vale": frozenset()}, now=now)
    with within(session, other.id, "a test"):
        assert session.exec(select(Joining)).all() == []
    service.follow_groups(session, asha.id, {"kirkby-vale": frozenset({Role.auditor})}, now=now)
    with within(session, other.id, "a test"):
        (waits,) = session.exec(select(Joining)).all()
        assert (waits.person_id, waits.joined_at) == (asha.id, None)
        waits.joined_at = now
        session.flush()
    wanted = {"kirkby-vale": frozenset({Role.auditor, Role.leader})}
    assert service.follow_groups(session, asha.id, wanted, now=now) == (1, 0)
    with within(session, other.id, "a test"):
        assert [row.joined_at for row in session.exec(select(Joining)).all()] == [now]
