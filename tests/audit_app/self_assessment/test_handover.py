"""What a leaver leads, writes or was asked to sign goes to somebody else, who can do it."""

from datetime import date
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlmodel import select

from audit_app.checking import self_assessments as checks
from audit_app.disclosure import council
from audit_app.forms import mark_of
from audit_app.history.tables import ENTRY
from audit_app.notices.tables import Notice
from audit_app.people.access import Role
from audit_app.people.access.scope import Scope
from audit_app.self_assessment import events, queries_waiting, service_handover
from audit_app.self_assessment.queries_waiting import Wants
from audit_app.self_assessment.sections import service as sections
from audit_app.self_assessment.sections.service import Typed
from audit_app.self_assessment.signing import service as signing
from audit_app.self_assessment.tables import AssessmentSection, AssessmentState, SelfAssessment
from audit_app.self_assessment.tables_outputs import Audience, VersionState
from audit_app.self_assessment.versions import contents, queries, service, service_signing
from tests import builders
from tests import builders_self_assessment as made

COUNCIL, NOW, TODAY = made.COUNCIL, builders.MOMENT, date(2026, 11, 2)


@pytest.fixture
def staff(session):
    """Somebody who leads a self-assessment and has a section of it; a writer, and two who wrote nothing."""
    leaver, writer, heir, other = (builders.make_person(session, roles=(Role.leader,)).id for _ in range(4))
    row, places = made.begin(session, leaver, lead_id=leaver)
    sections.save_section(session, places["HP"], [Typed("known", "Seen alone.", mark_of(""))], None, by=writer, now=NOW)
    section = session.get(AssessmentSection, (COUNCIL, places["CL"].section_id))
    section.holder_id, section.due_on = leaver, date(2026, 12, 1)
    session.add(section)
    session.commit()
    return SimpleNamespace(leaver=leaver, writer=writer, heir=heir, other=other, number=row.number, section=section)


def held(session, person_id):
    return {each.key: each.words for each in service_handover.list_open(session, COUNCIL, person_id, TODAY)}


def hand_over(session, keys, old, new):
    who = {"person_id": old, "new_person_id": new, "on": TODAY, "by": new, "now": NOW}
    service_handover.hand_over(session, COUNCIL, keys, **who)
    session.flush()


def waits_for(session, person_id):
    """What waits for them as a person, beside what waits for every leader."""
    scope = Scope(COUNCIL, person_id, roles=frozenset({Role.auditor}), today=TODAY)
    return [(each.wants, each.words) for each in queries_waiting.waiting(session, scope)]


def codes_told(session, person_id):
    return [row.code for row in session.exec(select(Notice).where(Notice.person_id == person_id)).all()]


def offer(session, staff):
    row = session.exec(select(SelfAssessment)).one()
    signing.offer(session, COUNCIL, row.number, staff.heir, revision=row.revision, by=staff.leaver, now=NOW)
    session.flush()
    return row


def test_what_is_led_and_written_goes_to_the_heir_and_only_what_was_chosen(session, staff):
    mine = held(session, staff.leaver)
    assert mine == {
        "1/leads": "SAS-0001: leads it. Self-evaluation 2026",
        f"1/{staff.section.id}": f"SAS-0001: writes “{staff.section.heading}”, due 1 December 2026",
    }
    before = staff.section.revision
    hand_over(session, {f"1/{staff.section.id}"}, staff.leaver, staff.heir)
    assert (staff.section.holder_id, staff.section.revision) == (staff.heir, before + 1)
    assert held(session, staff.leaver) == {"1/leads": mine["1/leads"]}
    assert waits_for(session, staff.heir) == [(Wants.write, staff.section.heading)]
    assert codes_told(session, staff.heir) == ["self_assessment.handed_over"]
    hand_over(session, set(), staff.leaver, staff.other)  # nothing chosen, nobody told
    assert (held(session, staff.other), codes_told(session, staff.other)) == ({}, [])
    hand_over(session, {"1/leads", "2/leads"}, staff.leaver, staff.other)
    assert session.exec(select(SelfAssessment)).one().lead_id == staff.other
    assert held(session, staff.leaver) == {}
    told = session.execute(sa.select(ENTRY.c.reference).where(ENTRY.c.event == events.HANDED_OVER)).scalars().all()
    assert told == ["SAS-0001", "SAS-0001"]


def test_of_several_that_are_led_only_the_chosen_one_goes_and_the_others_stay(session, staff):
    for number in (2, 3):
        made.begin(session, staff.leaver, lead_id=staff.leaver)
        assert f"{number}/leads" in held(session, staff.leaver)
    hand_over(session, {"2/leads"}, staff.leaver, staff.other)
    leads = session.exec(select(SelfAssessment.lead_id).order_by(SelfAssessment.number)).all()
    assert leads == [staff.leaver, staff.other, staff.leaver]


