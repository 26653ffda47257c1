"""The register of plan actions, who may read and change what, and what waits for whom."""

import io
from datetime import timedelta

import openpyxl
import pytest
import sqlalchemy as sa
from sqlmodel import select

from audit_app import clock, database
from audit_app.improvement.actions import queries_rows
from audit_app.improvement.actions import queries_waiting as actions_waiting
from audit_app.improvement.actions import service_handover as plan_action_handover
from audit_app.improvement.actions import service_reminders as reminders
from audit_app.improvement.actions.queries_waiting import Why
from audit_app.notices.tables import Notice
from audit_app.people.access import Role, Scope, system_scope
from findings import queries, register
from findings.states import AreaStatus, Delivery
from findings.tables import Action, ActionInArea, AreaForImprovement
from tests import builders
from tests import builders_plans as made

REGISTER = "/greenhaven/plan-actions"
PLAN = "/greenhaven/plans/PLN-0001"


@pytest.fixture
def council(engine, built_once):
    """Four actions: late, due in three days, under way in a plan, withdrawn."""
    return built_once("four actions of the register", lambda: make_actions(engine))


def make_actions(engine):
    council = made.make_council(engine)
    today = clock.today()
    day = {"by": council.manager, "now": clock.now()}
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        plan = register.open_plan(
            session, made.COUNCIL, title="Plan 2026", brag_red="Late. Tell the board", own_colours=True, **day
        )
        made.make_action(session, council, what="=Late 100%", due_on=today - timedelta(days=1), plan_number=plan.number)
        made.make_action(session, council, what="Soon", due_on=clock.add_working_days(today, 3))
        vacant = {"lead_post_id": council.vacant, "lead_person_id": None, "lead_post_title": "Practice Lead"}
        made.make_action(session, council, what="Under way", plan_number=plan.number, **vacant)
        made.make_action(session, council, what="Given up")
        register.report_progress(session, made.COUNCIL, 3, delivery=Delivery.on_track, dated_on=today, **day)
        register.withdraw_action(session, made.COUNCIL, 4, reason="Twice.", **day)
    return council


def references(page):
    """The references in the first column of the register."""
    tables = [rows for rows in page.tables().values() if rows[0][0] == "Action"]
    return [row[0].split()[0] for row in tables[0][1:]] if tables else []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["ACT-0001", "ACT-0002", "ACT-0003"]),
        ("?plan=1", ["ACT-0001", "ACT-0003"]),
        ("?overdue=yes", ["ACT-0001"]),
        ("?colour=red", ["ACT-0001"]),
        ("?colour=green", ["ACT-0003"]),
        ("?status=withdrawn", ["ACT-0004"]),
        ("?words=act-0002", ["ACT-0002"]),
        ("?words=100%25", ["ACT-0001"]),
        ("?words=1_0", []),
        ("?colour=mauve&plan=x&page=-3", ["ACT-0001", "ACT-0002", "ACT-0003"]),
    ],
)
def test_the_register_is_narrowed(council, signed_in_as, asked, found):
    leader = signed_in_as(Role.leader)
    leader.get(REGISTER + asked)
    assert references(leader) == found
    assert "Add an action" not in leader.text


def test_colours_come_with_the_plans_own_meaning_and_the_workbook_holds_no_formula(council, signed_in_as, engine):
    with database.session_for(engine, system_scope("a test", made.COUNCIL), reading=True) as session:
        wanted = queries.ActionFilter(plan_number=1)
        row = queries_rows.list_actions(session, made.COUNCIL, wanted, clock.today()).rows[0]
    assert (row.colour.in_words, row.colour.meaning) == ("Red: Off track", "Late. Tell the board")
    qa = signed_in_as(Role.qa_manager)
    qa.get(REGISTER + "?plan=1")
    qa.submit(form="register.xlsx", status=200)
    sheets = openpyxl.load_workbook(io.BytesIO(qa.data))
    rows = list(sheets["Plan actions"].iter_rows(values_only=True))
    assert [line[0] for line in rows[1:]] == ["Reference", "ACT-0001", "ACT-0003"]
    assert rows[2][4] == "'=Late 100%"
    assert ("What was chosen", "Plan: PLN-0001 Plan 2026") in list(sheets["About this export"].values)
    signed_in_as(Role.auditor).post(REGISTER + "/register.xlsx", {}, status=(400, 403))


