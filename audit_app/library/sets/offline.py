"""The rows of the form to answer away from the network: what each asks, offers and is called. Pure.

`workbook.py` writes them, and the rooms of audits read the same rows back by their keys.
"""

from collections.abc import Iterator
from typing import NamedTuple

from audit_app import words
from audit_app.library import asking
from audit_app.library.own_sets import question_keys
from audit_app.library.terms.own_words import NONE, OwnWords
from frameworks import Domain, Question, QuestionSet
from frameworks.kinds import answered as kinds
from frameworks.kinds import totals
from frameworks.kinds.record_facts import RecordFact

ABOUT, QUESTIONS, CHOICES = "About", "Questions", "Choices"
FACTS = "Facts about the record"
HEADINGS = ("Domain", "Number", "Question", "Help", "Answer", "What you saw", "Key")
ANSWER, SAW, KEY = (HEADINGS.index(heading) for heading in ("Answer", "What you saw", "Key"))
FINGERPRINT = "Fingerprint"
# What follows the key of a question, or of a domain, or of nothing for the whole: no key of theirs holds the mark.
MARK = "#"
SECOND, EVIDENCE, GRADE, AWAY = "second", "evidence", "grade", "away"
POINTS = "points"
FACT = "fact/"  # then the id of the fact
ACTION, OWNER, DUE = "action", "owner", "due"
CLOSING = ("strengths", "worries", "difference")
OF_ACTION = (
    (ACTION, "what is to be done?", "Leave it empty where nothing is to be done."),
    (OWNER, "who does it?", "The name of somebody who works here."),
    (DUE, "by when?", "Write a day, such as 27 March 2027."),
)
HOW = {"date": "Write a day, such as 27 March 2026.", "number": "Write figures."}


class OfflineRow(NamedTuple):
    """One row of the form: its cells but the two to fill in, and what its answer may be chosen from."""

    domain: str
    number: str
    text: str
    help: str
    key: str
    choices: tuple[str, ...] = ()


def rows_of(questions: QuestionSet, own: OwnWords = NONE) -> list[OfflineRow]:
    """The facts about the record, each question with what stands beside it, domain by domain, then the whole."""
    rows = [_of_fact(fact) for fact in questions.facts]
    for domain in questions.domains:
        for question in domain.questions:
            rows += _of_question(questions, domain, question)
        rows += _of_points(questions, domain)
        rows += _of_domain(questions, domain)
    return [*rows, *_of_the_whole(questions, own)]


def _of_fact(fact: RecordFact) -> OfflineRow:
    unit = f"In {fact.unit}." if fact.unit else ""
    how = " ".join(filter(None, ("Needed." if fact.needed else "", fact.hint, HOW.get(fact.kind), unit)))
    return OfflineRow(FACTS, "", fact.title, how, _marked("", f"{FACT}{fact.id}"), fact.choices)


def _of_question(questions: QuestionSet, domain: Domain, question: Question) -> Iterator[OfflineRow]:
    """The question, and a row of its own for each thing beside it, so that each can be chosen or typed by itself."""
    where = (domain.title, question.number)
    one_of = asking.choices_of(questions, question) if kinds.answered_with(question) == "point" else []
    yield OfflineRow(*where, question.text, _help(questions, question), question.key, tuple(one_of))
    for label, others in asking.second(questions, question):
        yield OfflineRow(*where, f"{label}: {question.text}", "", _marked(question.key, SECOND), tuple(others))
    if question.asks_evidence:
        text = f"Where is the evidence for {question.number}?"
        yield OfflineRow(*where, text, "A place in the record, or an address.", _marked(question.key, EVIDENCE))
    if question.asks_action:
        for part, text, how in OF_ACTION:
            yield OfflineRow(*where, f"Action on {question.number}: {text}", how, _marked(question.key, part))


def _of_domain(questions: QuestionSet, domain: Domain) -> Iterator[OfflineRow]:
    where = (domain.title, domain.number)
    if domain.graded and questions.domain_scale:
        names = tuple(point.name for point in questions.scale(questions.domain_scale).as_offered)
        yield OfflineRow(*where, "Grade for this domain, and why", "", _marked(domain.id, GRADE), names)
    if not domain.always_applies and not any(question.safety for question in domain.questions):
        text = "If this whole domain does not apply: why not?"
        yield OfflineRow(*where, text, "Leave it empty where it applies.", _marked(domain.id, AWAY))


def _of_points(questions: QuestionSet, domain: Domain) -> Iterator[OfflineRow]:
    """A place for the total; the service works it out anew, so that nothing typed here is taken for it."""
    if at_most := totals.most(questions, domain):
        text = f"Points of this domain, of {at_most} at most"
        how = "For your own adding up. What does not apply leaves the most there can be. Not read back."
        yield OfflineRow(domain.title, domain.number, text, how, _marked(domain.id, POINTS))


def _of_the_whole(questions: QuestionSet, own: OwnWords) -> Iterator[OfflineRow]:
    if questions.overall_grade:
        names = tuple(point.name for point in questions.scale(questions.overall_grade.scale).as_offered)
        yield OfflineRow("The whole", "", "Overall grade, and why", "", _marked("", GRADE), names)
    asked = ("Strengths", "Worries", f"What has changed for the {questions.called('child')}?")
    for text, part in zip(asked, CLOSING, strict=True):
        yield OfflineRow("The whole", "", own.say(text), "", _marked("", part))


def _marked(key: str, part: str) -> str:
    return f"{key}{MARK}{part}"


def _help(questions: QuestionSet, question: Question) -> str:
    parts = ["Needed." if question.must_be_answered else "Prompt."]
    parts += question_keys.sentences(question, for_auditors=True)
    if question.limit:
        parts.append(words.time_limit(question.limit))
    parts += filter(None, [asking.worth_words(questions, question)])
    with_what = kinds.answered_with(question)
    if with_what in HOW:
        parts.append(HOW[with_what])
    if with_what == "points":
        parts.append(
            f"Write all that apply, with semicolons between: {'; '.join(asking.choices_of(questions, question))}."
        )
    elif with_what != "point" and not question.always_applies and with_what != "words":
        parts.append(f"Or write: {asking.NOT_APPLICABLE_WORDS}.")
    if question.conditions:
        parts.append(f"Only if {asking.condition_words(questions, question)}.")
    return " ".join(parts)
