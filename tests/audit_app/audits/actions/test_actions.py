"""Actions from an audit: who sets, does and confirms them; several on one page; what waits for whom."""

import json
from datetime import date

import pytest
from sqlmodel import select

from audit_app import database, history, notices
from audit_app.audits.actions import queries as audit_actions
from audit_app.audits.actions import rules as action_rules
from audit_app.audits.actions import service as action_service
from audit_app.audits.actions.queries import Why
from audit_app.audits.actions.rules import ActionFacts, Standing
from audit_app.audits.tables import ActionLevel, ActionNews, AuditAction, AuditActionState, Stage
from audit_app.people import hooks as people_hooks
from audit_app.people.access.scope import scope_of, system_scope
from audit_app.people.tables import Role
from findings.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale
from tests import builders
from tests.builders_audits import make_audit
from tests.held_rows import held_rows

HERE = "/greenhaven"
A = builders.AUTHORITY_ID
OPEN, DONE = AuditActionState.open, AuditActionState.done
CONFIRMED, WITHDRAWN = AuditActionState.confirmed, AuditActionState.withdrawn
DUE = date(2026, 11, 30)


@pytest.fixture
def owner(session, council, built_once):
    """A practitioner of the team, who sees no audit."""

    def build():
        made = builders.make_person(session, [Role.practitioner], teams=[council.team], name="Pia Practitioner").id
        session.commit()
        return made

    return built_once("a practitioner of the team", build)


@pytest.fixture
def audit(session, council, built_once):
    """An audit that was submitted."""

    def build():
        made = make_audit(session, council.team, council.auditor)
        made.stage, made.submitted_at = Stage.submitted, builders.MOMENT
        session.add(made)
        session.commit()
        return made

    return built_once("an audit that was submitted", build)


@pytest.fixture
def add(session, council, audit, now):
    """Call to set an action on the audit; committed."""

    def added(level=ActionLevel.child, what="Visit the child at school", owner_id=None, due_on=DUE, **more):
        new = action_service.NewAction(level, what, owner_id, due_on, **more)
        action = action_service.add_action(session, A, audit.number, new, by=council.auditor, now=now)
        session.commit()
        return action

    return added


def seen_by(engine, person_id):
    """A session with a person's own scope."""
    with database.session_for(engine, system_scope("a test", A), reading=True) as session:
        scope = scope_of(session, person_id, A, date(2026, 11, 2))
    return database.session_for(engine, scope, reading=True), scope


def told(session, person_id):
    return [line.sentence for line in notices.list_notices(session, A, person_id, "Greenhaven", "greenhaven")]


# --- rules -----------------------------------------------------------------------------------------------------------

OWNER, ANOTHER = 7, 8


@pytest.mark.parametrize(
    "standing, done_by, refused",
    [
        (Standing(ANOTHER, manages_team=True), OWNER, False),
        (Standing(ANOTHER, is_qa=True), OWNER, False),
        (Standing(ANOTHER, is_auditor=True), OWNER, True),
        (Standing(ANOTHER), OWNER, True),
        (Standing(OWNER, manages_team=True), ANOTHER, True),
        (Standing(OWNER, is_qa=True), ANOTHER, True),
        (Standing(ANOTHER, manages_team=True), ANOTHER, True),
    ],
)
def test_nobody_confirms_their_own_action_pe_3(standing, done_by, refused):
    facts = ActionFacts(DONE, OWNER, done_by)
    assert bool(action_rules.why_not_confirm(standing, facts)) is refused


# --- writing ---------------------------------------------------------------------------------------------------------


def test_an_action_goes_from_its_owner_to_the_manager_and_is_told_in_history(session, council, owner, audit, add, now):
    action = add(owner_id=owner)
    assert "You have an action from a case audit: AAC-0001" in told(session, owner)
    action_service.mark_done(session, A, action.number, "Visited.", "She has somebody to ring.", by=owner, now=now)
    assert (action.state, action.done_by, action.done_on) == (DONE, owner, date(2026, 11, 2))
    assert "waits for you to confirm it: AAC-0001" in told(session, council.manager)[0]
    with pytest.raises(NotAllowed):
        action_service.confirm_action(session, A, action.number, by=owner, now=now)
    with pytest.raises(NotAllowed):
        action_service.confirm_action(session, A, action.number, by=council.other_manager, now=now)
    action_service.confirm_action(session, A, action.number, by=council.manager, now=now)
    assert (action.state, action.confirmed_by) == (CONFIRMED, council.manager)
    events = [entry.event for entry in history.entries_about(session, A, "AUD-0001")]
    assert [event for event in events if event.startswith("audit_action")] == [
        "audit_action.confirmed", "audit_action.done", "audit_action.set",
    ]  # fmt: skip
    said = [line.news for line in audit_actions.list_updates(session, A, action.number)]
    assert said == [ActionNews.confirmed, ActionNews.done]


