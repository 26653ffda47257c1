"""One account across councils: what either administrator may do to it, and how a second council is joined."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import select

from audit_app import clock, database
from audit_app.errors import NotAllowed
from audit_app.history import HistoryEntry
from audit_app.notices.tables import OutgoingMail
from audit_app.people.access import Role, system_scope
from audit_app.people.accounts.service import LinkIsDead
from audit_app.people.directory import service
from audit_app.people.joining import service as joining
from audit_app.people.tables import Joining, Membership, Person, WebSession
from tests import builders
from tests.pages import Page

PASSWORD = "three random words"
OTHERS, ZOE = "blue kettle ferry", "zoe.young@greenhaven.example"
WESTMERE = 2
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def councils(engine, town, signed_in_as, built_once):
    """Greenhaven and Westmere, each with an administrator's browser and a way to ask as its service does."""
    theirs = built_once("a second council", lambda: make_westmere(engine))
    return SimpleNamespace(
        greenhaven=signed_in_as(person_id=town.admin), westmere=signed_in_as(person_id=theirs), theirs=theirs
    )


def make_westmere(engine):
    with database.session_for(engine, system_scope("a second council")) as session:
        session.add(builders.make_authority(id=WESTMERE, key="westmere", name="Westmere"))
        session.flush()
        theirs = builders.make_person(session, [Role.admin], authority_id=WESTMERE, name="Wes Admin").id
        builders.make_person(session, [Role.admin], authority_id=WESTMERE, name="Second Wes")
    return theirs


def invite(browser, key, user_name=ZOE, name="Zoe Young", role="qa_manager"):
    """An administrator adds somebody; the paths of the links that this council's page then shows."""
    browser.get(f"/{key}/people/new")
    browser.submit({"name": name, "user_name": user_name, "roles": role})
    return [code.text.removeprefix(SITE) for code in browser.select("code")]


def set_password(app, path, password):
    browser = Page(app.test_client())
    browser.get(path)
    browser.submit({"new_password": password}, follow=False)
    return browser


def sign_in(app, password, user_name=ZOE, status=303):
    browser = Page(app.test_client())
    browser.get("/sign-in")
    browser.submit({"user_name": user_name, "password": password}, status=status, follow=False)
    return browser


def joined(browser, path):
    browser.get(path)
    return browser.submit()


def person_id(engine, user_name=ZOE):
    with database.session_for(engine, system_scope("looking")) as session:
        return session.exec(select(Person.id).where(Person.user_name == user_name)).one()


def test_the_attack_from_westmere_an_address_invited_early_opens_nothing_of_greenhaven(app, councils, engine):
    """Westmere's administrator invites an address of Greenhaven's, opens the link, and waits for it to be added."""
    (path,) = invite(councils.westmere, "westmere")
    attacker = set_password(app, path, "the attacker knows")
    links = invite(councils.greenhaven, "greenhaven")
    attacker.get("/greenhaven/", status=404)
    attacker.get("/greenhaven/findings", status=404)
    sign_in(app, "the attacker knows").get("/greenhaven/", status=404)
    assert links and all(link.startswith("/joining/") for link in links)
    shown = councils.westmere.get("/westmere/people/invitations").text
    assert not any(link in shown for link in links), "the link is Greenhaven's alone to pass on"
    with database.session_for(engine, system_scope("looking")) as session:
        assert session.exec(select(Joining.joined_at)).all() == [None]


def test_the_attack_from_greenhaven_adding_an_account_takes_nothing_of_westmere(app, councils, engine):
    """Greenhaven's administrator adds somebody of Westmere's, and tries every way into their account."""
    (path,) = invite(councils.westmere, "westmere")
    zoe = set_password(app, path, OTHERS)
    (link,) = invite(councils.greenhaven, "greenhaven", name="Not Her Name")
    found = person_id(engine)
    # The link alone sets no password and signs nobody in.
    stranger = Page(app.test_client())
    assert "/sign-in" in stranger.get(link, status=303).location
    councils.greenhaven.get(link, status=410)
    for step in ("sessions", "disable", "enable"):
        councils.greenhaven.post(f"/greenhaven/people/{found}/account", {"step": step}, status=403)
    councils.greenhaven.get(f"/greenhaven/people/{found}/name")
    councils.greenhaven.submit({"name": "Another Name"}, status=403)
    zoe.get("/westmere/", status=200)
    page = councils.greenhaven.get(f"/greenhaven/people/{found}").text
    assert "Known to the person alone" in page and "open session" not in page
    # And Westmere goes on looking after the account: being asked elsewhere takes nothing out of its hands.
    councils.westmere.post(f"/westmere/people/{found}/account", {"step": "sessions"})
    zoe.get("/westmere/", status=303)


