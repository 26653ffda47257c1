"""The first day: from the link for the first administrator to the first audit, each empty page saying what to do."""

import re

import pytest

from tests.journeys.conftest import serve

PASSWORD = "lantern orchard kettle"
COUNCIL = ("--council", "Millbrook Council", "--key", "millbrook", "--name", "Ada Min")
COUNCIL = (*COUNCIL, "--email", "ada@millbrook.example")


@pytest.fixture
def empty_house(tmp_path):
    """The product as installed: no council, nobody with an account."""
    with serve(tmp_path, council=False) as served:
        yield served


def link_for_the_first_administrator(house):
    """What the command prints."""
    done = house.app.test_cli_runner().invoke(args=["people", "first-administrator", *COUNCIL])
    assert done.exit_code == 0, done.output
    return re.search(r"/one-time-links/\S+", done.output)[0]


@pytest.mark.proof("test_first_brief_audit goes the same way and farther")
def test_from_nothing_to_the_first_audit(empty_house, visit):
    ada = visit(empty_house)
    begins(ada, link_for_the_first_administrator(empty_house), "Council set-up")
    ada.see("Council set-up", "The next step is: name the council", "Waits for people")
    the_council_is_set_up(ada)
    quinn = visit(empty_house)
    begins(quinn, invited(ada, "Quinn Avery", "QA manager"))
    ash = visit(empty_house)
    begins(ash, invited(ada, "Ash Ditton", "Auditor", team="Duty Team"))
    a_contact_is_named(ada)
    an_audit_is_set_up(quinn)
    ash.go("/millbrook/").see("What needs you", "AUD-0001")
    ash.follow("AUD-0001").see("AUD-0001: Front door", "Not started")


def begins(visitor, link, first_page="What needs you"):
    """Open an invitation, choose a password and be signed in."""
    visitor.go(link).see("Choose your password")
    visitor.write("New password", PASSWORD).press("Save and sign in").see(first_page)


def the_council_is_set_up(ada):
    """Each step leads to a page of its own, and back to the list, which names the next."""
    ada.follow("Name the council").see("Name of the council").press("Save", exact=True).see("Council set-up")
    ada.follow("Show what a case reference looks like").see("Case references")
    ada.write("Example of a case reference", "M-123456").press("Save", exact=True).see("Council set-up", "M-123456")
    ada.follow("Add services and teams").see("Add services and teams")
    ada.write("Services and teams", "• Safeguarding: Duty Team\n– safeguarding: Plans Team")
    ada.press("Check the list").see("Check the services and teams", "2 teams are new", "taken as the same service")
    ada.press("Add 2 teams").see("Council set-up", "2 teams in 1 service", "The next step is: add people")


def invited(ada, name, role, team=""):
    """Invite somebody on the page for it; the link as it is shown where no e-mail can be sent."""
    ada.go("/millbrook/people/new").see("Add a person")
    ada.write("Full name", name).write("E-mail address", f"{name.split()[0].lower()}@millbrook.example").tick(role)
    if team:
        ada.choose("Team", team)
    ada.press("Add and invite").see("Invitations not used yet")
    ada.go("/millbrook/people/invitations").see("nvitations", name)
    return re.search(r"/one-time-links/[\w-]+", ada.page.locator("main").inner_text())[0]


def a_contact_is_named(ada):
    """Not before people are there to be chosen."""
    ada.go("/millbrook/council").follow("Name escalation contacts").see("Escalation contacts", "There is none yet")
    ada.choose("Person", "Quinn Avery").write("Telephone", "020 7946 0000")
    ada.press("Add contact").see("Escalation contacts", "Quinn Avery, every service, telephone 020 7946 0000")


def an_audit_is_set_up(quinn):
    quinn.go("/millbrook/audits").see("Audits", "There are no audits here yet")
    quinn.press("Set up an audit").see("Set up an audit")
    quinn.page.locator("tr", has_text="Front door").get_by_role("link", name="Core").click()
    quinn.see("Set up an audit: Front door, core", "M-123456")
    quinn.tick("A child").write("Case reference", "M-200001").tick("Drawn at random")
    quinn.choose("Team", "Duty Team").choose("Auditor", "Ash Ditton")
    quinn.press("Set up the audit").see("Set up an audit", "This auditor is near to the record")
    quinn.tick("Give it to this auditor all the same")
    quinn.press("Set up the audit").see("AUD-0001: Front door", "is set up")
