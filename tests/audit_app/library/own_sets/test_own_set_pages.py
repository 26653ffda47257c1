"""A set of the council's own from an Excel file to an answered audit, in the browser alone; and written there."""

import io

import openpyxl
import pytest
from sqlmodel import select

from audit_app.audits.tables import CaseAudit, Stage
from audit_app.library.own_sets import workbook as own_set_workbook
from audit_app.library.tables import OwnSet, OwnSetVersion
from tests.builders_library import make_document, make_own_sets
from tests.chosen import one_in

HERE = "/greenhaven/library/own-sets"
AUDITS = "/greenhaven/audits"


def filled_template(change=lambda book: None):
    """The template as somebody fills it in: a title, a purpose, two domains, three questions."""
    book = openpyxl.load_workbook(io.BytesIO(own_set_workbook.template()))
    page = book["Set"]
    for row in page.iter_rows(min_row=2):
        row[1].value = {"Title": "Neglect", "Purpose": "Children who may be neglected."}.get(row[0].value, row[1].value)
    questions = book["Questions"]
    heads = {cell.value: cell.column for cell in questions[1]}
    rows = [
        {"Domain": "The home", "Question": "How well is the child’s day described?", "In the core": "yes", "Starred": "Y"},  # noqa: E501
        {"Domain": "The home", "Question": "Is there food in the house?", "Type": "Check", "In the core": "yes",
         "Asked only if: question": "How well is the child’s day described?", "Asked only if: answers": "Inadequate"},
        {"Domain": "The whole", "Question": "What did the worker learn?", "Type": "narrative"},
    ]  # fmt: skip
    for row in rows:
        at = questions.max_row + 1
        for name, value in row.items():
            questions.cell(at, heads[name], value)
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def waits_for_a_later_one(book):
    page = book["Questions"]
    question, answers = (
        next(cell.column for cell in page[1] if cell.value == f"Asked only if: {what}")
        for what in ("question", "answers")
    )
    for row, asked, given in ((6, None, None), (5, "Is there food in the house?", "Yes")):
        page.cell(row, question).value, page.cell(row, answers).value = asked, given


def without_the_safety_question(book):
    page = book["Questions"]
    place = next(
        row[0].row for row in page.iter_rows(min_row=2) if any("keep this child safe" in str(c.value) for c in row)
    )
    page.delete_rows(place)


def upload(page, data, name="neglect.xlsx", **more):
    page.get(f"{HERE}/uploads")
    fields = page.form_data()
    return page.post(
        f"{HERE}/uploads", {**fields, "file": (io.BytesIO(data), name)}, content_type="multipart/form-data", **more
    )


def test_from_an_excel_file_to_an_answered_audit_without_touching_the_server(session, council, person):
    qa = person("qa")
    qa.get(f"{HERE}/template.xlsx")
    upload(qa, filled_template())
    assert qa.h1 == "Look it over: Neglect"
    assert "4 questions in 2 domains, without a fault" in qa.text
    qa.submit(button="Bring it in as a draft")
    assert qa.h1 == "Draft of Neglect"
    assert "Nothing stands in the way of publishing it." in qa.text
    qa.click("See it as the auditor will")
    assert qa.h1 == "As the auditor will see it: The whole"
    qa.click("Next: D2 The home")
    assert "Answer the next question only if D2.1 is “Inadequate”." in qa.text
    qa.get(f"{HERE}/SET-0001/draft")
    qa.click("Ask for it to be published")
    qa.submit({"note": "The first version."})
    assert "A second person publishes it" in qa.text

    second = person("second")
    second.get(f"{HERE}/SET-0001")
    second.click("Read it and publish")
    second.submit(button="Publish it")
    assert "Version 1 is published and frozen." in second.text

    second.get(f"{AUDITS}/new")
    second.get(f"{AUDITS}/new/neglect/full/own-greenhaven-neglect-1")
    second.submit(
        {
            "subject": "child",
            "case_reference": "G-123456",
            "how_chosen": "random",
            "team_id": str(council.team),
            "auditor_id": str(council.auditor),
        }
    )
    assert second.h1 == "AUD-0001: Neglect"

    auditor = person("auditor")
    auditor.get(f"{AUDITS}/AUD-0001")
    auditor.click("The whole")
    safety = next(name for name in auditor.field_names() if name.startswith("a-"))
    auditor.submit({safety: "nothing_seen", "grade": "good", "rationale": "The whole was seen."}, button="next")
    assert auditor.h1 == "The home"
    assert "Answer the next question only if D2.1 is “Inadequate”." in auditor.text
    described = next(name for name in auditor.field_names() if name.startswith("a-"))
    auditor.submit({described: "good", "grade": "good", "rationale": "The home was seen."}, button="next")
    auditor.submit({"overall_grade": "good", "overall_rationale": "All of it was seen."})
    assert auditor.h1 == "Check your answers"
    assert "1 question not asked, because of earlier answers." in auditor.text
    auditor.submit(button="Submit the audit")
    session.expire_all()
    audit = session.exec(select(CaseAudit)).one()
    assert (audit.edition_id, audit.set_id, audit.stage) == ("own-greenhaven-neglect-1", "neglect", Stage.submitted)


