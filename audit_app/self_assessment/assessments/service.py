"""Writes of a self-assessment as a whole: begun, changed, given to people, given up; the leader's own words."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

import frameworks
from audit_app import notices
from audit_app.errors import Invalid, OutOfTurn
from audit_app.improvement import judgement_areas
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from audit_app.self_assessment import events, notice_words, prompts
from audit_app.self_assessment.assessments import layout
from audit_app.self_assessment.assessments.layout import Layout
from audit_app.self_assessment.places import Place
from audit_app.self_assessment.service_draft import locked, note_writer, open_draft, require, section_of, tell_log
from audit_app.self_assessment.signing import contents
from audit_app.self_assessment.tables import (
    SELF_ASSESSMENT,
    AssessmentSection,
    AssessmentState,
    Passage,
    SelfAssessment,
)
from audit_app.self_assessment.who import MANAGERS, may_manage
from findings.errors import Stale
from findings.metadata import TITLE_LENGTH
from findings.numbering import next_number
from findings.references import reference

WHOSE = "A self-assessment is laid out by a QA manager, a leader, or whoever leads it."


def begin(session: Session, authority_id: int, wanted: Layout, *, by: int, now: datetime) -> SelfAssessment:
    """Begin a self-assessment: its row and its sections; with `carry`, the texts of the one before in them.

    Raises:
        Invalid: which value cannot be, and what to do.
        NotAllowed: the person neither leads nor looks after quality.
    """
    scope: Scope = session.info["scope"]
    require(scope.everything or scope.has(*MANAGERS), "A self-assessment is begun by a QA manager or a leader.")
    edition = _edition(wanted)
    sections = layout.parts(edition, wanted.areas, wanted.agencies, wanted.headings)
    check(wanted, sections)
    previous = _previous(session, authority_id, wanted.previous_number)
    theme = judgement_areas.theme_name(wanted.edition_id, wanted.theme_id) if wanted.theme_id else ""
    row = SelfAssessment(
        authority_id=authority_id,
        number=next_number(session, authority_id, SELF_ASSESSMENT),
        title=wanted.title,
        edition_id=wanted.edition_id,
        edition_fingerprint=edition.fingerprint if edition else "",
        theme_id=wanted.theme_id,
        theme_words=theme,
        prompts=wanted.prompts,
        shape_id=wanted.shape_id,
        period_from=wanted.period_from,
        period_to=wanted.period_to,
        previous_number=previous.number if previous else None,
        lead_id=wanted.lead_id,
        due_on=wanted.due_on,
        made_by=by,
        made_at=now,
    )
    session.add(row)
    session.flush()
    made = [
        AssessmentSection(authority_id=authority_id, assessment_number=row.number, position=place, **part.__dict__)
        for place, part in enumerate(sections, 1)
    ]
    session.add_all(made)
    session.flush()
    if previous is not None and wanted.carry:
        _carry(session, previous, made, by=by, now=now)
    before = reference(SELF_ASSESSMENT, previous.number) if previous else ""
    tell_log(session, row, events.BEGUN, by=by, now=now, edition=wanted.edition_id, sections=len(made), previous=before)
    return row


def _edition(wanted: Layout) -> frameworks.Edition | None:
    if not wanted.edition_id:
        return None
    edition = judgement_areas.find_edition(wanted.edition_id)
    if edition is None or edition.type in ("case_audit", "expectations"):
        raise Invalid("edition_id", "Choose a framework from the list.")
    return edition


def check(wanted: Layout, sections: list[layout.Part]) -> None:
    """Refuse a layout that could not be written.

    Raises:
        Invalid: which value, and what to do.
    """
    _check_details(wanted.title, wanted.period_from, wanted.period_to)
    if not sections:
        raise Invalid(
            "areas" if wanted.edition_id else "headings", "Choose or type at least one heading to write under."
        )
    if len(sections) > layout.MOST_SECTIONS:
        raise Invalid("headings", f"These are {len(sections)} sections. Have {layout.MOST_SECTIONS} or fewer.")
    if too_long := [heading for heading in wanted.headings if len(heading) > TITLE_LENGTH]:
        raise Invalid("headings", f"Each heading must be {TITLE_LENGTH} characters or fewer: {too_long[0][:40]}…")
    if len(prompts.own_prompts(wanted.prompts)) > 30:
        raise Invalid("prompts", "Have 30 questions or fewer.")


def _check_details(title: str, first: date, last: date) -> None:
    if not title.strip():
        raise Invalid("title", "Enter what the self-assessment is called.")
    if last < first:
        raise Invalid("period_to", "The last day of the period must not be before the first.")
    if (last - first).days > layout.MOST_PERIOD_DAYS:
        raise Invalid("period_from", "Choose a period of three years or less.")


def _previous(session: Session, authority_id: int, number: int | None) -> SelfAssessment | None:
    if number is None:
        return None
    query = select(SelfAssessment).where(SelfAssessment.authority_id == authority_id, SelfAssessment.number == number)
    row = session.exec(query).first()
    if row is None or row.state is not AssessmentState.signed:
        raise Invalid("previous_number", "Choose a signed self-assessment from the list.")
    return row


def _carry(
    session: Session, previous: SelfAssessment, sections: list[AssessmentSection], *, by: int, now: datetime
) -> None:
    """The texts of the one before, into the sections of this one that are about the same."""
    query = select(AssessmentSection).where(
        AssessmentSection.authority_id == previous.authority_id,
        AssessmentSection.assessment_number == previous.number,
    )
    before = {
        contents.key_of(section.area_id, section.agency_id, section.heading): section.id
        for section in session.exec(query).all()
    }
    for section in sections:
        old_id = before.get(contents.key_of(section.area_id, section.agency_id, section.heading))
        if old_id is None:
            continue
        texts = select(Passage).where(Passage.authority_id == previous.authority_id, Passage.section_id == old_id)
        for text in session.exec(texts).all():
            session.add(
                Passage(
                    authority_id=section.authority_id,
                    section_id=section.id,
                    question=text.question,
                    text=text.text,
                    written_by=by,
                    written_at=now,
                )
            )


@dataclass(frozen=True)
class Details:
    """What may be changed of a draft as a whole."""

    title: str
    period_from: date
    period_to: date
    lead_id: int | None
    due_on: date | None


def change_details(
    session: Session, authority_id: int, number: int, details: Details, *, revision: int, by: int, now: datetime
) -> SelfAssessment:
    """Change what a draft is called, what it covers, who leads it and by when; Stale when somebody else has."""
    row = open_draft(session, authority_id, number)
    require(may_manage(session.info["scope"], row), WHOSE)
    if row.revision != revision:
        raise Stale(row)
    _check_details(details.title, details.period_from, details.period_to)
    for name, value in details.__dict__.items():
        setattr(row, name, value)
    row.revision += 1
    session.add(row)
    tell_log(session, row, events.CHANGED, by=by, now=now)
    return row


def give_section(
    session: Session,
    at: Place,
    *,
    holder_id: int | None,
    due_on: date | None,
    revision: int,
    by: int,
    now: datetime,
) -> AssessmentSection:
    """Say who has a section and by when, and tell them."""
    row = open_draft(session, at.authority_id, at.number)
    section = section_of(session, row, at.section_id)
    scope: Scope = session.info["scope"]
    require(may_manage(scope, row) or scope.has(Role.business_support), WHOSE)
    if section.revision != revision:
        raise Stale(section)
    name = reference(SELF_ASSESSMENT, at.number)
    is_new = holder_id is not None and holder_id != section.holder_id
    section.holder_id, section.due_on = holder_id, due_on
    section.revision += 1
    session.add(section)
    if is_new and holder_id is not None and holder_id != by:
        notices.tell(session, at.authority_id, holder_id, notice_words.SECTION_GIVEN, name, now)
    facts: dict[str, str | int] = {"person": holder_id or "nobody", "due_on": due_on.isoformat() if due_on else ""}
    tell_log(session, row, events.GIVEN, by=by, now=now, **facts)
    return section


def add_heading(
    session: Session, authority_id: int, number: int, heading: str, *, area_id: str = "", by: int, now: datetime
) -> AssessmentSection:
    """Add a section under a heading of the council's own, such as a line of enquiry, at the end."""
    row = open_draft(session, authority_id, number)
    require(may_manage(session.info["scope"], row), WHOSE)
    query = select(AssessmentSection).where(
        AssessmentSection.authority_id == authority_id, AssessmentSection.assessment_number == number
    )
    there = session.exec(query).all()
    if len(there) >= layout.MOST_SECTIONS:
        raise Invalid("heading", f"A self-assessment has {layout.MOST_SECTIONS} sections or fewer.")
    if not heading.strip():
        raise Invalid("heading", "Enter a heading.")
    if len(heading) > TITLE_LENGTH:
        raise Invalid("heading", f"A heading must be {TITLE_LENGTH} characters or fewer.")
    section = AssessmentSection(
        authority_id=authority_id,
        assessment_number=number,
        position=max((part.position for part in there), default=0) + 1,
        area_id=area_id,
        heading=heading,
    )
    session.add(section)
    tell_log(session, row, events.HEADING_ADDED, by=by, now=now)
    return section


