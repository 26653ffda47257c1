"""Plans through their pages: made, grouped by theme, filled with actions, changed with care."""

import pytest

from audit_app.people.access import Role
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
