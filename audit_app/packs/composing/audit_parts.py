"""The audits of the period as lines of the list and as parts of their own, each field asked for by the pack's level.

Pure.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from audit_app import clock, words
from audit_app.audits.actions.rules import LEVEL_WORDS, STATE_WORDS
from audit_app.audits.contents import beside
from audit_app.audits.tables import AuditActionState
from audit_app.audits.wording import AGE_BANDS, DISABILITIES, ETHNICITIES, HOW_CHOSEN
from audit_app.packs.composing.extract import AuditRecord, Extract
from audit_app.packs.composing.extract import Audits as AuditsRead
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.parts.audits import AnswerPart, AuditActionPart, AuditLine, AuditPart, DomainPart
from findings.references import reference

AUDIT_ACTION = "AAC"
NO_ANSWER, NOT_ASKED = "Not answered", "Not asked"


def lines(audits: AuditsRead, narrator: Narrator) -> tuple[AuditLine, ...]:
    """The list of audits; by the pack's own names where these stand, so that the order tells nothing."""
    for record in audits.records:
        _note_left_out(record, narrator)
    if not narrator.may("audit.line"):
        narrator.leave_out("audit.line", len(audits.records))
        return ()
    return tuple(sorted((_line(record, narrator) for record in audits.records), key=lambda line: line.name))


def _note_left_out(record: AuditRecord, narrator: Narrator) -> None:
    """Remember which fields of an audit this audience does not get."""
    narrator.take("audit.reference", record.reference)
    narrator.take("audit.codes", record.practitioner_code)
    narrator.take("audit.codes", record.manager_code)
    narrator.take("audit.characteristics", "".join(record.characteristics))
    if not narrator.may("audit_action.text"):
        narrator.leave_out("audit_action.text", len(record.actions))
    if not narrator.may("audit.answers"):
        narrator.leave_out("audit.answers")
        narrator.leave_out("audit.words")


def _line(record: AuditRecord, narrator: Narrator) -> AuditLine:
    return AuditLine(
        name=narrator.audit(record.reference),
        case_reference=narrator.take("audit.case_reference", record.case_reference),
        submitted=_submitted(record, narrator, words.short_date),
        set_title=record.set_title,
        how_chosen=_how_chosen(record),
        team=narrator.take("audit.team", record.team),
        grade=narrator.take("audit.grade", record.grade),
        grade_code=narrator.take("audit.grade", record.grade_code),
        agreed="Moderated" if record.moderated else "Not moderated",
        open_actions=sum(action.state is AuditActionState.open for action in record.actions),
    )


def _submitted(record: AuditRecord, narrator: Narrator, written: Callable[[date], str]) -> str:
    """The day it was submitted; for an audience that may not have the day, its month."""
    day = clock.london_day(record.submitted_at)
    return written(day) if narrator.take("audit.day", "day") else words.month_words(day)


def _how_chosen(record: AuditRecord) -> str:
    """In one or two words: that a record was read again, or for a theme, whichever way it was found."""
    if record.is_re_audit:
        return "Re-audit"
    return HOW_CHOSEN[record.how_chosen] if record.at_random else record.way_chosen


def details(extract: Extract, narrator: Narrator) -> tuple[AuditPart, ...]:
    """The audits in full that were asked for: those named one by one, of whatever period, or every one of the period.

    For an inspector, who may have grades of single audits but no words about a child, named audits are told by their
    grades alone; every audit is told in full only to a level that may have the words of auditors.
    """
    named = extract.audits.in_full
    records = (extract.audits.records if extract.about.each_audit else ()) if named is None else named
    if not narrator.may("audit.answers" if named is None else "audit.grade"):
        return ()
    listed, unanswered = _listed(extract), extract.chosen.unanswered
    if not narrator.may("audit.answers"):
        narrator.leave_out("audit.answers", len({record.reference for record in records} - listed))
    parts = (_counted_once(x, narrator, listed=x.reference in listed, unanswered=unanswered) for x in records)
    return tuple(sorted(parts, key=lambda part: part.name))


def _counted_once(record: AuditRecord, narrator: Narrator, *, listed: bool, unanswered: bool) -> AuditPart:
    """An audit in full; what the list has left out of the same audit is not counted a second time."""
    in_line, in_full = (replace(narrator, left_out=Counter()) for _ in range(2))
    if listed:
        _note_left_out(record, in_line)
        _line(record, in_line)
    part = _detail(record, in_full, unanswered=unanswered)
    narrator.left_out.update(in_full.left_out - in_line.left_out)
    return part


def _listed(extract: Extract) -> set[str]:
    """The audits of which the list has said already what it leaves out."""
    return {record.reference for record in extract.audits.records} if "audit-list" in extract.chosen.sections else set()


