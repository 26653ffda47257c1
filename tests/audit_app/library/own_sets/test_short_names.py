"""A council's own set never takes the short name of a set of the product; one that has it from before reads on."""

import io

import openpyxl
import pytest
from sqlmodel import select

import frameworks
from audit_app.library import queries_sets
from audit_app.library.own_sets import files, short_names, soundness, workbook
from audit_app.library.own_sets import service as own_set_service
from audit_app.library.tables import OwnSet, OwnSetVersion, VersionState
from findings.errors import Invalid
from frameworks.own_sets import yaml_file as own_yaml
from tests import builders
from tests.audit_app.library.own_sets.test_own_set_pages import HERE, upload
from tests.builders_library import make_document, publish

TAKEN = "child-protection"
SENTENCE = f"“{TAKEN}” is the short name of a question set that comes with the product. Choose another short name."


@pytest.fixture
def from_before(session, council):
    """A set published under a name of the product before that was refused, with an open draft of its next version."""
    publish(session, make_document(TAKEN), by=council.qa)
    own_set_service.start_version(session, builders.AUTHORITY_ID, 1, by=council.qa, now=builders.MOMENT)
    session.commit()
    return f"{HERE}/SET-0001"


def test_every_set_of_every_edition_keeps_its_name_to_itself():
    names = {one.id for edition in frameworks.editions() for one in frameworks.question_sets(edition.id)}
    assert TAKEN in names
    assert all(short_names.why_not(name) for name in names)
    assert short_names.why_not("neglect") == ""


def test_a_set_is_not_begun_under_a_name_of_the_product(session, council):
    with pytest.raises(Invalid) as refused:
        own_set_service.start_set(
            session,
            builders.AUTHORITY_ID,
            make_document(TAKEN),
            came_from="nothing",
            by=council.qa,
            now=builders.MOMENT,
        )
    assert (refused.value.field, refused.value.message) == ("id", SENTENCE)
    assert session.exec(select(OwnSet)).all() == []


def test_a_title_like_a_name_of_the_product_is_given_another_short_name(session, person):
    qa = person("qa")
    qa.get(f"{HERE}/new")
    qa.submit({"title": "Child protection", "purpose": "Our own."})
    assert qa.h1 == "Draft of Child protection"
    assert session.exec(select(OwnSet)).one().key == "child-protecti-2"


@pytest.mark.parametrize("ending", ["xlsx", "yaml"])
def test_a_file_with_a_name_of_the_product_is_refused_with_its_place(session, person, ending):
    own = make_document(TAKEN)
    data = workbook.exported(own) if ending == "xlsx" else own_yaml.to_yaml(own).encode()
    qa = person("qa")
    upload(qa, data, f"set.{ending}", status=422)
    place = "Sheet “Set”, row 4, column “Short name”" if ending == "xlsx" else "set.yaml, line 2, id"
    assert f"{place}: {SENTENCE}" in qa.text
    assert session.exec(select(OwnSet)).all() == []


def test_a_workbook_that_leaves_the_short_name_empty_is_given_a_free_one():
    book = openpyxl.load_workbook(io.BytesIO(workbook.exported(make_document("x", title="Child protection"))))
    book["Set"]["B4"] = None
    stream = io.BytesIO()
    book.save(stream)
    found = files.read_set_file(stream.getvalue(), "set.xlsx")
    assert (found.faults, found.own.id) == ((), "child-protecti-2")


def test_a_set_of_the_product_taken_out_as_a_workbook_comes_in_under_a_free_name(person):
    qa = person("qa")
    address = "/greenhaven/library/sets/case-audit-1/child-protection/full/set.xlsx"
    upload(qa, qa.client.get(address, base_url="http://localhost").data)
    assert qa.form_data()["short_name"] == "child-protecti-2"


def test_a_draft_under_a_name_of_the_product_is_neither_offered_nor_published(session, person, from_before):
    qa = person("qa")
    qa.get(f"{from_before}/draft")
    assert f"Short name: {SENTENCE} {soundness.RENAMED}" in qa.text
    assert "Ask for it to be published" not in qa.text
    draft = session.exec(select(OwnSetVersion).where(OwnSetVersion.version == 2)).one()
    for state in (VersionState.draft, VersionState.offered):
        draft.state, draft.saved_by = state, 1
        session.commit()
        with pytest.raises(own_set_service.NotSound) as refused:
            if state is VersionState.draft:
                own_set_service.offer(session, builders.AUTHORITY_ID, 1, "New.", by=1, now=builders.MOMENT)
            else:
                seen = draft.revision
                own_set_service.publish(session, builders.AUTHORITY_ID, 1, seen=seen, by=3, now=builders.MOMENT)
        assert refused.value.complaints == ((("id",), f"{SENTENCE} {soundness.RENAMED}"),)
        session.rollback()


def test_a_set_published_under_a_name_of_the_product_before_reads_prints_and_is_audited_with_as_ever(
    session, person, from_before
):
    qa = person("qa")
    qa.get(from_before)
    qa.get(f"{from_before}/versions/1")
    for name in ("form.pdf", "form.xlsx", "set.xlsx", "set.yaml"):
        assert qa.client.get(f"{from_before}/versions/1/{name}", base_url="http://localhost").status_code == 200
    qa.get(f"{from_before}/preview")
    edition = f"own-greenhaven-{TAKEN}-1"
    assert queries_sets.may_be_used(session, builders.AUTHORITY_ID, edition, builders.MOMENT.date())
    assert queries_sets.find_set(session, edition, TAKEN, "full").title == "Neglect"
