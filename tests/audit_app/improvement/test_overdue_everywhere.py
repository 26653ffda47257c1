"""An action that is ongoing and past its date is overdue wherever it is shown or counted: one rule, one answer."""

from datetime import timedelta

import pytest

from audit_app import clock, database, words
from audit_app.home import queries_dashboard
from audit_app.improvement.actions import queries_rows
from audit_app.improvement.plans import queries as plans
from audit_app.people.access.scope import system_scope
from audit_app.people.tables import Role
from findings import queries as thread
from findings import register
from findings.queries import ActionFilter
from tests import builders_plans as made


def yesterday():
    return clock.today() - timedelta(days=1)


@pytest.fixture
def council(engine, app):
    """A plan with one action that is ongoing and was due yesterday, and one that is ongoing and has no date."""
    council = made.make_council(engine, areas=1)
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        day = {"by": council.manager, "now": clock.now()}
        plan = register.open_plan(session, made.COUNCIL, title="Improvement plan", **day)
        more = {"ongoing": True, "plan_number": plan.number}
        made.make_action(session, council, due_on=yesterday(), what="Train every team", **more)
        made.make_action(session, council, due_on=None, what="Keep the plans under review", **more)
    return council


def test_the_plan_the_register_and_the_dashboard_count_it_alike(council, engine):
    today = clock.today()
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        (plan,) = plans.list_plans(session, made.COUNCIL, today).rows
        dashboard = queries_dashboard.thread_figures(
            session, made.COUNCIL, thread.total_actions(session, made.COUNCIL, today)
        )
        wanted = ActionFilter(overdue_on=today)
        register_rows = queries_rows.list_actions(session, made.COUNCIL, wanted, today).rows
    assert (plan.overdue, dashboard.overdue_actions, len(register_rows)) == (1, 1, 1)
    assert register_rows[0].overdue
    assert register_rows[0].colour.code == "red"


def test_the_plan_the_dashboard_and_its_area_say_the_same_on_their_pages(council, signed_in_as):
    page = signed_in_as(Role.qa_manager)
    late = f"{words.date_words(yesterday())} (overdue by 1 day), ongoing"
    assert 'overdue=yes">1<' in page.get("/greenhaven/plans").html
    assert late in page.get("/greenhaven/plans/PLN-0001").text
    assert "2 open, 1 of them overdue" in page.get("/greenhaven/dashboard").text
    assert late in page.get("/greenhaven/areas-for-improvement/AFI-0001").text
