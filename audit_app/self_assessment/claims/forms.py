"""Forms of claims, of what they cite, and of plans."""

from typing import Any

import wtforms
from wtforms.fields.choices import SelectChoice

from audit_app import forms
from audit_app.self_assessment import wording
from audit_app.self_assessment.tables import Stance


class ClaimForm(forms.AppForm):
    """What a claim says."""

    text = forms.LongText("What do you claim?", [forms.Needed("Say what you claim")])
    question = forms.OneOf("Which question does it answer?", [forms.Needed("Choose the question")])
    stance = forms.Radios(
        "What does it say of practice?",
        [forms.Needed("Choose what it says of practice")],
        choices=[SelectChoice(value=each.value, label=wording.STANCES[each]) for each in Stance],
    )


class RungForm(forms.AppForm):
    """How firm a claim is, in a person's judgement."""

    rung = forms.Radios("How firm is it?", [forms.Needed("Choose a rung of the ladder")])
    rung_reason = forms.LongText("Why?", [forms.Needed("Say why it is this firm")])


class FigureForm(forms.AppForm):
    """A figure of audits: what is counted, of which group, over which time."""

    counts = forms.OneOf("What is counted?", [forms.Needed("Choose what is counted")])
    group = forms.Radios(
        "Which audits?",
        [forms.Needed("Choose which audits")],
        choices=forms.choices([("random", "Drawn at random"), ("chosen", "Chosen")]),
    )
    span = forms.Radios(
        "Over which time?",
        [forms.Needed("Choose a time")],
        choices=forms.choices(
            [
                ("3", "The three months up to the signature"),
                ("6", "The six months up to the signature"),
                ("12", "The twelve months up to the signature"),
                ("days", "Between two days"),
            ]
        ),
    )
    period_from = forms.DateParts("First day")
    period_to = forms.DateParts("Last day")
    shows = forms.LongText("What does it show?", [forms.Length(2_000, "What it shows")])

    def validate_period_to(self, field: Any) -> None:
        """Two days are needed where a time lies between days, in their order."""
        if self.span.data != "days":
            return
        if not (self.period_from.data and field.data):
            raise wtforms.ValidationError("Enter the first and the last day")
        if field.data < self.period_from.data:
            raise wtforms.ValidationError("The last day must be the same as or after the first day")


class RegisterForm(forms.AppForm):
    """Something of the register, by its reference or from what a search found."""

    reference = forms.Line("Reference", [forms.Length(100, "The reference")])
    shows = forms.LongText("What does it show?", [forms.Length(2_000, "What it shows")])


class OutsideForm(forms.AppForm):
    """Something held outside the product."""

    kind = forms.Radios("What is it?", [forms.Needed("Choose what it is")])
    title = forms.Line("What is it called?", [forms.Needed("Enter what it is called"), forms.Length(300, "The title")])
    dated_on = forms.DateParts("Which day does it speak of?", [forms.Needed("Enter the day it speaks of")])
    place = forms.Line("Where is it? A link, or where and by whom it is held", [forms.Length(300, "The place")])
    shows = forms.LongText(
        "What does it show?", [forms.Needed("Say what it shows"), forms.Length(2_000, "What it shows")]
    )


class FillForm(forms.AppForm):
    """Facts of the register that become claims."""

    facts = forms.Checkboxes("Facts to put in", [forms.Needed("Tick at least one fact")])
    question = forms.OneOf("Under which question?", [forms.Needed("Choose the question")])


class PlanForm(forms.AppForm):
    """What is planned for the next twelve months."""

    what = forms.LongText("What is planned?", [forms.Needed("Say what is planned")])
    who = forms.Line("Who? Name the post", [forms.Length(300, "The post")])
    due_on = forms.DateParts("By when?")
    impact_shown_by = forms.LongText("How will its impact be shown?")
    action_reference = forms.Line("The plan action that does it, if there is one", [forms.Length(100, "The reference")])
