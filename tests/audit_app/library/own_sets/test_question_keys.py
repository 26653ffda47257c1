"""Each key of a question or a domain has its column and, where people write it, its field; and each comes back."""

import io

import openpyxl

from audit_app.library.own_sets import files, question_keys, workbook
from audit_app.library.own_sets import queries as own_sets
from audit_app.library.own_sets import service as own_set_service
from audit_app.library.own_sets.sheet.columns import WHOLE_OF_DOMAIN
from audit_app.library.sets.pdf import Note, blank_form
from audit_app.library.sets.workbook import blank_workbook
from frameworks.own_sets import own_set
from frameworks.own_sets import yaml_file as own_yaml
from frameworks.own_sets.shape import OwnDomain, OwnQuestion
from tests import builders
from tests.builders_library import make_document, make_question

# Written by buttons of the draft's page, or made for the writer: the browser has no field for them.
WITHOUT_A_FIELD = {"safety", "id", "was", "retired"}
FULL = {
    "type": "timescale", "cohorts": ("CP", "CIC"), "starred": True, "hint": "Look at the chronology.",
    "limit": "within 10 working days", "basis": "Working Together", "scale": "in-time", "mandatory": False,
    "informs": ("ilacs-2026/HP", "national-framework-2023/O3"),
    "show_if": {"question": "d1/q1", "answers": ("good", "inadequate")}, "was": ("d9/old",),
    "and_if": {"question": "d1/q1", "answers": ("outstanding",)}, "unit": "days", "always_applies": True,
    "second": {"label": "Priority", "scale": "yes-partly-no"}, "asks_evidence": True,
    "asks_action": True,
}  # fmt: skip


def document_with_a_full_question():
    """A document whose second question says something under every key; under a text key of tomorrow, its name."""
    told = make_document(each=3).model_dump()
    texts = {name: f"What {name} says" for name, shape in OwnQuestion.model_fields.items() if shape.default is None}
    full = {**texts, **make_question(2), **FULL}
    for place, point in enumerate(told["scales"][0]["points"]):
        point["points"] = 2 * place
    told["domains"][0]["questions"] = (told["domains"][0]["questions"][0], full, told["domains"][0]["questions"][2])
    own, faults = own_set.shaped(told)
    assert own is not None, faults
    return own


def test_a_key_of_a_question_that_has_no_column_is_named():
    columns = {head.key for head in question_keys.WHOLE} | {*question_keys.CONDITIONS, question_keys.SECOND}
    assert set(OwnQuestion.model_fields) - columns == set(), "add it to QUESTION_KEYS in own_sets/question_keys.py"
    assert columns - set(OwnQuestion.model_fields) == set()


def test_a_key_of_a_question_that_the_browser_never_asks_for_is_named():
    whole = {head.key for head in question_keys.WHOLE}
    assert whole - set(question_keys.ASKED) == WITHOUT_A_FIELD


def test_a_key_of_a_domain_that_has_no_column_is_named():
    columns = {head.key for head in WHOLE_OF_DOMAIN} | {"show_if"}
    assert columns == set(OwnDomain.model_fields) - {"guidance", "questions"}


def test_whatever_a_question_says_comes_back_from_a_workbook_and_from_yaml():
    own = document_with_a_full_question()
    for data, filename in ((workbook.exported(own), "set.xlsx"), (own_yaml.to_yaml(own).encode(), "set.yaml")):
        found = files.read_set_file(data, filename)
        assert (found.faults, found.own) == ((), own)
        assert found.own.fingerprint == own.fingerprint


def test_whatever_a_question_says_stands_on_its_page_and_is_saved_as_it_was(session, council, person):
    own = document_with_a_full_question()
    own_set_service.start_set(
        session, builders.AUTHORITY_ID, own, came_from="nothing", by=council.qa, now=builders.MOMENT
    )
    session.commit()
    page = person("qa")
    page.get("/greenhaven/library/own-sets/SET-0001/draft/domains/d1/questions/q2")
    assert set(question_keys.ASKED) <= set(page.field_names())
    page.submit({"text": "How soon was it done?"})
    session.expire_all()
    kept = own_sets.document_of(session, builders.AUTHORITY_ID, 1, 1)
    before = own.domains[0].questions[1]
    assert kept.domains[0].questions[1] == before.model_copy(update={"text": "How soon was it done?"})


def test_what_auditors_are_told_stands_on_the_blank_form():
    question = document_with_a_full_question().domains[0].questions[1]
    assert question_keys.sentences(question, for_auditors=True) == ["Look at the chronology.", "Counted in days."]
    built = own_set.built(document_with_a_full_question(), "own-set", own_set.NO_DAY).question_sets[-1]
    rows = openpyxl.load_workbook(io.BytesIO(blank_workbook(built, "Version 1")))["Questions"].iter_rows(
        values_only=True
    )
    assert any("Prompt. Look at the chronology." in str(row[3]) for row in rows)
    assert blank_form(built, Note("Greenhaven", "Version 1")).startswith(b"%PDF")


def test_a_key_reads_under_its_heading_where_a_question_is_read_through():
    question = document_with_a_full_question().domains[0].questions[1]
    assert ("Hint", "Look at the chronology.") in question_keys.facts(question)
