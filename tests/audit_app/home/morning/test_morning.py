"""The morning e-mail: to whom, when, once a morning, and no word about any case; and the calendar file."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine
from sqlmodel import select

from audit_app import clock, database, jobs
from audit_app.home.morning import service
from audit_app.home.morning.calendar import calendar_of
from audit_app.home.morning.tables import MorningMail
from audit_app.home.waiting import Line, Urgency
from audit_app.notices import wording
from audit_app.notices.tables import OutgoingMail
from audit_app.people.access import Role, system_scope
from audit_app.people.tables import AccountState, Membership, Person
from tests import builders, builders_audits
from tests.held_rows import idle_turns

COUNCIL = builders.AUTHORITY_ID
HOME = f"/{builders.AUTHORITY_KEY}"
RECORD = "G-123456"
MONDAY = datetime(2026, 11, 30, 8, 5, tzinfo=UTC)  # London keeps the same hours in winter


@pytest.fixture(autouse=True)
def on_that_monday():
    """Whatever day the tests are run on: mail that waited too long is given up."""
    with time_machine.travel(MONDAY):
        yield


@pytest.fixture
def mail_on(app):
    """A mail server is named; nobody listens there."""
    app.config.update(SMTP_HOST="127.0.0.1", SMTP_PORT=1, MAIL_FROM="audits@greenhaven.example")


@pytest.fixture
def auditor(session, mail_on):
    """An auditor with an audit that was due on Friday."""
    team = builders.make_team(session)
    person = builders.make_person(session, [Role.auditor], user_name="ash@greenhaven.example")
    builders_audits.make_audit(session, team, person.id, case_reference=RECORD, due_on=date(2026, 11, 27))
    session.commit()
    return person.id


def rows(engine, table):
    with database.session_for(engine, system_scope("looking", COUNCIL)) as session:
        return session.exec(select(table)).all()


def choose(engine, person_id):
    with database.session_for(engine, system_scope("choosing", COUNCIL)) as session:
        service.choose(session, COUNCIL, by=person_id, now=MONDAY - timedelta(days=3))


def morning(app, engine, moment):
    with time_machine.travel(moment, tick=False):
        service.send_mornings(jobs.PeriodicContext(engine, app.config, system_scope("mornings")))


def test_who_chose_it_and_has_something_late_gets_one_mail_a_morning_that_tells_of_no_record(app, engine, auditor):
    choose(engine, auditor)
    with idle_turns(engine) as idle:
        for minutes in (0, 15, 90):
            morning(app, engine, MONDAY + timedelta(minutes=minutes))
    assert idle == []  # where there is nothing to send, nobody who saves has to wait
    (mail,) = rows(engine, OutgoingMail)
    assert (mail.to_address, mail.path) == ("ash@greenhaven.example", f"{HOME}/")
    subject, body = wording.post_mail(app.config, mail.kind, mail.council, mail.path, mail.valid_until)
    assert "due within a week, or late" in body
    for word in (RECORD, "AUD-", "1 "):
        assert word not in subject + body.replace("127.0.0.1", "")
    morning(app, engine, MONDAY + timedelta(days=1))
    assert len(rows(engine, OutgoingMail)) == 2


def test_at_other_times_nothing_is_sent(app, engine, auditor):
    choose(engine, auditor)
    for moment in (
        MONDAY.replace(hour=6, minute=59),  # before the hour
        MONDAY.replace(hour=11, minute=0),  # the worker was down all morning
        MONDAY.replace(hour=15, minute=0),
        MONDAY - timedelta(days=1),  # Sunday
        datetime(2026, 12, 25, 8, 5, tzinfo=UTC),  # Christmas Day, a Friday
    ):
        morning(app, engine, moment)
    assert rows(engine, OutgoingMail) == []
    assert [row.sent_on for row in rows(engine, MorningMail)] == [None]


def test_at_the_hour_and_in_summer_time_it_is_londons_hour(app, engine, auditor):
    choose(engine, auditor)
    morning(app, engine, MONDAY.replace(hour=7, minute=0))
    assert len(rows(engine, OutgoingMail)) == 1
    for minute, looked_at in ((-1, MONDAY.date()), (0, date(2027, 6, 1))):
        morning(app, engine, datetime(2027, 6, 1, 6, tzinfo=UTC) + timedelta(minutes=minute))
        assert [row.sent_on for row in rows(engine, MorningMail)] == [looked_at]


def test_at_the_end_of_the_hours_a_mail_still_goes_and_is_good_for_a_day(app, engine, auditor):
    choose(engine, auditor)
    at = MONDAY.replace(hour=10, minute=59)
    morning(app, engine, at)
    assert [mail.valid_until for mail in rows(engine, OutgoingMail)] == [at + timedelta(days=1)]


@pytest.mark.parametrize(("due_on", "mails"), [(date(2026, 12, 7), 1), (date(2027, 6, 1), 0)])
def test_what_is_due_within_a_week_presses_and_what_is_due_later_does_not(app, engine, session, mail_on, due_on, mails):
    person = builders.make_person(session, [Role.auditor]).id
    builders_audits.make_audit(session, builders.make_team(session), person, due_on=due_on)
    session.commit()
    choose(engine, person)
    morning(app, engine, MONDAY)
    assert len(rows(engine, OutgoingMail)) == mails


def test_a_morning_that_was_looked_at_is_done_and_whoever_chose_nothing_is_passed_over(engine, session, auditor):
    """Whichever server comes second, and even where the clock went ahead in between and was put right."""
    choose(engine, auditor)
    choose(engine, auditor)  # chosen twice is chosen once
    idle = builders.make_person(session, [Role.auditor]).id
    session.commit()

    def sent(person, day):
        with database.session_for(engine, system_scope("mornings", COUNCIL)) as apart:
            return service.send_morning(apart, COUNCIL, person, now=MONDAY + timedelta(days=day))

    assert [sent(auditor, day) for day in (1, 1, 0, 2)] == [True, False, False, True]
    assert sent(idle, 0) is False
    assert len(rows(engine, OutgoingMail)) == 2


def test_stopping_it_stops_ones_own_alone(engine, session, auditor):
    others = [builders.make_person(session, [Role.auditor]).id for _ in range(2)]
    session.commit()
    people = sorted([auditor, *others])
    for person in people:
        choose(engine, person)
    with database.session_for(engine, system_scope("stopping", COUNCIL)) as apart:
        service.stop(apart, COUNCIL, by=people[1])
    assert sorted(row.person_id for row in rows(engine, MorningMail)) == [people[0], people[2]]


def test_who_did_not_choose_it_or_has_nothing_pressing_is_not_written_to(app, engine, session, auditor):
    idle = builders.make_person(session, [Role.auditor]).id
    session.commit()
    choose(engine, idle)
    morning(app, engine, MONDAY)
    assert rows(engine, OutgoingMail) == []
    assert [row.sent_on for row in rows(engine, MorningMail)] == [MONDAY.date()]


@pytest.mark.parametrize("gone", ["no role", "disabled"])
def test_who_has_left_is_not_written_to_and_forgotten(app, engine, auditor, gone):
    choose(engine, auditor)
    with database.session_for(engine, system_scope("leaving", COUNCIL)) as session:
        if gone == "disabled":
            person = session.get(Person, auditor)
            person.state = AccountState.disabled
            session.add(person)
        for row in session.exec(select(Membership).where(Membership.person_id == auditor)).all():
            row.to_on = date(2026, 11, 29) if gone == "no role" else None
            session.add(row)
    with database.session_for(engine, system_scope("mornings", COUNCIL)) as session:
        assert service.send_morning(session, COUNCIL, auditor, now=MONDAY) is False
    assert rows(engine, OutgoingMail) == []
    assert rows(engine, MorningMail) == []


def test_it_is_chosen_and_stopped_on_the_page_and_nobody_sees_anothers_choice(signed_in_as, auditor, session, engine):
    page = signed_in_as(person_id=auditor)
    page.get(f"{HOME}/notices")
    assert "You are sent an e-mail on working mornings" in page.submit(form="mornings", button="choose").text
    other = builders.make_person(session, [Role.auditor]).id
    session.commit()
    assert "You can be sent an e-mail" in signed_in_as(person_id=other).get(f"{HOME}/notices").text
    page.get(f"{HOME}/notices")
    page.submit(form="mornings", button="stop")
    assert rows(engine, MorningMail) == []


def test_without_a_mail_server_it_is_not_offered(app, signed_in_as, auditor):
    app.config["SMTP_HOST"] = ""
    assert "working mornings" not in signed_in_as(person_id=auditor).get(f"{HOME}/notices").text


# --- the calendar file ---


def test_the_file_holds_each_date_once_with_our_reference_and_no_record(app, signed_in_as, auditor):
    app.config["PUBLIC_ADDRESS"] = "https://readiness.greenhaven.example"
    page = signed_in_as(person_id=auditor)
    assert "Add these dates to your calendar" in page.get(f"{HOME}/").text
    answer = page.client.get(f"{HOME}/calendar", base_url="http://localhost")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (entry,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert entry["summary"] == "AUD-0001: audit is due"
    assert entry["dtstart"].dt == date(2026, 11, 27)
    assert entry["dtend"].dt == date(2026, 11, 28)
    assert entry["url"] == f"https://readiness.greenhaven.example{HOME}/audits/AUD-0001"
    assert RECORD.encode() not in answer.data


def test_lines_without_a_date_stay_out_and_a_councils_own_reference_is_not_taken_for_ours():
    lines = [
        Line("audit", Urgency.later, "Start AUD-0042, record LCS-98765", "", "x", {}, date(2026, 3, 28)),
        Line("later", Urgency.later, "9 plan actions are not due", "", "x"),
        Line("new kind", Urgency.later, "LCS-98765, by the end of\r\nBEGIN:VEVENT", "", "x", {}, date(2026, 12, 31)),
    ]
    facts = {"product": "Readiness", "council": "Green, haven; council", "host": "h.example", "now": clock.now()}
    made = calendar_of(lines, lambda _line: "https://h.example/x", **facts)
    entries = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert [str(entry["summary"]) for entry in entries] == ["AUD-0042: audit is due", "Something of yours is due"]
    assert b"LCS" not in made
    assert len({str(entry["uid"]) for entry in entries}) == 2
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
