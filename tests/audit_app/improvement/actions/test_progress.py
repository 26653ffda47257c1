"""One page for everything a person leads or delivers: saved together or not at all, and verified outside the line."""

from datetime import date, timedelta

import pytest

from audit_app import clock, database
from audit_app.people.access import Role, system_scope
from findings import queries, register
from findings.register import NewSource
from findings.states import ActionStatus, Delivery, Impact, ImpactTest, SourceKind
from tests import builders
from tests import builders_plans as made

YOURS = "/greenhaven/your-plan-actions"


@pytest.fixture
def council(engine, built_once):
    """Five actions, all but one on track."""
    return built_once("five actions to report on", lambda: make_actions(engine))


def make_actions(engine):
    council = made.make_council(engine)
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        for number in range(5):
            row = made.make_action(session, council, what=f"Step {number}", impact_test=ImpactTest.re_audit)
            row.delivery = Delivery.on_track if number != 4 else Delivery.not_started
            session.add(row)
    return council


@pytest.fixture
def stored(engine):
    """What the database holds of an action now: its state, rating and everything said of it."""

    def read(number):
        with database.session_for(engine, system_scope("a test", made.COUNCIL), reading=True) as session:
            strands = queries.weave_areas(session, made.COUNCIL, actions=[number]).threads[0].actions
            strand = next(one for one in strands if one.action.number == number)
            said = [(one.delivery.value, one.note, one.still_on_track) for one in strand.progress]
            return strand.action.status.value, strand.action.delivery.value, said

    return read


def test_a_team_manager_says_of_several_actions_in_one_press_that_they_are_still_on_track(
    council, signed_in_as, stored
):
    me = signed_in_as(person_id=council.lead)
    me.get(YOURS)
    assert "You lead or deliver 5 open actions" in me.text
    me.submit(button="ticked")
    assert "ACT-0001, ACT-0002, ACT-0003 and ACT-0004 are still on track" in me.text
    assert stored(1) == ("open", "on_track", [("on_track", "", True)])
    assert stored(5) == ("open", "not_started", [])


def test_one_press_on_one_action_keeps_what_was_typed_of_the_others(council, signed_in_as, stored):
    me = signed_in_as(person_id=council.lead)
    me.get(YOURS)
    me.submit({"rating_2": "at_risk", "note_2": "Two posts are vacant; agency cover from Monday."}, button="track-1")
    assert stored(1)[2] == [("on_track", "", True)]
    assert stored(2) == ("open", "at_risk", [("at_risk", "Two posts are vacant; agency cover from Monday.", False)])
    assert stored(3)[2] == []


def test_nothing_is_half_saved_and_every_fault_is_named(council, signed_in_as, stored):
    me = signed_in_as(person_id=council.lead)
    me.get(YOURS)
    typed = {"rating_1": "on_track", "note_1": "Going well", "rating_2": "off_track", "rating_3": "complete",
             "note_4": "A word without a rating"}  # fmt: skip
    me.submit(typed, button="ticked", status=422)
    assert me.errors == [
        "ACT-0002: say what stands in the way and what is being done about it",
        "ACT-0003: say what shows that it is done",
    ]
    assert me.form_data()["note_1"] == "Going well"
    assert stored(1)[2] == []
    me.submit(
        {"note_2": "No venue; asked the council.", "note_3": "Signed off by the board."}, button="save", status=422
    )
    assert me.errors == ["ACT-0004: choose how it is going, to go with what you wrote"]
    me.submit({"rating_4": "on_track"}, button="save")
    assert "3 updates saved; ACT-0003 now waits to be verified" in me.text
    assert stored(3)[:2] == ("completed", "complete")
    assert stored(4)[2] == [("on_track", "A word without a rating", False)]


def test_an_overdue_action_cannot_be_called_on_track_in_one_press(council, signed_in_as, engine, stored):
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        late = queries.get_action(session, made.COUNCIL, 1)
        late.due_on = clock.today() - timedelta(days=3)
        session.add(late)
    me = signed_in_as(person_id=council.lead)
    me.get(YOURS)
    assert "overdue by 3 days" in me.text
    assert "1" not in me.form_data()["ticked"]
    me.post(YOURS, {"press": "track-1"}, status=422)
    assert me.errors == ["ACT-0001: it is past its due date, so choose how it is going and say why"]
    assert stored(1)[2] == []


def test_what_was_typed_for_an_action_somebody_else_finished_is_shown_and_nothing_is_saved(
    council, signed_in_as, engine, stored
):
    me = signed_in_as(person_id=council.lead)
    me.get(YOURS)
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        register.complete_action(
            session, made.COUNCIL, 2, completed_on=clock.today(), completed_note="Done.",
            by=council.manager, now=clock.now(),
        )  # fmt: skip
    me.post(
        YOURS, {"press": "save", "rating_1": "on_track", "note_1": "Fine", "note_2": "My precious words"}, status=422
    )
    assert me.errors[0].startswith("ACT-0002 is no longer open and yours, so nothing was saved")
    assert "My precious words" in me.html
    assert stored(1)[2] == []


