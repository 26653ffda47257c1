"""Plans through their pages: made, grouped by theme, filled with actions, changed with care."""

from datetime import date

import pytest
from sqlmodel import select

from audit_app import database
from audit_app.improvement.plans import queries, service
from audit_app.people.access import Role, system_scope
from audit_app.people.access.scope import Scope
from findings.errors import NotAllowed
from findings.tables import Plan, Theme
from tests import builders
from tests import builders_plans as made


@pytest.fixture
def council(app, engine):
    return made.make_council(engine)


def test_a_qa_manager_makes_a_plan_with_a_theme_and_an_action(council, signed_in_as):
    qa = signed_in_as(Role.qa_manager)
    qa.get("/greenhaven/plans")
    qa.click("Make a plan")
    qa.submit({
        "title": "Improvement plan 2026",
        "period_from-day": "1", "period_from-month": "4", "period_from-year": "2026",
        "period_to-day": "31", "period_to-month": "3", "period_to-year": "2027",
        "owner_post_id": str(council.head), "board": "Improvement board",
    })  # fmt: skip
    assert qa.h1 == "Improvement plan 2026"
    assert qa.summary()["Period"] == "1 April 2026 to 31 March 2027"
    assert qa.summary()["Owner"] == "Head of Safeguarding (held by Hilary Head)"
    qa.click("Add a theme")
    qa.submit({"title": "Plans that children understand"})
    qa.click("Add an action to Plans that children understand")
    qa.submit({
        "what": "Rewrite the plan template with children", "lead_post_id": str(council.lead_post),
        "areas": ["1", "2"], "delivery_post_ids": [str(council.head)], "impact_test": "re_audit",
        "due_on-day": "30", "due_on-month": "June", "due_on-year": "2027",
        "success_measure": "Nine of ten plans say who does what by when",
    })  # fmt: skip
    assert qa.h1 == "ACT-0001"
    assert "Team Manager North (held by Terry Lead)" in qa.text
    assert "30 June 2027" in qa.summary()["Due"]
    assert "Grey: No start reported" in qa.text
    assert qa.text.count("Not yet judged") == 2
    qa.get("/greenhaven/plans/PLN-0001")
    assert "Rewrite the plan template with children" in qa.text


def test_a_themes_owner_keeps_the_title_it_was_given_until_another_post_owns_it(app, engine, council):
    scope = Scope(authority_id=made.COUNCIL, person_id=council.manager, roles=frozenset({Role.qa_manager}))
    given = {"by": council.manager, "now": builders.MOMENT, "today": date(2026, 11, 2)}
    with database.AuditSession(engine, info={"scope": scope, "log_key": app.extensions["log_key"]}) as session:
        plan = service.open_plan(session, made.COUNCIL, title="A plan", owner_post_id=council.head, **given)
        theme = service.add_theme(session, made.COUNCIL, plan.number, title="Voice", owner_post_id=None, **given)
        owners = [(theme.owner_post_id, theme.owner_post_title)]
        for post in (council.head, council.head, council.lead_post, None):
            if len(owners) == 2:
                theme.owner_post_title = "Head of Safeguarding, as it was called"
            seen = {"revision": theme.revision, "owner_post_id": post, "title": f"Voice {len(owners)}"}
            theme = service.correct_theme(session, made.COUNCIL, theme, **seen, **given)
            owners.append((theme.owner_post_id, theme.owner_post_title))
    assert owners == [
        (None, ""), (council.head, "Head of Safeguarding"), (council.head, "Head of Safeguarding, as it was called"),
        (council.lead_post, "Team Manager North"), (None, ""),
    ]  # fmt: skip


def test_nobody_but_a_qa_manager_writes_plans_whoever_calls_the_service(app, engine, council):
    given = {"owner_post_id": council.head, "by": council.manager, "now": builders.MOMENT, "today": date(2026, 11, 2)}
    writes = {
        "open": lambda session: service.open_plan(session, made.COUNCIL, title="A plan of leaders", **given),
        "correct": lambda session: service.correct_plan(session, made.COUNCIL, 1, revision=1, title="Mine", **given),
        "theme": lambda session: service.add_theme(session, made.COUNCIL, 1, title="Mine", **given),
    }
    roles = (frozenset({Role.leader}), frozenset({Role.qa_manager}))
    as_leader, as_qa = (Scope(authority_id=made.COUNCIL, person_id=council.manager, roles=held) for held in roles)
    with database.AuditSession(engine, info={"scope": as_qa, "log_key": app.extensions["log_key"]}) as session:
        assert writes["open"](session).number == 1
        session.commit()
    with database.AuditSession(engine, info={"scope": as_leader, "log_key": app.extensions["log_key"]}) as session:
        for name, write in writes.items():
            with pytest.raises(NotAllowed, match="written by a QA manager"):
                write(session)
            session.rollback()
            assert name
        assert [plan.title for plan in session.exec(select(Plan)).all()] == ["A plan of leaders"]
        assert session.exec(select(Theme)).all() == []


def test_plans_are_listed_fifty_to_a_page_each_with_its_own_actions(council, signed_in_as, engine):
    """However odd the page asked for; the numbers of a plan are those of its rows."""
    today = date(2026, 11, 2)
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        opened = {"authority_id": made.COUNCIL, "opened_by": council.manager, "opened_at": builders.MOMENT}
        session.add_all(Plan(number=number, title=f"Plan {number}", **opened) for number in range(1, 53))
        session.flush()
        for number, due_on in ((2, date(2026, 11, 1)), (2, date(2026, 12, 1)), (3, date(2026, 1, 1))):
            made.make_action(session, council, what="Do it", due_on=due_on, plan_number=number)
        session.commit()
        pages = [queries.list_plans(session, made.COUNCIL, today, page) for page in (0, 1, 2, 99)]
    numbers = [[row.plan.number for row in page.rows] for page in pages]
    assert numbers == [[*range(52, 2, -1)], [*range(52, 2, -1)], [2, 1], [2, 1]]
    assert {(page.total, page.pages) for page in pages} == {(52, 2)}
    assert [(row.actions, row.overdue) for row in pages[2].rows] == [(2, 1), (0, 0)]
    assert (pages[1].rows[-1].actions, pages[1].rows[-1].overdue) == (1, 1)
    reader = signed_in_as(Role.leader)
    reader.get("/greenhaven/plans")
    reader.click("Next page")
    assert "Page 2 of 2" in reader.text and "Plan 1" in reader.text and "Plan 52" not in reader.text
