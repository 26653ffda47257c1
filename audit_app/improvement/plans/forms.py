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
    description = forms.LongText("What the plan is about (optional)")
    monitoring = forms.LongText("Who monitors the plan? (optional)")
    board = forms.Line("Board that oversees it", [forms.Length(300, "The board")])
    own_colours = wtforms.BooleanField("Show this plan’s own ratings and meanings before those reckoned here")
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


THEME_WORDS = (
    "label",
    "title",
    "description",
    "aims",
    "staff_said",
    "corporate_priority",
    "monitoring",
    "owner_printed",
)


class ThemeForm(forms.AppForm):
    """A heading that groups actions within a plan, with what the plan prints under it."""

    label = forms.Line("What the plan prints before it (optional)", [forms.Length(100, "What is printed before it")])
    title = forms.Line(
        "What is the theme called?", [forms.Needed("Enter what the theme is called"), forms.Length(300, "The title")]
    )
    parent_id = forms.OneOf("Under which theme does it stand?")
    owner_post_id = forms.OneOf("Who leads the theme? (optional)")
    owner_printed = forms.Line(
        "Owners as the plan prints them (optional)", [forms.Length(300, "The owners as printed")]
    )
    description = forms.LongText("Description (optional)")
    aims = forms.LongText("Aims (optional)")
    staff_said = forms.LongText("What staff said (optional)")
    corporate_priority = forms.LongText("Corporate priorities it serves (optional)")
    monitoring = forms.LongText("Who monitors it? (optional)")

    def says_more(self) -> bool:
        """Whether anything stands, or is wrong, in what most themes leave empty."""
        return any(self[name].data or self[name].errors for name in THEME_WORDS if name not in ("label", "title"))

    def values(self) -> dict[str, Any]:
        """What a write takes, beside who leads it and where it stands."""
        return {name: self[name].data or "" for name in THEME_WORDS}


class MoveForm(forms.AppForm):
    """Where a part of a plan is to stand: in which home, and after what."""

    home = forms.OneOf("Where does it stand?")
    after = forms.OneOf("After what?")


class TakeOutForm(forms.AppForm):
    """Why a part is taken out of its plan, and where what stands in it goes."""

    why = forms.LongText("Why is it taken out?", [forms.Needed("Say why it is taken out")])


class TakeThemeOutForm(TakeOutForm):
    """Why a theme is taken out, and where its actions go."""

    actions_to = forms.OneOf("Where do its actions go?")


class ReviewForm(forms.AppForm):
    """A day on which a plan is looked at again, and what came of it."""

    what = forms.LongText("What is looked at? (optional)")
    due_on = forms.DateParts("When, as a day (optional)")
    due_text = forms.Line("When, in the plan’s own words (optional)", [forms.Length(100, "The words")])
    held_on = forms.DateParts("The day it was held (optional)")
    held_note = forms.LongText("What came of it (optional)")

    def validate_due_text(self, field: Any) -> None:
        """A day, or words for one."""
        if not field.data and self.due_on.data is None:
            raise wtforms.ValidationError("Say when the plan is reviewed, as a day or in words")


class RiskForm(forms.AppForm):
    """What could stop a plan or a theme, before and after controls."""

    risk = forms.LongText("What is the risk?", [forms.Needed("Say what the risk is")])
    theme_id = forms.OneOf("Of the whole plan, or of one theme?")
    before_controls = forms.Line("How high is it before controls? (optional)", [forms.Length(100, "The risk")])
    controls = forms.LongText("What is done about it? (optional)")
    after_controls = forms.Line("How high is it after controls? (optional)", [forms.Length(100, "The risk")])


class BandsForm(forms.AppForm):
    """Something a plan is to deliver, with the dates or figures at which it is unmet, met or exceeded."""

    name = forms.Line("What is to be delivered?", [forms.Needed("Say what is to be delivered"), forms.Length(300)])
    due_text = forms.Line("Date of delivery, as printed (optional)", [forms.Length(100, "The date")])
    band_unmet = forms.Line("Unmet (optional)", [forms.Length(100, "Unmet")])
    band_met = forms.Line("Met (optional)", [forms.Length(100, "Met")])
    band_exceeded = forms.Line("Exceeded (optional)", [forms.Length(100, "Exceeded")])
    band_far_exceeded = forms.Line("Significantly exceeded (optional)", [forms.Length(100, "Significantly exceeded")])


class DeliveredForm(forms.AppForm):
    """The day on which something was delivered."""

    reached_on = forms.DateParts("On which day was it delivered?", [forms.Needed("Enter the day")])