@pytest.mark.parametrize(
    ("change", "said"),
    one_in(3, [
        (lambda book: book["Questions"].merge_cells("A3:B3"), "Sheet “Questions”, row 3: cells A3:B3 are merged"),
        (lambda book: setattr(book["Scales"], "sheet_state", "hidden"), "The sheet “Scales” is hidden"),
        (lambda book: book["Questions"].__setitem__("B6", "=1+1"), "Sheet “Questions”, row 6, column B: this is a formula"),  # noqa: E501
        (lambda book: book["Questions"].row_dimensions.__getitem__(4).__setattr__("hidden", True), "row 4: this row is hidden"),  # noqa: E501
        (lambda book: book["Questions"].__setitem__("C5", "essay"), "Sheet “Questions”, row 5, column “Type”: “essay” is not"),  # noqa: E501
        (lambda book: book["Questions"].__setitem__("B5", None), "row 5, column “Question”: this is empty"),
        (lambda book: book.remove(book["Questions"]), "The sheet “Questions” is missing"),
        (lambda book: book["Questions"].__setitem__("B1", "Frage"), "the heading “Frage” is not one of ours"),
        (lambda book: book["Questions"].__setitem__("A1", "Question"), "there are two columns “Question”"),
        (lambda book: book.create_sheet("My notes"), "Sheet “My notes”: this sheet is not one of ours"),
        (lambda book: book["Set"].__setitem__("B7", "ilacs-1999"), "There is no edition “ilacs-1999”"),
        (lambda book: book["Questions"].__setitem__("T6", "ilacs-2026/XX"), "“ilacs-2026” has no judgement area “XX”"),
        (waits_for_a_later_one, "which is asked later"),
        (without_the_safety_question, "Sheet “Questions”: The safety question is missing."),
    ], "the reader's own tests name every fault at its place"),
)  # fmt: skip
def test_each_fault_of_a_workbook_is_named_by_its_place_and_nothing_is_kept(session, person, change, said):
    qa = person("qa")
    upload(qa, filled_template(change), status=422)
    assert said in qa.text, qa.text[qa.text.find("What to mend") :][:900]
    assert session.exec(select(OwnSet)).all() == []


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "set.xlsx", "The file is empty"),
        (b"MZ not a workbook", "set.xlsx", "is not an Excel workbook"),
        (b"PK\x03\x04 broken", "set.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0 old", "set.xlsx", "Save it as “Excel Workbook (.xlsx)”"),
        (b"title: x", "set.doc", "is neither a workbook (.xlsx or .ods) nor YAML (.yaml)"),
        (b"title: [", "set.yaml", "set.yaml, line"),
        (b"\xff\xfe", "set.yaml", "This is not UTF-8 text"),
        (b"title: A\ntitle: B\n", "set.yaml", "stands twice"),
    ],
)
def test_a_file_that_is_no_question_set_is_refused_in_words(session, person, data, name, said):
    qa = person("qa")
    upload(qa, data, name, status=422)
    assert said in qa.text
    assert session.exec(select(OwnSet)).all() == []


def test_two_hundred_thousand_rows_are_refused_quickly(person):
    def many(book):
        book["Questions"].cell(200_001, 1, "Far below")

    qa = person("qa")
    upload(qa, filled_template(many), status=422)
    assert "at most 5,000 rows can be read" in qa.text


def test_an_export_that_comes_back_has_the_same_fingerprint_and_says_so(session, person):
    qa = person("qa")
    upload(qa, own_set_workbook.exported(make_document()))
    qa.submit(button="Bring it in as a draft")
    first = session.exec(select(OwnSetVersion)).one().fingerprint
    session.rollback()
    assert first == make_document().fingerprint
    for ending in ("xlsx", "yaml"):
        taken = qa.client.get(f"{HERE}/SET-0001/versions/1/set.{ending}", base_url="http://localhost").data
        upload(qa, taken, f"set.{ending}")
        assert "It says exactly what is here already" in qa.text
        qa.submit(button="Bring it in as a draft")
    session.expire_all()
    again = session.exec(select(OwnSetVersion)).one()
    assert (again.fingerprint, again.revision) == (first, 1)


def test_a_draft_is_for_those_who_write_or_publish_it_and_nobody_else_is_led_there(session, council, person):
    make_own_sets(session, by=council.qa, second=council.second)
    session.commit()
    for name, may in (("qa", True), ("leader", True), ("auditor", False), ("manager", False)):
        page = person(name)
        page.get(f"{HERE}/SET-0002")
        there = f"{HERE}/SET-0002/versions/2"
        assert (there in page.html, f"{HERE}/SET-0002/versions/1" in page.html) == (may, True), name
        for ending in ("", "/set.xlsx", "/set.yaml", "/form.pdf", "/form.xlsx"):
            status = page.client.get(there + ending, base_url="http://localhost").status_code
            assert status == (200 if may else 404), (name, ending)
