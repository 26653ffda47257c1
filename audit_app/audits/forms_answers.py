"""The form of one domain page, grown from its questions, which of them it asks, and the form of the last page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import wtforms

from audit_app import words
from audit_app.audits import wording
from audit_app.audits.kinds import forms as fields_of_kinds
from audit_app.audits.kinds.forms import (
    NOTE,
    action_names,
    answer_name,
    away_name,
    evidence_name,
    second_name,
    words_name,
)
from audit_app.audits.service_answers import ClosingEntry, DomainEntry
from audit_app.audits.tables import Answer, CaseAudit, DomainAnswer
from audit_app.forms import AppForm, Checkboxes, Length, LongText, Radios, WholeNumber, choices
from audit_app.library import asking
from audit_app.library.asking import worth_words
from frameworks import Domain, Question, QuestionSet, Scale

__all__ = [
    "NOTE",
    "Asked",
    "ClosingForm",
    "DomainForm",
    "action_names",
    "answer_name",
    "asked_on",
    "away_name",
    "closing_values",
    "evidence_name",
    "form_for",
    "saved_values",
    "second_name",
    "value_in_words",
    "words_name",
    "worth_words",
]


class DomainForm(AppForm):
    """What every domain page has; `form_for` adds a field for each question."""

    stays_inside = "it is about one audit of one child, and stays in the audit"

    rationale = LongText("Why this grade?")
    not_applicable = wtforms.BooleanField("This whole domain does not apply")
    not_applicable_reason = LongText("Why does it not apply?", [Length(1000, "Reason")])

    questions: QuestionSet
    domain: Domain

    def _was_on_the_page(self, question: Question) -> bool:
        """A question that was not asked sends nothing, and what is saved of it stays; its words are always sent."""
        names = [name for name in (answer_name(question), words_name(question)) if name in self]
        return any(self[name].raw_data for name in names)

    def entry(self) -> DomainEntry:
        """What was sent, in the shape the service takes; only questions whose fields were on the page."""
        there = [question for question in self.domain.questions if self._was_on_the_page(question)]
        answers = {question.key: fields_of_kinds.given_by(self, question) for question in there}
        return DomainEntry(
            answers=answers,
            grade=(self["grade"].data or "") if "grade" in self else "",
            rationale=self.rationale.data or "",
            not_applicable=bool(self.not_applicable.data),
            not_applicable_reason=self.not_applicable_reason.data or "",
        )


_grown: dict[tuple[str, str], type[DomainForm]] = {}


def form_for(questions: QuestionSet, fingerprint: str, domain_id: str) -> type[DomainForm]:
    """The form class of one domain page; a set of one fingerprint always gives the same class."""
    if (fingerprint, domain_id) not in _grown:
        _grown[fingerprint, domain_id] = _grow(questions, questions.domain(domain_id))
    return _grown[fingerprint, domain_id]


def _grow(questions: QuestionSet, domain: Domain) -> type[DomainForm]:
    fields: dict[str, Any] = {"questions": questions, "domain": domain}
    for question in domain.questions:
        fields.update(fields_of_kinds.fields_of(questions, question))
    if domain.graded and questions.domain_scale:
        scale = questions.scale(questions.domain_scale)
        fields["grade"] = Radios("Grade for this domain", choices=_points(scale))
    return type("GrownDomainForm", (DomainForm,), fields)


def _points(scale: Scale) -> list[Any]:
    """Best first, as people say them; as they stand where none is better."""
    return choices((point.code, point.name) for point in scale.as_offered)


@dataclass(frozen=True)
class Asked:
    """One question of a page: whether its fields are there, and the condition on which it is to be answered.

    `field` and `codes` say the same condition to a script, when the earlier question stands on the same page.
    """

    question: Question
    on_page: bool = True
    condition: str = ""
    field: str = ""
    codes: str = ""


def asked_on(questions: QuestionSet, domain: Domain, asked_keys: Collection[str]) -> tuple[Asked, ...]:
    """Every question of a domain as its page shows it.

    Args:
        questions: The set.
        domain: The domain of the page.
        asked_keys: The keys of the questions that are asked, given what is saved.

    A question that hangs on one of the same page is always there, with its condition in words, because what is ticked
    on a page is known only once it is saved.
    """
    placed: dict[str, Asked] = {}
    for question in domain.questions:
        placed[question.key] = _asked_here(questions, domain, question, asked_keys, placed)
    return tuple(placed.values())


def _asked_here(
    questions: QuestionSet, domain: Domain, question: Question, asked_keys: Collection[str], before: dict[str, Asked]
) -> Asked:
    waits_for = question.conditions
    if not waits_for:
        return Asked(question, domain.show_if is None or question.key in asked_keys)
    in_words = asking.condition_words(questions, question)
    on_this_page = [each for each in waits_for if each.question.partition("/")[0] == domain.id]
    if not on_this_page:
        return Asked(question, question.key in asked_keys, in_words)
    # Whether a condition on an answer of another page holds is known only with that of this page, once it is saved.
    on_page = all(before[each.question].on_page for each in on_this_page)
    if len(waits_for) > 1:
        return Asked(question, on_page, in_words)
    here = waits_for[0]
    return Asked(question, on_page, in_words, f"a-{here.question.partition('/')[2]}", " ".join(here.answers))


def saved_values(domain: Domain, row: DomainAnswer | None, answers: dict[str, Answer]) -> dict[str, Any]:
    """What is saved of a domain, by the names of the form's fields."""
    values: dict[str, Any] = {"revision": str(row.revision if row else 0)}
    if row is not None:
        names = ("grade", "rationale", "not_applicable", "not_applicable_reason")
        values.update({name: getattr(row, name) for name in names})
    for question in domain.questions:
        answer = answers.get(question.key)
        if answer is None:
            continue
        values.update(fields_of_kinds.saved_in(question, answer))
    return values


