"""What services of people, teams, posts and settings refuse, by its words, and that nothing is left of it."""

import json
from datetime import timedelta

import pytest
from sqlmodel import func, select

from audit_app import clock, database
from audit_app.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale
from audit_app.history import HistoryEntry
from audit_app.people import queries
from audit_app.people.access import Role, system_scope, web_session
from audit_app.people.accounts import service as accounts
from audit_app.people.accounts import service_mail as mail
from audit_app.people.arrivals import service as arrivals
from audit_app.people.directory import service
from audit_app.people.first_day import service as first_day
from audit_app.people.organisation import service as organisation
from audit_app.people.organisation import service_posts as posts
from audit_app.people.tables import (
    AccountState,
    Authority,
    BragMeaning,
    EscalationContact,
    Invitation,
    InvitationPurpose,
    Membership,
    Person,
    Post,
    Service,
    Team,
    WebSession,
)
from audit_app.sheets import Row
from tests import builders

DAY = timedelta(days=1)
JUNE = builders.MOMENT.date()
LONG = "n" * 120


@pytest.fixture
def by(town, now):
    return {"by": town.admin, "now": now}


def count(session, table):
    return session.exec(select(func.count()).select_from(table)).one()


def noted(session, *events):
    """The events of these codes in their order, each with who did it, in which council, and its facts."""
    entries = session.exec(
        select(HistoryEntry).where(HistoryEntry.event.in_(events)).order_by(HistoryEntry.sequence)
    ).all()
    facts = [{what: fact for what, fact in json.loads(entry.facts).items() if what != "seals"} for entry in entries]
    return [(entry.event, entry.actor, entry.authority_id, fact) for entry, fact in zip(entries, facts, strict=True)]


# --- the council's settings ------------------------------------------------------------------------------------------


def test_a_council_has_a_name_of_1_to_200_characters_and_a_key_of_its_own(session):
    assert first_day.make_authority(session, f"  {'n' * 200} ", "ab").name == "n" * 200
    first_day.make_authority(session, "n", "c" * 60)
    for name in (" ", "n" * 201):
        with pytest.raises(Invalid, match="a name of 1 to 200 characters"):
            first_day.make_authority(session, name, "third")
    with pytest.raises(Invalid, match="already a council with the key greenhaven"):
        first_day.make_authority(session, "Again", builders.AUTHORITY_KEY)
    for key in ("a", "c" * 61, "a--b", "ab-", "1ab", "Ab"):
        with pytest.raises(Invalid, match="2 to 60 small letters"):
            first_day.make_authority(session, "New", key)
    assert count(session, Authority) == 3


def test_a_council_is_set_up_once_and_its_settings_are_noted_only_when_they_change(session, town, by, now):
    row = session.get(Authority, builders.AUTHORITY_ID)
    assert row.set_up_at == now
    later = {**by, "now": now + DAY}
    first_day.set_name(session, " Green  Haven ", "OFFICIAL", row.revision, **later)
    assert (row.name, row.marking, row.set_up_at) == ("Green Haven", "OFFICIAL", now)
    with pytest.raises(Stale):
        first_day.set_name(session, "Overwritten", "", row.revision - 1, **by)
    vary = {"letters_vary": False, "figures_vary": False}
    with pytest.raises(Invalid) as refused:
        first_day.set_references(session, "no pattern", **vary, **by)
    assert refused.value.field == "example" and row.reference_example == "G-123456"
    for _ in range(2):
        first_day.set_references(session, " ab-1234 ", **vary, **by)
    assert (row.reference_pattern != r"G-\d{6}", row.reference_example) == (True, "AB-1234")
    for _ in range(2):
        first_day.set_colours(session, {"blue": ("Done", "It helped")}, **by)
    with pytest.raises(Invalid, match="There is no such colour"):
        first_day.set_colours(session, {"pink": ("Done", "It helped")}, **by)
    assert session.exec(select(BragMeaning.colour, BragMeaning.word, BragMeaning.meaning)).all() == [
        ("blue", "Done", "It helped")
    ]
    changed = [facts["what"] for _event, _who, _council, facts in noted(session, "people.settings_changed")]
    assert changed == ["name", "references", "colours"]


