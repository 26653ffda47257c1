"""A draft as a whole: what it is called, its headings, who has a section, comments, giving it up, a leader's words."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from audit_app.errors import Invalid, NotAllowed, NotFound, OutOfTurn
from audit_app.notices.tables import Notice
from audit_app.people.access import Role
from audit_app.people.access.scope import Scope
from audit_app.self_assessment.assessments import layout, service
from audit_app.self_assessment.assessments.service import Details
from audit_app.self_assessment.sections import service as sections
from audit_app.self_assessment.tables import (
    AssessmentComment,
    AssessmentSection,
    AssessmentState,
    SectionState,
    SelfAssessment,
)
from findings.errors import Stale
from findings.metadata import TITLE_LENGTH
from tests import builders
from tests import builders_self_assessment as made

COUNCIL, NOW = made.COUNCIL, builders.MOMENT
DETAILS = Details("Self-evaluation 2026", date(2026, 4, 1), date(2027, 3, 31), None, None)


def person(session, *roles):
    return builders.make_person(session, roles=roles).id


def as_person(session, person_id, *roles):
    session.info["scope"] = Scope(COUNCIL, person_id, roles=frozenset(roles))


REFUSED = {
    "title": ({"title": " "}, "Enter what the self-assessment is called"),
    "backwards": ({"period_to": date(2026, 3, 31)}, "must not be before the first"),
    "too long": ({"period_to": date(2029, 4, 4)}, "three years or less"),
    "nothing to write": ({"areas": ()}, "at least one heading"),
    "another edition": ({"edition_id": "case-audit-1"}, "Choose a framework"),
    "no such edition": ({"edition_id": "ilacs-1066"}, "Choose a framework"),
    "too many": ({"headings": tuple(f"Enquiry {n}" for n in range(77))}, "These are 81 sections. Have 80 or fewer"),
    "long heading": ({"headings": ("h" * (TITLE_LENGTH + 1),)}, "Each heading must be"),
    "too many questions": ({"prompts": "\n".join(f"q{n}: What {n}?" for n in range(31))}, "30 questions or fewer"),
    "not signed": ({"previous_number": 1}, "Choose a signed self-assessment"),
    "not there": ({"previous_number": 44}, "Choose a signed self-assessment"),
}


@pytest.mark.parametrize(("changed", "words"), REFUSED.values(), ids=REFUSED)
def test_what_could_not_be_written_is_not_begun(session, draft, changed, words):
    _row, _places, who = draft
    with pytest.raises(Invalid, match=words):
        service.begin(session, COUNCIL, made.make_layout(**changed), **who)
    assert len(session.exec(select(SelfAssessment)).all()) == 1


def test_at_the_limits_it_is_begun_by_those_who_lead(session, draft):
    _row, _places, who = draft
    most = {"headings": tuple(f"Enquiry {n}" for n in range(76)), "period_to": date(2029, 4, 3)}
    row = service.begin(session, COUNCIL, made.make_layout(**most), **who)
    places = session.exec(select(AssessmentSection).where(AssessmentSection.assessment_number == row.number)).all()
    assert (row.number, sorted(each.position for each in places)) == (2, list(range(1, layout.MOST_SECTIONS + 1)))
    with pytest.raises(Invalid, match="80 sections or fewer"):
        service.add_heading(session, COUNCIL, 2, "One more", **who)
    as_person(session, person(session, Role.auditor), Role.auditor)
    with pytest.raises(NotAllowed, match="begun by a QA manager or a leader"):
        service.begin(session, COUNCIL, made.make_layout(), **who)


def test_details_are_changed_by_those_who_lead_and_checked_as_at_the_beginning(session, draft):
    row, _places, who = draft
    lead = person(session, Role.team_manager)
    wanted = replace(DETAILS, title="Our year", lead_id=lead, due_on=date(2026, 12, 1))
    changes = {"revision": row.revision, **who}
    with pytest.raises(Stale):
        service.change_details(session, COUNCIL, 1, wanted, **{**changes, "revision": 9})
    for wrong in ({"title": ""}, {"period_to": date(2026, 3, 31)}, {"period_to": date(2029, 4, 4)}):
        with pytest.raises(Invalid):
            service.change_details(session, COUNCIL, 1, replace(wanted, **wrong), **changes)
    service.change_details(session, COUNCIL, 1, wanted, **changes)
    assert (row.title, row.lead_id, row.due_on, row.revision) == ("Our year", lead, date(2026, 12, 1), 2)
    session.commit()
    as_person(session, lead, Role.team_manager)  # who leads it may, whatever their role
    service.change_details(session, COUNCIL, 1, DETAILS, revision=2, by=lead, now=NOW)
    session.commit()
    as_person(session, person(session, Role.business_support), Role.business_support)
    with pytest.raises(NotAllowed):
        service.change_details(session, COUNCIL, 1, wanted, revision=3, by=lead, now=NOW)


def test_a_heading_of_the_councils_own_stands_at_the_end(session, draft):
    _row, places, who = draft
    section = service.add_heading(session, COUNCIL, 1, "Line of enquiry", area_id="HP", **who)
    session.flush()
    assert (section.position, section.area_id) == (len(places) + 1, "HP")
    for heading, words in ((" ", "Enter a heading"), ("h" * (TITLE_LENGTH + 1), "characters or fewer")):
        with pytest.raises(Invalid, match=words):
            service.add_heading(session, COUNCIL, 1, heading, **who)


def test_a_section_is_given_and_its_holder_told_once(session, draft):
    _row, places, who = draft
    holder = person(session, Role.practitioner)
    given = {"holder_id": holder, "due_on": date(2026, 12, 1), "revision": 1, **who}
    section = service.give_section(session, places["HP"], **given)
    assert (section.holder_id, section.due_on, section.revision) == (holder, date(2026, 12, 1), 2)
    with pytest.raises(Stale):
        service.give_section(session, places["HP"], **given)
    service.give_section(session, places["HP"], **{**given, "revision": 2, "due_on": None})  # the day only
    service.give_section(session, places["CL"], **{**given, "holder_id": who["by"]})  # to oneself
    service.give_section(session, places["HP"], **{**given, "revision": 3, "holder_id": None})
    told = session.exec(select(Notice.person_id, Notice.code)).all()
    assert told == [(holder, "self_assessment.section_given")]


def test_a_section_is_ready_or_being_written_again(session, draft):
    _row, places, who = draft
    section = session.get(AssessmentSection, (COUNCIL, places["HP"].section_id))
    for ready, state in ((True, SectionState.ready), (False, SectionState.to_write)):
        before = section.revision
        sections.call_ready(session, places["HP"], ready=ready, **who)
        assert (section.state, section.revision) == (state, before + 1)


def test_a_comment_is_settled_once_by_its_author_or_the_writers(session, draft):
    _row, places, who = draft
    helper = person(session, Role.business_support)
    with pytest.raises(Invalid, match="Type your comment"):
        sections.comment(session, places["HP"], " ", **who)
    asked = sections.comment(session, places["HP"], "Who was asked?", **who)
    theirs = sections.comment(session, places["HP"], "And when?", by=helper, now=NOW)
    session.commit()
    for at, number in ((places["CL"], asked.id), (places["HP"], 12)):
        with pytest.raises(NotFound, match="no such comment"):
            sections.settle_comment(session, at, number, **who)
    whole = session.info["scope"]
    as_person(session, helper, Role.business_support)
    with pytest.raises(NotAllowed, match="settled by its author or the writers"):
        sections.settle_comment(session, places["HP"], asked.id, by=helper, now=NOW)
    sections.settle_comment(session, places["HP"], theirs.id, by=helper, now=NOW)
    session.info["scope"] = whole
    sections.settle_comment(session, places["HP"], asked.id, **who)
    sections.settle_comment(session, places["HP"], theirs.id, **who)  # once is enough
    session.flush()
    rows = session.exec(select(AssessmentComment).order_by(AssessmentComment.id)).all()
    assert [(row.settled_by, row.settled_at) for row in rows] == [(who["by"], NOW), (helper, NOW)]


def test_a_draft_is_given_up_with_a_reason_and_then_stands_still(session, draft):
    row, places, who = draft
    with pytest.raises(Invalid, match="Say why"):
        service.abandon(session, COUNCIL, 1, " ", **who)
    before = row.revision
    service.abandon(session, COUNCIL, 1, "The inspection came first", **who)
    assert (row.state, row.abandoned_reason, row.revision) == (
        AssessmentState.abandoned, "The inspection came first", before + 1,
    )  # fmt: skip
    for write in (
        lambda: service.abandon(session, COUNCIL, 1, "Again", **who),
        lambda: service.add_heading(session, COUNCIL, 1, "One more", **who),
        lambda: service.sign_leaders_words(session, COUNCIL, 1, "Director", revision=row.revision, **who),
        lambda: sections.call_ready(session, places["HP"], ready=True, **who),
    ):
        with pytest.raises(OutOfTurn):
            write()


def test_a_leaders_words_are_signed_as_they_were_read_and_anew_when_they_change(session, draft):
    row, _places, who = draft
    write = {"revision": row.revision, **who}
    with pytest.raises(Invalid, match="no words to sign"):
        service.sign_leaders_words(session, COUNCIL, 1, "Director", **write)
    with pytest.raises(Stale):
        service.write_leaders_words(session, COUNCIL, 1, "We know", **{**write, "revision": 5})
    service.write_leaders_words(session, COUNCIL, 1, "We know our children.", **write)
    for post, revision, error in ((" ", 2, Invalid), ("Director", 1, Stale)):
        with pytest.raises(error):
            service.sign_leaders_words(session, COUNCIL, 1, post, revision=revision, **who)
    service.sign_leaders_words(session, COUNCIL, 1, "Director", revision=2, **who)
    assert (row.words_signed_by, row.words_signed_at, row.words_post_title) == (who["by"], NOW, "Director")
    service.write_leaders_words(session, COUNCIL, 1, "We know them well.", revision=3, **who)
    assert (row.words_signed_by, row.words_signed_at, row.words_post_title) == (None, None, "")
    session.commit()
    manager = person(session, Role.qa_manager)
    as_person(session, manager, Role.qa_manager)
    with pytest.raises(NotAllowed, match="signed by a leader"):
        service.sign_leaders_words(session, COUNCIL, 1, "Head", revision=4, by=manager, now=NOW)
