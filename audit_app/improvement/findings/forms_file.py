"""The form that takes a file of findings."""

import wtforms

from audit_app.forms import AppForm


class ImportForm(AppForm):
    """A workbook or CSV."""

    file = wtforms.FileField("Workbook or CSV")
