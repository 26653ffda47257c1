"""Late and soon, as a rule and as SQL: the two agree on every sort of action, on whichever database the run is made."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from sqlmodel import Session, func, select

from findings import register, rules, rules_in_sql
from findings.queries import ActionFilter, count_actions
from findings.register import Lead
from findings.states import ActionStatus, Delivery
from findings.tables import Action, Milestone
from tests.findings.conftest import COUNCIL, NOW, TODAY

DAYS = [None, *(TODAY + timedelta(days=away) for away in (-400, -1, 0, 1, 7, 8))]
SOON = TODAY + timedelta(days=7)


@pytest.fixture
def actions(engine):
    """An action of every status, ongoing or not, with each date and delivery, with and without a milestone of each."""
    with Session(engine) as session:
        sorts = product(ActionStatus, (False, True), DAYS, (Delivery.on_track, Delivery.off_track), ("no", *DAYS))
        for number, (status, ongoing, due_on, delivery, milestone) in enumerate(sorts, start=1):
            session.add(
                Action(
                    authority_id=COUNCIL,
                    number=number,
                    what="Train every team.",
                    status=status,
                    ongoing=ongoing,
                    due_on=due_on,
                    delivery=delivery,
                    completed_on=TODAY,
                    verified_on=TODAY,
                    withdrawn_reason="Not needed.",
                    added_by=1,
                    added_at=NOW,
                )
            )
            if milestone != "no":
                session.add(Milestone(authority_id=COUNCIL, action_number=number, text="Book.", due_on=milestone))
            if number % 200 == 0:
                session.flush()
        session.flush()
        yield session


def numbers(session, condition):
    return set(session.exec(select(Action.number).where(Action.authority_id == COUNCIL, condition)))


def by_rule(session, rule: Callable[[Action], bool]):
    return {action.number for action in session.exec(select(Action)) if rule(action)}


def test_the_rule_and_its_sql_call_the_same_actions_overdue(actions):
    late = by_rule(actions, lambda action: rules.overdue(action, TODAY))
    assert numbers(actions, rules_in_sql.overdue(TODAY)) == late
    assert count_actions(actions, COUNCIL, ActionFilter(overdue_on=TODAY)) == len(late)
    # Of each: open alone, both ongoing or not, two days that are past, both deliveries, eight sorts of milestone.
    assert len(late) == 1 * 2 * 2 * 2 * 8


def test_the_rule_and_its_sql_call_the_same_actions_due_soon(actions):
    soon = by_rule(actions, lambda action: rules.due_between(action, TODAY, SOON))
    assert numbers(actions, rules_in_sql.due_between(TODAY, SOON)) == soon
    assert len(soon) == 1 * 2 * 3 * 2 * 8
    assert not soon & by_rule(actions, lambda action: rules.overdue(action, TODAY))


def test_the_dates_of_milestones_pass_by_the_same_rule(actions):
    milestones = actions.exec(select(Milestone)).all()
    counted = select(func.count()).select_from(Milestone)
    passed = sum(rules.date_passed(milestone.due_on, TODAY) for milestone in milestones)
    within = sum(rules.date_within(milestone.due_on, TODAY, SOON) for milestone in milestones)
    assert actions.exec(counted.where(rules_in_sql.date_passed(Milestone.due_on, TODAY))).one() == passed > 0
    assert actions.exec(counted.where(rules_in_sql.date_within(Milestone.due_on, TODAY, SOON))).one() == within > 0


def test_marking_a_late_action_as_ongoing_does_not_take_it_out_of_the_count(engine, day):
    with Session(engine) as session:
        late = {"due_on": TODAY - timedelta(days=1), "delivery_leads": [Lead("Practice lead")]}
        action = register.add_action(session, COUNCIL, what="Train every team.", **late, **day)
        register.correct_action(session, COUNCIL, action.number, revision=1, ongoing=True, **day)
        assert rules.days_overdue(action, TODAY) == 1
        assert count_actions(session, COUNCIL, ActionFilter(overdue_on=TODAY)) == 1