def test_a_childs_action_is_done_only_with_what_changed_for_the_child(session, owner, add, now):
    child, other = add(owner_id=owner), add(ActionLevel.practitioner, owner_id=owner)
    with pytest.raises(Invalid, match="what changed for the child"):
        action_service.mark_done(session, A, child.number, "Visited.", "", by=owner, now=now)
    action_service.mark_done(session, A, other.number, "Read the guidance.", "", by=owner, now=now)
    assert (child.state, other.state) == (OPEN, DONE)


def test_the_manager_who_did_it_leaves_the_confirming_to_the_qa_manager(session, council, add, now):
    action = add()
    action_service.mark_done(session, A, action.number, "Done.", "Safer.", by=council.manager, now=now)
    with pytest.raises(NotAllowed, match="somebody else"):
        action_service.confirm_action(session, A, action.number, by=council.manager, now=now)
    action_service.confirm_action(session, A, action.number, by=council.qa, now=now)
    assert action.state == CONFIRMED


def test_what_is_sent_back_is_open_again_with_the_reason(session, council, owner, add, now):
    action = add(owner_id=owner)
    action_service.mark_done(session, A, action.number, "Visited.", "Too early.", by=owner, now=now)
    action_service.reopen_action(session, A, action.number, "The visit is not on file.", by=council.manager, now=now)
    assert (action.state, action.done_on, action.what_was_done) == (OPEN, None, "Visited.")
    assert "was sent back to you: AAC-0001" in " ".join(told(session, owner))
    assert audit_actions.list_updates(session, A, action.number)[0].note == "The visit is not on file."


def test_only_the_auditor_and_qa_managers_set_and_withdraw_actions(session, council, owner, audit, add, now):
    action = add(owner_id=owner)
    new = action_service.NewAction(ActionLevel.child, "Another", None, DUE)
    for person in (owner, council.manager, council.leader, council.other_auditor):
        with pytest.raises(NotAllowed):
            action_service.add_action(session, A, audit.number, new, by=person, now=now)
        with pytest.raises(NotAllowed):
            action_service.withdraw_action(session, A, action.number, "Why not", by=person, now=now)
    action_service.withdraw_action(session, A, action.number, "The child has moved away.", by=council.qa, now=now)
    assert action.state == WITHDRAWN
    with pytest.raises(OutOfTurn):
        action_service.mark_done(session, A, action.number, "Visited.", "Much.", by=owner, now=now)


def test_actions_are_set_while_the_audit_is_still_being_answered(session, council, now):
    audit = make_audit(session, council.team, council.auditor)
    new = action_service.NewAction(ActionLevel.child, "Ring the school", None, DUE)
    action = action_service.add_action(session, A, audit.number, new, by=council.auditor, now=now)
    assert (action.state, action.owner_id) == (OPEN, None)


def test_a_new_due_date_needs_a_reason_and_is_not_in_the_past(session, owner, add, now):
    action = add(owner_id=owner)
    update = {"seen_revision": None, "by": owner, "now": now}
    with pytest.raises(Invalid, match="why the due date changes"):
        action_service.update_action(session, A, 1, ActionNews.at_risk, due_on=date(2026, 12, 9), **update)
    with pytest.raises(Invalid, match="today or later"):
        action_service.update_action(session, A, 1, ActionNews.at_risk, note="x", due_on=date(2026, 11, 1), **update)
    action_service.update_action(session, A, 1, ActionNews.at_risk, note="Ill", due_on=date(2026, 12, 9), **update)
    line = audit_actions.list_updates(session, A, 1)[0]
    assert (action.due_on, line.due_from, line.due_on, line.note) == (date(2026, 12, 9), DUE, date(2026, 12, 9), "Ill")


