"""The form of a shape of the council's own."""

from audit_app import forms


class ShapeForm(forms.AppForm):
    """What a shape is called, its headings and its questions."""

    shape_title = forms.Line(
        "What is it called?", [forms.Needed("Enter what the shape is called"), forms.Length(300, "The name")]
    )
    headings = forms.LongText(
        "Headings", [forms.Needed("Enter at least one heading"), forms.Length(20_000, "The headings")]
    )
    prompts = forms.LongText("Questions", [forms.Length(20_000, "The questions")])
