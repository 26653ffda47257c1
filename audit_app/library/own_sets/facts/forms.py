"""The form of one fact about the record."""

from typing import Any

import wtforms

from audit_app.forms import AppForm, Length, Line, LongText, Needed, Radios, choices
from audit_app.library import wording
from audit_app.library.own_sets.sheet.facts import choices_in
from findings.errors import Invalid
from frameworks.kinds import record_facts
from frameworks.kinds.record_facts import LONGEST_HINT, LONGEST_TITLE, LONGEST_UNIT, RecordFact


class FactForm(AppForm):
    """One fact: what it is called and how it is given."""

    stays_inside = "a question set is no record of a child, and no pack prints it"

    title = Line("Title", [Needed("Enter a title, such as Placement type"), Length(LONGEST_TITLE, "Title")])
    kind = Radios("How is it given?", [Needed("Choose how it is given")], choices=choices(wording.FACT_KINDS.items()))
    choices = LongText("Choices", [Length(6000, "Choices")])
    unit = Line("Unit", [Length(LONGEST_UNIT, "Unit")])
    hint = LongText("Help for the auditor", [Length(LONGEST_HINT, "Help")])
    needed = wtforms.BooleanField("An audit cannot be submitted without it")

    def values(self) -> dict[str, Any]:
        """What was sent, as the document holds it; raises Invalid at the field that must be mended."""
        values: dict[str, Any] = {
            "title": self.title.data,
            "kind": self.kind.data,
            "choices": choices_in(self.choices.data or ""),
            "unit": self.unit.data or None,
            "hint": self.hint.data or None,
            "needed": bool(self.needed.data),
        }
        for path, why in record_facts.complaints_of(RecordFact(id="this", **values)):
            raise Invalid(path, why)
        return values


def fact_values(fact: RecordFact) -> dict[str, Any]:
    """What a document says of a fact, by the names of the form's fields."""
    return {
        "title": fact.title, "kind": fact.kind, "choices": "\n".join(fact.choices), "unit": fact.unit or "",
        "hint": fact.hint or "", "needed": fact.needed,
    }  # fmt: skip
