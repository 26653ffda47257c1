"""An action that is ongoing and past its date is overdue wherever it is shown or counted: one rule, one answer."""

from datetime import timedelta

import pytest

from audit_app import clock, database, words
from audit_app.home import queries_dashboard
from audit_app.improvement import queries_plans
from audit_app.people.access.scope import system_scope
from audit_app.people.tables import Role
from findings import register
from tests import builders_plans as made

YESTERDAY = clock.today() - timedelta(days=1)


@pytest.fixture
def council(engine, app):
    """A plan with one action that is ongoing and was due yesterday, and one that is ongoing and has no date."""
    council = made.make_council(engine, areas=1)
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        day = {"by": council.manager, "now": clock.now()}
        plan = register.open_plan(session, made.COUNCIL, title="Improvement plan", **day)
        more = {"ongoing": True, "plan_number": plan.number}
        made.make_action(session, council, due_on=YESTERDAY, what="Train every team", **more)
        made.make_action(session, council, due_on=None, what="Keep the plans under review", **more)
    return council


def test_the_plan_the_register_and_the_dashboard_count_it_alike(council, engine):
    today = clock.today()
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        (plan,) = queries_plans.list_plans(session, made.COUNCIL, today)
        dashboard = queries_dashboard.thread_figures(session, made.COUNCIL, today)
        wanted = queries_plans.ActionFilter(overdue_on=today)
        register_rows = queries_plans.list_actions(session, made.COUNCIL, wanted, today).rows
    assert (plan.overdue, dashboard.overdue_actions, len(register_rows)) == (1, 1, 1)
    assert register_rows[0].overdue
    assert register_rows[0].colour.code == "red"


def test_the_page_of_its_area_gives_its_date_and_says_that_it_has_passed(council, signed_in_as):
    seen = signed_in_as(Role.qa_manager).get("/greenhaven/areas-for-improvement/AFI-0001")
    assert f"{words.date_words(YESTERDAY)} (overdue by 1 day), ongoing" in seen.text