def test_somebody_joins_a_second_council_with_the_link_and_their_own_password(app, councils, engine):
    (path,) = invite(councils.westmere, "westmere")
    zoe = set_password(app, path, OTHERS)
    (link,) = invite(councils.greenhaven, "greenhaven")
    assert "Greenhaven Council has asked you to join" in zoe.get("/your-account").text
    assert zoe.get(link).h1 == "Join Greenhaven Council"
    zoe.get("/greenhaven/", status=404)
    zoe.get(link)
    zoe.submit(follow=False)
    zoe.get("/greenhaven/", status=200)
    zoe.get("/westmere/", status=200)
    assert zoe.get(link, status=410).h1 == "This link no longer works"
    found = person_id(engine)
    with database.session_for(engine, system_scope("looking")) as session:
        entry = session.exec(select(HistoryEntry).where(HistoryEntry.event == "people.joined")).one()
        assert (entry.authority_id, entry.actor) == (builders.AUTHORITY_ID, found)


def test_a_shared_account_is_the_persons_and_neither_administrators(app, councils, engine):
    (path,) = invite(councils.westmere, "westmere")
    zoe = set_password(app, path, OTHERS)
    joined(zoe, invite(councils.greenhaven, "greenhaven")[0])
    found = person_id(engine)
    for browser, key in ((councils.greenhaven, "greenhaven"), (councils.westmere, "westmere")):
        for step in ("link", "sessions", "disable", "enable"):
            browser.post(f"/{key}/people/{found}/account", {"step": step}, status=403)
        browser.get(f"/{key}/people/{found}/name")
        browser.submit({"name": "Another Name"}, status=403)
        assert "the account is theirs" in browser.get(f"/{key}/people/{found}").text
    zoe.get("/your-account/name")
    zoe.submit({"name": "Zoe Young-Hill"})
    assert councils.westmere.get(f"/westmere/people/{found}").h1 == "Zoe Young-Hill"
    # An administrator ends the membership in their own council alone.
    councils.westmere.get(f"/westmere/people/{found}/roles")
    councils.westmere.submit({"roles": None})
    zoe.get("/westmere/", status=404)
    zoe.get("/greenhaven/", status=200)


def test_who_works_for_one_council_does_not_rename_themselves(app, councils, engine):
    (path,) = invite(councils.westmere, "westmere")
    set_password(app, path, OTHERS).get("/your-account/name", status=403)


def test_a_returner_whose_account_was_in_other_hands_joins_afresh(session, town, councils, now):
    """Greenhaven's auditor leaves for Westmere, whose administrator may then set the password; Greenhaven takes them
    back: nothing opens before they have joined again."""
    person = town.auditor
    service.end_role(
        session, person, Role.auditor, last_day=clock.today() - timedelta(days=1), by=town.admin, now=clock.now()
    )
    session.add(Membership(authority_id=WESTMERE, person_id=person, role=Role.leader, from_on=builders.LONG_AGO))
    session.flush()
    service.give_role(session, person, Role.auditor, from_on=clock.today(), by=town.admin, now=clock.now())
    assert session.get(Joining, (builders.AUTHORITY_ID, person)).joined_at is None
    # A role more for somebody who is here asks for nothing.
    service.give_role(session, town.qa, Role.leader, from_on=clock.today(), by=town.admin, now=clock.now())
    assert session.get(Joining, (builders.AUTHORITY_ID, town.qa)) is None


def test_an_account_whose_roles_elsewhere_have_ended_still_has_to_join(app, councils, engine):
    """The same attack with its traces removed: Westmere ends the roles before Greenhaven adds the address."""
    (path,) = invite(councils.westmere, "westmere")
    attacker = set_password(app, path, "the attacker knows")
    councils.westmere.get(f"/westmere/people/{person_id(engine)}/roles")
    councils.westmere.submit({"roles": None})
    links = invite(councils.greenhaven, "greenhaven")
    assert all(link.startswith("/joining/") for link in links)
    attacker.get("/greenhaven/", status=404)


def test_somebody_who_has_not_joined_does_not_count_as_an_administrator(session, town, councils):
    joining.ask(session, town.second_admin, by=town.admin, now=clock.now())
    with pytest.raises(NotAllowed, match="last administrator"):
        service.end_role(session, town.admin, Role.admin, last_day=clock.today(), by=town.second_admin, now=clock.now())


