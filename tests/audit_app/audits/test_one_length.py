"""A set whose core and full ask the same is offered once, wherever a length can be chosen."""

import pytest

from audit_app.library import queries_sets
from audit_app.people.access import Role
from tests import builders
from tests.builders_library import make_document, publish


@pytest.fixture
def published(session):
    """A set of which every question is in the core; its edition's id."""
    own = make_document("neglect", each=3)
    contents = own.model_dump()
    for domain in contents["domains"]:
        for question in domain["questions"]:
            question["core"] = True
    edition_id = publish(
        session, type(own).model_validate(contents), by=builders.make_person(session, [Role.leader]).id
    )
    session.commit()
    return edition_id


def test_core_and_full_are_not_both_offered_where_they_are_one(session, published, signed_in_as):
    both = queries_sets.sets_of(session, published)
    assert {questions.length for questions in both} == {"core", "full"}
    assert [one.length for one in queries_sets.lengths_of(session, published, "neglect")] == ["full"]
    session.rollback()
    qa = signed_in_as(Role.qa_manager)
    address = f"/greenhaven/audits/new/neglect/core/{published}"
    assert qa.get(f"{address}?tests_area=3", status=303).location.endswith(f"neglect/full/{published}?tests_area=3")
    assert qa.get(f"{address}/list", status=303).location.endswith(f"neglect/full/{published}/list")
    links = [one.get("href") or "" for one in qa.get("/greenhaven/audits/new").root.select("a")]
    assert [href for href in links if published in href] == [f"/greenhaven/audits/new/neglect/full/{published}"]
    for length in ("core", "full"):
        seen = qa.get(f"/greenhaven/library/sets/{published}/neglect/{length}")
        assert "The core length" not in seen.text and "The full length" not in seen.text
