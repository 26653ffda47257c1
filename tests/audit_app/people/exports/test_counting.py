"""EX-6: the registers that count towards a person's limit are their own, of this council, of the hour or the day."""

from datetime import timedelta

import pytest
from sqlmodel import select

from audit_app.history import HistoryEntry
from audit_app.notices.tables import Notice
from audit_app.people.access import Role
from audit_app.people.councils import service as councils
from audit_app.people.exports import service
from audit_app.people.first_day import service as first_day
from audit_app.people.tables import RegisterExport
from tests import builders

SETTINGS = {"EXPORTS_PER_HOUR": 2, "WHOLE_EXPORTS_PER_DAY": 1}
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def take(session, now):
    def export(by, at=now, **more):
        given = {"is_whole": False, "config": SETTINGS, **more}
        return service.count_export(session, "audits", by=by, now=at, **given)

    return export


@pytest.fixture
def people(session):
    """Two QA managers, with somebody before, between and after them."""
    roles = (Role.auditor, Role.qa_manager, Role.auditor, Role.qa_manager, Role.leader)
    return [builders.make_person(session, [role]).id for role in roles]


def test_nobodys_limit_is_used_up_by_another_person_or_in_another_council(session, people, take, now):
    other = first_day.make_authority(session, "Kirkby Vale Council", "kirkby-vale")
    for who in people:
        with councils.within(session, other.id, "a test"):
            assert [take(who), take(who)] == [0, 0]
    for who in (people[2], people[0], people[4]):
        assert [take(who), take(who), take(who) > 0] == [0, 0, True]


def test_a_day_of_whole_registers_is_one_persons_of_one_day_and_told_to_whoever_watches(session, people, take, now):
    before, watching, between, second, leader = people

    def whole(who, at=now):
        take(who, at, is_whole=True, config={**SETTINGS, "EXPORTS_PER_HOUR": 99})
        # Each is told once of what a day holds, so what others took out is put aside before the next.
        rows = session.exec(select(Notice).where(Notice.code == service.MANY_WHOLE)).all()
        for row in rows:
            session.delete(row)
        session.flush()
        return sorted(row.person_id for row in rows)

    assert [whole(who) for who in people] == [[]] * 5
    assert whole(between, now - DAY) == []
    assert whole(between) == [watching, second]
    assert whole(between) == []  # once a day
    # A QA manager is not alone in watching while there is another.
    assert whole(watching) == [watching, second]
    assert whole(before, now + DAY) == [] and whole(leader) == [watching, second]


@pytest.mark.parametrize(("given", "event"), [({}, service.EXPORTED), ({"export_id": "PAP-0001"}, service.ON_PAPER)])
def test_what_was_taken_out_is_noted_as_what_it_was(session, people, take, given, event):
    assert take(people[0], **given) == 0
    (row,) = session.exec(select(RegisterExport)).all()
    assert (row.what, row.is_whole, row.person_id) == ("audits", False, people[0])
    lines = session.exec(select(HistoryEntry).where(HistoryEntry.event.startswith("people."))).all()
    assert [(line.event, line.actor, line.authority_id) for line in lines] == [(event, people[0], 1)]
    assert ("PAP-0001" in lines[0].facts) is bool(given)
