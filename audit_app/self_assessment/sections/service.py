"""Writes of one section: its texts and grade, whether it is ready, comments, suggested words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from audit_app import forms
from audit_app.errors import Invalid, NotFound, OutOfTurn
from audit_app.improvement import judgement_areas
from audit_app.people.access.scope import Scope
from audit_app.self_assessment import events
from audit_app.self_assessment.assessments import layout
from audit_app.self_assessment.places import Place
from audit_app.self_assessment.service_draft import note_writer, open_draft, require, section_of, tell_log, writable
from audit_app.self_assessment.tables import (
    AssessmentComment,
    AssessmentSection,
    Passage,
    SectionState,
    SelfAssessment,
    Suggestion,
    SuggestionState,
)
from audit_app.self_assessment.who import may_write
from findings.errors import Stale
from findings.metadata import TEXT_LENGTH


@dataclass(frozen=True)
class Typed:
    """A text as somebody sent it, with a mark of the text they had in front of them when they began."""

    question: str
    text: str
    seen: int


@dataclass(frozen=True)
class TypedGrade:
    """A grade and its reason as somebody sent them, with a mark of what they had in front of them."""

    code: str
    reason: str
    seen: int


def texts_of(session: Session, authority_id: int, section_id: int) -> dict[str, Passage]:
    """What is written under each question of a section, as the database has it now."""
    query = select(Passage).where(Passage.authority_id == authority_id, Passage.section_id == section_id)
    rows = session.exec(query.execution_options(populate_existing=True)).all()
    return {row.question: row for row in rows}


def mark_of_grade(section: AssessmentSection) -> int:
    """A mark of the grade and reason a section has."""
    return forms.mark_of(section.grade_code, section.grade_reason)


def save_section(
    session: Session,
    at: Place,
    typed: Sequence[Typed],
    grade: TypedGrade | None,
    *,
    by: int,
    now: datetime,
) -> int:
    """Save the texts that this person changed, and the grade if they changed it; all or nothing.

    What they left as it was is not written, so two people may work on two questions of one section. Where somebody else
    has changed the very text meanwhile, nothing is saved.

    Returns:
        How many texts were written.

    Raises:
        Stale: somebody else changed what this person changed as well.
        Invalid: a grade is not one of the edition, or has no reason.
    """
    row, section = writable(session, at)
    there = texts_of(session, at.authority_id, at.section_id)
    changed = [each for each in typed if forms.mark_of(each.text) != each.seen]
    for each in changed:
        now_saved = there[each.question].text if each.question in there else ""
        if forms.mark_of(now_saved) != each.seen and now_saved != each.text:
            raise Stale(section)
    for each in changed:
        _write(session, section, there.get(each.question), each, by=by, now=now)
    graded = grade is not None and _grade(session, row, section, grade, by=by, now=now)
    if changed or graded:
        note_writer(session, row, by=by, now=now)
    if changed:
        tell_log(session, row, events.WRITTEN, by=by, now=now, passages=len(changed))
    return len(changed)


def _write(
    session: Session, section: AssessmentSection, there: Passage | None, typed: Typed, *, by: int, now: datetime
) -> None:
    if there is None:
        there = Passage(
            authority_id=section.authority_id,
            section_id=section.id,
            question=typed.question,
            text=typed.text,
            written_by=by,
            written_at=now,
            revision=0,
        )
    there.text, there.written_by, there.written_at = typed.text, by, now
    there.revision += 1
    session.add(there)


def _grade(
    session: Session, row: SelfAssessment, section: AssessmentSection, grade: TypedGrade, *, by: int, now: datetime
) -> bool:
    if forms.mark_of(grade.code, grade.reason) == grade.seen:
        return False
    if mark_of_grade(section) != grade.seen:
        raise Stale(section)
    scale = layout.graded(judgement_areas.find_edition(row.edition_id), section.area_id)
    if grade.code and (scale is None or grade.code not in scale.codes):
        raise Invalid("grade_code", "Choose a grade of this framework.")
    if grade.code and not grade.reason.strip():
        raise Invalid("grade_reason", "Say why you give this grade: what inspectors would see that shows it.")
    section.grade_code, section.grade_reason, section.grade_by = grade.code, grade.reason, by
    section.revision += 1
    session.add(section)
    area, code = section.area_id or "a heading", grade.code or "none"
    tell_log(session, row, events.GRADED, by=by, now=now, area=area, grade=code)
    return True


def call_ready(session: Session, at: Place, *, ready: bool, by: int, now: datetime) -> None:
    """Say that a section can be read and signed, or that it is being written again."""
    row, section = writable(session, at)
    section.state = SectionState.ready if ready else SectionState.to_write
    section.revision += 1
    session.add(section)
    tell_log(session, row, events.READY, by=by, now=now, state="ready" if ready else "being written again")


def comment(
    session: Session,
    at: Place,
    text: str,
    *,
    question: str = "",
    by: int,
    now: datetime,
) -> AssessmentComment:
    """Say something to the writers of a section; whoever may read it may."""
    row = open_draft(session, at.authority_id, at.number)
    section = section_of(session, row, at.section_id)
    if not text.strip():
        raise Invalid("comment", "Type your comment.")
    made = AssessmentComment(
        authority_id=at.authority_id, section_id=section.id, question=question, text=text, made_by=by, made_at=now
    )
    session.add(made)
    tell_log(session, row, events.COMMENTED, by=by, now=now)
    return made


def settle_comment(session: Session, at: Place, comment_id: int, *, by: int, now: datetime) -> None:
    """Say that a comment has been dealt with; its author and the writers may."""
    row = open_draft(session, at.authority_id, at.number)
    section = section_of(session, row, at.section_id)
    query = select(AssessmentComment).where(
        AssessmentComment.authority_id == at.authority_id, AssessmentComment.id == comment_id
    )
    made = session.exec(query).first()
    if made is None or made.section_id != at.section_id:
        raise NotFound("There is no such comment.")
    scope: Scope = session.info["scope"]
    require(made.made_by == by or may_write(scope, row, section), "A comment is settled by its author or the writers.")
    if made.settled_at is None:
        made.settled_by, made.settled_at = by, now
        session.add(made)
        tell_log(session, row, events.SETTLED, by=by, now=now)


def suggest(
    session: Session,
    at: Place,
    *,
    question: str,
    old_words: str,
    new_words: str,
    why: str = "",
    by: int,
    now: datetime,
) -> Suggestion:
    """Suggest other words for words of a text, or words to add at its end; whoever may read it may.

    Raises:
        Invalid: the old words do not stand in the text exactly once, or nothing would change.
    """
    row = open_draft(session, at.authority_id, at.number)
    section = section_of(session, row, at.section_id)
    there = texts_of(session, at.authority_id, at.section_id).get(question)
    text = there.text if there else ""
    if old_words == new_words:
        raise Invalid("new_words", "Enter other words than those that stand there, or words to add.")
    if old_words and text.count(old_words) != 1:
        raise Invalid("old_words", _places(text.count(old_words)))
    made = Suggestion(
        authority_id=at.authority_id,
        section_id=section.id,
        question=question,
        old_words=old_words,
        new_words=new_words,
        why=why,
        made_by=by,
        made_at=now,
    )
    session.add(made)
    tell_log(session, row, events.SUGGESTED, by=by, now=now)
    return made


def _places(count: int) -> str:
    if count == 0:
        return "These words do not stand in the text. Copy them from it exactly."
    return (
        f"These words stand in the text {count} times. Copy more of the sentence, so that it is clear which is meant."
    )


def decide_suggestion(
    session: Session,
    at: Place,
    suggestion_id: int,
    *,
    accept: bool,
    reply: str = "",
    by: int,
    now: datetime,
) -> Suggestion:
    """Take suggested words into the text, or decline them; who decided is kept either way.

    Raises:
        OutOfTurn: it was decided already, or the old words no longer stand in the text.
    """
    row, section = writable(session, at)
    query = select(Suggestion).where(Suggestion.authority_id == at.authority_id, Suggestion.id == suggestion_id)
    made = session.exec(query.execution_options(populate_existing=True)).first()
    if made is None or made.section_id != at.section_id:
        raise NotFound("There is no such suggestion.")
    if made.state is not SuggestionState.open:
        raise OutOfTurn("Somebody has decided about this suggestion already. Load the page again to see how.")
    if accept:
        _take_in(session, section, made, by=by, now=now)
        note_writer(session, row, by=by, now=now)
        note_writer(session, row, by=made.made_by, now=now)
    made.state = SuggestionState.accepted if accept else SuggestionState.declined
    made.decided_by, made.decided_at, made.reply = by, now, reply
    session.add(made)
    tell_log(session, row, events.DECIDED, by=by, now=now, decision="accepted" if accept else "declined")
    return made


def _take_in(session: Session, section: AssessmentSection, made: Suggestion, *, by: int, now: datetime) -> None:
    there = texts_of(session, section.authority_id, section.id).get(made.question)
    text = there.text if there else ""
    if made.old_words and text.count(made.old_words) != 1:
        raise OutOfTurn(
            "The text has changed, so these words no longer stand there. Change it by hand, or decline this."
        )
    added = f"{text}\n\n{made.new_words}".strip()
    taken = text.replace(made.old_words, made.new_words) if made.old_words else added
    if len(taken) > TEXT_LENGTH:
        raise OutOfTurn(f"With these words the text would be longer than {TEXT_LENGTH:,} characters. Shorten it first.")
    _write(session, section, there, Typed(made.question, taken, 0), by=by, now=now)