def test_settings_of_a_council_that_is_not_there_are_not_found(app, engine, now):
    with database.AuditSession(engine, info={"scope": system_scope("a test", 77)}) as elsewhere:
        for write in (
            lambda: first_day.set_logo(elsewhere, "0" * 64, by=1, now=now),
            lambda: first_day.remove_contact(elsewhere, 1, by=1, now=now),
        ):
            with pytest.raises(NotFound):
                write()


def test_pasted_teams_of_which_one_cannot_be_added_say_so_under_their_field(session, town, by):
    with pytest.raises(Invalid, match="already a team called Duty Team") as refused:
        first_day.add_teams(session, "Early Help: duty team", on=JUNE, **by)
    assert refused.value.field == "teams"
    session.rollback()
    # One that opens later is not there yet, and its name is taken all the same.
    safeguarding = queries.team_as_of(session, town.duty, JUNE).service_id
    organisation.open_team(session, "Late Team", safeguarding, on=JUNE + timedelta(days=30), **by)
    with pytest.raises(Invalid, match="already a team called Late Team") as refused:
        first_day.add_teams(session, "Safeguarding: late team", on=JUNE, **by)
    assert refused.value.field == "teams"
    session.rollback()
    assert first_day.add_teams(
        session, "SAFEGUARDING: duty team\nSafeguarding: Night Team\nNew: One", on=JUNE, **by
    ) == (2, 1)
    assert count(session, Service) == 3


def test_a_contact_is_somebody_of_this_council_once_for_each_service(session, town, by):
    duty = queries.team_as_of(session, town.duty, JUNE).service_id
    with pytest.raises(Invalid, match="Choose a person from the list"):
        first_day.add_contact(session, 12345, None, "", **by)
    with pytest.raises(Invalid, match="Choose a service from the list"):
        first_day.add_contact(session, town.qa, 12345, "", **by)
    for person_id, service_id in ((town.qa, None), (town.qa, duty), (town.manager, None)):
        first_day.add_contact(session, person_id, service_id, "01", **by)
        with pytest.raises(Invalid, match="already a contact there"):
            first_day.add_contact(session, person_id, service_id, "02", **by)
    contacts = session.exec(select(EscalationContact).order_by(EscalationContact.position)).all()
    assert [(row.person_id, row.service_id, row.position) for row in contacts] == [
        (town.qa, None, 1),
        (town.qa, duty, 2),
        (town.manager, None, 3),
    ]
    first_day.remove_contact(session, contacts[1].id, **by)
    with pytest.raises(NotFound, match="No such contact"):
        first_day.remove_contact(session, 12345, **by)
    assert noted(session, "people.contact_added", "people.contact_removed")[2:] == [
        ("people.contact_added", town.admin, 1, {"person": town.manager}),
        ("people.contact_removed", town.admin, 1, {"person": town.qa}),
    ]


# --- services, teams, posts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [(" ", "Enter the name of the"), ("n" * 121, "Name must be 120 characters or fewer"), (LONG, ""), ("n", "")],
)
def test_a_service_and_a_team_have_a_name_of_1_to_120_characters(session, town, by, name, words):
    safeguarding = queries.team_as_of(session, town.duty, JUNE).service_id
    writes = (
        lambda: organisation.make_service(session, name, from_on=JUNE, **by),
        lambda: organisation.open_team(session, name, safeguarding, on=JUNE, **by),
    )
    for write in writes:
        if words:
            with pytest.raises(Invalid, match=words):
                write()
        else:
            write()
    assert (count(session, Service), count(session, Team)) == ((2, 2) if words else (3, 3))


def test_a_name_in_use_is_refused_in_any_capitals(session, town, by):
    with pytest.raises(Invalid, match="already a service called Safeguarding"):
        organisation.make_service(session, " SAFEGUARDING ", from_on=JUNE, **by)
    posts.make_post(session, "Head of Duty", **by)
    with pytest.raises(Invalid, match="already a post called head of duty"):
        posts.make_post(session, "head  of duty", **by)
    for title in (" ", "t" * 121):
        with pytest.raises(Invalid, match="a title of 1 to 120 characters"):
            posts.make_post(session, title, **by)
    with pytest.raises(Invalid, match="Choose a service from the list"):
        posts.make_post(session, "Elsewhere", service_id=12345, **by)
    posts.make_post(session, "t" * 120, **by)
    assert count(session, Post) == 2
    post = session.exec(select(Post).where(Post.title == "Head of Duty")).one()
    with pytest.raises(Invalid, match="Choose a person from the list"):
        posts.give_post(session, post.id, 12345, on=JUNE, **by)
    posts.close_post(session, post.id, last_day=JUNE, **by)
    posts.make_post(session, "HEAD OF DUTY", **by)


