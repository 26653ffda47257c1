"""The first administrator and those she invites, in a browser through nginx."""

import re

from tests.proof.walked.browser import Visitor
from tests.proof.walked.machines import Stopped
from tests.proof.walked.walk import NAME

ADDRESS, PASSWORD = f"https://{NAME}", "kettle orchard lantern thimble"
ADA = "ada.min@greenhaven.gov.uk"
REASON = "Read by the walk: the plan says who does what by when."


def first_administrator(walk, machine):
    """Step 5 of install.md: by link, with a second factor; gives her browser."""
    changes = {"Your Name": "Ada Min", "you@greenhaven.gov.uk": ADA}
    printed = walk.type(machine, "install / 5. The first administrator / 1", changes)
    link = re.search(r"https://\S+/one-time-links/\S+", printed)[0]
    ada = Visitor(ADDRESS, walk.authority.root)
    ada.opens(link, PASSWORD)
    if len(ada.recovery) != 10:
        raise Stopped(f"install.md promises ten recovery codes: {ada.recovery}")
    walk.note("browser: password chosen, authenticator app set up, ten recovery codes shown")
    ada.follow("I have kept them")
    walk.note(f"browser: led to {ada.answer.url.removeprefix(ADDRESS)}")
    again = Visitor(ADDRESS, walk.authority.root).go(link)
    if again.answer.status_code < 400:
        raise Stopped("The link of the first administrator opened a second time.")
    walk.note(f"browser: the link opens no second time ({again.answer.status_code})")
    return ada


def set_up_council(walk, ada):
    """What she is led through: its name, an example of a reference, teams. Earlier releases had one page for them."""
    ada.follow("Name the council")
    if "Settings of the council" in ada.words:
        ada.write("Example of a case reference", "M-123456").write("Add services and teams", "Safeguarding: Duty Team")
        ada.choose("Add an escalation contact", "Ada Min").write("Telephone", "020 7946 0000").press("Save")
    else:
        ada.see("Name of the council").press("Save").see("Council set-up")
        ada.follow("Show what a case reference looks like").write("Example of a case reference", "M-123456")
        ada.press("Save").see("M-123456").follow("Add services and teams")
        ada.write("Services and teams", "Safeguarding: Duty Team").press("Check the list").press("Add 1 team")
    ada.see("1 team")
    walk.note("browser: council named, an example of its references, a team")


def names_a_contact(walk, ada, name):
    """Who is told at once of a concern: possible as soon as somebody is there to be chosen."""
    ada.go("/greenhaven/council").follow("Name escalation contacts").choose("Person", name)
    ada.write("Telephone", "020 7946 0000").press("Add contact").see(f"{name}, every service, telephone 020 7946 0000")
    walk.note(f"browser: {name} is told of concerns")


def invited(walk, ada, name, roles, team=""):
    """Invite somebody; the link as the page shows it, nothing where it went by e-mail."""
    ada.go("/greenhaven/people/new")
    if "Enter your password again" in ada.words:
        ada.write("Password", PASSWORD).press("Continue")
    ada.see("Add a person")
    ada.write("Full name", name).write("E-mail address", f"{name.split()[0].lower()}@greenhaven.gov.uk")
    for role in roles:
        ada.tick(role)
    if team:
        ada.choose("Team", team)
    ada.press("Add and invite")
    walk.note(f"browser: {name} invited as {' and '.join(roles)}")
    ada.go("/greenhaven/people/invitations").see(name)
    link = re.search(r"/one-time-links/[\w-]+", ada.words)
    return link[0] if link else ""


def sets_up_an_audit(walk, quinn, auditor, reference):
    """An audit of a child's record, given to an auditor; its reference."""
    quinn.go("/greenhaven/audits").follow("Set up an audit").see("Set up an audit")
    row = next(row for row in quinn.page.iter("tr") if "Front door" in row.text_content())
    quinn.go(next(link.get("href") for link in row.iter("a") if link.text_content().strip().startswith("Core")))
    quinn.tick("A child").write("Case reference", reference).tick("Drawn at random")
    quinn.choose("Team", "Duty Team").choose("Auditor", auditor).press("Set up the audit")
    if "This auditor is near" in quinn.words:
        quinn.tick("Give it to this auditor all the same").press("Set up the audit")
    audit = re.search(r"AUD-\d+", quinn.see("is set up").words)[0]
    walk.note(f"browser: {audit} set up for {reference}")
    return audit


def answers(walk, auditor, audit, words=REASON):
    """Save the first domain of an audit with these words as its reason; the address of the domain."""
    auditor.go(f"/greenhaven/audits/{audit}")
    link = next(a.get("href") for a in auditor.page.iter("a") if "/domains/" in (a.get("href") or ""))
    auditor.go(link).filled["rationale"] = words
    auditor.press("Save")
    reads(walk, auditor, link, words)
    return link


def reads(walk, auditor, link, words=REASON):
    """What was saved stands on the page of the domain."""
    field = next(one for one in auditor.go(link).page.iter("textarea") if one.get("name") == "rationale")
    if field.text_content().strip() != words:
        raise Stopped(f"{link} was to hold {words!r}: {auditor.words[:800]}")
    walk.note(f"browser: {link} holds what was saved")
