"""The first page of each role, notices, the dashboard and the log, as pages."""

from datetime import UTC, date, datetime

import pytest

from audit_app import database, history, notices
from audit_app.home.state import queries as state_queries
from audit_app.people.access import Role, system_scope
from audit_app.people.organisation import service as organisation
from audit_app.people.organisation import service_posts
from tests import builders, builders_audits
from tests.builders import AUTHORITY_ID

ADDRESS = "/greenhaven/"


@pytest.fixture
def council(session, built_once):
    """A team with its manager, an auditor and a QA manager, one audit to do, one submitted, one agreed."""
    return built_once("what needs somebody", lambda: make_council(session))


def make_council(session):
    team = builders.make_team(session)
    made = {
        "auditor": builders.make_person(session, [Role.auditor], name="Asha Khan").id,
        "qa": builders.make_person(session, [Role.qa_manager], name="Quentin Ames").id,
        "manager": builders.make_person(session, [Role.team_manager], manages=[team], name="Tess Mason").id,
        "leader": builders.make_person(session, [Role.leader], name="Lena Holt").id,
    }
    auditor, now = made["auditor"], datetime.now(UTC)
    builders_audits.make_audit(session, team, auditor, case_reference="G-000001")
    builders_audits.make_submitted(session, team, auditor, case_reference="G-000002", now=now)
    builders_audits.make_agreed(session, team, auditor, agreed_by=made["qa"], case_reference="G-000003", now=now)
    session.commit()
    return made


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_first_page_a_log_and_notices(signed_in_as, role):
    mine = signed_in_as(role)
    for address in ("", "log", "notices"):
        mine.get(ADDRESS + address)
    assert mine.get(ADDRESS).h1 == "What needs you"


def test_each_person_sees_what_waits_for_them_and_nothing_of_others(signed_in_as, council):
    auditor = signed_in_as(person_id=council["auditor"]).get(ADDRESS)
    assert "Start AUD-0001" in auditor.text
    assert "mark it as agreed" not in auditor.text
    qa = signed_in_as(person_id=council["qa"]).get(ADDRESS)
    assert "Read AUD-0002 and mark it as agreed" in qa.text
    assert "Start AUD-0001" not in qa.text
    leader = signed_in_as(person_id=council["leader"])
    assert "AUD-" not in leader.get(ADDRESS).text
    assert "Nothing waits for you today." in leader.text


def test_the_dashboard_counts_what_the_person_may_see_and_says_how_the_audits_were_chosen(signed_in_as, council):
    qa = signed_in_as(person_id=council["qa"])
    seen = qa.get(ADDRESS + "dashboard")
    assert "Drawn at random: 1 agreed audit" in seen.text
    assert "Chosen, not drawn at random: no agreed audits" in seen.text
    stages = seen.tables()["Where all audits stand today"]
    assert ["Submitted", "1"] in stages
    grades = seen.tables()["Overall grades of the 1 agreed audit drawn at random"]
    assert ["Good", "1 of 1"] in grades
    leader = signed_in_as(person_id=council["leader"]).get(ADDRESS + "dashboard?months=12")
    assert leader.tables()["Where all audits stand today"][1:] == [["Agreed", "1"]]
    signed_in_as(Role.auditor).get(ADDRESS + "dashboard", 403)


def test_notices_are_marked_as_read_by_their_own_reader_only(signed_in_as, session, council):
    for person in (council["auditor"], council["manager"]):
        notices.tell(session, AUTHORITY_ID, person, "concern.raised", "AUD-0001", builders.MOMENT)
    session.commit()
    mine = signed_in_as(person_id=council["auditor"])
    mine.get(ADDRESS + "notices")
    assert "1 unread notice" in mine.text
    mine.submit(form="notices/read")
    assert "No unread notices" in mine.text
    other = signed_in_as(person_id=council["manager"]).get(ADDRESS)
    assert "1 unread notice" in other.text