def test_what_is_signed_is_nobodys_to_hand_over(session, staff):
    row = offer(session, staff)
    assert held(session, staff.heir) == {"1/reads": "SAS-0001: was asked to sign it. Self-evaluation 2026"}
    row.state, row.contents, row.fingerprint = AssessmentState.signed, "{}", "f" * 64
    row.signed_by, row.signed_at = staff.heir, NOW
    session.flush()
    assert (held(session, staff.heir), held(session, staff.leaver)) == ({}, {})


def test_who_is_to_sign_is_another_who_wrote_nothing_or_it_goes_back(session, staff):
    row = offer(session, staff)
    hand_over(session, {"1/reads"}, staff.heir, staff.other)
    assert (row.reviewer_id, row.state) == (staff.other, AssessmentState.with_reviewer)
    hand_over(session, {"1/reads"}, staff.other, staff.writer)
    assert (row.reviewer_id, row.state) == (None, AssessmentState.drafting)
    assert "wrote" in row.returned_note or "written" in row.returned_note


@pytest.fixture
def version(session, staff):
    """A version for staff by the writer, offered to the heir."""
    row = service.begin(session, COUNCIL, staff.number, Audience.staff, by=staff.writer, now=NOW)
    assessment = session.exec(select(SelfAssessment)).one()
    parts = queries.parts_of(session, row)
    assert [part.position for part in parts] == list(range(1, len(parts) + 1))
    for part in parts:
        more = {"heading": part.heading, "text": "Plans are dated.", "revision": part.revision}
        service.write_part(session, row, assessment, part.id, **more, by=staff.writer, now=NOW)
    service.offer(session, row, assessment, staff.heir, by=staff.writer, now=NOW)
    session.commit()
    return row, assessment


def test_a_version_waits_for_its_signer_and_for_its_writers_when_it_was_given_back(session, staff, version):
    row, _assessment = version
    assert waits_for(session, staff.heir) == [(Wants.sign_version, row.title)]
    assert waits_for(session, staff.writer) == []
    service.give_back(session, COUNCIL, staff.number, row.id, "Shorter sentences", by=staff.heir, now=NOW)
    session.flush()
    assert (waits_for(session, staff.heir), waits_for(session, staff.other)) == ([], [])
    assert held(session, staff.heir) == {}
    assert waits_for(session, staff.writer) == [(Wants.mend_version, row.title)]


def test_a_version_to_sign_is_handed_over_or_goes_back_to_its_writers(session, staff, version):
    row, _assessment = version
    assert held(session, staff.heir) == {f"version/{row.id}": f"SAS-0001: was asked to sign its version “{row.title}”"}
    hand_over(session, {"version/0"}, staff.heir, staff.other)
    assert row.reviewer_id == staff.heir
    hand_over(session, {f"version/{row.id}"}, staff.heir, staff.other)
    assert (row.reviewer_id, codes_told(session, staff.other)) == (staff.other, ["self_assessment.handed_over"])
    hand_over(session, {f"version/{row.id}"}, staff.other, staff.writer)
    assert (row.reviewer_id, row.state) == (None, VersionState.drafting)
    assert waits_for(session, staff.writer) == [(Wants.mend_version, row.title)]


def complaints(session, look):
    session.commit()
    with session.get_bind().connect() as connection:
        return [each for each in look(connection, {}) if isinstance(each, str)]


def test_the_check_sees_a_version_changed_after_its_signature_or_signed_by_its_writer(session, staff, version):
    row, _assessment = version
    offer(session, staff)
    whole = signing.as_it_would_be_frozen(session, COUNCIL, staff.number, TODAY, 12)[1]
    signed = {"post_title": "Director", "by": staff.heir, "now": NOW}
    signing.sign(session, COUNCIL, staff.number, seen=whole, months=12, today=TODAY, **signed)
    seen = contents.fingerprint_of(contents.canonical(queries.whole(session, row)))
    knows = council(TODAY)
    service_signing.sign(session, COUNCIL, staff.number, row.id, seen=seen, cleared=(), council=knows, **signed)
    session.commit()
    assert complaints(session, checks.altered_versions) == complaints(session, checks.version_signed_by_a_writer) == []
    frozen, known = row.contents, row.fingerprint
    row.contents = frozen.replace("dated", "late")
    name = f"“{row.title}” of SAS-0001"
    assert complaints(session, checks.altered_versions) == [
        f"What was signed as {name} was changed after the signature."
    ]
    row.fingerprint = contents.fingerprint_of(row.contents)
    assert complaints(session, checks.altered_versions) == [
        f"{name} has a fingerprint that the log tells of no signature."
    ]
    row.contents, row.fingerprint, row.signed_by = frozen, known, staff.writer
    assert complaints(session, checks.altered_versions) == []
    assert complaints(session, checks.version_signed_by_a_writer) == [f"{name} was signed by somebody who wrote in it."]
