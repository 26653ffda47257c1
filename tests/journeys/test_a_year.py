"""A year of self-assessment in the browser: written by three at once, contradicted, mended, signed and told again."""

from datetime import timedelta
from types import SimpleNamespace

import pypdf
import pytest

from audit_app import clock
from audit_app.people.access import Role
from audit_app.self_assessment.signing import service as signing
from tests import builders, builders_improvement, builders_packs, builders_plans
from tests import builders_self_assessment as made
from tests.audit_app.packs.exhibits.made import pdf
from tests.journeys.test_whole_story import saved_as, squeezed, text_of
from tests.journeys.visiting import NARROW

HELP = "The experiences and progress of children who need help and protection"
LAST_YEARS = "Plans say who does what by when"
KNOWN = "The front door decides quickly, and families tell us so."
PLANNED = "Ask families again in spring"
SURVEY = "What families told us about the front door"
CLAIM = "Most records show good practice"
MENDED = "Practice has slipped since the summer, and too many records are not good enough"
AREA = "Families are answered within a day"
FAMILIES = "Thirty families were asked. Twenty-six said that they were answered within a day."
LEADERS = "We know that practice slipped in November. We say so here, and what we do about it."


def days_ago(days):
    """A moment so many days before now: what is old must be old whenever this is run."""
    return clock.now() - timedelta(days=days)


@pytest.fixture(scope="module")
def year(house):
    """A council that was inspected and audited, with last year's self-assessment signed, and those who write now."""
    with house.session() as session:
        council = builders_packs.make_people(session)
        builders_packs.make_audits(session, council, since=days_ago(120))
        people = {
            name: builders.make_person(session, [role], name=name).id
            for name, role in (
                ("Lee Leader", Role.leader),
                ("Hana Head", Role.leader),
                ("Quinn Quality", Role.qa_manager),
                ("Tess Teamlead", Role.team_manager),
                ("Petra Proof", Role.qa_manager),
                ("Bea Support", Role.business_support),
                ("Ash Auditor", Role.auditor),
                ("Pat Practitioner", Role.practitioner),
            )
        }
        builders_plans.make_post(session, "Director of Children’s Services", people["Lee Leader"])
        builders_improvement.open_area(session, AREA)
        last_years(session, people["Hana Head"], people["Lee Leader"])
        session.commit()
    return SimpleNamespace(council=council, **{name.split()[0].lower(): who for name, who in people.items()})


def last_years(session, writer, signer):
    """The self-assessment of the year before: a claim and a plan, signed."""
    long_ago = days_ago(330)
    row, places = made.begin(session, writer, now=long_ago, title="Self-evaluation last year")
    at, who = places["HP"], {"by": writer, "now": long_ago}
    made.claims.add_claim(session, at, made.Said("known", LAST_YEARS), [], **who)
    made.service_plans.add_plan(session, at, made.service_plans.Planned(PLANNED), **who)
    signing.offer(session, made.COUNCIL, row.number, signer, revision=row.revision, **who)
    on = long_ago.date()
    _whole, seen = signing.as_it_would_be_frozen(session, made.COUNCIL, row.number, on, 12)
    signing.sign(
        session, made.COUNCIL, row.number, seen=seen, post_title="Director of Children’s Services", months=12,
        today=on, by=signer, now=long_ago,
    )  # fmt: skip


def test_a_self_assessment_is_written_by_three_contradicted_mended_signed_and_used_again(house, visit, year, tmp_path):
    quinn, lee = visit(house, year.quinn), visit(house, year.lee)
    hana, tess = visit(house, year.hana), visit(house, year.tess, width=NARROW)
    section = it_is_begun_and_given_out(quinn, tess)
    three_write_at_once(section, tess, hana, quinn)
    evidence_is_attached(section, tess, tmp_path)
    quinn.go("/greenhaven/evidence/EVD-0001").follow("Attach it to a").write("Reference", "AFI-0001")
    quinn.press("Attach it").see("EVD-0001", "AFI-0001")
    a_claim_is_contradicted_and_mended(house, year, section, quinn)
    last_year_is_looked_back_on(quinn)
    it_is_signed_by_another(quinn, hana, lee)
    printed_it_says_the_same(lee, tmp_path)
    a_peer_review_is_offered_it(quinn)


