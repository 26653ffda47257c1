"""From an empty council to a brief audit: answered on a phone, printed for supervision, counted and taken out."""

import io
from pathlib import Path

import openpyxl
import pypdfium2
from sqlmodel import col, select

from audit_app.audits.tables import Answer
from tests.journeys import answering, effort
from tests.journeys.test_first_day import (
    begins,
    empty_house,  # noqa: F401 (a fixture)
    invited,
    link_for_the_first_administrator,
    the_council_is_set_up,
)
from tests.journeys.visiting import NARROW

REFERENCE = "M-200001"
WORRY = "Nobody has said what happens if the plan fails."
BRIEF_PAGES = 7


def test_a_brief_audit_on_a_phone_from_nothing(empty_house, visit):  # noqa: F811
    ada, quinn = (effort.watch(visit(empty_house)) for _person in range(2))
    ash = effort.watch(visit(empty_house, width=NARROW))
    begins(ada, link_for_the_first_administrator(empty_house), "Council set-up")
    the_council_is_set_up(ada)
    begins(quinn, invited(ada, "Quinn Avery", "QA manager"))
    begins(ash, invited(ada, "Ash Ditton", "Auditor", team="Duty Team"))
    ready = effort.of(ada)
    a_brief_audit_is_set_up(quinn)
    it_is_answered(ash)
    text_for_supervision = it_is_printed(ash)
    assert REFERENCE in text_for_supervision and WORRY in text_for_supervision
    it_is_agreed(quinn)
    assert len(its_answers_are_counted(quinn)) == answered(empty_house) >= 5
    for who, spent in (("administrator", ready), ("QA manager", effort.of(quinn)), ("auditor", effort.of(ash))):
        print(f"{who}: {spent}")


def a_brief_audit_is_set_up(quinn):
    quinn.go("/millbrook/audits").press("Set up an audit").see("Set up an audit")
    quinn.page.locator("tr", has_text="Front door").get_by_role("link", name="Brief").click()
    quinn.see("Set up an audit: Front door, brief")
    quinn.tick("A child").write("Case reference", REFERENCE).tick("Drawn at random")
    quinn.choose("Team", "Duty Team").choose("Auditor", "Ash Ditton")
    quinn.press("Set up the audit").see("Set up an audit", "This auditor is near to the record")
    quinn.tick("Give it to this auditor all the same")
    quinn.press("Set up the audit").see("AUD-0001: Front door", "is set up")


def it_is_answered(ash):
    ash.go("/millbrook/").see("What needs you", "AUD-0001")
    ash.follow("AUD-0001").see("AUD-0001: Front door", "Not started")
    ash.page.locator("main .govuk-task-list a").first.click()
    passed = answering.to_the_last_page(ash, "Requires improvement")
    assert len(passed) == BRIEF_PAGES
    ash.see("last page")
    answering.last_page(ash, "Requires improvement")
    ash.see("Check your answers", "Submit").press("Submit the audit").see("AUD-0001: Front door", "submitted")


def it_is_printed(ash):
    ash.follow("On paper").see("AUD-0001")
    with ash.page.expect_download() as coming:
        ash.press("Download as PDF")
    paper = pypdfium2.PdfDocument(coming.value.path())
    return "\n".join(page.get_textpage().get_text_range() for page in paper)


def it_is_agreed(quinn):
    quinn.go("/millbrook/").follow("Read AUD-0001").see("Front door", "Requires improvement")
    quinn.press("Mark as agreed").see("Mark AUD-0001 as agreed")
    quinn.press("Mark as agreed").see("Front door", "Agreed")


def its_answers_are_counted(quinn):
    """How often each answer was given, as the workbook that was taken out says it."""
    quinn.follow("Audits").see("Audits").follow("Answers counted").see("Answers counted")
    with quinn.page.expect_download() as coming:
        quinn.follow("workbook")
    quinn.see()
    book = openpyxl.load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes()))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    headings = next(number for number, row in enumerate(rows) if "Question" in row)
    at = {name: rows[headings].index(name) for name in ("Question", "Answer", "Number", "n")}
    assert {row[at["n"]] for row in rows[headings + 1 :] if row[at["Question"]]} <= {0, 1}
    return {(row[at["Question"]], row[at["Answer"]]) for row in rows[headings + 1 :] if row[at["Number"]]}


def answered(house):
    """The questions that the auditor gave one of the points of a scale to, out of the rows themselves."""
    with house.session(None) as session:
        return len(session.exec(select(Answer).where(col(Answer.code) != "")).all())
