"""Forms of Word templates."""

import wtforms

from audit_app import forms


class TemplateForm(forms.AppForm):
    """A new version of a template."""

    file = wtforms.FileField("The template, a Word file (.docx)")
    note = forms.Line("What is different in it?", [forms.Length(300, "The note")])