def it_is_begun_and_given_out(quinn, tess):
    quinn.go("/greenhaven/self-assessments").see("Self-assessment", "Self-evaluation last year")
    quinn.follow("Begin a self-assessment").see("Begin a self-assessment")
    quinn.page.locator("input[value='ilacs-2026']").check()
    quinn.press("Continue").see("Begin")
    quinn.write("What is it called?", "Self-evaluation this year")
    quinn.date("First day it speaks of", days_ago(300)).date("Last day it speaks of", clock.today())
    quinn.choose("Which one came before it?", "SAS-0001")
    quinn.press("Begin").see("SAS-0002: Self-evaluation this year", "0 of 4 sections ready")
    quinn.follow(f"Change who writes {HELP}").choose("Who writes this section?", "Tess Teamlead")
    quinn.date("By when?", clock.today() + timedelta(days=20)).press("Save").see("SAS-0002", "Tess Teamlead")
    tess.go("/greenhaven/").see("What needs you", "Write a section of SAS-0002")
    tess.go("/greenhaven/self-assessments/SAS-0002").follow(HELP).see(HELP, "Nothing written yet")
    return tess.path


def three_write_at_once(section, tess, hana, quinn):
    for writer in (tess, hana, quinn):
        writer.go(f"{section}/write").see("Write")
    tess.write("What do we know about the quality and impact of practice?", KNOWN).press("Save the section")
    tess.see(HELP, KNOWN)
    quinn.write("How do we know it?", "Twelve records were read at random.").press("Save the section")
    quinn.see(HELP, KNOWN, "Twelve records were read at random.")
    mine = "The front door is slow at weekends."
    hana.write("What do we know about the quality and impact of practice?", mine).press("Save the section")
    hana.see("Write", "Somebody else saved this first", KNOWN)
    both = hana.page.get_by_label("What do we know about the quality and impact of practice?").first
    assert both.input_value() == mine
    hana.write("What do we know about the quality and impact of practice?", f"{KNOWN} {mine}")
    hana.press("Save the section").see(HELP, f"{KNOWN} {mine}", "Twelve records were read at random.")
    hana.follow("Add a comment").write("Your comment", "Say how many families.").press("Add the comment")
    hana.see(HELP, "Say how many families.")
    hana.follow("Suggest other words").choose("In the text under", "What do we know about")
    hana.write("The words that stand there now", "decides quickly").write("The words you suggest", "decides in a day")
    hana.press("Suggest").see(HELP, "decides in a day")
    tess.go(section).press("Take these words in").see(HELP, "The front door decides in a day")
    tess.press("It is settled").see(HELP, "Settled by")


def evidence_is_attached(section, tess, folder):
    file = folder / "survey.pdf"
    file.write_bytes(pdf(FAMILIES))
    tess.go("/greenhaven/evidence/add/file").see("Add a file as evidence")
    tess.write("Title", SURVEY).write("What it shows, in a sentence", "26 of 30 families were answered in a day")
    tess.page.locator("input[type=file]").set_input_files(file)
    tess.tick("Impact", under="Output or impact").tick("Inspector", under="Who may see it")
    tess.date("Last day it speaks of", clock.today() - timedelta(days=30)).press("Add").see("EVD-0001")
    tess.go(section).follow("Add a claim").see("claim")
    tess.write("What do you claim?", "Families are answered within a day")
    tess.choose("Which question does it answer?", "What do we know").tick("works well")
    tess.press("Add the claim").see("A claim of", "Nothing that it cites shows this yet")
    tess.follow("A finding, area, action, measure").see("Cite something of the register")
    tess.write("Search the register and the evidence", "families").press("Search").see("Cite something", SURVEY)
    tess.press("Cite EVD-0001").see("A claim of", SURVEY)
    assert "Nothing that it cites" not in tess.page.inner_text("main")


def a_claim_is_contradicted_and_mended(house, year, section, quinn):
    quinn.go(section).follow("Add a claim").write("What do you claim?", CLAIM)
    quinn.choose("Which question does it answer?", "What do we know").tick("works well").press("Add the claim")
    quinn.see("A claim of", CLAIM).follow("A figure of audits").follow("Child protection").see("figure")
    quinn.choose("What is counted?", "Overall").tick("Drawn at random").tick("Between two days")
    quinn.date("First day", days_ago(121)).date("Last day", days_ago(60))
    quinn.press("Cite this").see("A claim of", "8 of 12 audits drawn at random good or better")
    claim = quinn.path
    with house.session() as session:
        worse = {"grade": "inadequate", "overall": "inadequate"}
        builders_packs.make_audits(session, year.council, random=14, chosen=0, since=days_ago(20), answers=worse)
    quinn.go(claim).see("A claim of", "Later audits say otherwise", "0 of 14 drawn at random")
    quinn.go(section).see(HELP, "Later audits say otherwise")
    quinn.go(claim).follow("Change the claim").write("What do you claim?", MENDED).tick("not good enough").press(
        "Save the claim"
    )
    quinn.see("A claim of", MENDED).follow("A figure of audits").follow("Child protection")
    quinn.choose("What is counted?", "Overall").tick("Drawn at random").tick("Between two days")
    quinn.date("First day", days_ago(21)).date("Last day", clock.today()).press("Cite this")
    quinn.see("A claim of", "0 of 14 audits drawn at random good or better")
    quinn.press("overall grade: 8 of 12").see("A claim of", "0 of 14")
    assert "Later audits say otherwise" not in quinn.page.inner_text("main")
    quinn.follow("Decide how firm it is").see("firm")
    quinn.page.locator("input[name=rung]").first.check()
    quinn.write("Why?", "Records drawn at random, read in one month.").press("Save")
    quinn.see("A claim of", "Records drawn at random, read in one month.")


