"""Forms of a self-assessment as a whole."""

from typing import Any

import wtforms

from audit_app import forms


class AgainstForm(forms.AppForm):
    """What a new self-assessment is written against."""

    against = forms.Radios("What is it written against?", [forms.Needed("Choose a framework or a shape")])


class BeginForm(forms.AppForm):
    """A new self-assessment; fields its edition has no use for are taken out of the form."""

    title = forms.Line(
        "What is it called?", [forms.Needed("Enter what the self-assessment is called"), forms.Length(300, "The title")]
    )
    period_from = forms.DateParts("First day it speaks of", [forms.Needed("Enter the first day it speaks of")])
    period_to = forms.DateParts("Last day it speaks of", [forms.Needed("Enter the last day it speaks of")])
    previous_number = forms.OneOf("Which one came before it?")
    carry = wtforms.BooleanField("Begin with the texts of the one before")
    theme_id = forms.OneOf("Theme of the inspection")
    areas = forms.Checkboxes("Areas to write about")
    agencies = forms.Checkboxes("Agencies that each write their own part")
    headings = forms.LongText("Headings of your own")
    prompts = forms.LongText("Your own questions")
    shape_title = forms.Line("Keep this shape to use again, under the name", [forms.Length(300, "The name")])
    lead_id = forms.OneOf("Who leads it?")
    due_on = forms.DateParts("When must it be ready to sign?")

    def validate_period_to(self, field: Any) -> None:
        """A period ends after it begins."""
        if field.data and self.period_from.data and field.data < self.period_from.data:
            raise wtforms.ValidationError("The last day must be the same as or after the first day")


class DetailsForm(forms.AppForm):
    """What may be changed of a draft as a whole."""

    title = forms.Line(
        "What is it called?", [forms.Needed("Enter what the self-assessment is called"), forms.Length(300, "The title")]
    )
    period_from = forms.DateParts("First day it speaks of", [forms.Needed("Enter the first day it speaks of")])
    period_to = forms.DateParts("Last day it speaks of", [forms.Needed("Enter the last day it speaks of")])
    lead_id = forms.OneOf("Who leads it?")
    due_on = forms.DateParts("When must it be ready to sign?")


class GiveForm(forms.AppForm):
    """Who has a section and by when."""

    holder_id = forms.OneOf("Who writes this section?")
    due_on = forms.DateParts("By when?")


class HeadingForm(forms.AppForm):
    """A heading of the council's own."""

    heading = forms.Line("Heading", [forms.Needed("Enter a heading"), forms.Length(300, "The heading")])
    area_id = forms.OneOf("Judgement area it belongs to")


class LeadersWordsForm(forms.AppForm):
    """A few sentences a leader will sign."""

    leaders_words = forms.LongText("In the leader’s own words", [forms.Length(2_000, "The words")])


class PostForm(forms.AppForm):
    """The post in which somebody signs."""

    post = forms.Line("Your post", [forms.Needed("Enter the post in which you sign"), forms.Length(300, "The post")])


class ReasonForm(forms.AppForm):
    """Why something is done that others must understand."""

    why = forms.LongText("Why?", [forms.Needed("Say why")])
