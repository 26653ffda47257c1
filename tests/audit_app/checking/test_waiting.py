"""Open work that waits for nobody is named by its reference, and work that waits for somebody is not."""

from datetime import date

import pytest

from audit_app.audits.actions import service as action_service
from audit_app.audits.tables import ActionLevel, Concern, ConcernTold, Stage
from audit_app.checking import waiting
from audit_app.people.organisation import service as organisation
from audit_app.people.tables import AccountState, Person, Role
from findings.states import ActionStatus
from findings.tables import Action, AreaForImprovement, Milestone, Plan
from tests import builders
from tests.builders_audits import make_audit

A = builders.AUTHORITY_ID


@pytest.fixture
def people(session):
    """A team, its manager and an auditor of it; nobody else."""
    team = builders.make_team(session)
    return {
        "team": team,
        "manager": builders.make_person(session, [Role.team_manager], manages=[team]).id,
        "auditor": builders.make_person(session, [Role.auditor]).id,
    }


@pytest.fixture
def look(session):
    """Call with a function of the check to get its sentences."""

    def sentences(finder):
        session.commit()
        return [line for line in finder(session.connection(), {}) if isinstance(line, str)]

    return sentences


def shut_out(session, person_id):
    session.get(Person, person_id).state = AccountState.disabled


def test_an_audit_whose_auditor_left_is_named(session, people, look):
    make_audit(session, people["team"], people["auditor"])
    assert look(waiting.audits_waiting) == []
    shut_out(session, people["auditor"])
    assert look(waiting.audits_waiting) == ["AUD-0001 waits for an auditor who has left. Give it to another auditor."]


@pytest.fixture
def action(session, people, now):
    audit = make_audit(session, people["team"], people["auditor"])
    audit.stage, audit.submitted_at = Stage.submitted, builders.MOMENT
    session.commit()
    new = action_service.NewAction(ActionLevel.child, "Visit the child", None, date(2026, 11, 30))
    return action_service.add_action(session, A, audit.number, new, by=people["auditor"], now=now)


def test_an_action_is_named_when_its_team_has_no_manager_and_nobody_else_can(session, people, look, action):
    assert look(waiting.audit_actions_waiting) == []
    shut_out(session, people["manager"])
    (sentence,) = look(waiting.audit_actions_waiting)
    assert "-0001 waits for a manager of its team, and there is none" in sentence
    builders.make_person(session, [Role.qa_manager])
    assert look(waiting.audit_actions_waiting) == []


def test_an_action_of_a_merged_team_waits_for_the_manager_it_went_to(session, people, look, action, now):
    other = builders.make_team(session, "Court Team", service="Court work")
    shut_out(session, people["manager"])
    builders.make_person(session, [Role.team_manager], manages=[other])
    assert len(look(waiting.audit_actions_waiting)) == 1
    organisation.merge_team(session, people["team"], other, on=date(2026, 11, 1), by=people["auditor"], now=now)
    assert look(waiting.audit_actions_waiting) == []


def test_an_action_is_named_when_its_owner_left(session, people, look, action, now):
    owner = builders.make_person(session, [Role.practitioner], teams=[people["team"]]).id
    session.commit()
    action_service.give_action(session, A, action.number, owner, seen_revision=1, by=people["auditor"], now=now)
    assert look(waiting.audit_actions_waiting) == []
    shut_out(session, owner)
    assert "an owner who has left" in look(waiting.audit_actions_waiting)[0]


def test_a_concern_is_named_when_all_who_were_told_left_or_nobody_can_close_it(session, people, look):
    audit = make_audit(session, people["team"], people["auditor"])
    session.commit()
    concern = Concern(
        authority_id=A, audit_number=audit.number, raised_by=people["auditor"], raised_at=builders.MOMENT,
        concern_words="Seen with a bruise",
    )  # fmt: skip
    session.add(concern)
    session.flush()
    session.add(
        ConcernTold(authority_id=A, concern_id=concern.id, person_id=people["manager"], told_at=builders.MOMENT)
    )
    assert len(look(waiting.concerns_waiting)) == 1, "a manager of the team acknowledges and cannot close"
    builders.make_person(session, [Role.leader])
    assert look(waiting.concerns_waiting) == []
    shut_out(session, people["manager"])
    assert "AUD-0001 is open" in look(waiting.concerns_waiting)[0]


def test_areas_actions_and_milestones_are_named_when_their_holder_left(session, people, look):
    holder, moment = people["manager"], builders.MOMENT
    kept = {"authority_id": A, "opened_by": holder, "opened_at": moment}
    session.add(AreaForImprovement(number=1, heading="Visits", owner_person_id=holder, **kept))
    session.add(Plan(number=1, title="Plan", **kept))
    session.flush()
    given = {"authority_id": A, "number": 1, "plan_number": 1, "lead_person_id": holder, "added_by": holder}
    session.add(Action(what="Visit", added_at=moment, status=ActionStatus.open, **given))
    session.flush()
    session.add(Milestone(authority_id=A, action_number=1, text="First visits", lead_post_id=5, position=1))
    session.add(Milestone(authority_id=A, action_number=1, text="More visits", lead_post_title="A post", position=2))
    assert look(waiting.plan_work_waiting) == [
        "A milestone of ACT-0001 waits for a person who has left or a post that nobody holds."
    ]
    shut_out(session, holder)
    assert [line[:24] for line in look(waiting.plan_work_waiting)] == [
        "AFI-0001 waits for a per", "ACT-0001 waits for a per", "A milestone of ACT-0001 ",
    ]  # fmt: skip
