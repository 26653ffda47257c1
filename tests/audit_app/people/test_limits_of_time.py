"""Sessions, tries and links at the very moment they begin and end: the last second that counts, and the first after."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import select

from audit_app.errors import Invalid
from audit_app.history import HistoryEntry
from audit_app.people.access import Role, web_session
from audit_app.people.accounts import service as accounts
from audit_app.people.accounts import service_throttle as throttle
from audit_app.people.accounts.service import LinkIsDead
from audit_app.people.exports import service as exports
from audit_app.people.joining import service as joining
from audit_app.people.provider.tables import ProviderIdentity
from audit_app.people.tables import Invitation, Joining, Membership, RegisterExport, WebSession, WrongTry

SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))
SETTINGS = {
    "SESSION_IDLE_MINUTES": 30,
    "SESSION_HOURS": 12,
    "SECOND_FACTOR": "offered",
    "SECOND_STEP_MINUTES": 10,
}
TRIES = {
    "THROTTLE_WINDOW_MINUTES": 5,
    "THROTTLE_ACCOUNT_TRIES": 3,
    "THROTTLE_ADDRESS_TRIES": 5,
    "THROTTLE_KNOWN_DAYS": 30,
}


@pytest.mark.parametrize(
    ("changed", "idle", "whole"),
    [
        ({}, 30 * MINUTE, 12 * HOUR),
        ({"SESSION_IDLE_MINUTES": 1}, 5 * MINUTE, 12 * HOUR),
        ({"SESSION_IDLE_MINUTES": 61}, 60 * MINUTE, 12 * HOUR),
        ({"SESSION_HOURS": 21}, 30 * MINUTE, 20 * HOUR),
    ],
)
def test_au_9_a_session_lasts_to_the_second_that_is_set_within_its_bounds(now, changed, idle, whole):
    config = {**SETTINGS, **changed}

    def over(seen, started):
        row = SimpleNamespace(seen_at=now - seen, started_at=now - started)
        return web_session.has_run_out(row, now, config)

    assert [over(idle, idle), over(idle + SECOND, idle + SECOND)] == [False, True]
    assert [over(MINUTE, whole), over(MINUTE, whole + SECOND)] == [False, True]
    assert [over(-MINUTE, HOUR), over(-MINUTE - SECOND, HOUR)] == [False, True]
    assert [over(MINUTE, -MINUTE), over(MINUTE, -MINUTE - SECOND)] == [False, True]


def test_a_session_keeps_whose_it_is_from_where_and_no_more(session, town, now):
    address, browser = "a" * 61, "b" * 121
    marks = [
        web_session.hash_of(web_session.start(session, who, now=now, address=address, browser=browser))
        for who in (town.qa, town.qa, town.auditor)
    ]
    row = session.get(WebSession, marks[0])
    assert (row.address, row.browser, row.messages, row.ended_at) == ("a" * 60, "b" * 120, "[]", None)
    assert row.started_at == row.seen_at == row.proved_at == now
    web_session.end_others(session, town.qa, but=marks[0], now=now + MINUTE, reason="ended")
    web_session.end(session, marks[1], now=now + HOUR, reason="later")
    session.expire_all()
    ended = [(session.get(WebSession, mark).ended_at, session.get(WebSession, mark).end_reason) for mark in marks]
    assert ended == [(None, ""), (now + MINUTE, "ended"), (None, "")]
    web_session.mark_seen(session, marks[0], now + MINUTE)
    more = web_session.hash_of(web_session.start(session, town.qa, now=now, address="", browser=""))
    session.expire_all()
    open_ones = web_session.of_person(session, town.qa, now=now + MINUTE, config=SETTINGS)
    assert [each.id_hash for each in open_ones] == [marks[0], more]
    later = web_session.of_person(session, town.qa, now=now + 31 * MINUTE, config=SETTINGS)
    assert [each.id_hash for each in later] == [marks[0]]


def test_what_a_cookie_leads_to(session, town, now):
    def visit(token, moment=now):
        session.flush()
        return web_session.find(session.connection(), token, now=moment, config=SETTINGS)

    token = web_session.start(session, town.qa, now=now, address="", browser="")
    mark = web_session.hash_of(token)
    here = visit(token)
    assert (here.person.person_id, here.person.name, here.id_hash, here.has_messages) == (
        town.qa, "Asha Khan", mark, False,
    )  # fmt: skip
    web_session.leave_message(session, mark, "success", "Saved.")
    assert visit(token).has_messages
    late = visit(token, now + HOUR)
    assert (late.person, late.ran_out, late.just_ran_out, late.id_hash) == (None, town.qa, True, mark)
    for reason, whose in (("ran_out", town.qa), ("signed_out", None)):
        row = session.get(WebSession, mark)
        row.ended_at, row.end_reason = now, reason
        session.flush()
        seen = visit(token)
        assert (seen.person, seen.ran_out, seen.just_ran_out) == (None, whose, False)
    nobody = visit("another")
    assert (nobody.person, nobody.ran_out, nobody.just_ran_out, nobody.has_messages, nobody.id_hash) == (
        None, None, False, False, "",
    )  # fmt: skip
    other = web_session.start(session, town.auditor, now=now, address="", browser="")
    accounts.get_person(session, town.auditor).state = "disabled"
    session.flush()
    assert visit(other) == web_session.Visitor()


def test_a_form_token_holds_for_its_session_under_any_of_our_keys():
    made = web_session.csrf_token("old", "token")
    assert web_session.csrf_holds(["new", "old"], "token", made)
    assert not web_session.csrf_holds(["new"], "token", made)
    assert not web_session.csrf_holds(["new", "old"], "other", made)
    assert not web_session.csrf_holds(["old"], "token", "\udcff")


# --- wrong tries -----------------------------------------------------------------------------------------------------


def test_au_4_the_last_try_that_counts_and_the_seconds_until_the_next(session, now):
    def try_at(moment, name="asha", address="10.0.0.1"):
        return throttle.record(session, name, address, moment)

    def wait(name="asha", address="10.0.0.1", row_id=0, at=now):
        made = throttle.wait_for(session, name, address, row_id, now=at, config=TRIES)
        return made.account, made.address

    window = 5 * MINUTE
    first = try_at(now - window)  # just out of the window
    try_at(now - window + SECOND)
    second = try_at(now - MINUTE)
    assert wait() == (0, 0)
    third = try_at(now)
    assert wait() == (1, 0)
    assert wait(row_id=third) == (0, 0)  # the try itself
    assert wait(" ASHA".strip(), "10.0.0.2") == (1, 0)
    assert wait("ben") == (0, 0)
    try_at(now, name="ben")
    try_at(now + MINUTE, name="cy")  # servers side by side differ by seconds
    assert wait("dan") == (0, 1)
    assert wait("dan", at=now + SECOND) == (0, 0)
    throttle.forget(session, third)
    assert wait("dan") == (0, 0)
    try_at(now + MINUTE + SECOND, name="eve")  # counted before the clock went back
    assert wait("dan") == (0, 0)
    try_at(now - MINUTE, address="a" * 61)
    assert wait() == (1, 0)
    throttle.clear_old(session, now, TRIES)
    kept = {row.at for row in session.exec(select(WrongTry)).all()}
    assert kept == {now - window, now - window + SECOND, now - MINUTE, now, now + MINUTE}
    throttle.clear_old(session, now + SECOND, TRIES)
    assert session.get(WrongTry, first) is None and session.get(WrongTry, second) is not None


def test_au_4_somebody_is_known_where_they_signed_in_lately(session, town, now):
    web_session.start(session, town.qa, now=now, address="a" * 61, browser="")

    def known(who=town.qa, address="a" * 60, at=now):
        return throttle.is_known_here(session, who, address, at, TRIES)

    assert [known(), known(address="a" * 70), known(address="b"), known(who=town.auditor)] == [
        True, True, False, False,
    ]  # fmt: skip
    assert [known(at=now + 30 * DAY - SECOND), known(at=now + 30 * DAY)] == [True, False]


# --- links -----------------------------------------------------------------------------------------------------------


def test_au_12_a_link_works_until_its_moment_and_says_why_not_after(app, session, town, now):
    token = accounts.make_link(session, town.qa, "reset", config=app.config, by=town.admin, now=now, authority_id=1)
    row = session.exec(select(Invitation)).one()
    read, person = accounts.read_link(session, token, row.expires_at - SECOND)
    assert (read.token_hash, person.id) == (row.token_hash, town.qa)
    for moment in (row.expires_at, row.expires_at + SECOND):
        with pytest.raises(LinkIsDead) as dead:
            accounts.read_link(session, token, moment)
        assert (dead.value.why, dead.value.at) == ("ran_out", row.expires_at)
    with pytest.raises(LinkIsDead) as dead:
        accounts.read_link(session, "another", now)
    assert (dead.value.why, dead.value.at) == ("never", None)
    session.commit()
    open_one = web_session.hash_of(web_session.start(session, town.qa, now=now, address="", browser=""))
    assert accounts.use_link(session, token, "hash", now + MINUTE) == town.qa
    session.expire_all()
    assert session.get(WebSession, open_one).end_reason == "password_set"
    assert accounts.get_person(session, town.qa).password_hash == "hash"
    with pytest.raises(LinkIsDead) as dead:
        accounts.use_link(session, token, "other", now + HOUR)
    assert (dead.value.why, dead.value.at) == ("used", now + MINUTE)
    newer = accounts.make_link(session, town.qa, "reset", config=app.config, by=None, now=now + DAY)
    newest = accounts.make_link(session, town.qa, "reset", config=app.config, by=None, now=now + DAY + MINUTE)
    with pytest.raises(LinkIsDead) as dead:
        accounts.read_link(session, newer, now + DAY + MINUTE)
    assert (dead.value.why, dead.value.at) == ("used", now + DAY + MINUTE)
    accounts.read_link(session, newest, now + DAY + MINUTE)
    used = session.exec(select(Invitation.used_at).order_by(Invitation.made_at)).all()
    assert used == [now + MINUTE, now + DAY + MINUTE, None]


def test_a_link_to_join_opens_to_its_person_until_its_moment_and_once(app, session, town, now):
    session.add(Membership(authority_id=1, person_id=town.auditor, role=Role.leader, from_on=now.date() + DAY))
    session.flush()
    joining.ask(session, town.auditor, by=town.admin, now=now)
    row = session.get(Joining, (1, town.auditor))
    token = joining.make_link(session, row, config=app.config, by=town.admin, now=now)
    session.flush()
    assert row.expires_at == now + timedelta(hours=app.config["INVITATION_HOURS"])

    def why(who=town.auditor, at=now, given=token):
        with pytest.raises(LinkIsDead) as dead:
            joining.read_link(session, given, who, at)
        return dead.value.why, dead.value.at

    offer = joining.read_link(session, token, town.auditor, row.expires_at - SECOND)
    assert (offer.council, offer.key, offer.roles) == ("Greenhaven Council", "greenhaven", (Role.auditor, Role.leader))
    assert why(at=row.expires_at) == ("ran_out", row.expires_at)
    assert why(given="another") == ("never", None)
    assert why(who=town.qa) == ("another", None)
    for membership in session.exec(select(Membership).where(Membership.person_id == town.auditor)).all():
        membership.to_on = now.date()
    session.flush()
    assert joining.read_link(session, token, town.auditor, now).roles == (Role.auditor, Role.leader)
    for membership in session.exec(select(Membership).where(Membership.person_id == town.auditor)).all():
        membership.to_on = now.date() - DAY
    session.flush()
    assert why() == ("ran_out", row.expires_at)
    session.add(Membership(authority_id=1, person_id=town.auditor, role=Role.auditor, from_on=now.date()))
    session.flush()
    joining.join(session, token, town.auditor, now + MINUTE)
    session.expire_all()
    assert why() == ("used", now + MINUTE)
    again = joining.make_link(session, row, config=app.config, by=town.qa, now=now + HOUR)
    assert why(given=token) == ("never", None)
    assert why(given=again) == ("used", now + MINUTE)
    lines = session.exec(select(HistoryEntry).where(HistoryEntry.event == "people.joined")).all()
    assert [(line.actor, line.authority_id) for line in lines] == [(town.auditor, 1)]


# --- registers -------------------------------------------------------------------------------------------------------


def test_ex_6_the_hour_and_the_seconds_until_the_next_register(session, town, now):
    config = {"EXPORTS_PER_HOUR": 2, "WHOLE_EXPORTS_PER_DAY": 9}

    def take(moment, who=town.qa):
        return exports.count_export(session, "audits", is_whole=False, config=config, by=who, now=moment)

    assert [take(now), take(now + 10 * MINUTE)] == [0, 0]
    assert take(now + 20 * MINUTE) == 40 * 60
    assert take(now + HOUR - SECOND) == 1
    assert take(now + 20 * MINUTE, who=town.admin) == 0
    assert take(now + HOUR) == 0
    assert take(now + HOUR) == 10 * 60
    assert take(now) == 3600  # the clock went back: never longer than the hour
    assert len(session.exec(select(RegisterExport)).all()) == 4
    refused = session.exec(select(HistoryEntry).where(HistoryEntry.event == "people.export_stopped")).all()
    assert [(line.actor, line.outcome) for line in refused] == [(town.qa, "refused")] * 4


def test_a_name_of_ones_own_has_1_to_120_characters(session, town, now):
    person = accounts.get_person(session, town.qa)
    for name in ("n", "n" * 120):
        accounts.change_own_name(session, name, person.revision, by=town.qa, now=now)
    for name in (" ", "n" * 121):
        with pytest.raises(Invalid, match="1 to 120 characters"):
            accounts.change_own_name(session, name, person.revision, by=town.qa, now=now)
    assert (person.name, person.revision) == ("n" * 120, 3)


def test_a_changed_password_keeps_this_session_and_ends_the_others(session, town, now):
    keeping, other = (
        web_session.hash_of(web_session.start(session, town.qa, now=now, address="", browser="")) for _ in range(2)
    )
    revision = accounts.get_person(session, town.qa).revision
    accounts.change_password(session, town.qa, "new hash", keeping=keeping, now=now + MINUTE)
    session.expire_all()
    person = accounts.get_person(session, town.qa)
    assert (person.password_hash, person.revision) == ("new hash", revision + 1)
    assert session.get(WebSession, keeping).ended_at is None
    assert session.get(WebSession, other).end_reason == "password_changed"
    events = session.exec(select(HistoryEntry.event, HistoryEntry.actor)).all()
    assert ("people.password_changed", town.qa) in events


# --- sessions that began at the provider -----------------------------------------------------------------------------


def test_a_session_that_ends_at_the_provider_ends_that_one_here_and_without_a_name_all_of_the_identity(
    session, town, now
):
    identities = [
        ProviderIdentity(person_id=town.qa, issuer=each, subject="q", made_at=now, used_at=now) for each in "xy"
    ]
    session.add_all(identities)
    session.flush()
    mine, other = (each.id for each in identities)
    began = [(mine, "a"), (mine, "b"), (mine, "c"), (other, "b"), (None, "")]
    marks = [
        web_session.hash_of(
            web_session.start(session, town.qa, now=now, address="", browser="", through=web_session.Through(*each))
        )
        for each in began
    ]

    def still_open():
        session.expire_all()
        return [each for each, mark in zip(began, marks, strict=True) if session.get(WebSession, mark).ended_at is None]

    assert web_session.through_of(session, marks[1]) == web_session.Through(mine, "b")
    assert web_session.through_of(session, "gone") == web_session.HERE
    assert web_session.end_those_of_provider(session, mine, sid="b", now=now) == 1
    assert still_open() == [(mine, "a"), (mine, "c"), (other, "b"), (None, "")]
    assert web_session.end_those_of_provider(session, mine, sid="", now=now) == 2
    assert still_open() == [(other, "b"), (None, "")]