# --- people and their accounts ---------------------------------------------------------------------------------------


def test_nobody_is_added_without_an_address_a_role_or_twice(session, town, by):
    new = {"from_on": JUNE, **by}
    with pytest.raises(Invalid, match="Choose at least one role"):
        service.add_person(session, "new@greenhaven.example", "New", [], **new)
    with pytest.raises(Invalid) as refused:
        service.add_person(session, "no address", "New", [Role.leader], **new)
    assert refused.value.field == "user_name"
    with pytest.raises(Invalid, match="already somebody with this e-mail address"):
        service.add_person(session, " Asha.KHAN@greenhaven.example", "New", [Role.leader], **new)
    assert count(session, Person) == 5
    added = service.add_person(session, "new@greenhaven.example", "New", [Role.leader, Role.auditor], **new)
    assert noted(session, "people.added", "people.role_given", "people.asked_to_join") == [
        ("people.role_given", town.admin, 1, {"person": added.id, "role": role, "from_on": JUNE.isoformat()})
        for role in ("auditor", "leader")
    ] + [("people.added", town.admin, 1, {"person": added.id})]


def test_what_one_does_to_ones_own_account_is_not_done_as_an_administrator(app, session, town, by):
    with pytest.raises(NotAllowed, match="disable your own account"):
        service.disable_person(session, town.admin, on=JUNE, **by)
    with pytest.raises(NotAllowed, match="Nobody enables their own account"):
        service.enable_person(session, town.admin, **by)
    with pytest.raises(NotAllowed, match="on your account page"):
        service.send_link(session, town.admin, config=app.config, **by)
    with pytest.raises(NotAllowed, match="own roles"):
        service.end_role(session, town.admin, Role.admin, last_day=JUNE, **by)
    with pytest.raises(Invalid, match="not disabled"):
        service.enable_person(session, town.qa, **by)
    service.rename_person(session, town.admin, "Ada A", 1, **by)


def test_a_disabled_account_gets_no_link_and_comes_back_as_it_was(app, session, town, by):
    for password_hash, state in (("", AccountState.invited), ("kept", AccountState.active)):
        session.get(Person, town.qa).password_hash = password_hash
        service.disable_person(session, town.qa, on=JUNE, **by)
        with pytest.raises(Invalid, match="Enable it first"):
            service.send_link(session, town.qa, config=app.config, **by)
        service.enable_person(session, town.qa, **by)
        assert session.get(Person, town.qa).state == state
    assert count(session, Invitation) == 0
    who = [("people.disabled", {"person": town.qa}), ("people.enabled", {"person": town.qa})]
    assert [(event, facts) for event, _who, _council, facts in noted(session, *dict(who))] == who * 2


def test_a_link_is_an_invitation_until_there_is_a_password_and_then_a_reset(app, session, town, by, now):
    session.get(Person, town.auditor).password_hash = ""
    for person_id in (town.auditor, town.qa):
        service.send_link(session, person_id, config=app.config, **by)
    made = {row.person_id: row for row in session.exec(select(Invitation)).all()}
    assert made[town.auditor].purpose is InvitationPurpose.invitation
    assert made[town.qa].purpose is InvitationPurpose.reset
    assert made[town.qa].expires_at == now + timedelta(hours=app.config["RESET_HOURS"])
    assert made[town.auditor].expires_at == now + timedelta(hours=app.config["INVITATION_HOURS"])


def test_who_belongs_to_no_council_is_sent_no_letter(session, town, now):
    stranger = builders.make_person(session)
    row = Invitation(token_hash="", person_id=stranger.id, purpose="reset", made_at=now, expires_at=now)
    assert mail.send_link(session, stranger, row, "token", None) is False