def last_year_is_looked_back_on(quinn):
    quinn.go("/greenhaven/self-assessments/SAS-0002").follow("What changed since SAS-0001")
    quinn.see("SAS-0002 beside SAS-0001", LAST_YEARS, PLANNED)
    for about, became in ((LAST_YEARS, "Not yet"), (PLANNED, "It came true")):
        row = quinn.page.locator("tr", has_text=about)
        row.get_by_role("link", name="Say what became of it").click()
        quinn.see("What became of it?", about)
        quinn.page.get_by_label(became).first.check()
        quinn.write("How far did it come", "As the audits of November show.").press("Save").see("beside", became)


def it_is_signed_by_another(quinn, hana, lee):
    quinn.go("/greenhaven/self-assessments/SAS-0002").follow("Write these words")
    quinn.write("In the leader’s own words", LEADERS).press("Save").see("SAS-0002", LEADERS, "Not signed yet")
    quinn.follow("Offer it for signature").see("Offer")
    offered = quinn.page.get_by_label("Who reads it and signs it?").inner_text()
    assert "Lee Leader" in offered and "Hana Head" not in offered  # she wrote in it
    quinn.choose("Who reads it and signs it?", "Lee Leader").press("Offer it for signature")
    quinn.see("SAS-0002", "With the reviewer")
    hana.go(quinn.path).see("SAS-0002")
    lee.go("/greenhaven/").see("What needs you", "Read SAS-0002 and sign it")
    lee.go("/greenhaven/self-assessments/SAS-0002").follow("Sign these words").see("Sign")
    lee.press("Sign these words").see("SAS-0002", "Signed by the Director of Children’s Services")
    lee.follow("Read and sign it").see(
        "Read and sign Self-evaluation this year", MENDED, "0 of 14 audits drawn at random good or better"
    )
    lee.press("Sign it").see("SAS-0002", "signed by Lee Leader, Director of Children’s Services")


def printed_it_says_the_same(lee, folder):
    lee.see("SAS-0002", MENDED, LEADERS, SURVEY)
    printed = text_of(saved_as(lee, "Download as a PDF", folder / "SAS-0002.pdf"))
    for said in (MENDED, LEADERS, SURVEY, LAST_YEARS, PLANNED):
        assert squeezed(said) in printed, f"the PDF does not say {said}"
    lee.go("/greenhaven/self-assessments/three-views").see("Three views", HELP)


def a_peer_review_is_offered_it(quinn):
    quinn.go("/greenhaven/self-assessments/new").see("Begin a self-assessment")
    quinn.page.locator("summary", has_text="Earlier editions").click()
    quinn.page.locator("input[value='lga-peer-2012']").check()
    quinn.press("Continue").see("Begin").write("What is it called?", "For the peer review")
    quinn.date("First day it speaks of", days_ago(300)).date("Last day it speaks of", clock.today())
    quinn.press("Begin").see("SAS-0003: For the peer review")
    quinn.follow("Effective practice, service delivery").see("Effective practice")
    quinn.follow("Written elsewhere").see("Written elsewhere", "SAS-0002", MENDED)
    quinn.press("Use this claim: Practice has slipped").see("Effective practice", MENDED)
    quinn.see("Effective practice", "0 of 14 audits drawn at random good or better", "SAS-0002")


