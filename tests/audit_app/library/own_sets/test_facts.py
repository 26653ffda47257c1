"""Facts about the record of a council's own set: both ways through a workbook and YAML, and written on pages."""

import io

import openpyxl
import pytest

from audit_app.library.own_sets import files, workbook
from audit_app.library.own_sets import queries as own_sets
from audit_app.library.own_sets import service as own_set_service
from frameworks.own_sets import yaml_file as own_yaml
from tests import builders
from tests.builders_library import make_document

DRAFT = "/greenhaven/library/own-sets/SET-0001/draft"
FACTS = (
    {"id": "legal-status", "title": "Legal status", "kind": "choice", "needed": True, "hint": "On the day you read.",
     "choices": ("Section 20", "Section 31, full order")},
    {"id": "allocated", "title": "Date allocated", "kind": "date"},
    {"id": "moves", "title": "Moves", "kind": "number", "unit": "moves"},
    {"id": "school", "title": "School", "kind": "text"},
)  # fmt: skip


def test_facts_come_back_from_a_workbook_and_from_yaml():
    own = make_document(facts=FACTS)
    for data, filename in ((workbook.exported(own), "set.xlsx"), (own_yaml.to_yaml(own).encode(), "set.yaml")):
        found = files.read_set_file(data, filename)
        assert (found.faults, found.own) == ((), own)


def test_a_sheet_of_facts_is_read_as_it_is_meant_and_each_fault_has_its_place():
    book = openpyxl.load_workbook(io.BytesIO(workbook.exported(make_document())))
    sheet = book["Facts"]
    sheet.append(["Placement type", "", "Foster care; Children’s home", "", "yes", ""])
    sheet.append(["Date allocated", "a day", "", "", "", "The newest allocation"])
    found = files.read_set_file(_saved(book), "set.xlsx")
    assert found.faults == ()
    read = [(fact.id, fact.kind, fact.choices, fact.needed) for fact in found.own.facts]
    assert read == [
        ("placement-type", "choice", ("Foster care", "Children’s home"), True),
        ("date-allocated", "date", (), False),
    ]
    sheet.append(["Moves", "figure", "", "", "", ""])
    faults = files.read_set_file(_saved(book), "set.xlsx").faults
    assert [fault.startswith("Sheet “Facts”, row 4, column “Kind”") for fault in faults] == [True]


def _saved(book):
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.fixture
def qa(session, council, person):
    own = make_document(each=3)
    own_set_service.start_set(
        session, builders.AUTHORITY_ID, own, came_from="nothing", by=council.qa, now=builders.MOMENT
    )
    session.commit()
    return person("qa")


def facts_of(session):
    session.expire_all()
    own = own_sets.document_of(session, builders.AUTHORITY_ID, 1, 1)
    session.commit()
    return own.facts


def test_facts_are_added_changed_put_in_order_and_deleted_in_a_draft(session, qa):
    for title, more in (
        ("Legal status", {"kind": "choice", "choices": "Section 20\nSection 31"}),
        ("Moves", {"kind": "number"}),
    ):
        qa.get(f"{DRAFT}/facts")
        qa.submit({"title": title, **more}, follow=True)
    qa.get(f"{DRAFT}/facts/moves")
    qa.submit({"unit": "moves", "needed": "y"}, follow=True)
    assert [(fact.id, fact.unit, fact.needed) for fact in facts_of(session)] == [
        ("legal-status", None, False),
        ("moves", "moves", True),
    ]
    qa.get(f"{DRAFT}/facts")
    qa.submit({"title": "Placement", "kind": "choice", "choices": "Only one"}, status=422)
    assert "at least two" in qa.text and "Only one" in qa.text
    for name, fact, left in (("up", "moves", ["moves", "legal-status"]), ("delete", "legal-status", ["moves"])):
        seen = next(one.get("value") for one in qa.get(DRAFT).root.select("input", name="revision"))
        qa.post(f"{DRAFT}/fact-steps", {"step": name, "fact": fact, "revision": seen}, status=303)
        assert [each.id for each in facts_of(session)] == left
