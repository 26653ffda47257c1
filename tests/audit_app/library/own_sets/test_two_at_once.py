"""Two people at the same moment: one set of a short name, one publication, one answer; never an error page."""

import threading

import pytest
from sqlmodel import select

from audit_app import database
from audit_app.library.crosswalk import service as doubt_service
from audit_app.library.own_sets import service as own_set_service
from audit_app.library.tables import OwnSet, OwnSetVersion, VersionState
from audit_app.library.terms import service as term_service
from audit_app.library.terms.own_words import NONE
from audit_app.people.access import system_scope
from findings.errors import Invalid, OutOfTurn, Stale
from frameworks import reader
from tests import builders
from tests.builders_library import make_document

COUNCIL = builders.AUTHORITY_ID
NOW = builders.MOMENT


@pytest.fixture
def at_once(app, engine, council):
    """Call with a function of a session and a person: both QA managers do it together; gives what came of each."""

    def run(do):
        start, came = threading.Barrier(2), {}

        def one(person):
            try:
                with database.session_for(engine, system_scope("a test", COUNCIL)) as session:
                    session.info["log_key"] = app.extensions["log_key"]
                    start.wait(10)
                    do(session, person)
                came[person] = "done"
            except (Invalid, OutOfTurn, Stale) as refused:
                came[person] = type(refused).__name__

        threads = [threading.Thread(target=one, args=(person,)) for person in (council.qa, council.second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return sorted(came.values())

    return run


def begin(session, person, key="neglect"):
    return own_set_service.start_set(session, COUNCIL, make_document(key), came_from="nothing", by=person, now=NOW)


def test_two_who_begin_a_set_of_one_short_name(session, at_once):
    assert at_once(begin) == ["Invalid", "done"]
    assert len(session.exec(select(OwnSet)).all()) == 1


def test_two_who_publish_one_draft(session, council, at_once):
    begin(session, council.leader)
    offered = own_set_service.offer(session, COUNCIL, 1, "The first.", by=council.leader, now=NOW)
    seen = offered.revision
    session.commit()

    def publish(apart, person):
        own_set_service.publish(apart, COUNCIL, 1, seen=seen, by=person, now=NOW)

    assert at_once(publish) == ["OutOfTurn", "done"]
    session.expire_all()
    states = [one.state for one in session.exec(select(OwnSetVersion))]
    assert states == [VersionState.published]


def test_two_who_begin_the_next_version(session, council, at_once):
    begin(session, council.leader)
    offered = own_set_service.offer(session, COUNCIL, 1, "The first.", by=council.leader, now=NOW)
    own_set_service.publish(session, COUNCIL, 1, seen=offered.revision, by=council.qa, now=NOW)
    session.commit()
    came = at_once(lambda apart, person: own_set_service.start_version(apart, COUNCIL, 1, by=person, now=NOW))
    assert came == ["OutOfTurn", "done"]


def test_two_who_change_the_words(session, at_once):
    def change(apart, person):
        given = {"auditor": (f"reader{'s' * (person % 2)}", "readers")}
        term_service.change_words(apart, COUNCIL, given, seen=NONE, by=person, now=NOW)

    assert at_once(change) == ["Stale", "done"]


def test_two_who_answer_one_doubt(session, council, at_once):
    line = reader.crosswalk_file().lines[0].line
    doubt = doubt_service.raise_doubt(session, COUNCIL, line, "Not the same", by=council.auditor, now=NOW)
    session.flush()
    number = doubt.id
    session.commit()
    came = at_once(lambda apart, person: doubt_service.answer_doubt(apart, COUNCIL, number, "Yes", by=person, now=NOW))
    assert came == ["OutOfTurn", "done"]