@pytest.mark.proof("a second long way through a year; its pages are tested apart")
def test_it_is_assembled_by_business_support_and_retold_for_children(house, visit, year, tmp_path):
    bea, tess, lee = (visit(house, who, width=NARROW) for who in (year.bea, year.tess, year.lee))
    bea.go("/greenhaven/self-assessments/SAS-0003").follow("Effective practice, service delivery")
    bea.see("Effective practice", MENDED).follow("Change it or add evidence").see("A claim of", MENDED)
    assert not bea.page.get_by_role("link", name="Change the claim").count()  # she writes nothing
    bea.follow("A finding, area, action, measure").see("Cite something of the register")
    bea.write("Search the register and the evidence", "families").press("Search").see("Cite something", SURVEY)
    bea.press("Cite EVD-0001").see("A claim of", SURVEY)
    tess.go("/greenhaven/self-assessments/SAS-0002").follow("Versions for staff").see("Versions of")
    tess.press("Begin a version for children and young people").see("Self-evaluation this year")
    version = tess.path
    parts = [link.get_attribute("href") for link in tess.page.get_by_role("link", name="Write here").all()]
    for place, part in enumerate(parts):
        told = "You asked to be answered sooner. We are not there yet." if place == 1 else "You told us."
        tess.go(part).write("What do you want to say?", told)
        tess.press("Save").see("Self-evaluation this year")
    tess.follow("Offer it for signature").choose("Who reads it and signs it?", "Lee Leader").press("Offer it")
    tess.see("Self-evaluation this year")
    lee.go("/greenhaven/").see("What needs you", "Read a version of SAS-0002 and sign it")
    lee.follow("Read a version of SAS-0002 and sign it").follow("Read and sign").see("Read and sign")
    lee.write("Your post", "Director of Children’s Services").press("Sign it").see("Self-evaluation this year")
    for reader in (visit(house, year.ash), visit(house, year.pat, width=NARROW)):
        reader.go("/greenhaven/self-assessments/published").see("What we say of our practice", "Self-evaluation")
        reader.go(version).see("Self-evaluation this year", "You asked to be answered sooner.")
    assert squeezed("We are not there yet.") in text_of(saved_as(reader, "Download as a PDF", tmp_path / "told.pdf"))


@pytest.mark.proof("a third long way through a year; packs are tested apart")
def test_a_pack_is_released_withdrawn_and_released_again_with_its_pages_to_swap(house, visit, year, tmp_path):
    quinn, petra, lee = (visit(house, who) for who in (year.quinn, year.petra, year.lee))
    built(quinn.go("/greenhaven/packs/new"), "For the inspectors")
    proof_read_and_released(petra, lee, "PCK-0001")
    printed = saved_as(lee, "PCK-0001.pdf", tmp_path / "first.pdf")
    assert squeezed("For the inspectors") in text_of(printed)
    the_exhibit_stands_behind_it(printed)
    lee.go("/greenhaven/packs/released").see("What went to whom", "Ofsted, lead inspector", "Stands")
    quinn.go("/greenhaven/packs/PCK-0001").follow("Withdraw it").see("Withdraw PCK-0001", "Ofsted, lead inspector")
    quinn.write("Why", "A figure was corrected.").press("Withdraw the pack").see("For the inspectors", "withdrawn")
    petra.go("/greenhaven/packs/released").see("What went to whom", "Withdrawn")
    quinn.follow("Build a new version of it").see("Build an evidence pack", "A new version of PCK-0001")
    built(quinn, "For the inspectors, corrected")
    quinn.see("For the inspectors, corrected", "It is a new version of PCK-0001")
    quinn.follow("Pages to swap").see("Pages to swap: PCK-0002", "PCK-0001")
    proof_read_and_released(petra, lee, "PCK-0002")
    lee.go("/greenhaven/packs/released").see("What went to whom", "Stands", "Withdrawn")


def the_exhibit_stands_behind_it(file):
    """The last page is the page of the survey, counted with the others and named in the index."""
    pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(file).pages]
    holding = [number for number, text in enumerate(pages, 1) if squeezed(FAMILIES) in text]
    assert holding == [len(pages)]
    assert f"packpage{len(pages)}of{len(pages)}" in pages[-1]
    assert any("E1" in text and squeezed(SURVEY) in text for text in pages[:-1])


def built(quinn, title):
    quinn.see("Build an evidence pack").write("Title", title).tick("Inspector", under="Who is it for?")
    quinn.write("Why it must tell more", "Inspectors asked for it.").write("Author", "Quality Assurance Manager")
    quinn.tick("Choose evidence files to stand behind it")
    quinn.write("Owner", "Director of Children’s Services").write("Circulation", "Ofsted").press("Build the pack")
    quinn.see("Choose the exhibits", SURVEY)
    quinn.page.get_by_label("EVD-0001").first.check()
    quinn.press("Save and build the pack").see(title, "Read the pack", "Draft: nobody has proof-read it")


def proof_read_and_released(petra, lee, pack):
    petra.go(f"/greenhaven/packs/{pack}").follow("Proof-read it").see(f"Proof-read {pack}")
    if petra.page.get_by_label("Why what is left may stand").count():
        petra.write("Why what is left may stand", "Each was looked at.")
    petra.tick("I have read every page of this pack").press("I have proof-read it").see("", "Proof-read, not released")
    petra.follow("Release it").see(f"Release {pack}", "Somebody else must release it")
    lee.go(f"/greenhaven/packs/{pack}").follow("Release it").see(f"Release {pack}")
    lee.write("Who gets it?", "Ofsted, lead inspector").write("What for?", "The inspection").press("Release the pack")
    lee.see("", "Released", "Ofsted, lead inspector")
