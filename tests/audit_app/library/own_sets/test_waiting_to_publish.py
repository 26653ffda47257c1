"""A draft that was offered waits for a second person under what needs them, never for whoever wrote or offered it."""

from audit_app.library.own_sets import service
from audit_app.people.tables import Role
from tests import builders
from tests.builders_library import make_document

COUNCIL, NOW = builders.AUTHORITY_ID, builders.MOMENT


def test_an_offered_draft_waits_for_a_second_person_alone(session, signed_in_as, council):
    service.start_set(session, COUNCIL, make_document("neglect"), came_from="nothing", by=council.qa, now=NOW)
    service.offer(session, COUNCIL, 1, "The first.", by=council.second, now=NOW)
    session.commit()
    waiting = "Publish SET-0001, or leave it a draft"
    for person in (council.qa, council.second):  # who wrote it, and who offered it
        assert waiting not in signed_in_as(person_id=person).get("/greenhaven/").text
    leader = signed_in_as(person_id=council.leader)
    leader.get("/greenhaven/")
    leader.get(leader.seen.link(waiting))
    auditor = signed_in_as(Role.auditor)
    assert waiting not in auditor.get("/greenhaven/").text
