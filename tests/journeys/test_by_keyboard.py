"""By keyboard alone, in a window of 320 px: what an auditor, a team manager and a head of service do in ten minutes."""

import re

import pytest
from playwright.sync_api import expect

from audit_app.people.access import Role
from audit_app.people.accounts import passwords
from tests import builders, builders_audits
from tests.journeys.visiting import NARROW

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