@pytest.mark.parametrize(("address", "form"), [(f"{REGISTER}?plan=1", "register.xlsx"), (PLAN, "plan.xlsx")])
def test_who_takes_out_a_workbook_does_not_hold_the_turn_to_write_meanwhile(
    council, signed_in_as, engine, address, form
):
    qa = signed_in_as(Role.qa_manager)
    qa.get(address)
    turns = []

    @sa.event.listens_for(engine, "before_cursor_execute")
    def note(connection, _cursor, statement, *_more):
        if "FROM milestone" in statement:
            turns.append(connection.get_execution_options().get("reading", False))

    qa.submit(form=form, status=200)
    assert turns and all(turns)


def test_plans_are_closed_to_administrators_and_written_by_qa_managers_alone(council, signed_in_as):
    for path in ("/plans", "/plan-actions", "/plan-actions/ACT-0001", "/your-plan-actions"):
        signed_in_as(Role.admin).get("/greenhaven" + path, status=403)
    manager = signed_in_as(Role.team_manager)
    manager.get("/greenhaven/plan-actions/ACT-0001")
    assert "Change the action" not in manager.text and "Report progress" not in manager.text
    for part in ("change", "due-date", "withdraw", "open-again", "verify", "milestones/new", "measures/new"):
        manager.get(f"/greenhaven/plan-actions/ACT-0001/{part}", status=403)
    practitioner = signed_in_as(Role.practitioner)
    practitioner.get("/greenhaven/plan-actions/ACT-0001", status=(403, 404))
    practitioner.get(REGISTER, status=(403, 404))


def test_an_action_is_corrected_and_a_stale_correction_overwrites_nothing(council, signed_in_as, engine):
    first, second = signed_in_as(Role.qa_manager), signed_in_as(Role.qa_manager)
    for one in (first, second):
        one.get("/greenhaven/plan-actions/ACT-0001/change")
    assert "due_on-day" not in first.field_names()
    first.submit({"what": "Said first", "delivery_post_ids": [str(council.head)], "areas": ["2"]})
    assert "Head of Safeguarding (held by Hilary Head)" in first.summary()["Delivered by"]
    assert "AFI-0002" in first.text and "AFI-0001" not in first.main.text.split("What happened")[0]
    second.submit({"what": "Said second"}, status=409)
    assert "Said first" in second.text and "Said second" in second.text
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        assert queries.get_action(session, made.COUNCIL, 1).what == "Said first"
        told = [(row.person_id, row.code) for row in session.exec(select(Notice)).all()]
    assert told == [(council.manager, "improvement.delivery_named")]


def test_areas_beyond_the_newest_hundred_are_named_by_their_references(council, signed_in_as, engine):
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        opened = {"authority_id": made.COUNCIL, "opened_by": council.manager, "opened_at": clock.now()}
        session.add_all(
            AreaForImprovement(number=number, heading=f"Area {number}", **opened) for number in range(50, 152)
        )
        over = {"status": AreaStatus.closed, "closed_on": clock.today(), "closed_by": council.manager}
        closed = AreaForImprovement(number=200, heading="Done", **over, **opened)
        session.add(closed)
        session.commit()
    qa = signed_in_as(Role.qa_manager)
    qa.get("/greenhaven/plan-actions/new?area=51")
    assert "AFI-0052 Area 52" in qa.text and "AFI-0151 Area 151" in qa.text, "the newest"
    assert "AFI-0051 Area 51" in qa.text, "the one that led here"
    assert "AFI-0050 Area 50" not in qa.text and "AFI-0002" not in qa.text and "AFI-0200" not in qa.text
    sent = {"what": "Do it", "areas": ["51", "151"]}
    for typed, error in (
        ("AFI-0002, 17", "Enter references like AFI-0003, with commas between them: not “17”"),
        ("AFI-0200", "There is no open area for improvement with the reference AFI-0200"),
        ("AFI-99999999999999999999", "AFI-99999999999999999999"),
    ):
        qa.submit({**sent, "other_areas": typed}, status=422)
        assert any(error in each for each in qa.errors) and f'value="{typed}"' in qa.html, "typed text stays"
    qa.submit({**sent, "other_areas": "afi-0002; AFI-0050 AFI-0151"})
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        number = session.exec(select(sa.func.max(Action.number))).one()
        linked = session.exec(select(ActionInArea.area_number).where(ActionInArea.action_number == number)).all()
    assert sorted(linked) == [2, 50, 51, 151]
    qa.get(f"/greenhaven/plan-actions/ACT-{number:04}/change")
    qa.submit({"other_areas": "AFI-0052"})
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        linked = session.exec(select(ActionInArea.area_number).where(ActionInArea.action_number == number)).all()
    assert sorted(linked) == [2, 50, 51, 52, 151], "what is linked stays ticked, however old"


