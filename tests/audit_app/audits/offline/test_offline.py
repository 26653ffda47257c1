"""A filled offline form: every fault at its row, what it leaves empty stays, looked at first, all or nothing."""

import io

import openpyxl
import pytest
from sqlmodel import select

from audit_app.audits import queries
from audit_app.audits.offline import planning, reading
from audit_app.audits.offline.reading import FilledRow
from audit_app.audits.tables import Answer, CaseAudit, Concern, DomainAnswer
from audit_app.library.routes_showing import at_full_length
from audit_app.library.sets import offline
from audit_app.library.sets.workbook import blank_workbook
from audit_app.sheets import Book, Page
from tests import builders
from tests.audit_app.audits.test_kinds_of_answer import ASKED, SCALES
from tests.builders_audits import make_audit
from tests.builders_library import make_document

HERE = builders.AUTHORITY_ID


def questions_asked():
    said = make_document(each=1).model_dump()
    said |= {"scales": (*said["scales"], *SCALES), "domains": ({**said["domains"][0], "questions": ASKED},
                                                               *said["domains"][1:])}  # fmt: skip
    return at_full_length(make_document().model_validate(said))


def read(*rows):
    return reading.read(questions_asked(), [FilledRow(nth, *row) for nth, row in enumerate(rows, 2)])


def test_answers_are_read_as_people_write_them():
    brought = read(
        ("d1/q1", "child protection; Child in need", ""), ("d1/q2", "31st March 2026", "Seen."),
        ("d1/q3", "n/a", "Nobody counted."), ("d1/q4", "YES", ""), ("d1/q4#second", "High", ""),
        ("d1/q4#evidence", "Case note", "of 27 March"),
        ("d1/q4#action", "", "See her."), ("d1/q4#owner", "Theo", ""), ("d1/q4#due", "4 Dec 2026", ""),
        ("d1#grade", "Good", "Because."), ("#strengths", "", "Many."),
    )  # fmt: skip
    assert brought.faults == []
    assert brought.answers == {
        "d1/q1": {"code": "", "given": "cin,cp"},
        "d1/q2": {"code": "", "given": "2026-03-31", "text": "Seen."},
        "d1/q3": {"code": "not_applicable", "given": "", "text": "Nobody counted."},
        "d1/q4": {
            "code": "yes",
            "given": "",
            "second": "high",
            "evidence": "Case note of 27 March",
            "action": "See her.",
            "action_owner": "Theo",
            "action_due": "2026-12-04",
        },
    }
    assert brought.domains == {"d1": {"grade": "good", "rationale": "Because."}}
    assert brought.whole == {"strengths": "Many."}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("d1/q4", "Maybe", ""), "“Maybe” is not one of the answers. Choose “Yes”, “Partly” or “No”."),
        (("d1/q4", "Yes; No", ""), "is more than one answer"),
        (("d1/q4", "Does not apply", ""), "is not one of the answers"),  # it always applies
        (("d1/q1", "Early help", ""), "is none of what may be ticked"),
        (("d1/q2", "March 2026", ""), "If 31 March 2026 is meant, write 31/03/2026."),
        (("d1/q3", "a few", ""), "Enter a number in figures"),
        (("d1/q77", "Yes", ""), "names nothing on this form"),
        (("", "Yes", ""), "the column “Key” is empty"),
    ],
)
def test_a_fault_says_its_row_and_what_to_do(row, said):
    brought = read(("#worries", "", "Few."), row)
    assert len(brought.faults) == 1
    assert brought.faults[0].startswith("Row 3")
    assert said in brought.faults[0]
    assert brought.answers.get("d1/q4", {}) == {}


