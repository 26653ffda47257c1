"""The whole story in one browser: from an inspectorate's sentence to what is different for children, printed."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest

from audit_app import clock
from audit_app.audits.tables import AuditType
from audit_app.packs.verify import verify
from audit_app.people.access import Role
from tests import builders, builders_audits, builders_plans
from tests.journeys import answering

ITEMS = """Immediately:
• make sure that every contact is decided on by a manager within one working day (paragraph 45)
• see each child alone before a decision is made

Within three months:
• ensure that the reasons for each decision are written down
"""
HEADING = "make sure that every contact is decided on by a manager within one working day"
FOUND = "Some contacts wait two days for a manager's decision."
DONE = "A manager of the day decides on each contact before noon"
DIFFERENT = "Children are seen a day sooner than in the spring."
NOT_YET = "Contacts at the weekend still wait."


@pytest.fixture
def people(house):
    """Those who take part: a QA manager, an auditor, a team manager who holds a post, a head of service."""
    with house.session() as session:
        team = builders.make_team(session, "Front Door")
        qa = builders.make_person(session, [Role.qa_manager], name="Quinn Avery").id
        ash = builders.make_person(session, [Role.auditor], name="Ash Ditton").id
        terry = builders.make_person(session, [Role.team_manager], name="Terry Lead", manages=[team]).id
        hilary = builders.make_person(session, [Role.leader], name="Hilary Head").id
        builders_plans.make_post(session, "Team Manager, Front Door", terry)
        builders_plans.make_post(session, "Head of Safeguarding", hilary)
    return SimpleNamespace(team=team, qa=qa, auditor=ash, lead=terry, head=hilary)


def test_an_inspectorates_sentence_becomes_a_page_in_the_pack(house, visit, people, tmp_path):
    quinn, ash, terry = (visit(house, who) for who in (people.qa, people.auditor, people.lead))
    an_inspection_becomes_an_area(quinn)
    audit = an_audit_is_set_up(quinn)
    it_is_answered_and_submitted(ash, audit)
    a_finding_of_it_joins_the_area(quinn, audit)
    an_action_is_planned(quinn)
    it_is_carried_out(terry)
    it_is_verified(quinn)
    again = a_linked_re_audit(house, people, audit)
    impact_is_judged(quinn, again)
    the_thread_tells_it_all(quinn, audit, again)
    the_pack_tells_it_too(quinn, tmp_path)


def an_inspection_becomes_an_area(quinn):
    quinn.go("/greenhaven/").see("What needs you")
    quinn.follow("Record an inspection or review").see("Record an inspection or review")
    quinn.tick("Inspection").write("Who carried it out", "Ofsted").write("Its name", "Inspection of child protection")
    quinn.choose("Framework and edition", "2012 to 2013").write("Title of the report", "Report on the front door")
    quinn.date("Day the report was published", clock.today() - timedelta(days=200))
    quinn.press("Save").see("Inspection of child protection", "No findings have been entered yet")
    quinn.follow("Enter the judgements").see("udgements")
    quinn.tick("Adequate", under="The quality of practice")
    quinn.press("Save").see("Inspection of child protection", "Adequate")
    quinn.follow("Paste a list from the report").see("Paste a list")
    quinn.tick("Area for improvement").choose("Judgement area", "The quality of practice").write("The list", ITEMS)
    quinn.press("See what will be raised").see("Check 3 findings", "1 of 3", "Within three months")
    quinn.press("Raise").see("Inspection of child protection", "3 findings raised")
    quinn.follow("FND-0001").see("FND-0001", "Ofsted’s area for improvement 1 of 3")
    quinn.press("Make it an area for improvement").see("AFI-0001", HEADING)
    quinn.follow("Change it or name its owner").see("Change AFI-0001")
    quinn.choose("Owner", "Head of Safeguarding").press("Save").see("AFI-0001", "Hilary Head")


def an_audit_is_set_up(quinn):
    quinn.follow("Audits").see("Audits")
    quinn.press("Set up an audit").see("Set up an audit", "Front door")
    quinn.page.locator("tr", has_text="Front door").get_by_role("link", name="Core").click()
    quinn.see("Set up an audit: Front door, core")
    quinn.tick("A child").write("Case reference", "G-200001").tick("Drawn at random")
    quinn.choose("Team", "Front Door").choose("Auditor", "Ash Ditton")
    quinn.press("Set up the audit").see("Front door", "is set up")
    return quinn.path.rsplit("/", 1)[1]


def it_is_answered_and_submitted(ash, audit):
    ash.go("/greenhaven/").see("What needs you", audit)
    ash.follow(audit).see("Front door")
    ash.follow("The record").see("The record")
    passed = answering.to_the_last_page(ash, "Requires improvement")
    assert len(passed) == 13 and passed[-1] == "Overall"
    ash.see("Overall grade and last page")
    answering.last_page(ash, "Requires improvement")
    ash.see("Check your answers", "Submit")
    assert not ash.page.get_by_role("heading", name="Still needed").count()
    ash.press("Submit the audit").see("Front door", "submitted")


def a_finding_of_it_joins_the_area(quinn, audit):
    quinn.go("/greenhaven/").see("What needs you")
    quinn.follow(f"Read {audit}").see("Front door", "Requires improvement")
    quinn.press("Mark as agreed").see(f"Mark {audit} as agreed")
    quinn.press("Mark as agreed").see("Front door", "Agreed, not moderated")
    quinn.page.locator("li", has_text="D5.6").get_by_role("link", name="Raise a finding").click()
    quinn.see("Raise a finding", f"From {audit}")
    quinn.write("What was found", FOUND).press("Raise").see("FND-0004", FOUND)
    quinn.follow("Join it to an area").see("Join")
    quinn.choose("Area for improvement", "AFI-0001").press("Join").see("AFI-0001", "FND-0004 joined to AFI-0001")


def an_action_is_planned(quinn):
    quinn.follow("Plans").see("Improvement plans")
    quinn.follow("Make a plan").see("Make a plan")
    quinn.write("What is the plan called?", "Improvement plan").press("Save the plan").see("Improvement plan")
    quinn.go("/greenhaven/areas-for-improvement/AFI-0001").follow("Add an action").see("Add an action")
    quinn.write("What will be done?", DONE).choose("Plan and theme", "Improvement plan")
    quinn.choose("Lead", "Team Manager, Front Door").date("Due date", clock.today() + timedelta(days=40))
    quinn.write("How will we know it is done well?", "Nine of ten contacts are decided on within a day.")
    quinn.choose("How will impact be tested?", "A re-audit").press("Save the action").see("ACT-0001", DONE)


def it_is_carried_out(terry):
    terry.go("/greenhaven/").see("What needs you", "ACT-0001")
    terry.go("/greenhaven/your-plan-actions").see("Your plan actions", DONE)
    terry.press("Still on track").see("Your plan actions", "ACT-0001 is still on track")
    terry.follow("ACT-0001").see("ACT-0001")
    terry.follow("done").see("Say that ACT-0001 is done")
    terry.write("What shows that it is done?", "The rota has run for a month.").press("It is done")
    terry.see("ACT-0001", "The rota has run for a month.")


def it_is_verified(quinn):
    quinn.go("/greenhaven/").see("What needs you", "ACT-0001")
    quinn.go("/greenhaven/plan-actions/ACT-0001").follow("erify").see("Verify ACT-0001")
    quinn.write("What did you see", "Ten contacts of two weeks were read.").press("Verify the action")
    quinn.see("ACT-0001", "Ten contacts of two weeks were read.")


def a_linked_re_audit(house, people, audit):
    """Its answers were given elsewhere; it tests the area, on the same record."""
    with house.session() as session:
        made = builders_audits.make_agreed(
            session,
            people.team,
            people.auditor,
            agreed_by=people.qa,
            set_id="front-door",
            case_reference="G-200001",
            audit_type=AuditType.re_audit,
            re_audit_of=int(audit[4:]),
            tests_area="AFI-0001",
        )
        return f"AUD-{made.number:04d}"


def impact_is_judged(quinn, again):
    quinn.go("/greenhaven/areas-for-improvement/AFI-0001").see("AFI-0001", "Nobody has yet judged")
    quinn.follow("Judge its impact").see("Judge the impact of AFI-0001", again)
    quinn.tick("Some difference").choose("How was it tested?", "A re-audit")
    quinn.write("How many records", "1").write("Who looked at them", "An auditor from outside the service")
    quinn.write("What is different for children", DIFFERENT).write("What is not yet good enough", NOT_YET)
    quinn.write("What is next", "Read ten weekend contacts in spring.")
    quinn.press("Record the judgement").see("AFI-0001", DIFFERENT, NOT_YET)


def the_thread_tells_it_all(quinn, audit, again):
    quinn.follow("Follow the thread")
    told = (
        "The quality of practice",
        HEADING,
        FOUND,
        audit,
        DONE,
        "Ten contacts of two weeks",
        DIFFERENT,
        NOT_YET,
        again,
    )
    quinn.see("The thread of AFI-0001", *told)


def the_pack_tells_it_too(quinn, folder):
    quinn.follow("Evidence and packs").see("Evidence")
    quinn.go("/greenhaven/packs").see("acks")
    quinn.press("Build a pack").see("Build an evidence pack")
    quinn.page.locator("summary", has_text="Earlier editions").click()
    quinn.tick("2012 to 2013")
    quinn.tick("Leadership").write("Why it must tell more", "The improvement board asked for it.")
    quinn.write("Author", "Quality Assurance Manager").write("Owner", "Director of Children’s Services")
    quinn.write("Circulation", "The improvement board").press("Build the pack").see("Evidence pack", "Read the pack")
    pdf, archive = (saved(quinn, name, folder) for name in ("PCK-0001.pdf", "PCK-0001.zip"))
    report = verify(archive)
    assert report.sound, report.faults
    printed = text_of(pdf)
    for said in (HEADING, FOUND, DONE, DIFFERENT, NOT_YET):
        assert squeezed(said) in printed, f"the PDF does not say {said}"
    quinn.press("Read the pack").see("Evidence pack", FOUND, DONE, DIFFERENT, NOT_YET)


def saved(visitor, words, folder):
    """Follow the link that names a file, and where it was saved."""
    return saved_as(visitor, words, Path(folder) / words)


def saved_as(visitor, words, path):
    """Follow a link to a file and save it there."""
    with visitor.page.expect_download() as waiting:
        visitor.follow(words)
    waiting.value.save_as(path)
    return path


def text_of(path):
    """Everything a PDF says, without its line ends and spaces."""
    with pypdfium2.PdfDocument(path) as document:
        return squeezed("".join(page.get_textpage().get_text_range() for page in document))


def squeezed(text):
    return "".join(text.split()).replace("\ufffe", "").replace("\xad", "")
