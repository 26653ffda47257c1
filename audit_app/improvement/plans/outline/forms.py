"""The form in which a whole plan is typed."""

from audit_app import forms

LONGEST = 400_000


class OutlineForm(forms.AppForm):
    """One text that holds a whole plan."""

    typed = forms.LongText(
        "The plan", [forms.Needed("Type the plan, beginning with “Plan: ”"), forms.Length(LONGEST, "The plan")]
    )
