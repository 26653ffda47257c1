"""The forms for many audits at once."""

import wtforms

from audit_app.audits.forms_details import ChosenForm
from audit_app.forms import AppForm, DateParts, Length, LongText, Needed, OneOf

MOST_LETTERS = 200_000


class ListForm(ChosenForm):
    """What all audits of a list have in common, and the list itself."""

    case_reference = None  # type: ignore[assignment]

    due_on = DateParts("Due date of lines that name none", [Needed("Enter the due date")])
    lines = LongText("The list", [Length(MOST_LETTERS, "The list")])
    file = wtforms.FileField("Or a workbook or CSV file")


class SeveralForm(AppForm):
    """Another auditor, another due date, or both, for the audits that were chosen."""

    auditor_id = OneOf("Auditor")
    due_on = DateParts("Due date")
    all_the_same = wtforms.BooleanField("Give them to this auditor all the same")