def test_the_log_shows_each_role_its_own_part_as_sentences_with_names(signed_in_as, council):
    qa = signed_in_as(person_id=council["qa"])
    seen = qa.get(ADDRESS + "log")
    assert "Quentin Ames marked version 1 of AUD-0003 agreed" in seen.text
    assert "Asha Khan submitted AUD-0002" in seen.text
    qa.get(ADDRESS + "log?view=security", 403)
    auditor = signed_in_as(person_id=council["auditor"])
    own = auditor.get(ADDRESS + "log")
    assert "Asha Khan submitted AUD-0002" in own.text
    assert "Quentin Ames" not in own.text
    auditor.get(ADDRESS + "log?view=cases", 403)
    admin = signed_in_as(Role.admin)
    assert "submitted AUD-" not in admin.get(ADDRESS + "log").text


def test_the_log_names_teams_services_and_posts(signed_in_as, session, council):
    duty, court = (builders.make_team(session, name, service=name) for name in ("Duty", "Court"))
    by = {"by": council["qa"], "now": datetime.now(UTC)}
    organisation.merge_team(session, duty, court, on=date(2026, 6, 1), **by)
    service_posts.make_post(session, "Head of Duty", **by)
    session.commit()
    text = signed_in_as(person_id=council["qa"]).get(ADDRESS + "log").text
    assert "merged team Duty into team Court on 1 June 2026" in text and "made the post Head of Duty" in text


def test_the_log_is_narrowed_by_reference_person_and_day(signed_in_as, council):
    qa = signed_in_as(person_id=council["qa"])
    assert "AUD-0002" not in _lines(qa.get(ADDRESS + "log?view=cases&reference=AUD-0003"))
    assert "Asha Khan" not in _lines(qa.get(ADDRESS + f"log?view=cases&person={council['qa']}"))
    assert "Nothing in the log fits." in qa.get(ADDRESS + "log?view=cases&end=2020-01-01").text
    assert "AUD-" in _lines(qa.get(ADDRESS + "log?view=cases&start=never&person=x&before=-1"))


def test_security_events_of_another_council_are_not_shown(signed_in_as, engine, app):
    with database.session_for(engine, system_scope("another council")) as session:
        session.info["log_key"] = app.extensions["log_key"]
        session.add(builders.make_authority(id=2, key="elsewhere", name="Elsewhere"))
        session.flush()
        stranger = builders.make_person(session, [Role.admin], authority_id=2, name="Ed Strange")
        here = builders.make_person(session, [Role.auditor], name="Hera Here")
        for person in (stranger, here):
            history.note(session, "people.signed_in", by=person.id, now=builders.MOMENT)
    seen = signed_in_as(Role.admin).get(ADDRESS + "log?view=security").text
    assert "Hera Here signed in" in seen
    assert "Strange" not in seen
    assert "somebody not of this council" not in seen


def test_who_has_read_an_audit_is_told_to_those_who_may_see_it(signed_in_as, council):
    auditor = signed_in_as(person_id=council["auditor"])
    auditor.get(ADDRESS + "audits/AUD-0001")
    seen = signed_in_as(person_id=council["qa"]).get(ADDRESS + "audits/AUD-0001/readers")
    assert "Asha Khan" in seen.text
    signed_in_as(Role.auditor).get(ADDRESS + "audits/AUD-0001/readers", 404)


def _lines(seen):
    return " ".join(cell for table in seen.tables().values() for row in table for cell in row)


def test_the_state_page_says_when_the_list_of_bank_holidays_ends(signed_in_as):
    page = signed_in_as(Role.admin)
    page.get(f"{ADDRESS}state")
    assert "Listed to 31 December 2028. A date counted in working days beyond that says" in page.text


@pytest.mark.parametrize(
    ("day", "trouble"),
    # Fifteen working days, the longest that is counted: from 6 December 2028 to the 29th, from the 7th to 1 January.
    [(6, False), (7, True)],
)
def test_bank_holidays_need_somebody_once_a_date_is_counted_beyond_their_end(session, app, day, trouble):
    now = datetime(2028, 12, day, 12, tzinfo=UTC)
    lines = state_queries.states(session, AUTHORITY_ID, app.config, now)
    (holidays,) = [line for line in lines if line.about == "Bank holidays"]
    assert holidays.trouble is trouble
    assert ("so dates counted in working days are provisional" in holidays.sentence) is trouble
