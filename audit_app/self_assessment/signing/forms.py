"""Forms of review and signature."""

import wtforms
from wtforms.fields.choices import SelectChoice

from audit_app import forms
from audit_app.self_assessment import wording
from audit_app.self_assessment.tables import Became


class OfferForm(forms.AppForm):
    """Who reads it and signs it."""

    reviewer_id = forms.OneOf("Who reads it and signs it?", [forms.Needed("Choose who reads it and signs it")])


class SignForm(forms.AppForm):
    """A signature."""

    post = forms.Line("Your post", [forms.Needed("Enter the post in which you sign"), forms.Length(300, "The post")])
    remark = forms.LongText("A note beside your signature", [forms.Length(2_000, "The note")])
    seen = wtforms.HiddenField()


class GiveBackForm(forms.AppForm):
    """Why it goes back to its writers."""

    why = forms.LongText("What must change before it can be signed?", [forms.Needed("Say what must change")])


class BecameForm(forms.AppForm):
    """What became of last year's claim or plan."""

    became = forms.Radios(
        "What became of it?",
        [forms.Needed("Choose what became of it")],
        choices=[SelectChoice(value=each.value, label=wording.BECAME[each]) for each in Became],
    )
    words = forms.LongText("How far did it come, and what shows it?")
    shown_by = forms.Line("Reference of what shows it", [forms.Length(100, "The reference")])