def _detail(record: AuditRecord, narrator: Narrator, *, unanswered: bool) -> AuditPart:
    say, closing = narrator.say, record.document["closing"]
    texts = [
        ("Why this overall grade", record.document["overall"]["rationale"]),
        ("Strengths", closing["strengths"]),
        ("Worries", closing["worries"]),
        ("What changed for the child", closing["difference"]),
    ]
    return AuditPart(
        name=narrator.audit(record.reference),
        facts=(*((say(name), value) for name, value in _facts(record, narrator)), *_own_facts(record, narrator)),
        domains=tuple(
            _domain(domain, narrator, unanswered=unanswered)
            for domain in record.document["domains"]
            if unanswered or _is_filled_in(domain)
        ),
        closing=tuple((say(title), wrote) for title, text in texts if (wrote := narrator.take("audit.words", text))),
        actions=tuple(_action(action, narrator) for action in record.actions),
    )


def _facts(record: AuditRecord, narrator: Narrator) -> tuple[tuple[str, str], ...]:
    first, last = record.window
    facts = [
        ("Case reference", narrator.take("audit.case_reference", record.case_reference)),
        ("Question set", record.set_title),
        ("How chosen", _how_chosen(record)),
        ("Team", narrator.take("audit.team", record.team)),
        ("Period read", words.date_range(first, last)),
        ("Submitted", _submitted(record, narrator, words.date_words)),
        ("Overall grade", narrator.take("audit.grade", record.grade)),
        ("Agreed", "Moderated" if record.moderated else "Not moderated"),
        ("Practitioner code", narrator.take("audit.codes", record.practitioner_code)),
        ("Manager code", narrator.take("audit.codes", record.manager_code)),
        ("Age band, ethnicity, disability", narrator.take("audit.characteristics", _in_words(record.characteristics))),
    ]
    return tuple((name, value) for name, value in facts if value)


def _in_words(characteristics: tuple[str, str, str]) -> str:
    """5 to 9; White; No: the words people chose from, never the codes they are kept as."""
    names = (AGE_BANDS, ETHNICITIES, DISABILITIES)
    told_as = (of.get(code, code) for of, code in zip(names, characteristics, strict=True))
    return "; ".join(filter(None, told_as))


def _own_facts(record: AuditRecord, narrator: Narrator) -> tuple[tuple[str, str], ...]:
    """Facts of the council's own about the record, as published, where words of the audit may stand."""
    own = ((fact["title"], fact["in_words"]) for fact in record.document.get("facts", ()))
    asked = ((title, narrator.take("audit.words", value)) for title, value in own if value)
    return tuple((title, value) for title, value in asked if value)


def _is_filled_in(domain: Mapping[str, Any]) -> bool:
    answered = any(_is_answered(question) for question in domain["questions"])
    return bool(domain["grade"] or domain["not_applicable"] or domain["rationale"] or answered)


def _domain(domain: Mapping[str, Any], narrator: Narrator, *, unanswered: bool) -> DomainPart:
    grade = "Does not apply" if domain["not_applicable"] else domain["grade_name"]
    answers = [
        AnswerPart(
            question["number"],
            question["text"],
            _answer(question, narrator),
            narrator.take("audit.words", beside(question)),
        )
        for question in domain["questions"]
        if unanswered or _is_answered(question)
    ]
    if "points" in domain:
        answers.append(AnswerPart("", POINTS, domain["points"]["in_words"], ""))
    return DomainPart(
        title=domain["title"],
        grade=narrator.take("audit.grade", grade),
        grade_code=domain["grade"],
        rationale=narrator.take("audit.words", domain["reason"] if domain["not_applicable"] else domain["rationale"]),
        answers=tuple(answers) if narrator.may("audit.answers") else (),
    )


POINTS = "Points of this domain, no grade"


def _is_answered(question: Mapping[str, Any]) -> bool:
    return any(question.get(part) for part in ("code", "words", "given", "second", "evidence", "action"))


def _answer(question: Mapping[str, Any], narrator: Narrator) -> str:
    """What was answered; of a question without an answer whether it was asked at all."""
    if _is_answered(question):
        answer = str(question["answer"])
        # A date or a number was typed, so it is told where typed words are.
        return narrator.take("audit.words", answer) if question.get("typed") else answer
    return NOT_ASKED if question.get("not_asked") else NO_ANSWER


def _action(action: Any, narrator: Narrator) -> AuditActionPart:
    outcome = "\n".join(part for part in (action.what_was_done, action.what_changed) if part)
    return AuditActionPart(
        reference=reference(AUDIT_ACTION, action.number),
        level=narrator.say(LEVEL_WORDS[action.level]),
        what=narrator.take("audit_action.text", action.what),
        due_on=action.due_on,
        state=words.sentence_case(STATE_WORDS[action.state]),
        outcome=narrator.take("audit_action.text", outcome),
    )