@pytest.fixture
def asked(app, session, town, councils):
    """Westmere's administrator is asked to join Greenhaven; call with a moment for the link's token."""
    person = service.add_person(
        session, session.get(Person, councils.theirs).user_name, "Wes", [Role.leader],
        from_on=clock.today(), by=town.admin, now=clock.now(),
    )  # fmt: skip

    def link(now):
        return service.send_link(session, person.id, config=app.config, by=town.admin, now=now)

    return link


def everywhere(session):
    session.info["scope"] = system_scope("a link to join")
    return session


def test_a_link_to_join_dies_with_its_hours_its_use_and_a_newer_one(session, town, councils, asked):
    now = clock.now()
    first, second = asked(now - timedelta(hours=1)), asked(now)
    with pytest.raises(LinkIsDead) as dead:
        joining.read_link(everywhere(session), first, councils.theirs, now)
    assert dead.value.why == "never"
    with pytest.raises(LinkIsDead) as dead:
        joining.read_link(session, second, councils.theirs, now + timedelta(hours=72))
    assert dead.value.why == "ran_out"
    with pytest.raises(LinkIsDead) as dead:
        joining.join(session, second, town.qa, now)
    assert dead.value.why == "another"
    joining.join(session, second, councils.theirs, now)
    with pytest.raises(LinkIsDead) as dead:
        joining.join(session, second, councils.theirs, now)
    assert dead.value.why == "used"


def test_two_who_press_join_at_once_join_once(session, councils, asked, monkeypatch):
    """Both have read the link before either writes."""
    token, now = asked(clock.now()), clock.now()
    offer = joining.read_link(everywhere(session), token, councils.theirs, now)
    monkeypatch.setattr(joining, "read_link", lambda *_given: offer)
    joining.join(session, token, councils.theirs, now)
    with pytest.raises(LinkIsDead):
        joining.join(session, token, councils.theirs, now)


def test_two_councils_that_add_one_address_at_once_share_one_account(session, town, councils, now, monkeypatch):
    """The second finds no account when it looks, and one when it writes."""
    builders.make_person(session, [Role.auditor], authority_id=WESTMERE, user_name=ZOE)
    session.flush()
    real, calls = service.accounts.find_account, []

    def late(session, user_name):
        calls.append(user_name)
        return None if len(calls) == 1 else real(session, user_name)

    monkeypatch.setattr(service.accounts, "find_account", late)
    person = service.add_person(session, ZOE, "Zoe", [Role.leader], from_on=clock.today(), by=town.admin, now=now)
    assert session.get(Joining, (builders.AUTHORITY_ID, person.id)).joined_at is None


def test_with_e_mail_the_link_goes_to_the_address_alone_and_its_owner_takes_the_account(app, councils, engine, session):
    app.config.update(SMTP_HOST="mail.example", MAIL_FROM="noreply@greenhaven.example", JOBS_IMMEDIATE=False)
    assert invite(councils.westmere, "westmere") == []
    assert invite(councils.greenhaven, "greenhaven") == []
    visitor = Page(app.test_client())
    visitor.get("/forgotten-password")
    visitor.submit({"user_name": ZOE}, status=200)
    mails = everywhere(session).exec(select(OutgoingMail).order_by(OutgoingMail.at)).all()
    own = {row.kind: row.path for row in mails if row.to_address == ZOE}
    session.rollback()
    assert {"people.joining", "people.reset"} <= set(own)
    zoe = set_password(app, own["people.reset"], OTHERS)
    joined(zoe, own["people.joining"])
    zoe.get("/greenhaven/", status=200)


def test_being_asked_elsewhere_ends_no_session_and_no_link_of_the_first_council(app, councils, engine):
    (path,) = invite(councils.westmere, "westmere")
    links = invite(councils.greenhaven, "greenhaven")
    assert path not in links, "the link that sets the password is shown to the council that looks after the account"
    zoe = set_password(app, path, OTHERS)
    found = person_id(engine)
    councils.greenhaven.post(f"/greenhaven/people/{found}/account", {"step": "link"})
    zoe.get("/westmere/", status=200)
    with database.session_for(engine, system_scope("looking")) as session:
        assert session.exec(select(WebSession.ended_at).where(WebSession.person_id == found)).all() == [None]


def test_the_command_line_asks_to_join_too(app, councils, engine):
    invite(councils.westmere, "westmere")
    line = ["people", "invite", "--key", "greenhaven", "--name", "Zoe", "--email", ZOE, "--role", "auditor"]
    done = app.test_cli_runner().invoke(args=line)
    assert done.exit_code == 0 and "/joining/" in done.output and "/one-time-links/" not in done.output
    reset = app.test_cli_runner().invoke(args=["people", "reset-link", "--key", "greenhaven", "--email", ZOE])
    assert "/one-time-links/" in reset.output, "whoever runs the service can always help"
