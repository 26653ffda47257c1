"""A person's own page: AU-8, AU-10, AU-11, AU-13."""

from datetime import timedelta

import pytest
from sqlmodel import select

from audit_app import clock, database
from audit_app.errors import Invalid
from audit_app.people.access import system_scope
from audit_app.people.accounts import service
from audit_app.people.tables import Person, WebSession

PASSWORD = "three random words"


def test_au_11_a_person_sees_and_ends_their_own_sessions(signed_in_as, town):
    here, there, third = (signed_in_as(person_id=town.qa) for _ in range(3))
    here.get("/your-account")
    assert here.text.count("This session") == 1
    button = here.first("button", name="which")
    here.post("/your-account/sessions", {"which": button.get("value")})
    assert "Session ended." in here.text
    here.post("/your-account/sessions", {"which": "others"})
    there.get("/your-account", status=303)
    third.get("/your-account", status=303)
    here.get("/your-account")


def test_au_11_nobody_ends_somebody_elses_session_by_its_mark(signed_in_as, town, engine):
    mine, theirs = signed_in_as(person_id=town.qa), signed_in_as(person_id=town.auditor)
    with database.session_for(engine, system_scope("looking")) as session:
        mark = session.exec(select(WebSession).where(WebSession.person_id == town.auditor)).one().id_hash[:16]
    mine.get("/your-account")
    mine.post("/your-account/sessions", {"which": mark}, status=404)
    theirs.get("/your-account")


def test_au_10_changing_the_password_ends_the_other_sessions_and_not_this_one(signed_in_as, town, page):
    here, there = signed_in_as(person_id=town.qa), signed_in_as(person_id=town.qa)
    here.get("/your-account/password")
    here.submit({"current_password": PASSWORD, "new_password": "blue kettle ferry"})
    assert here.h1 == "Your account"
    assert "Your password has changed" in here.text
    there.get("/your-account", status=303)
    page.get("/sign-in")
    page.submit({"user_name": "asha.khan@greenhaven.example", "password": "blue kettle ferry"}, follow=False)


def test_a_wrong_present_password_changes_nothing(signed_in_as, town):
    here = signed_in_as(person_id=town.qa)
    here.get("/your-account/password")
    here.submit({"current_password": "something else", "new_password": "blue kettle ferry"}, status=422)
    assert "Present password is wrong" in here.text
    here.submit({"current_password": PASSWORD, "new_password": "short"}, status=422)


def test_au_13_an_old_proof_asks_for_the_password_and_comes_back(signed_in_as, town, engine, home):
    ada = signed_in_as(person_id=town.admin)
    with database.session_for(engine, system_scope("time passes")) as session:
        for row in session.exec(select(WebSession)).all():
            row.proved_at -= timedelta(minutes=6)
            session.add(row)
    seen = ada.get(f"{home}/people/{town.auditor}/roles", status=303)
    assert seen.location.startswith("/prove?next=")
    ada.get(seen.location)
    before = ada.client.get_cookie("__Host-session").value
    ada.submit({"password": "something else"}, status=422)
    ada.submit({"password": PASSWORD})
    assert ada.h1 == "Roles: Owen Lewis"
    assert ada.client.get_cookie("__Host-session").value != before, "AU-8: a new id after the proof"
    ada.client.set_cookie("__Host-session", before, secure=True)
    assert "/sign-in" in ada.get("/your-account", status=303).location


def test_au_13_wrong_proofs_are_throttled(signed_in_as, town):
    ada = signed_in_as(person_id=town.admin)
    ada.get("/prove")
    for _ in range(5):
        ada.submit({"password": "something else"}, status=422)
    ada.submit({"password": PASSWORD}, status=429)


def test_au_9_one_press_keeps_the_session_going(signed_in_as, town):
    asha = signed_in_as(person_id=town.qa)
    asha.get("/your-account")
    asha.post("/stay-signed-in", {"next": "/your-account"})
    assert asha.h1 == "Your account"


def test_a_name_of_nothing_is_refused_whoever_asks(session, town):
    person = session.get(Person, town.qa)
    for name in ("", "  ", "x" * 1_000):
        with pytest.raises(Invalid, match="Enter a name"):
            service.change_own_name(session, name, person.revision, by=town.qa, now=clock.now())
    service.change_own_name(session, " Asha  Khan-Lee ", person.revision, by=town.qa, now=clock.now())
    assert person.name == "Asha Khan-Lee"
