"""Forms of plans and their themes."""

from typing import Any

import wtforms

from audit_app import forms
from findings.states import Brag

BRAG_FIELDS = tuple(f"brag_{brag.value}" for brag in Brag)


class PlanForm(forms.AppForm):
    """A plan: what it is called, when it runs, who owns it and which board hears of it."""

    title = forms.Line(
        "What is the plan called?", [forms.Needed("Enter what the plan is called"), forms.Length(300, "The title")]
    )
    period_from = forms.DateParts("First day of the plan")
    period_to = forms.DateParts("Last day of the plan")
    owner_post_id = forms.OneOf("Owner")
    board = forms.Line("Board that oversees it", [forms.Length(300, "The board")])
    brag_blue = forms.Line("Blue", [forms.Length(300, "The meaning")])
    brag_green = forms.Line("Green", [forms.Length(300, "The meaning")])
    brag_amber = forms.Line("Amber", [forms.Length(300, "The meaning")])
    brag_red = forms.Line("Red", [forms.Length(300, "The meaning")])
    brag_grey = forms.Line("Grey", [forms.Length(300, "The meaning")])

    def validate_period_to(self, field: Any) -> None:
        """A plan ends after it begins."""
        if field.data and self.period_from.data and field.data < self.period_from.data:
            raise wtforms.ValidationError("The last day of the plan must be the same as or after the first day")

    def meanings(self) -> list[Any]:
        """The fields of what each colour means."""
        return [self[name] for name in BRAG_FIELDS]


class ThemeForm(forms.AppForm):
    """A heading that groups actions within a plan."""

    title = forms.Line(
        "What is the theme called?", [forms.Needed("Enter what the theme is called"), forms.Length(300, "The title")]
    )
    owner_post_id = forms.OneOf("Who leads the theme? (optional)")
