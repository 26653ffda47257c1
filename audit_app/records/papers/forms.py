"""The form for what only the council can say."""

from audit_app.forms import AppForm, Length, LongText
from findings.metadata import TEXT_LENGTH


class AnswerForm(AppForm):
    """One answer."""

    stays_inside = "it names posts of the council, and stands in its own papers"

    text = LongText("Answer", [Length(TEXT_LENGTH, "The answer")])