def test_a_stale_change_is_refused_fo_1(session, council, add, now):
    action = add()
    new = action_service.NewAction(ActionLevel.child, "Something else", None, DUE)
    with held_rows(session) as held:
        action_service.edit_action(session, A, action.number, new, seen_revision=1, by=council.qa, now=now)
    assert held == {"audit_action"}
    with pytest.raises(Stale):
        action_service.edit_action(session, A, action.number, new, seen_revision=1, by=council.auditor, now=now)


def test_an_owner_is_somebody_of_this_council_ob_5(session, council, add):
    with pytest.raises(Invalid, match="of this council"):
        add(owner_id=123456)


def test_only_team_level_and_above_become_findings(session, council, add, now):
    child, team = add(), add(ActionLevel.team, "Review chronologies in the team")
    with pytest.raises(Invalid, match="stay on the audit"):
        action_service.became_finding(session, A, child.number, "FND-0007", by=council.qa, now=now)
    action_service.became_finding(session, A, team.number, "FND-0007", by=council.qa, now=now)
    assert [line.number for line in audit_actions.all_open_actions(session, A).lines] == [child.number]
    with pytest.raises(OutOfTurn, match="FND-0007"):
        action_service.mark_done(session, A, team.number, "Done.", "", by=council.manager, now=now)


# --- seeing ----------------------------------------------------------------------------------------------------------


def test_each_person_sees_the_actions_that_are_theirs_to_see_ob_1(engine, session, council, owner, add, now):
    mine, other = add(owner_id=owner), add(what="Look at the plan again")
    action_service.update_action(
        session, A, mine.number, ActionNews.at_risk, note="Ill", seen_revision=None, by=owner, now=now
    )
    session.commit()
    both = {mine.number, other.number}
    expected = {
        owner: {mine.number}, council.auditor: both, council.manager: both, council.qa: both,
        council.other_manager: set(), council.other_auditor: set(), council.leader: set(),
    }  # fmt: skip
    for person_id, numbers in expected.items():
        opened, _scope = seen_by(engine, person_id)
        with opened as theirs:
            assert set(theirs.exec(select(AuditAction.number)).all()) == numbers
            assert len(audit_actions.list_updates(theirs, A, mine.number)) == (1 if mine.number in numbers else 0)
            if other.number not in numbers:
                with pytest.raises(NotFound):
                    audit_actions.get_action(theirs, A, other.number)


def test_what_waits_for_whom(engine, session, council, owner, add, now):
    add(owner_id=owner)
    add(what="No owner yet")
    done = add(owner_id=owner, what="Done already")
    by_manager = add(what="Done by the manager")
    action_service.mark_done(session, A, done.number, "Done.", "Much.", by=owner, now=now)
    action_service.mark_done(session, A, by_manager.number, "Done.", "Much.", by=council.manager, now=now)
    session.commit()
    expected = {
        owner: {(1, Why.yours)},
        council.manager: {(2, Why.without_owner), (3, Why.to_confirm)},
        council.qa: {(4, Why.to_confirm)},
        council.leader: set(),
    }
    for person_id, waiting in expected.items():
        opened, scope = seen_by(engine, person_id)
        with opened as theirs:
            found = audit_actions.actions_waiting(theirs, scope, date(2026, 11, 2))
            assert {(one.action.number, one.why) for one in found} == waiting


def test_a_leavers_actions_go_to_their_successor_by_reference_alone(session, council, owner, add, now):
    action = add(owner_id=owner, what="Ring the school about Ada")
    part = next(one for one in people_hooks.handover_parts if one.code == "audit_actions")
    held = part.list_open(session, A, owner, date(2026, 11, 2))
    assert [(thing.key, thing.words) for thing in held] == [
        ("1", "Action AAC-0001 from AUD-0001, due on 30 November 2026")
    ]
    assert part.list_open(session, A, council.manager, DUE) == []
    part.hand_over(session, A, ["1"], person_id=owner, new_person_id=council.manager, on=DUE, by=council.qa, now=now)
    assert action.owner_id == council.manager
    assert part.list_open(session, A, owner, DUE) == []


# --- pages -----------------------------------------------------------------------------------------------------------