def test_a_post_or_area_of_another_council_is_refused(council, signed_in_as):
    qa = signed_in_as(Role.qa_manager)
    qa.get("/greenhaven/plan-actions/new")
    qa.submit({"what": "Do it", "lead_post_id": "999", "areas": ["77"], "delivery_post_ids": ["x"]}, status=422)
    assert "Lead: choose from the list" in qa.errors
    assert len(qa.errors) == 3


def test_a_forged_plan_or_theme_is_refused_where_an_action_is_changed_too(council, signed_in_as):
    """What a form says is read only once it holds; read before, a forged number was an error page."""
    qa = signed_in_as(Role.qa_manager)
    for forged in ("1e999999", "1:x", "done"):
        qa.get("/greenhaven/plan-actions/ACT-0001/change")
        qa.submit({"home": forged}, status=422)


def test_what_waits_for_a_lead_and_for_a_qa_manager(council, engine):
    today = clock.today()
    lead = Scope(authority_id=1, person_id=council.lead, roles=frozenset({Role.team_manager}))
    holder = Scope(authority_id=1, person_id=5, own_posts=frozenset({council.vacant}))
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        waiting = actions_waiting.actions_waiting(session, lead, today)
        assert [(one.reference, one.why) for one in waiting] == [("ACT-0001", Why.overdue), ("ACT-0002", Why.due_soon)]
        assert actions_waiting.actions_waiting(session, holder, today) == []
        later = actions_waiting.actions_waiting(session, holder, today + timedelta(days=29))
        assert [(one.reference, one.why) for one in later] == [("ACT-0003", Why.update_wanted)]
        register.complete_action(
            session, made.COUNCIL, 1, completed_on=today, completed_note="Done.", by=council.lead, now=clock.now()
        )
        for person, expected in ((council.manager, []), (council.lead, []), (77, ["ACT-0001"])):
            scope = Scope(authority_id=1, person_id=person, roles=frozenset({Role.qa_manager}))
            waiting = actions_waiting.actions_waiting(session, scope, today)
            assert [one.reference for one in waiting if one.why is Why.to_verify] == expected


def test_a_lead_is_reminded_once_for_each_due_date(council, engine):
    today, now = clock.today(), clock.now()
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        given = {"now": now, "today": today, "due_soon_days": 5}
        assert reminders.tell_leads(session, made.COUNCIL, **given) == 2
        assert reminders.tell_leads(session, made.COUNCIL, **given) == 0
        register.change_due_date(
            session, made.COUNCIL, 2, new_on=clock.add_working_days(today, 4), why="The venue moved.",
            by=council.manager, now=now + timedelta(minutes=1),
        )  # fmt: skip
        assert reminders.tell_leads(session, made.COUNCIL, **(given | {"now": now + timedelta(hours=1)})) == 1
        told = session.exec(select(Notice).order_by(Notice.id)).all()
    assert {row.person_id for row in told} == {council.lead}
    assert sorted(row.code for row in told) == ["improvement.due_soon", "improvement.due_soon", "improvement.overdue"]


def test_a_leavers_actions_are_handed_over(council, engine, app):
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        session.info["log_key"] = app.extensions["log_key"]
        new = builders.make_person(session, [Role.team_manager]).id
        things = plan_action_handover.list_open(session, made.COUNCIL, council.lead, clock.today())
        assert [thing.key for thing in things] == ["1", "2"]
        assert things[0].words.startswith("ACT-0001 (leads it), due: ")
        more = {"on": clock.today(), "by": council.manager, "now": clock.now()}
        plan_action_handover.hand_over(session, made.COUNCIL, ["1"], person_id=council.lead, new_person_id=new, **more)
        assert queries.get_action(session, made.COUNCIL, 1).lead_person_id == new
        assert queries.get_action(session, made.COUNCIL, 2).lead_person_id == council.lead
