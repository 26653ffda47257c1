"""Shapes of the council's own: a draft changes, a published one gets versions, and what was begun keeps its own."""

import pytest

from audit_app.people.access import Role
from audit_app.self_assessment.assessments import queries as assessments
from audit_app.self_assessment.shapes import queries, service
from audit_app.self_assessment.tables import SelfAssessment
from findings.errors import Invalid, NotAllowed, OutOfTurn, Stale
from tests import builders
from tests import builders_self_assessment as made

COUNCIL, NOW = made.COUNCIL, builders.MOMENT
LIST = "/greenhaven/self-assessments"


def titles(session):
    return [queries.called(shape) for shape in queries.offered(session, COUNCIL)]


def test_a_draft_changes_a_published_one_stays_and_is_followed_and_retired(session, signed_in_as):
    by = builders.make_person(session, roles=(Role.leader,)).id
    who = {"by": by, "now": NOW}
    shape = service.keep_shape(session, COUNCIL, "Regional", "One\nTwo", "", draft=True, **who)
    session.flush()
    assert titles(session) == []  # nothing begins from a draft
    service.change_shape(session, shape, "Regional", "One\nThree", "Why?", revision=1, **who)
    for revision in (1, 3):
        with pytest.raises(Stale):
            service.change_shape(session, shape, "Regional", "Other", "", revision=revision, **who)
    with pytest.raises(Invalid, match="at least one heading"):
        service.change_shape(session, shape, "Regional", " \n ", "", revision=2, **who)
    with pytest.raises(OutOfTurn, match="Only a published shape"):
        service.begin_version(session, shape, **who)
    service.publish_shape(session, shape, **who)
    assert titles(session) == ["Regional"]
    with pytest.raises(OutOfTurn, match="published already"):
        service.publish_shape(session, shape, **who)
    with pytest.raises(OutOfTurn, match="stays as it is"):
        service.change_shape(session, shape, "Regional", "Other", "", revision=3, **who)
    old, places = made.begin(
        session, by, edition_id="", areas=(), headings=("One", "Three"), prompts="Why?", shape_id=shape.id
    )
    later = service.begin_version(session, shape, **who)
    assert (later.version, later.headings, later.prompts) == (2, "One\nThree", "Why?")
    with pytest.raises(OutOfTurn, match="newer version"):
        service.begin_version(session, shape, **who)
    assert titles(session) == ["Regional"]  # the published one stays in use
    service.change_shape(session, later, "Regional", "Four", "", revision=1, **who)
    service.publish_shape(session, later, **who)
    session.flush()
    assert titles(session) == ["Regional (version 2)"]
    assert [(line.state, line.begun) for line in queries.lines(session, COUNCIL)] == [
        ("In use", 0), ("Replaced by a newer version", 1),
    ]  # fmt: skip
    service.retire_shape(session, later, **who)
    assert titles(session) == []
    for write in (service.retire_shape, service.begin_version):
        with pytest.raises(OutOfTurn):
            write(session, later, **who)
    assert set(places) == {"One", "Three"}
    row = session.get(SelfAssessment, (COUNCIL, old.number))
    assert [part.heading for part in assessments.sections_of(session, COUNCIL, row.number)] == ["One", "Three"]
    assert row.prompts == "Why?"
    session.commit()

    leader = signed_in_as(Role.leader)
    leader.get(f"{LIST}/shapes/new")
    leader.submit({"shape_title": "Peer review", "headings": "Our own lines"})
    leader.click("Change it: Peer review, version 1")
    leader.submit({"headings": "Our own lines\nMore"})
    leader.submit({}, form="publish")
    assert "Published." in leader.text
    leader.get(f"{LIST}/new")
    assert "Peer review" in leader.text
    assert "Regional" not in leader.text
    leader.get(f"{LIST}/shapes")
    leader.submit({}, form="new-version")
    assert leader.form_data()["headings"].split() == ["Our", "own", "lines", "More"]
    leader.get(f"{LIST}/shapes")
    leader.submit({}, form="retire")
    signed_in_as(Role.business_support).get(f"{LIST}/shapes", status=403)


def test_only_those_who_lead_quality_look_after_shapes(session):
    shape = service.keep_shape(session, COUNCIL, "Regional", "One", "", by=1, now=NOW)
    session.info["scope"] = session.info["scope"].__class__(authority_id=COUNCIL, person_id=1)
    with pytest.raises(NotAllowed):
        service.retire_shape(session, shape, by=1, now=NOW)
