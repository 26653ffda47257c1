"""The form of facts about the record: a field for each fact, by its kind."""

from datetime import date
from typing import Any

from audit_app.audits.kinds.forms import Figures
from audit_app.forms import AppForm, DateParts, Length, LongText, OneOf, choices
from audit_app.library.terms.own_words import Verbatim
from frameworks import QuestionSet
from frameworks.kinds.answered import LONGEST_GIVEN
from frameworks.kinds.record_facts import RecordFact


class FactsForm(AppForm):
    """What every page of facts has; `form_of` adds a field for each."""

    stays_inside = "it is about one audit of one child, and stays in the audit"

    facts: tuple[RecordFact, ...] = ()

    def given(self) -> dict[str, str]:
        """What was sent, by the id of the fact."""
        return {fact.id: _as_kept(self[field_name(fact)].data) for fact in self.facts}


def field_name(fact: RecordFact) -> str:
    """The name of the field for one fact."""
    return f"fact-{fact.id}"


def form_of(questions: QuestionSet) -> type[FactsForm]:
    """The form class for the facts of a set."""
    fields = {field_name(fact): _field(fact) for fact in questions.facts}
    return type("GrownFactsForm", (FactsForm,), {**fields, "facts": questions.facts})


def _field(fact: RecordFact) -> Any:
    named = Verbatim(fact.title)
    match fact.kind:
        case "choice":
            return OneOf(named, choices=choices([(choice, choice) for choice in fact.choices], first="Not given yet"))
        case "date":
            return DateParts(named)
        case "number":
            return Figures(named, [Length(30, "Number")])
        case _:
            return LongText(named, [Length(LONGEST_GIVEN, "Text")])


def kept_values(questions: QuestionSet, given: dict[str, str]) -> dict[str, Any]:
    """What is kept, by the names of the form's fields."""
    return {field_name(fact): _as_typed(fact, given.get(fact.id, "")) for fact in questions.facts}


def _as_typed(fact: RecordFact, given: str) -> Any:
    if fact.kind == "date":
        return date.fromisoformat(given) if given else None
    return given


def _as_kept(sent: Any) -> str:
    return sent.isoformat() if isinstance(sent, date) else sent or ""


def first_input(fact: RecordFact) -> str:
    """Where a link leads that asks for one fact: the id of the input that takes focus."""
    return field_name(fact) + ("-day" if fact.kind == "date" else "")