def test_a_session_or_person_that_is_not_there_is_not_found(session, town, now):
    theirs = web_session.hash_of(web_session.start(session, town.qa, now=now, address="", browser=""))
    for only in (theirs, "0" * 64):
        with pytest.raises(NotFound, match="No such session"):
            accounts.end_sessions(session, town.auditor, only=only, by=town.auditor, now=now)
    with pytest.raises(NotFound, match="No such session"):
        accounts.renew_session(session, "0" * 64, now=now)
    with pytest.raises(NotFound, match="No such person"):
        accounts.get_person(session, 12345)
    assert session.get(WebSession, theirs).ended_at is None
    accounts.replace_session(session, theirs, now=now)
    accounts.replace_session(session, theirs, now=now + DAY)
    accounts.replace_session(session, "0" * 64, now=now)
    ended = session.get(WebSession, theirs)
    session.refresh(ended)
    assert (ended.ended_at, ended.end_reason) == (now, "replaced")
    assert noted(session, "people.signed_out") == [("people.signed_out", town.qa, None, {})]


def test_ones_own_name_is_not_written_over_a_newer_one(session, town, now):
    person = session.get(Person, town.qa)
    seen = person.revision
    accounts.change_own_name(session, " Asha  K. ", seen, by=town.qa, now=now)
    for other in (seen, seen + 2):
        with pytest.raises(Stale):
            accounts.change_own_name(session, "Older", other, by=town.qa, now=now)
    assert (person.name, person.revision) == ("Asha K.", seen + 1)


def test_renewing_a_session_keeps_when_it_began_and_what_waits_for_its_next_page(session, town, now):
    begun = now - timedelta(hours=2)
    old = web_session.hash_of(web_session.start(session, town.qa, now=begun, address="10.0.0.7", browser="Firefox"))
    web_session.leave_message(session, old, "success", "Saved.")
    new = session.get(WebSession, web_session.hash_of(accounts.renew_session(session, old, now=now)))
    assert (new.started_at, new.proved_at, new.seen_at) == (begun, now, now)
    assert (new.address, new.browser) == ("10.0.0.7", "Firefox")
    assert web_session.take_messages(session, new.id_hash) == [("success", "Saved.")]
    assert web_session.take_messages(session, new.id_hash) == []
    assert web_session.take_messages(session, "0" * 64) == []
    row = session.get(WebSession, old)
    session.refresh(row)
    assert (row.ended_at, row.end_reason) == (now, "renewed")


def test_five_sentences_at_most_wait_the_newest(session, town, now):
    mark = web_session.hash_of(web_session.start(session, town.qa, now=now, address="", browser=""))
    for number in range(7):
        web_session.leave_message(session, mark, "success", str(number))
    web_session.leave_message(session, "0" * 64, "success", "nobody's")
    assert [text for _kind, text in web_session.take_messages(session, mark)] == ["2", "3", "4", "5", "6"]


# --- the door --------------------------------------------------------------------------------------------------------


def test_au_9_a_page_moves_the_idle_limit_and_a_second_one_within_a_minute_does_not(signed_in_as, town, engine):
    me = signed_in_as(person_id=town.qa)

    def seen_at(changed=None):
        with database.session_for(engine, system_scope("a test")) as session:
            row = session.exec(select(WebSession)).one()
            row.seen_at = changed or row.seen_at
            session.add(row)
            return row.seen_at

    lately = seen_at(clock.now() - timedelta(seconds=50))
    me.get("/your-account")
    assert seen_at() == lately
    before = seen_at(clock.now() - timedelta(minutes=29))
    me.get("/your-account")
    assert clock.now() - seen_at() < timedelta(seconds=30) and seen_at() > before


def test_a_system_scope_says_why():
    for reason in ("", " "):
        with pytest.raises(ValueError, match="needs a reason"):
            system_scope(reason)


def test_a_workbook_that_no_longer_fits_brings_in_nobody(session, town, by, app):
    values = {"user_name": "new@greenhaven.example", "name": "New", "roles": ["auditor"], "team": "", "service": "",
              "manages": False, "manager": "gone@greenhaven.example", "post": ""}  # fmt: skip
    waiting = arrivals.Waiting("0" * 64, "people.xlsx", (Row(2, values),))
    with pytest.raises(OutOfTurn, match="Upload it again"):
        arrivals.bring_in(session, waiting, config=app.config, on=JUNE, **by)
    assert count(session, Person) == 5 and count(session, Membership) == 5
