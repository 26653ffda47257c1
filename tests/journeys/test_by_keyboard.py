"""By keyboard alone, in a window of 320 px: what an auditor, a team manager and a head of service do in ten minutes."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from audit_app import clock
from audit_app.people.access import Role
from audit_app.people.accounts import passwords
from findings import register
from findings.states import Delivery
from tests import builders, builders_audits, builders_plans
from tests.journeys.visiting import NARROW

NUMBER_OF_ACTIONS = 5
PASSWORD = "lantern orchard kettle"


@pytest.fixture
def auditor(house):
    """An auditor with a password, and an audit given to them."""
    with house.session() as session:
        team = builders.make_team(session)
        person = builders.make_person(
            session, [Role.auditor], name="Ash Ditton", password_hash=passwords.make_hash(house.app.config, PASSWORD)
        )
        audit = builders_audits.make_audit(session, team, person.id, set_id="front-door")
        return person.user_name, f"/greenhaven/audits/AUD-{audit.number:04d}"


def test_an_auditor_answers_the_first_domain_from_an_e_mailed_link_and_finds_the_way_back(house, visit, auditor):
    user_name, address = auditor
    ash = visit(house, width=NARROW)
    ash.go(address).see("Sign in")
    ash.tab_to(lambda here: here["name"] == "user_name")
    ash.keys(user_name)
    ash.tab_to(lambda here: here["name"] == "password")
    ash.keys(PASSWORD)
    ash.enter().see("Front door", "The record")
    assert ash.path == address

    ash.tab_to_words("a", "The record")
    ash.enter().see("The record", "Your grade for this domain")
    answer_by_keyboard(
        ash, "Parents' names are missing, so nobody could tell who may make decisions for the child today."
    )
    ash.tab_to_words("button", "Save and continue")
    ash.enter().see("Chronology, family map and history")

    ash.tab_to_words("a", "all domains")
    ash.enter().see("Front door", "Complete", "2 of 2 questions answered")
    ash.tab_to_words("button", "Menu")
    ash.page.keyboard.press("Enter")
    ash.tab_to_words("a", "What needs you")
    ash.enter().see("What needs you", "AUD-")
    ash.tab_to(lambda here: here["tag"] == "a" and re.search(r"AUD-\d{4}", here["words"]))
    ash.enter().see("Front door")
    assert ash.path == address


def answer_by_keyboard(visitor, why):
    """The second answer of every group of radio buttons, and the reason for the grade, without a pointer."""
    answered = []
    while True:
        here = visitor.tab_to(lambda here: here["type"] in ("radio", "textarea"))
        if here["type"] == "radio":
            visitor.page.keyboard.press("Space")
            visitor.page.keyboard.press("ArrowDown")
            answered.append(here["legend"])
        elif here["name"] == "rationale":
            visitor.keys(why)
            break
    assert len(answered) == len(set(answered)) > 1, f"a group of answers stopped the keyboard twice: {answered}"
    for legend in answered:
        expect(visitor.page.get_by_role("group", name=legend, exact=True).get_by_role("radio").nth(1)).to_be_checked()


@pytest.fixture
def team_manager(house):
    """A team manager whose post leads five plan actions, all on track so far; and the head of service above."""
    council, soon = builders_plans.make_council(house.engine), clock.today() + timedelta(days=10)
    with house.session() as session:
        for place in range(1, NUMBER_OF_ACTIONS + 1):
            made = builders_plans.make_action(
                session, council, what=f"Read {place} plans with each worker", due_on=soon
            )
            register.report_progress(
                session,
                builders.AUTHORITY_ID,
                made.number,
                delivery=Delivery.on_track,
                text="Begun.",
                dated_on=clock.today() - timedelta(days=40),
                by=council.lead,
                now=builders.MOMENT,
            )
    return council


def test_a_team_manager_updates_five_actions_and_a_head_of_service_sees_what_changed(house, visit, team_manager):
    terry = visit(house, team_manager.lead, width=NARROW)
    terry.go("/greenhaven/").see("What needs you", "ACT-000")
    terry.tab_to_words("a", "Update your plan actions")
    terry.enter().see("Your plan actions", "5 open actions")
    terry.tab_to_words("button", "The ticked ones are still on track")
    terry.enter().see("Your plan actions", "ACT-0001, ACT-0002, ACT-0003, ACT-0004 and ACT-0005 are still on track")

    terry.tab_to_words("summary", "about ACT-0003")
    terry.page.keyboard.press("Enter")
    terry.tab_to(lambda here: here["name"] == "rating_3")
    terry.keys("At risk")
    terry.tab_to(lambda here: here["name"] == "note_3")
    terry.keys("Two workers are away until spring.")
    terry.tab_to_words("button", "Save what I wrote")
    terry.enter().see("Your plan actions", "1 update saved")

    hilary = visit(house, team_manager.manager, width=NARROW)
    hilary.go("/greenhaven/areas-for-improvement").see("Areas for improvement")
    hilary.tab_to_words("a", "What changed")
    hilary.enter().see("Who changed what since", "Terry Lead said that ACT-0001 is still on track", "ACT-0003: at risk")
