"""Forms of versions for staff and for children and young people."""

import wtforms

from audit_app import forms


class TitleForm(forms.AppForm):
    """What a version is called."""

    title = forms.Line(
        "What is it called?", [forms.Needed("Enter what the version is called"), forms.Length(300, "The title")]
    )


class PartForm(forms.AppForm):
    """One heading and what is written under it."""

    heading = forms.Line("Heading", [forms.Needed("Enter a heading"), forms.Length(300, "The heading")])
    text = forms.LongText("What do you want to say?")


class SignVersionForm(forms.AppForm):
    """A signature that lets a version leave the council."""

    cleared = forms.Checkboxes("Tick the words that tell of nobody")
    post = forms.Line("Your post", [forms.Needed("Enter the post in which you sign"), forms.Length(300, "The post")])
    seen = wtforms.HiddenField()


class WithdrawForm(forms.AppForm):
    """Why a version must not be used any more."""

    why = forms.LongText("Why must it not be used any more?", [forms.Needed("Say why")])
