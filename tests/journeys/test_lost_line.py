"""The line drops while somebody types: what they typed waits on their device, unreadable to others, and comes back."""

from types import SimpleNamespace

import pytest

from audit_app.people.access import Role
from tests import builders, builders_audits
from tests.journeys.visiting import NARROW

TYPED = "The worker saw the child alone twice in March."
KEPT = "() => Object.keys(localStorage).filter((name) => name.startsWith('typed:'))"
ALL = "() => Object.values(localStorage).join(' ')"
SENTENCE = "has not reached us. It is kept in this browser."


@pytest.fixture
def ash(house):
    """An auditor with an audit that is set up and not begun."""
    with house.session() as session:
        team = builders.make_team(session, "Front Door")
        person = builders.make_person(session, [Role.auditor], name="Ash Ditton").id
        number = builders_audits.make_audit(session, team, person, set_id="front-door").number
    return SimpleNamespace(id=person, place=f"/greenhaven/audits/AUD-{number:04d}/domains/record")


def typed_when_the_line_dropped(visitor, place):
    """Type, lose the line, press save, find the line again and go back, as anybody would."""
    visitor.go(place).see()
    visitor.context.set_offline(True)
    visitor.page.locator("#rationale").fill(TYPED)
    visitor.page.get_by_role("button", name="Save and continue").click()
    visitor.page.wait_for_function("() => !document.querySelector('#rationale')")
    visitor.context.set_offline(False)
    visitor.faults.clear()  # the browser says itself that the line was down
    visitor.go(place).see(None, SENTENCE, TYPED)


def test_it_comes_back_is_saved_and_then_forgotten(house, visit, ash):
    visitor = visit(house, ash.id, width=NARROW)
    typed_when_the_line_dropped(visitor, ash.place)
    assert TYPED not in visitor.page.evaluate(ALL), "it can be read by whoever uses this computer next"
    visitor.press("Put it back into the form")
    assert visitor.page.locator("#rationale").input_value() == TYPED
    visitor.press("Save and continue").see("Chronology")
    assert visitor.page.evaluate(KEPT) == []
    visitor.go(ash.place).see(None, TYPED)
    assert SENTENCE not in visitor.page.content()


def test_nobody_else_is_offered_it_and_sign_out_removes_it(house, visit, ash):
    visitor = visit(house, ash.id)
    typed_when_the_line_dropped(visitor, ash.place)
    with house.session() as session:
        other = builders.make_person(session, [Role.qa_manager, Role.auditor], name="Quinn Avery").id
    visitor.context.add_cookies([house.cookie(other)])
    visitor.go("/greenhaven/").see()
    assert SENTENCE not in visitor.page.content()
    assert len(visitor.page.evaluate(KEPT)) == 1, "it waits for its author"
    visitor.press("Sign out").see("Sign in")
    assert visitor.page.evaluate(KEPT) == []


def test_the_setting_turns_it_off_and_removes_what_was_kept(house, visit, ash):
    visitor = visit(house, ash.id)
    typed_when_the_line_dropped(visitor, ash.place)
    house.app.config["KEPT_ON_DEVICE"] = False
    try:
        visitor.go(ash.place).see()
        assert SENTENCE not in visitor.page.content()
        visitor.page.locator("#rationale").fill(TYPED)
        visitor.page.wait_for_timeout(600)
        assert visitor.page.evaluate(KEPT) == []
    finally:
        house.app.config["KEPT_ON_DEVICE"] = True


def test_a_form_that_comes_back_with_what_was_typed_does_not_say_that_it_never_arrived(house, visit, ash):
    visitor = visit(house, ash.id, width=NARROW)
    visitor.go(ash.place.replace("domains/record", "actions/new")).see()
    visitor.page.locator("main textarea").first.fill(f"{TYPED}\n")
    visitor.page.wait_for_function(f"() => ({KEPT})().length === 1")
    visitor.press("Save", within="main").see(None, "There is a problem")
    assert visitor.page.locator("main textarea").first.input_value().strip() == TYPED
    assert SENTENCE not in visitor.page.content()


def test_a_filter_by_a_long_name_stays_within_a_narrow_page(house, visit, ash):
    with house.session() as session:
        builders.make_team(session, "Family Safeguarding, Support and Planning Team 4, North of the River")
        manager = builders.make_person(session, [Role.qa_manager], name="Robin Vale").id
    visit(house, manager, width=NARROW).go("/greenhaven/audits?overdue=yes").see("Audits")