def test_the_pages_lead_from_setting_an_action_to_confirming_it(session, council, owner, audit, signed_in_as):
    auditor = signed_in_as(person_id=council.auditor)
    auditor.get(f"{HERE}/audits/AUD-0001/actions")
    auditor.click("Add an action")
    auditor.submit({"what": ""}, status=422)
    assert auditor.errors == ["Choose whom the action is for", "Say what is to be done"]
    due = {"due_on-day": "30", "due_on-month": "11", "due_on-year": "2099"}
    auditor.submit({"level": "child", "what": "Visit <b>at school</b>", "owner_id": str(owner), **due})
    assert "AAC-0001 is set." in auditor.text
    theirs = signed_in_as(person_id=owner)
    theirs.get(f"{HERE}/audits/AUD-0001", status=(403, 404))
    theirs.get(f"{HERE}/audit-actions/AAC-0001")
    assert "Visit <b>at school</b>" in theirs.text
    theirs.click("It is done")
    theirs.submit({"what_was_done": "Visited.", "what_changed": ""}, status=422)
    theirs.submit({"what_was_done": "Visited.", "what_changed": "She has somebody to ring."})
    assert "waits for the manager" in theirs.text
    theirs.get(f"{HERE}/audit-actions/AAC-0001/confirmation", status=403)
    manager = signed_in_as(person_id=council.manager)
    manager.get(f"{HERE}/audit-actions/AAC-0001")
    manager.click("Confirm or send back")
    manager.submit({"decision": "send_back"}, status=422)
    manager.submit({"decision": "confirm"})
    assert "Confirmed" in manager.text
    manager.get(f"{HERE}/audits/AUD-0001/record-note")
    note = manager.by_id("note").text
    assert "Who: Practitioner, Assessment Team 1" in note
    assert "She has somebody to ring." in note
    assert "Pia" not in note


def test_several_actions_are_updated_on_one_page(session, council, owner, add, signed_in_as):
    for serial in range(4):
        add(what=f"Task {serial}", due_on=date(2099, 1, 1 + serial))
    manager = signed_in_as(person_id=council.manager)
    manager.get(f"{HERE}/audit-actions")
    assert manager.h1 == "My team’s actions"
    manager.submit(
        {
            "AAC-0002-news": "done",
            "AAC-0003-news": "at_risk",
            "AAC-0003-due_on-day": "9",
            "AAC-0003-due_on-month": "2",
            "AAC-0003-due_on-year": "2099",
        },
        button="AAC-0001",
        status=422,
    )
    assert manager.errors == [
        "AAC-0002: Say what was done",
        "AAC-0002: Say what changed for the child, even if it is too early to tell",
        "AAC-0003: Say in the note why the due date changes",
    ]
    manager.submit(
        {"AAC-0002-note": "Done.", "AAC-0002-what_changed": "Safer.", "AAC-0003-note": "Ill until February."},
        button="AAC-0001",
    )
    assert "3 actions updated." in manager.text
    session.expire_all()
    rows = {row.number: row for row in session.exec(select(AuditAction)).all()}
    assert [rows[number].revision for number in (1, 2, 3, 4)] == [2, 2, 2, 1]
    assert (rows[2].state, rows[3].due_on) == (DONE, date(2099, 2, 9))


def test_still_on_track_is_one_press(session, council, add, signed_in_as):
    add()
    manager = signed_in_as(person_id=council.manager)
    manager.get(f"{HERE}/audit-actions")
    manager.submit(button="AAC-0001")
    assert "1 action updated." in manager.text
    assert [line.news for line in audit_actions.list_updates(session, A, 1)] == [ActionNews.on_track]


def test_an_action_that_was_changed_meanwhile_keeps_what_was_typed_fo_1(session, council, add, signed_in_as):
    add(), add(what="Another")
    manager, other = signed_in_as(person_id=council.manager), signed_in_as(person_id=council.manager)
    manager.get(f"{HERE}/audit-actions")
    other.get(f"{HERE}/audit-actions")
    other.submit(button="AAC-0001")
    typed = {"AAC-0001-news": "at_risk", "AAC-0001-note": "Nobody at home.", "AAC-0002-news": "on_track"}
    manager.submit(typed, status=409)
    assert "Somebody changed this action while you were typing" in manager.text
    assert "Nobody at home." in manager.html
    session.expire_all()
    assert [row.revision for row in session.exec(select(AuditAction).order_by(AuditAction.number)).all()] == [2, 1]
    session.commit()
    manager.submit()
    assert "2 actions updated." in manager.text


def test_a_stale_form_shows_both_texts_fo_1(council, add, signed_in_as):
    add()
    auditor, qa = signed_in_as(person_id=council.auditor), signed_in_as(person_id=council.qa)
    for one in (auditor, qa):
        one.get(f"{HERE}/audit-actions/AAC-0001/edit")
    qa.submit({"what": "Visit every week"})
    auditor.submit({"what": "Visit every month"}, status=409)
    assert "Visit every week" in auditor.text
    assert "Visit every month" in auditor.text