def test_nobody_updates_an_action_that_is_not_theirs(council, signed_in_as, stored):
    stranger = signed_in_as(Role.team_manager)
    stranger.get(YOURS)
    assert "You have no open plan actions" in stranger.text
    stranger.get("/greenhaven/plan-actions/ACT-0001/progress", status=403)
    stranger.post(YOURS, {"press": "track-1", "rating_1": "on_track"})
    stranger.post("/greenhaven/plan-actions/ACT-0001/done", {"note": "x"}, status=403)
    signed_in_as(Role.admin).get(YOURS, status=403)
    assert stored(1)[2] == []


def complete(engine, council, number=1):
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        register.complete_action(
            session, made.COUNCIL, number, completed_on=clock.today() - timedelta(days=2), completed_note="Done.",
            by=council.lead, now=clock.now(),
        )  # fmt: skip


def test_a_qa_manager_outside_the_line_verifies_and_blue_falls_back(council, signed_in_as, engine, stored):
    complete(engine, council)
    qa = signed_in_as(Role.qa_manager, name="Quinn Outside")
    qa.get("/greenhaven/plan-actions/ACT-0001")
    assert "Green: Done" in qa.text and "nobody outside its line has verified it yet" in qa.text
    qa.click("Verify it")
    qa.submit({"note": ""}, status=422)
    qa.submit({"note": "Read ten plans of three teams."})
    assert stored(1)[0] == "verified"
    assert "no difference has been shown yet for AFI-0001" in qa.text
    judged = (
        (Impact.clear_difference, SourceKind.audit, "Green: Done"),  # an ordinary audit is not the test its plan named
        (Impact.clear_difference, SourceKind.re_audit, "Blue: Complete"),
        (Impact.not_sustained, SourceKind.re_audit, "Amber: Done, but no lasting difference"),
    )
    for rating, kind, told in judged:
        with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
            register.judge_impact(
                session, made.COUNCIL, 1, rating=rating, judged_on=clock.today(), different_for_children="Plans.",
                sources=[NewSource(kind, audit_reference="AUD-0042", dated_on=clock.today())],
                not_yet_good_enough="Some.", by=qa.person_id, now=clock.now(),
            )  # fmt: skip
        qa.get("/greenhaven/plan-actions/ACT-0001")
        assert told in qa.text
    assert "Done, but AFI-0001 was judged on" in qa.text


@pytest.mark.parametrize("place", ["lead", "manager", "colleague", "said it was done"])
def test_the_line_may_not_verify_and_is_told_who_could(council, signed_in_as, engine, stored, place):
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        builders.make_person(session, [Role.qa_manager], name="Quinn Outside")
        someone = {"lead": council.lead, "manager": council.manager}.get(place)
        if someone is None:
            teams = [council.team] if place == "colleague" else []
            someone = builders.make_person(session, [], name="Sam", teams=teams).id
        session.add(made.role(someone, Role.qa_manager))
    complete(engine, council if place != "said it was done" else made.by(council, someone))
    me = signed_in_as(person_id=someone)
    me.get("/greenhaven/plan-actions/ACT-0001/verify")
    assert "You cannot verify ACT-0001, because you" in me.text
    assert "Quinn Outside could." in me.text
    me.post(
        "/greenhaven/plan-actions/ACT-0001/verify",
        {"note": "Fine", "on-day": "1", "on-month": "1", "on-year": "2027", "revision": "2"},
        status=403,
    )
    assert stored(1)[0] == ActionStatus.completed.value


def test_a_milestone_is_reached_by_its_lead_and_a_measure_tells_how_far_it_is(council, signed_in_as, engine):
    qa = signed_in_as(Role.qa_manager)
    qa.get("/greenhaven/plan-actions/ACT-0001")
    qa.click("Add a milestone")
    qa.submit({"text": "Template agreed", "lead_post_id": str(council.head)})
    qa.click("Add a measure")
    qa.submit({"name": "Plans with a date", "unit": "%", "baseline": "40", "target": "ninety"}, status=422)
    assert qa.errors == ["Target (optional) must be a number, like 87.5"]
    qa.submit({"target": "90%"})
    assert "began at 40%, now not recorded; no figure yet" in qa.text
    head = signed_in_as(person_id=council.manager)
    head.get("/greenhaven/plan-actions/ACT-0001")
    head.click("Reached: Template agreed")
    head.submit({"note": "Agreed by the board"})
    assert "1 of 1 reached" in head.text
    lead = signed_in_as(person_id=council.lead)
    lead.get("/greenhaven/plan-actions/ACT-0001")
    lead.click("Enter the latest figure of Plans with a date")
    lead.submit({"latest": "78"})
    assert "12 percentage points below the target of 90%, nearer than at the start" in lead.text


def test_a_due_date_moves_only_with_a_reason_and_the_moves_are_counted(council, signed_in_as):
    qa = signed_in_as(Role.qa_manager)
    qa.get("/greenhaven/plan-actions/ACT-0001/due-date")
    day = {"due_on-day": "31", "due_on-month": "7", "due_on-year": "2027"}
    qa.submit(day, status=422)
    assert qa.errors == ["Say why the due date is moved"]
    qa.submit(day | {"why": "The supplier is late."})
    assert "The date has moved 1 time" in qa.text and "From 30 June 2027 to 31 July 2027" in qa.text
    signed_in_as(person_id=council.lead).get("/greenhaven/plan-actions/ACT-0001/due-date", status=403)
    assert date(2027, 7, 31) > clock.today()
