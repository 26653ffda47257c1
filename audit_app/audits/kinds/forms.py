"""The fields in which one question is answered: for each way of answering one place, read into what is given.

A new kind of question that is answered in a new way is one `case` in `fields_of` and one in `given_by`.
"""

from datetime import date
from typing import Any

import wtforms

from audit_app.audits import question_sets
from audit_app.audits.kinds.given import Given
from audit_app.forms import AppForm, Checkboxes, DateParts, Length, Line, LongText, Radios, choices
from audit_app.library import asking
from audit_app.library.terms.own_words import Verbatim
from frameworks import Question, QuestionSet
from frameworks.kinds import answered as kinds
from frameworks.kinds.answered import LONGEST_GIVEN, LONGEST_OWNER

NOTE = "w-"  # what the names of fields for what was seen begin with
WITH_POINTS = ("point", "points")


def answer_name(question: Question) -> str:
    """The name of the field with a question's answer."""
    return f"a-{question.id}"


def words_name(question: Question) -> str:
    """The name of the field with what was seen."""
    return f"{NOTE}{question.id}"


def second_name(question: Question) -> str:
    """The name of the field with its second answer."""
    return f"s-{question.id}"


def evidence_name(question: Question) -> str:
    """The name of the field that says where the evidence is."""
    return f"e-{question.id}"


def action_names(question: Question) -> tuple[str, str, str]:
    """The names of the fields of the action on its row: what, who, by when."""
    return f"d-{question.id}", f"d-who-{question.id}", f"d-by-{question.id}"


def away_name(question: Question) -> str:
    """The name of the tick that the question does not apply, where that is no point to choose."""
    return f"n-{question.id}"


def fields_of(questions: QuestionSet, question: Question) -> dict[str, Any]:
    """The fields of one question, by name."""
    fields: dict[str, Any] = {}
    points = choices((point.code, point.name) for point in _points(questions, question))
    away = choices([(question_sets.NOT_APPLICABLE, question_sets.NOT_APPLICABLE_WORDS)])
    may_not_apply = not (question.safety or question.always_applies)
    match kinds.answered_with(question):
        case "point":
            offered = [*points, *away] if may_not_apply else points
            fields[answer_name(question)] = Radios(_asked(question), choices=offered)
        case "points":
            fields[answer_name(question)] = Checkboxes(_asked(question), choices=points)
        case "date":
            fields[answer_name(question)] = DateParts(_asked(question))
        case "number":
            fields[answer_name(question)] = Figures(_asked(question), [Length(30, "Number")])
        case "words":
            words = {words_name(question): LongText(_asked(question), [Length(what=question.number)])}
            return {**words, **_action_fields(question)}
    if kinds.answered_with(question) != "point" and may_not_apply:
        fields[away_name(question)] = wtforms.BooleanField(f"{question.number} does not apply (say why)")
    if question.second:
        others = questions.scale(question.second.scale).as_offered
        named = Verbatim(f"{question.number} {question.second.label}")
        fields[second_name(question)] = Radios(named, choices=choices((each.code, each.name) for each in others))
    if question.asks_evidence:
        fields[evidence_name(question)] = Line(
            f"Where is the evidence for {question.number}?", [Length(LONGEST_GIVEN, "This")]
        )
    note = "What you know of it" if question.safety else f"Note on {question.number}"
    return {**fields, words_name(question): LongText(note), **_action_fields(question)}


def _action_fields(question: Question) -> dict[str, Any]:
    if not question.asks_action:
        return {}
    what, who, by = action_names(question)
    return {
        what: LongText(f"Action on {question.number}: what is to be done?", [Length(LONGEST_GIVEN, "Action")]),
        who: Line(f"Action on {question.number}: who does it?", [Length(LONGEST_OWNER, "Who does it")]),
        by: DateParts(f"Action on {question.number}: by when?"),
    }


def given_by(form: AppForm, question: Question) -> Given:
    """What was sent for a question whose fields were on the page."""
    with_what = kinds.answered_with(question)
    sent = form[answer_name(question)].data if answer_name(question) in form else None
    what, who, by = action_names(question)
    given = Given(
        text=_text(form, words_name(question)),
        second=_text(form, second_name(question)),
        evidence=_text(form, evidence_name(question)),
        action=_text(form, what),
        action_owner=" ".join(_text(form, who).split()),
        action_due=_as_kept(form[by].data) if by in form else "",
    )
    if with_what == "point":
        return given._replace(code=sent or "")
    if away_name(question) in form and form[away_name(question)].data:
        return given._replace(code=question_sets.NOT_APPLICABLE)
    return given._replace(given=_as_kept(sent))


def saved_in(question: Question, answer: Any) -> dict[str, Any]:
    """The other way: what is saved of a question, by the names of its fields."""
    what, who, by = action_names(question)
    values: dict[str, Any] = {
        what: answer.action,
        who: answer.action_owner,
        by: date.fromisoformat(answer.action_due) if answer.action_due else None,
        words_name(question): answer.text,
        second_name(question): answer.second,
        evidence_name(question): answer.evidence,
        away_name(question): answer.code == question_sets.NOT_APPLICABLE,
        answer_name(question): answer.code,
    }
    match kinds.answered_with(question):
        case "points":
            values[answer_name(question)] = [code for code in answer.given.split(",") if code]
        case "date":
            values[answer_name(question)] = date.fromisoformat(answer.given) if answer.given else None
        case "number":
            values[answer_name(question)] = answer.given
    return values


class Figures(Line):
    """A number in figures, kept as it was typed but for the commas that part thousands."""

    def process_formdata(self, valuelist: Any) -> None:
        """The figures without blanks and commas."""
        super().process_formdata(valuelist)
        self.data = kinds.as_figures(self.data or "")

    def pre_validate(self, form: Any) -> None:
        """Complain under the field of what is no number."""
        if self.data and not kinds.is_number(self.data):
            raise wtforms.validators.ValidationError(kinds.NO_NUMBER)


def _text(form: AppForm, name: str) -> str:
    return (form[name].data or "") if name in form else ""


def _as_kept(sent: Any) -> str:
    if isinstance(sent, list):
        return ",".join(sent)
    return sent.isoformat() if isinstance(sent, date) else sent or ""


def _asked(question: Question) -> Verbatim:
    """The question as it was published: a council's words for things never change a text that is frozen."""
    return Verbatim(f"{question.number} {question.text}")


def _points(questions: QuestionSet, question: Question) -> Any:
    scale = questions.scale_for(question) if kinds.answered_with(question) in WITH_POINTS else None
    return asking.offered(scale, question) if scale else ()
