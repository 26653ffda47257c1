"""A council's own questions in one browser: the template filled in, brought in, published by a second person, answered.

The auditor's answers open and close a question that waits for an earlier one.
"""

from types import SimpleNamespace

import openpyxl
import pytest
from sqlmodel import select

from audit_app.audits.tables import AuditVersion
from audit_app.library.tables import OwnTerm
from audit_app.people.access import Role
from tests import builders
from tests.journeys import answering

DAY = "How well is the child’s day described?"
FOOD = "Is there food in the house?"
ROWS = (
    {"Domain": "The home", "Question": DAY, "In the core": "yes", "Starred": "yes"},
    {"Domain": "The home", "Question": FOOD, "Type": "Check", "In the core": "yes", "Starred": "yes",
     "Asked only if: question": DAY, "Asked only if: answers": "Inadequate"},
)  # fmt: skip


@pytest.fixture
def people(house):
    """A QA manager who writes, a leader who publishes, an auditor."""
    with house.session() as session:
        team = builders.make_team(session, "North Team")
        return SimpleNamespace(
            team=team,
            qa=builders.make_person(session, [Role.qa_manager], name="Quinn Avery").id,
            leader=builders.make_person(session, [Role.leader], name="Hilary Head").id,
            auditor=builders.make_person(session, [Role.auditor], name="Ash Ditton").id,
        )


def test_from_an_excel_file_to_a_submitted_audit(house, visit, people, tmp_path):
    quinn, hilary, ash = (visit(house, who) for who in (people.qa, people.leader, people.auditor))
    the_council_has_a_word_of_its_own(quinn)
    file = the_template_is_filled_in(quinn, tmp_path)
    a_fault_is_named_and_mended(quinn, file)
    it_is_brought_in_and_offered(quinn)
    the_leader_publishes(hilary)
    an_audit_of_it_is_set_up(quinn)
    it_is_answered(ash)
    with house.session() as session:
        frozen = session.exec(select(AuditVersion)).one()
        assert FOOD in frozen.contents
        assert [one.term for one in session.exec(select(OwnTerm))] == ["auditor"]


def the_council_has_a_word_of_its_own(quinn):
    quinn.go("/greenhaven/library/words").see("Words this council uses")
    group = quinn.page.get_by_role("group", name="Auditor")
    group.get_by_role("textbox").nth(0).fill("reviewer")
    group.get_by_role("textbox").nth(1).fill("reviewers")
    quinn.press("Save").see("Words this council uses", "1 word changed")


def the_template_is_filled_in(quinn, folder):
    quinn.go("/greenhaven/library").see("Library")
    quinn.follow("own question sets").see("own question sets")
    quinn.follow("Bring one in from a workbook").see("Bring a question set in from a file")
    with quinn.page.expect_download() as waiting:
        quinn.follow("the template")
    file = folder / "our-questions.xlsx"
    waiting.value.save_as(file)
    book = openpyxl.load_workbook(file)
    about = {"Title": "Neglect", "Purpose": "Children who may be neglected."}
    for row in book["Set"].iter_rows(min_row=2):
        row[1].value = about.get(row[0].value, row[1].value)
    page = book["Questions"]
    heads = {cell.value: cell.column for cell in page[1]}
    for row in ROWS:
        at = page.max_row + 1
        for name, value in row.items():
            page.cell(at, heads[name], value)
    book.save(file)
    return file


def a_fault_is_named_and_mended(quinn, file):
    book = openpyxl.load_workbook(file)
    book["Questions"]["C4"] = "essay"
    broken = file.with_name("broken.xlsx")
    book.save(broken)
    quinn.page.get_by_label("Workbook or YAML file").set_input_files(broken)
    quinn.press("Look it over").see("Bring a question set in from a file", "“essay” is not", "Nothing was brought in.")
    quinn.page.get_by_label("Workbook or YAML file").set_input_files(file)
    quinn.press("Look it over").see("Look it over: Neglect", "without a fault", FOOD)


def it_is_brought_in_and_offered(quinn):
    quinn.press("Bring it in as a draft").see("Draft of Neglect", "Nothing stands in the way of publishing it.")
    quinn.follow("See it as the reviewer will").see("As the reviewer will see it: The whole")
    quinn.follow("Next: D2 The home").see("The home", "Answer the next question only if D2.1 is “Inadequate”.")
    quinn.go("/greenhaven/library/own-sets/SET-0001/draft").press("Ask for it to be published").see("published")
    quinn.write("What is new in this version?", "The first version.").press("Ask").see("Neglect", "A second person")


def the_leader_publishes(hilary):
    hilary.go("/greenhaven/library/own-sets/SET-0001").press("Read it and publish").see("Neglect", DAY)
    hilary.press("Publish it").see("Neglect", "Version 1 is published and frozen.")


def an_audit_of_it_is_set_up(quinn):
    quinn.go("/greenhaven/audits/new").see("Set up an audit", "Neglect")
    quinn.page.locator("tr", has_text="Neglect").get_by_role("link", name="Full").first.click()
    quinn.see("Set up an audit: Neglect, full")
    quinn.write("Case reference", "G-200001").tick("Drawn at random")
    quinn.choose("Team", "North Team").choose("Reviewer", "Ash Ditton")
    quinn.press("Set up the audit").see("Neglect", "is set up")


def it_is_answered(ash):
    ash.go("/greenhaven/").follow("AUD-0001").see("Neglect")
    ash.follow("The whole").see("The whole")
    ash.page.get_by_label("Nothing seen").first.check()
    ash.tick("Good", under="Grade for this domain").write("Why this grade?", "All of it was read.")
    ash.press("Save and continue").see("The home", "Answer the next question only if D2.1 is “Inadequate”.")
    ash.tick("Good", under=DAY).tick("Good", under="Grade for this domain").write("Why this grade?", "It was seen.")
    ash.press("Save and continue").see("Overall grade and last page")
    ash.write("Strengths", "The day is told.").write("Worries", "None was seen.")
    ash.write("What has changed for the child?", "There is breakfast now.")
    ash.tick("Good", under="Overall grade").write("Why this grade?", "The whole was seen.")
    ash.tick("The child’s record").write("Minutes taken", "25")
    ash.press("Save and check your answers").see(
        "Check your answers", "1 question not asked, because of earlier answers."
    )
    # The earlier answer changes, so the question that waited for it must be answered now.
    ash.go("/greenhaven/audits/AUD-0001").follow("The home").see("The home")
    ash.tick("Inadequate", under=DAY).press("Save and continue").see("Overall grade and last page")
    ash.go("/greenhaven/audits/AUD-0001/check").see("Check your answers", f"Answer “{FOOD}”")
    assert ash.page.get_by_role("heading", name="Still needed").count()
    ash.go("/greenhaven/audits/AUD-0001").follow("The home").see("The home")
    ash.tick("No", under=FOOD).tick("Inadequate", under="Grade for this domain").press("Save and continue")
    ash.see("Overall grade and last page")
    ash.go("/greenhaven/audits/AUD-0001/check").see("Check your answers", "answer the question about the grade")
    ash.go("/greenhaven/audits/AUD-0001/second-thoughts").see("Worth a second thought")
    answering.second_thoughts(ash).see("Check your answers")
    ash.press("Submit the audit").see("Neglect", "submitted")
