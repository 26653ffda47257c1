"""AU-13 and EX-6: the password again before a sensitive step, and a limit on registers taken out."""

from datetime import timedelta

import pytest
from sqlmodel import select

from audit_app import clock, database
from audit_app.history import HistoryEntry
from audit_app.notices.tables import Notice
from audit_app.people.access import Role, system_scope
from audit_app.people.exports import service
from audit_app.people.tables import Person, WebSession

PASSWORD = "three random words"
PAGES = (
    "people/new",
    "people/invitations",
    "people/workbook",
    "posts/new",
    "people/{auditor}/roles",
    "people/{auditor}/team",
    "people/{auditor}/hand-over",
)
REGISTERS = ("findings/register.xlsx", "areas-for-improvement/register.xlsx")


def let_the_proof_age(engine, minutes=6):
    with database.session_for(engine, system_scope("time passes")) as session:
        for row in session.exec(select(WebSession)).all():
            row.proved_at -= timedelta(minutes=minutes)
            session.add(row)


@pytest.mark.parametrize("address", PAGES)
def test_au_13_accounts_roles_and_links_ask_for_the_password_again(admin, home, town, engine, address):
    path = f"{home}/{address.format(auditor=town.auditor)}"
    admin.get(path)
    let_the_proof_age(engine)
    assert admin.get(path, status=303).location.startswith("/prove?next=")


def test_au_13_what_was_typed_for_longer_than_a_proof_lasts_is_on_the_page_again(admin, home, town, engine):
    admin.get(f"{home}/people/new")
    let_the_proof_age(engine)
    admin.submit({"name": "Nia Price", "user_name": "nia@greenhaven.example", "roles": "auditor"})
    assert admin.h1 == "Enter your password again"
    admin.submit({"password": PASSWORD})
    assert admin.form_data(-1)["name"] == "Nia Price"
    with database.session_for(engine, system_scope("looking")) as session:
        assert session.exec(select(Person).where(Person.user_name == "nia@greenhaven.example")).all() == []
    admin.submit()
    assert "Nia Price has been added" in admin.text


@pytest.mark.parametrize("address", (*REGISTERS, "audits/register.xlsx"))
def test_au_13_a_register_is_taken_out_only_after_the_password(signed_in_as, home, town, engine, address):
    asha = signed_in_as(person_id=town.qa)
    asha.get(f"{home}/{address}")
    let_the_proof_age(engine)
    assert asha.get(f"{home}/{address}", status=303).location.startswith("/prove?next=")


def test_au_13_the_register_of_actions_too(signed_in_as, home, town, engine):
    asha = signed_in_as(person_id=town.qa)
    asha.get(f"{home}/plan-actions")
    asha.post(f"{home}/plan-actions/register.xlsx", status=200, follow=False)
    let_the_proof_age(engine)
    seen = asha.post(f"{home}/plan-actions/register.xlsx", follow=False)
    assert seen.location.startswith("/prove?next=")


def test_ex_6_after_so_many_in_an_hour_the_next_one_waits(app, signed_in_as, home, town, engine):
    app.config["EXPORTS_PER_HOUR"] = 2
    asha, mary = signed_in_as(person_id=town.qa), signed_in_as(person_id=town.manager)
    for address in REGISTERS:
        asha.get(f"{home}/{address}?words=neglect")
    seen = asha.get(f"{home}/{REGISTERS[0]}", status=429)
    assert 0 < int(seen.response.headers["Retry-After"]) <= 3600
    assert "2 workbooks within an hour" in seen.text and "Wait 60 minutes" in seen.text
    mary.get(f"{home}/{REGISTERS[0]}")
    with database.session_for(engine, system_scope("looking")) as session:
        noted = [entry.event for entry in session.exec(select(HistoryEntry)).all()]
    assert (noted.count("people.register_exported"), noted.count("people.export_stopped")) == (3, 1)


@pytest.fixture
def take_out(session, app):
    def export(by, now, **more):
        given = {"is_whole": True, **more}
        return service.count_export(session, "findings", config=app.config, by=by, now=now, **given)

    return export


def told(session):
    codes = session.exec(select(Notice.person_id).where(Notice.code == service.MANY_WHOLE)).all()
    return sorted(codes)


def test_ex_6_the_fourth_whole_register_of_a_day_is_told_to_the_qa_manager_once(session, town, take_out, now):
    for hour in range(3):
        assert take_out(town.manager, now + timedelta(hours=hour)) == 0
    assert told(session) == []
    take_out(town.manager, now + timedelta(hours=3), is_whole=False)
    assert told(session) == []
    for hour in (4, 5):
        take_out(town.manager, now + timedelta(hours=hour))
    assert told(session) == [town.qa]
    for hour in range(4):  # another day, of which the one before counts nothing
        assert told(session) == [town.qa]
        take_out(town.manager, now + timedelta(days=1, hours=hour))
    assert told(session) == [town.qa] * 2


def test_ex_6_the_only_qa_manager_is_watched_by_leaders(session, town, take_out, now, app):
    from tests import builders

    leader = builders.make_person(session, [Role.leader]).id
    for hour in range(4):
        take_out(town.qa, now + timedelta(hours=hour))
    assert told(session) == sorted([town.qa, leader])


def test_ex_6_the_wait_is_never_negative_nor_longer_than_the_hour_when_the_clock_went_back(
    session, town, take_out, now, app
):
    app.config["EXPORTS_PER_HOUR"] = 1
    assert take_out(town.qa, now) == 0
    assert take_out(town.qa, now + timedelta(minutes=59)) == 60
    assert take_out(town.qa, now - timedelta(minutes=30)) == 3600
    assert take_out(town.qa, now + timedelta(minutes=60)) == 0


def test_a_proof_that_lies_ahead_of_the_clock_proves_nothing(admin, home, town, engine):
    let_the_proof_age(engine, minutes=-20)
    admin.get(f"{home}/people/new", status=303)
    assert clock.now()
