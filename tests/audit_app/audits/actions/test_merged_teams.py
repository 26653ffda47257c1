"""The work of a merged team goes on: its audits, actions and concerns are seen, told and confirmed where it went."""

from datetime import date, timedelta

import pytest

from audit_app import database
from audit_app.audits import queries_case
from audit_app.audits.actions import queries as audit_actions
from audit_app.audits.actions import service as action_service
from audit_app.audits.actions.queries import Why
from audit_app.audits.concerns import queries as concerns
from audit_app.audits.tables import ActionLevel, Stage
from audit_app.people.access.scope import scope_of, system_scope
from audit_app.people.answering import last_heir
from audit_app.people.organisation import service as organisation
from audit_app.people.tables import Role
from tests import builders
from tests.builders_audits import make_audit

A = builders.AUTHORITY_ID
MERGED_ON = date(2026, 11, 1)
TODAY = date(2026, 11, 2)


@pytest.fixture
def audit(session, council):
    made = make_audit(session, council.team, council.auditor)
    made.stage, made.submitted_at = Stage.submitted, builders.MOMENT
    session.add(made)
    session.commit()
    return made


@pytest.fixture
def action(session, council, audit, now):
    """An open action that waits for the team's manager, because nobody owns it."""
    new = action_service.NewAction(ActionLevel.child, "Visit the child at school", None, date(2026, 11, 30))
    made = action_service.add_action(session, A, audit.number, new, by=council.auditor, now=now)
    session.commit()
    return made


@pytest.fixture
def waiting(engine):
    """Call for what waits for a person on a day, as pairs of an action's number and why."""

    def pairs(person_id, today=TODAY):
        with database.session_for(engine, system_scope("a test", A), reading=True) as session:
            scope = scope_of(session, person_id, A, today)
        with database.session_for(engine, scope, reading=True) as session:
            return {(line.action.number, line.why) for line in audit_actions.actions_waiting(session, scope, today)}

    return pairs


def merge(session, council, now, team, into, on=MERGED_ON):
    organisation.merge_team(session, team, into, on=on, by=council.qa, now=now)
    session.commit()


def test_both_managers_of_the_merged_team_see_what_waits_for_them(session, council, action, now, waiting):
    without_owner = {(action.number, Why.without_owner)}
    assert waiting(council.other_manager) == set()
    merge(session, council, now, council.team, council.other_team)
    assert waiting(council.manager) == waiting(council.other_manager) == without_owner
    assert waiting(council.qa) == set(), "it waits for the managers, not for everybody"


def test_a_merge_to_come_changes_nothing_yet(session, council, action, now, waiting):
    merge(session, council, now, council.team, council.other_team, on=TODAY + timedelta(days=1))
    assert waiting(council.other_manager) == set()
    assert waiting(council.other_manager, TODAY + timedelta(days=1)) == {(action.number, Why.without_owner)}


def test_a_team_merged_twice_is_answered_for_by_the_last(session, council, action, now, waiting):
    last = builders.make_team(session, "Third Team", service="Third service")
    third = builders.make_person(session, [Role.team_manager], manages=[last], name="Vic Third").id
    merge(session, council, now, council.team, council.other_team)
    merge(session, council, now, council.other_team, last)
    assert waiting(third) == {(action.number, Why.without_owner)}
    assert set(queries_case.team_managers(session, A, council.team, TODAY)) == {
        council.manager, council.other_manager, third,
    }  # fmt: skip


def test_what_is_done_can_be_confirmed_by_the_manager_it_went_to(session, council, action, now, waiting):
    action_service.give_action(session, A, action.number, council.manager, seen_revision=1, by=council.auditor, now=now)
    action_service.mark_done(
        session, A, action.number, what_was_done="Seen", what_changed="Feels heard", by=council.manager, now=now
    )
    session.commit()
    assert waiting(council.qa) == {(action.number, Why.to_confirm)}, "its only manager did it"
    merge(session, council, now, council.team, council.other_team)
    assert waiting(council.other_manager) == {(action.number, Why.to_confirm)}
    assert waiting(council.qa) == set()
    action_service.confirm_action(session, A, action.number, by=council.other_manager, now=now)


def test_a_concern_is_told_to_the_managers_of_the_team_it_went_to(session, council, audit, now):
    merge(session, council, now, council.team, council.other_team)
    case = queries_case.case_of(session, A, audit.number)
    told = concerns.who_is_told(session, A, case, by=council.auditor, on=TODAY)
    assert {council.manager, council.other_manager} <= set(told)


def test_the_actions_of_a_closed_team_wait_for_the_qa_manager(session, council, action, now, waiting):
    assert waiting(council.qa) == set()
    organisation.close_team(session, council.team, last_day=MERGED_ON, by=council.qa, now=now)
    session.commit()
    assert waiting(council.qa) == {(action.number, Why.without_owner)}


def test_the_list_of_a_team_s_actions_has_it_for_the_manager_it_went_to(session, council, action, now, signed_in_as):
    merge(session, council, now, council.team, council.other_team)
    listed = signed_in_as(person_id=council.other_manager).get("/greenhaven/audit-actions?whose=team")
    assert "Visit the child at school" in listed.text


@pytest.mark.parametrize("team, heir", [(1, 3), (2, 3), (3, 3), (4, 4), (5, 6)])
def test_the_last_heir_ends_even_in_a_circle(team, heir):
    assert last_heir(team, {1: 2, 2: 3, 5: 6, 6: 5}) == heir
