"""With scripts off: signing in, answering, submitting, acting on a concern, raising a finding, building a pack."""

from types import SimpleNamespace

import pytest

from audit_app.people.access import Role
from audit_app.people.accounts import passwords
from audit_app.people.tables import EscalationContact
from tests import builders, builders_audits
from tests.journeys import answering
from tests.journeys.visiting import NARROW

PASSWORD = "lantern orchard kettle"
SEEN = "The child is alone at home at night."


@pytest.fixture
def people(house):
    """A QA manager, a team manager and an auditor with a password and a short audit."""
    with house.session() as session:
        team = builders.make_team(session)
        kept = passwords.make_hash(house.app.config, PASSWORD)
        ash = builders.make_person(session, [Role.auditor], name="Ash Ditton", password_hash=kept)
        qa = builders.make_person(session, [Role.qa_manager], name="Quinn Avery")
        terry = builders.make_person(session, [Role.team_manager], name="Terry Lead", manages=[team])
        head = builders.make_person(session, [Role.leader], name="Hilary Head")
        session.add(EscalationContact(authority_id=builders.AUTHORITY_ID, person_id=head.id, position=1))
        audit = builders_audits.make_audit(session, team, ash.id, set_id="front-door")
        number = audit.number
        builders_audits.answer_all(session, audit)
        return SimpleNamespace(user_name=ash.user_name, qa=qa.id, lead=terry.id, head=head.id, number=number)


def test_everything_works_without_scripts(house, visit, people):
    ash = visit(house, width=NARROW, scripts=False)
    the_audit_is_answered_and_submitted(ash, people)
    a_concern_is_acted_on(visit(house, people.lead, scripts=False), visit(house, people.head, scripts=False), people)
    a_finding_and_a_pack(visit(house, people.qa, scripts=False), people)


def the_audit_is_answered_and_submitted(ash, people):
    ash.go(f"/greenhaven/audits/AUD-{people.number:04d}").see("Sign in")
    ash.write("E-mail address", people.user_name).write("Password", PASSWORD).press("Sign in")
    ash.see("Front door", "Complete")
    ash.follow("The record").see("The record")
    answering.domain(ash, "Good")
    ash.see("Chronology")
    ash.go(f"/greenhaven/audits/AUD-{people.number:04d}/domains/overall").see("Overall")
    ash.tick("Yes, act now").write("What you know of it", SEEN).press("Save and continue")
    ash.see("Concerns in AUD-")
    ash.go(f"/greenhaven/audits/AUD-{people.number:04d}/last-page").see("Overall grade and last page")
    ash.follow("1 concern about safety is open").see("Concerns in AUD-", SEEN)
    ash.go(f"/greenhaven/audits/AUD-{people.number:04d}/last-page").see("Overall grade and last page")
    ash.press("Save and check your answers").see("Worth a second thought")
    answering.second_thoughts(ash).see("Check your answers", SEEN)
    ash.press("Submit the audit").see("Front door", "submitted")


def a_concern_is_acted_on(terry, hilary, people):
    terry.go("/greenhaven/").see("What needs you", "concern")
    terry.go(f"/greenhaven/audits/AUD-{people.number:04d}/concerns").see("oncern", SEEN)
    terry.press("I have read this").see("Concerns in AUD-", "Terry Lead: acknowledged")
    hilary.go(f"/greenhaven/audits/AUD-{people.number:04d}/concerns").see("oncern", SEEN)
    hilary.follow("Close").see("lose")
    hilary.write("What was done?", "A visit was made today and the child is with an aunt.")
    hilary.page.get_by_role("checkbox").check()
    hilary.page.locator("main form button").last.click()
    hilary.see("oncern", "A visit was made today", "losed")


def a_finding_and_a_pack(quinn, people):
    quinn.go(f"/greenhaven/audits/AUD-{people.number:04d}").see("Front door")
    quinn.press("Mark as agreed").see("as agreed").press("Mark as agreed").see("Front door", "Agreed")
    quinn.page.locator("li", has_text="D5.6").get_by_role("link", name="Raise a finding").click()
    quinn.see("Raise a finding").write("What was found", "Decisions come late.").press("Raise").see("FND-0001")
    quinn.press("Make it an area for improvement").see("AFI-0001", "Decisions come late.")
    quinn.go("/greenhaven/packs/new").see("Build an evidence pack")
    quinn.write("Author", "Quality Assurance Manager").write("Owner", "Director of Children’s Services")
    quinn.write("Circulation", "The improvement board").press("Build the pack").see("Evidence pack", "Read the pack")
    quinn.press("Read the pack").see("Evidence pack", "Decisions come late.")
