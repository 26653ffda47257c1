"""Things reached past their parent, ids of others in bodies, steps on one's own work, forms of yesterday."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from audit_app import database
from audit_app.audits.tables import Concern
from audit_app.people.access import Role, system_scope
from audit_app.people.tables import Authority, Membership, Person
from findings import register
from tests import builders, builders_audits, builders_plans
from tests.audit_app.security import world

DAY = {"by": 1, "now": builders.MOMENT}
AUDIT = "/greenhaven/audits/AUD-{:04d}"


@pytest.fixture
def two(session, built_once):
    """Two audits, a concern on the second, and their QA manager."""
    return built_once("two audits and a concern", lambda: make_two(session))


def make_two(session):
    team = builders.make_team(session)
    auditor = builders.make_person(session, (Role.auditor,)).id
    audits = [
        builders_audits.make_submitted(session, team, auditor, case_reference=f"G-10000{n}").number for n in (1, 2)
    ]
    concern = Concern(
        authority_id=1, audit_number=audits[1], raised_by=auditor, raised_at=builders.MOMENT, concern_words="A bruise"
    )
    session.add(concern)
    session.commit()
    return team, auditor, audits, concern.id


@pytest.mark.parametrize("step", ["closing", "spoken-to"])
def test_a_concern_is_reached_through_its_own_audit_only_ob_4(two, signed_in_as, step):
    _team, _auditor, audits, concern = two
    browser = signed_in_as(Role.qa_manager)
    browser.get(f"{AUDIT.format(audits[1])}/concerns/{concern}/{step}")
    browser.get(f"{AUDIT.format(audits[0])}/concerns/{concern}/{step}", status=404)


def test_a_milestone_and_a_measure_are_reached_through_their_own_action_only_ob_4(engine, signed_in_as, app):
    council = builders_plans.make_council(engine)
    with database.session_for(engine, system_scope("a test", 1)) as session:
        first, second = (builders_plans.make_action(session, council, what=f"Do {n}").number for n in "ab")
        milestone = register.add_milestone(session, 1, action_number=first, text="Half of it", **DAY).id
        measure = register.add_measure(session, 1, action_number=first, name="Plans read", **DAY).id
    browser = signed_in_as(Role.qa_manager)
    for there, status in ((first, 200), (second, 404)):
        browser.get(f"/greenhaven/plan-actions/ACT-{there:04d}/milestones/{milestone}/reached", status=status)
        browser.get(f"/greenhaven/plan-actions/ACT-{there:04d}/measures/{measure}/latest", status=status)


def test_a_record_that_is_not_theirs_looks_like_one_that_does_not_exist_ob_2(two, signed_in_as):
    *_, audits, _concern = two
    browser = signed_in_as(Role.auditor)
    theirs, none = (browser.get(AUDIT.format(number), status=404).html for number in (audits[0], 9999))
    assert theirs == none


@pytest.fixture
def elsewhere(engine):
    """Another council with a team and a person of its own."""
    with database.session_for(engine, system_scope("a test")) as session:
        session.add(Authority(id=2, key="otherford", name="Otherford", set_up_at=builders.MOMENT))
        session.flush()
        team = builders.make_team(session, "Far Team", service="Far", authority_id=2)
        return team, builders.make_person(session, (Role.auditor,), authority_id=2, name="Far Person").id


def test_ids_of_another_council_in_a_form_are_refused_ob_5(elsewhere, two, signed_in_as, engine):
    far_team, far_person = elsewhere
    audits = two[2]
    browser = signed_in_as(*Role)
    for address, fields in (
        ("/greenhaven/audits/new/child-protection/core", {"team_id": far_team}),
        ("/greenhaven/audits/new/child-protection/core", {"auditor_id": far_person}),
        (AUDIT.format(audits[0]) + "/actions/new", {"owner_id": far_person, "what": "Do it", "level": "practitioner"}),
        (
            "/greenhaven/people/new",
            {"team_id": far_team, "name": "A B", "user_name": "a@b.example", "roles": "auditor"},
        ),
        ("/greenhaven/posts/new", {"title": "A post", "service_id": far_team}),
    ):
        before = counts(engine)
        browser.get(address)
        browser.submit({name: str(value) for name, value in fields.items()}, status=(403, 404, 409, 422), follow=False)
        assert counts(engine) == before, address


def counts(engine):
    names = ("case_audit", "audit_action", "membership", "team_member", "post")
    with engine.connect() as connection:
        tables = [SQLModel.metadata.tables[name] for name in names]
        return [connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() for table in tables]


def test_people_of_another_council_are_not_there_ob_2(elsewhere, signed_in_as):
    browser = signed_in_as(Role.admin)
    for step in ("", "/roles", "/name", "/team", "/hand-over", "/manager"):
        browser.get(f"/greenhaven/people/{elsewhere[1]}{step}", status=404)


def test_no_council_makes_a_link_for_somebody_another_council_employs_too(elsewhere, signed_in_as, engine):
    """Whoever holds the link becomes that person in both councils."""
    with database.session_for(engine, system_scope("a test")) as session:
        session.add(Membership(authority_id=1, person_id=elsewhere[1], role=Role.auditor, from_on=builders.LONG_AGO))
    browser = signed_in_as(Role.admin)
    browser.get("/your-account")
    seen = browser.post(f"/greenhaven/people/{elsewhere[1]}/account", {"step": "link"}, status=403)
    assert "another council" in seen.text
    with engine.connect() as connection:
        assert (
            connection.execute(sa.select(sa.func.count()).select_from(SQLModel.metadata.tables["invitation"])).scalar()
            == 0
        )


def test_an_invitation_another_council_has_sent_is_not_made_again_here(elsewhere, signed_in_as, engine):
    with database.session_for(engine, system_scope("a test")) as session:
        session.exec(sa.update(Person).where(Person.id == elsewhere[1]).values(state="invited"))
        name = session.exec(select(Person.user_name).where(Person.id == elsewhere[1])).one()
    browser = signed_in_as(Role.admin)
    browser.get("/greenhaven/people/new")
    browser.submit({"user_name": name, "name": "Far Person", "roles": "auditor"})
    with engine.connect() as connection:
        assert (
            connection.execute(sa.select(sa.func.count()).select_from(SQLModel.metadata.tables["invitation"])).scalar()
            == 0
        )


def test_nobody_agrees_their_own_audit_or_changes_their_own_roles_pe_3(session, signed_in_as):
    team = builders.make_team(session)
    both = builders.make_person(session, (Role.auditor, Role.qa_manager, Role.admin)).id
    own = builders_audits.make_submitted(session, team, both).number
    session.commit()
    browser = signed_in_as(person_id=both)
    browser.get(AUDIT.format(own) + "/agreement", status=403)
    browser.get("/your-account")
    browser.post(AUDIT.format(own) + "/agreement", {"revision": "1"}, status=403)
    browser.post(f"/greenhaven/people/{both}/roles", {"roles": "leader"}, status=(403, 422))


def test_a_version_nobody_has_read_is_not_agreed_fo_1(two, session, signed_in_as):
    _team, auditor, audits, _concern = two
    browser = signed_in_as(Role.qa_manager)
    browser.get(AUDIT.format(audits[0]) + "/agreement")
    service = builders_audits.service
    service.reopen_audit(session, 1, audits[0], reason="A grade was wrong", by=auditor, now=builders.MOMENT)
    service.submit_audit(session, 1, audits[0], by=auditor, now=builders.MOMENT)
    session.commit()
    assert "corrected since you opened it" in browser.submit(status=409).text


def test_two_who_give_an_audit_away_at_once_do_not_undo_each_other_fo_1(session, signed_in_as):
    team = builders.make_team(session)
    auditor = builders.make_person(session, (Role.auditor,)).id
    number = builders_audits.make_audit(session, team, auditor).number
    session.commit()
    pages = [signed_in_as(Role.qa_manager) for _ in range(2)]
    for one in pages:
        one.get(AUDIT.format(number) + "/auditor")
    pages[0].submit({"due_on-year": "2027"})
    pages[1].submit({"due_on-year": "2028"}, status=409)
    assert "2027" in pages[0].get(AUDIT.format(number) + "/auditor").form_data()["due_on-year"]


def test_two_who_correct_an_inspection_at_once_see_both_texts_fo_1(session, signed_in_as):
    number = register.record_inspection(
        session,
        1,
        kind="inspection",
        title="Before",
        body="Ofsted",
        document_title="The letter",
        published_on=date(2026, 5, 12),
        **DAY,
    ).number
    session.commit()
    pages = [signed_in_as(Role.qa_manager) for _ in range(2)]
    for one in pages:
        one.get(f"/greenhaven/inspections/INS-{number:04d}/correct")
    pages[0].submit({"title": "What the first wrote"})
    seen = pages[1].submit({"title": "What the second wrote"}, status=409)
    assert "What the first wrote" in seen.text
    assert "What the second wrote" in seen.text


def test_a_file_that_waits_is_not_forged_or_written_over_im_6(signed_in_as):
    browser = signed_in_as(Role.qa_manager, Role.admin)
    browser.get("/your-account")
    for path in ("/greenhaven/findings/imports/" + "0" * 64, "/greenhaven/people/workbook/confirmation"):
        given = {"path": path, "rows": '[["x"]]', "sha256": "0" * 64, "filename": "x", "csrf_token": browser.token}
        assert browser.client.post("/greenhaven/drafts", data=given, base_url="http://localhost").status_code == 204
    browser.get("/greenhaven/findings/imports/" + "0" * 64, status=409)
    browser.get("/greenhaven/people/workbook/confirmation", status=303)


def test_a_number_out_of_range_is_a_fault_of_the_form_in_5(app, engine, built_once):
    made = world.begin_small(app, engine, built_once)
    browser = world.sign_in(app, engine, made.person)
    for typed in ("NaN", "Infinity", "1e999999", "9" * 30, "-1", "1_000", "٣", "²"):
        browser.get(AUDIT.format(made.mine[0]) + "/last-page")
        seen = browser.submit({"minutes_taken": typed}, status=422)
        assert any("whole number" in fault for fault in seen.errors), typed
        assert seen.form_data()["minutes_taken"] == typed


def test_a_year_out_of_range_is_a_fault_of_the_form_in_5(signed_in_as):
    browser = signed_in_as(Role.qa_manager)
    for year in ("0001", "1899", "2101", "9999", "٢٠٢٦"):
        browser.get("/greenhaven/inspections/record")
        dates = {"published_on-day": "1", "published_on-month": "2", "published_on-year": year}
        assert browser.submit(dates, status=422).errors, year


CHECKED = [
    ("case_audit", "stage", "'lost'"),
    ("case_audit", "minutes_taken", "99999"),
    ("case_audit", "worries", "'long'"),
    ("person", "state", "'half'"),
    ("membership", "role", "'owner'"),
    ("audit_version", "reason", "'long'"),
]


@pytest.mark.parametrize(("table", "column", "value"), CHECKED)
def test_the_database_itself_refuses_what_no_form_would_send_in_8(two, engine, table, column, value):
    value = f"'{'x' * 10_001}'" if value == "'long'" else value
    with pytest.raises(sa.exc.DBAPIError), engine.begin() as connection:
        connection.exec_driver_sql(f"update {table} set {column} = {value}")
