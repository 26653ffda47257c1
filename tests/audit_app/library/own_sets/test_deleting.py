"""Questions and domains deleted from a draft: never what was published, and nothing left waiting for them."""

import pytest

from audit_app.library.own_sets import queries as own_sets
from audit_app.library.own_sets import service as own_set_service
from audit_app.library.own_sets.deleting import hanging, service
from findings.errors import NotFound, OutOfTurn, Stale
from frameworks.own_sets import own_set
from tests import builders
from tests.builders_library import make_document, publish

DRAFT = "/greenhaven/library/own-sets/SET-0001/draft"


def waiting_document():
    """D1: q1, q2 (waits for q1), q3 (waits for q1 and q2); D2 waits for q2."""
    contents = make_document("neglect", each=3).model_dump()
    first, second = contents["domains"]
    keys = [f"{first['id']}/{question['id']}" for question in first["questions"]]
    point = contents["scales"][0]["points"][0]["code"]
    waits = [{"question": key, "answers": (point,)} for key in keys]
    first["questions"][1]["show_if"] = waits[0]
    first["questions"][2].update({"show_if": waits[0], "and_if": waits[1]})
    second["show_if"] = waits[1]
    own, complaints = own_set.shaped(contents)
    assert not complaints
    return own, keys


def test_what_waited_for_a_deleted_question_waits_for_what_is_left():
    own, keys = waiting_document()
    place, _, first = keys[0].partition("/")
    hangs = hanging.hanging_on(own, place, first)
    assert [question.number for question in hangs.waiting_questions] == ["Q2", "Q3"]
    assert hangs.waiting_domains == () and hangs.questions == ()
    left = hanging.without(own, place, first)
    second, third = left.domains[0].questions
    assert (second.show_if, third.show_if.question, third.and_if) == (None, keys[1], None)
    assert left.domains[1].show_if.question == keys[1]
    with pytest.raises(NotFound):
        hanging.without(left, place, first)


def test_with_a_domain_go_its_questions_and_whatever_waited_for_them_elsewhere():
    own, _keys = waiting_document()
    hangs = hanging.hanging_on(own, own.domains[0].id, "")
    assert len(hangs.questions) == 3 and not hangs.waiting_questions and not hangs.was_safety
    assert [domain.number for domain in hangs.waiting_domains] == ["D2"]
    (left,) = hanging.without(own, own.domains[0].id, "").domains
    assert left.number == "D2" and left.show_if is None
    assert hanging.hanging_on(own, left.id, "").was_safety


def test_what_was_published_is_kept_and_what_was_added_since_is_not(session, council):
    own = make_document("neglect", each=3)
    publish(session, own, by=council.qa)
    by = {"by": council.qa, "now": builders.MOMENT}
    own_set_service.start_version(session, builders.AUTHORITY_ID, 1, **by)
    session.commit()
    line = own_sets.get_set(session, builders.AUTHORITY_ID, 1).open_version
    place, question = own.domains[0].id, own.domains[0].questions[0].id
    for key in (question, ""):
        with pytest.raises(OutOfTurn, match="Retire it instead"):
            service.delete(session, builders.AUTHORITY_ID, 1, place, key, seen=line.revision, **by)
    more = own.model_dump()
    more["domains"][0]["questions"] += ({**more["domains"][0]["questions"][0], "id": "new", "number": "D1.9"},)
    own_set_service.save_draft(
        session, builders.AUTHORITY_ID, 1, own_set.shaped(more)[0], seen=line.revision, what="more", **by
    )
    with pytest.raises(Stale):
        service.delete(session, builders.AUTHORITY_ID, 1, place, "new", seen=line.revision, **by)
    service.delete(session, builders.AUTHORITY_ID, 1, place, "new", seen=line.revision + 1, **by)
    assert own_sets.document_of(session, builders.AUTHORITY_ID, 1, line.version).domains == own.domains


def test_the_page_tells_what_goes_before_it_goes(session, council, person):
    own, keys = waiting_document()
    own_set_service.start_set(
        session, builders.AUTHORITY_ID, own, came_from="nothing", by=council.qa, now=builders.MOMENT
    )
    session.commit()
    qa, (place, _, first) = person("qa"), keys[0].partition("/")
    assert f"/domains/{place}/questions/{first}/deletion" in str([one.attrs for one in qa.get(DRAFT).select("a")])
    qa.get(f"{DRAFT}/domains/{place}/questions/{first}/deletion")
    assert "No longer waits for an answer here" in qa.text and "Q3" in qa.text
    qa.submit()
    assert "Question Q1 is deleted." in qa.text and "Delete Q2" in qa.text and "Delete Q1" not in qa.text
    qa.get(f"{DRAFT}/domains/{place}/deletion")
    assert "2 questions go with it" in qa.text
    qa.submit()
    assert "Domain D1 is deleted." in qa.text
    person("second").get(f"{DRAFT}/domains/{place}/deletion", status=404)