class ClosingForm(AppForm):
    """The last page: the overall grade, what stood out, and how the audit was done."""

    stays_inside = "it is about one audit of one child, and stays in the audit"

    overall_grade = Radios("Overall grade")
    overall_rationale = LongText("Why this grade?")
    strengths = LongText("Strengths")
    worries = LongText("Worries")
    difference = LongText("What has changed for the child?")
    minutes_taken = WholeNumber("Minutes taken, reading included", most=6000)
    sources = Checkboxes("Sources used")
    private_notes = LongText("Private notes")

    def offer(self, questions: QuestionSet) -> None:
        """Put the points of the set's overall scale and the sources into the form."""
        ends = questions.overall_grade
        self.overall_grade.choices = _points(questions.scale(ends.scale)) if ends else []
        self.sources.choices = choices(wording.SOURCES.items())
        self.difference.label.text = f"What has changed for the {questions.called('child')}?"

    def entry(self) -> ClosingEntry:
        """What was sent, in the shape the service takes."""
        names = ("overall_grade", "overall_rationale", "strengths", "worries", "difference", "private_notes")
        given = {name: getattr(self, name).data or "" for name in names}
        chosen = [code for code in wording.SOURCES if code in (self.sources.data or [])]
        return ClosingEntry(**given, minutes_taken=self.minutes_taken.data, sources=",".join(chosen))


def closing_values(audit: CaseAudit) -> dict[str, Any]:
    """What is saved of the last page, by the names of the form's fields."""
    names = (
        "overall_grade",
        "overall_rationale",
        "strengths",
        "worries",
        "difference",
        "minutes_taken",
        "private_notes",
    )
    values = {name: getattr(audit, name) for name in names}
    chosen = [code for code in audit.sources.split(",") if code]
    return {**values, "sources": chosen, "revision": str(audit.closing_revision)}


def value_in_words(field: Any) -> str:
    """A field's value as a person reads it: the words of the chosen answers, not their codes."""
    if field.data in (None, "", [], False):
        return "Nothing"
    if field.data is True:
        return "Yes"
    if not hasattr(field, "iter_choices"):
        return words.date_words(field.data) if isinstance(field.data, date) else str(field.data)
    chosen = field.data if isinstance(field.data, list) else [field.data]
    return ", ".join(str(choice.label) for choice in field.iter_choices() if choice.value in chosen)