def test_the_same_action_sent_three_times_is_set_once_fo_4(session, council, audit, signed_in_as):
    auditor = signed_in_as(person_id=council.auditor)
    auditor.get(f"{HERE}/audits/AUD-0001/actions/new")
    data = {**auditor.form_data(), "level": "team", "what": "Read the policy", "status": "confirmed", "set_by": "1"}
    url = auditor.url
    for _press in range(3):
        auditor.post(url, data, follow=False)
    actions = session.exec(select(AuditAction)).all()
    assert [(row.state, row.set_by) for row in actions] == [(OPEN, council.auditor)]


PAGES = ("", "/edit", "/owner", "/done", "/confirmation", "/withdrawal", "/reopening")


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_of_an_action_open_for_qa_and_are_not_found_for_strangers_ob_2(page, council, add, signed_in_as):
    add(ActionLevel.team, "Review chronologies")
    signed_in_as(person_id=council.qa).get(f"{HERE}/audit-actions/AAC-0001{page}")
    for stranger in (council.other_manager, council.other_auditor):
        signed_in_as(person_id=stranger).get(f"{HERE}/audit-actions/AAC-0001{page}", status=(403, 404))
    signed_in_as(Role.admin).get(f"{HERE}/audit-actions/AAC-0001{page}", status=(403, 404))
    signed_in_as(Role.admin).get(f"{HERE}/audits/AUD-0001/actions", status=404)


def test_actions_for_a_team_of_an_agreed_audit_wait_for_the_qa_manager_to_raise(session, audit, add, signed_in_as):
    add(level=ActionLevel.team)
    add(level=ActionLevel.practitioner)
    qa = signed_in_as(Role.qa_manager)
    before = qa.get("/greenhaven/audit-actions?whose=offered")
    assert "No action waits to be raised" in before.text
    audit.stage, audit.agreed_at = Stage.agreed, builders.MOMENT
    session.add(audit)
    session.commit()
    assert "1 action from audits offered as a finding" in qa.get("/greenhaven/").text
    shown = qa.click("1 action from audits offered as a finding")
    assert "1 action from agreed audits reaches beyond" in shown.text
    assert qa.click("Raise a finding from it: AAC-0001").h1 == "Raise a finding"


@pytest.mark.parametrize(
    ("owner_id", "named", "words"),
    [(ANOTHER - 1, "Pat", ""), (ANOTHER, "Pat", "You speak for"), (ANOTHER, "", "This action is yours"),
     (ANOTHER + 1, "Pat", ""), (ANOTHER + 1, "", ""), (None, "", "")],
)  # fmt: skip
def test_why_somebody_may_not_confirm_it_says_what_they_are_to_it(owner_id, named, words):
    facts = ActionFacts(DONE, owner_id, None, named=named)
    why = action_rules.why_not_confirm(Standing(ANOTHER, is_qa=True), facts)
    assert why.startswith(words) and bool(why) is bool(words)


def test_a_new_owner_is_told_of_a_changed_action_and_the_old_one_of_nothing_else(session, council, owner, add, now):
    """Whatever else is changed with it, or nothing else; and the log says what changed."""
    action = add(what="Ring")
    qa = {"by": council.qa, "now": now}

    def edit(**changed):
        given = {"level": action.level, "what": action.what, "owner_id": action.owner_id, "due_on": action.due_on}
        new = action_service.NewAction(**{**given, **changed})
        action_service.edit_action(session, A, action.number, new, seen_revision=None, **qa)
        session.flush()
        return len(told(session, owner))

    assert edit() == 0
    assert edit(what="Ring the school") == 0
    assert edit(owner_id=owner) == 1
    assert edit(what="Ring the school today") == 1
    assert edit(due_on=date(2026, 12, 9)) == 1
    updates = [(line.due_from, line.due_on) for line in audit_actions.list_updates(session, A, action.number)]
    assert (DUE, date(2026, 12, 9)) in updates
    entries = session.exec(select(history.HistoryEntry).where(history.HistoryEntry.event == "audit_action.edited"))
    assert [json.loads(entry.facts)["what"] for entry in entries] == ["words", "owner", "words", "due date"]