def test_only_a_form_of_these_very_questions_is_taken():
    page = Page(offline.QUESTIONS, ((1, offline.HEADINGS), (2, ("", "", "", "", "Yes", "", "d1/q4"))))
    about = Page(offline.ABOUT, ((2, (offline.FINGERPRINT, "abc")),))
    assert reading.rows_in(Book("f", "0", (about, page)), "abc") == ((FilledRow(2, "d1/q4", "Yes", ""),), ())
    assert reading.rows_in(Book("f", "0", (about, page)), "abd")[1] == (reading.OTHER_QUESTIONS,)
    assert reading.rows_in(Book("f", "0", (page,)), "abc")[1] == (reading.NO_FORM,)
    assert reading.rows_in(Book("f", "0", (about, page), ("A cell is a formula.",)), "abc")[1] == (
        "A cell is a formula.",
    )


def test_what_the_form_leaves_empty_stays_as_it_is_saved():
    audit = CaseAudit(strengths="Kept.", worries="Old.", closing_revision=3, overall_grade="", overall_rationale="")
    answers = {"d1/q4": Answer(question_key="d1/q4", code="no", text="Typed.", second="low")}
    domains = {"d1": DomainAnswer(domain_id="d1", revision=4, grade="good", rationale="Long.")}
    brought = read(("d1/q4", "Yes", ""), ("#worries", "New.", ""), ("#strengths", "Kept.", ""))
    planned = planning.plan(audit, questions_asked(), domains, answers, brought, given_facts={})
    revision, entry = planned.pages["d1"]
    assert (revision, entry.grade, entry.rationale) == (4, "good", "Long.")
    assert entry.answers == {"d1/q4": ("yes", "Typed.", "", "low", "", "", "", "")}
    assert (planned.last_page.strengths, planned.last_page.worries) == ("Kept.", "New.")
    assert [(each.before, each.after) for each in planned.differences] == [
        ("No. Priority: Low\nTyped.", "Yes. Priority: Low\nTyped."), ("Old.", "New."),
    ]  # fmt: skip


def filled(questions, **answers):
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook(questions, "Version 1")))
    page = book[offline.QUESTIONS]
    rows = {page.cell(number, offline.KEY + 1).value: number for number in range(2, page.max_row + 1)}
    for key, (answer, saw) in answers.items():
        page.cell(rows[key], offline.ANSWER + 1).value = answer
        page.cell(rows[key], offline.SAW + 1).value = saw
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def send(page, here, data, **more):
    page.get(here)
    file = {**page.form_data(), "file": (io.BytesIO(data), "form.xlsx")}
    page.post(here, file, content_type="multipart/form-data", **more)


def test_a_form_is_looked_over_and_saved_and_a_concern_is_raised(session, council, signed_in_as):
    audit = make_audit(session, council.team, council.auditor)
    session.commit()
    here = f"/greenhaven/audits/{queries.reference_of(audit.number)}/offline-form"
    questions = queries.questions_of(session, audit)
    safety = next(question.key for question in questions.questions if question.safety)
    other = next(question.key for question in questions.questions if not question.safety)
    session.rollback()
    page = signed_in_as(person_id=council.auditor)
    send(page, here, filled(questions, **{safety: ("Perhaps", "")}), status=422)
    assert "“Perhaps” is not one of the answers" in page.text
    data = filled(questions, **{safety: ("Yes, act now", "Nobody was there."), other: (None, "Seen on the file.")})
    send(page, here, data)
    page.get(f"{here}/check")
    assert page.h1 == "Look over the answers of the form"
    assert "Seen on the file." in page.text
    page.submit({"seen": "something else"}, button="Save these answers", status=409)
    assert session.exec(select(Answer)).all() == []
    session.rollback()
    page.submit(button="Save these answers")
    saved = {row.question_key: (row.code, row.text) for row in session.exec(select(Answer)).all()}
    assert saved == {safety: ("act_now", "Nobody was there."), other: ("", "Seen on the file.")}
    assert len(session.exec(select(Concern)).all()) == 1
    assert "2 answers brought in" in page.text
    assert "Speak to somebody now" in page.text