def abandon(session: Session, authority_id: int, number: int, why: str, *, by: int, now: datetime) -> None:
    """Give a draft up, with the reason; it can still be read."""
    row = open_draft(session, authority_id, number)
    require(may_manage(session.info["scope"], row), WHOSE)
    if not why.strip():
        raise Invalid("why", "Say why nobody will sign this draft.")
    row.state, row.abandoned_reason = AssessmentState.abandoned, why
    row.revision += 1
    session.add(row)
    tell_log(session, row, events.ABANDONED, by=by, now=now)


def write_leaders_words(
    session: Session, authority_id: int, number: int, text: str, *, revision: int, by: int, now: datetime
) -> None:
    """Write the few sentences a leader will sign; what was signed before is not signed any more."""
    row = open_draft(session, authority_id, number)
    require(may_manage(session.info["scope"], row), WHOSE)
    if row.revision != revision:
        raise Stale(row)
    row.leaders_words, row.words_written_by = text, by
    row.words_signed_by, row.words_signed_at, row.words_post_title = None, None, ""
    row.revision += 1
    session.add(row)
    note_writer(session, row, by=by, now=now)
    tell_log(session, row, events.WORDS_WRITTEN, by=by, now=now)


def sign_leaders_words(
    session: Session, authority_id: int, number: int, post_title: str, *, revision: int, by: int, now: datetime
) -> None:
    """A leader puts their post under these sentences, as they were when the page was opened."""
    row = locked(session, authority_id, number)
    scope: Scope = session.info["scope"]
    require(scope.everything or scope.has(Role.leader), "The leader’s words are signed by a leader.")
    if row.state not in (AssessmentState.drafting, AssessmentState.with_reviewer):
        raise OutOfTurn("This self-assessment is signed or given up, so its leader’s words can no longer be signed.")
    if row.revision != revision:
        raise Stale(row)
    if not row.leaders_words.strip():
        raise Invalid("post", "There are no words to sign yet. Write them first.")
    if not post_title.strip():
        raise Invalid("post", "Enter the post in which you sign.")
    row.words_signed_by, row.words_signed_at, row.words_post_title = by, now, post_title
    row.revision += 1
    session.add(row)
    tell_log(session, row, events.WORDS_SIGNED, by=by, now=now)
