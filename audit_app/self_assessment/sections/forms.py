"""Forms of one section: its texts and grade, comments, suggested words."""

from collections.abc import Sequence
from typing import Any

import wtforms

from audit_app import forms
from audit_app.self_assessment.prompts import Prompt

TEXT, SEEN = "text_", "seen_"


def name_of(prefix: str, key: str) -> str:
    """The name of a question's field: letters, digits and underscores only."""
    return prefix + key.replace("-", "_").lower()


def section_form(asked: Sequence[Prompt], *, graded: bool) -> type[forms.AppForm]:
    """A form with a field for the text of each question, a mark of what stood there, and a grade where there is one."""
    fields: dict[str, Any] = {}
    for prompt in asked:
        fields[name_of(TEXT, prompt.key)] = forms.LongText(prompt.words)
        fields[name_of(SEEN, prompt.key)] = wtforms.HiddenField()
    if graded:
        fields["grade_code"] = forms.Radios("Self-assessed grade")
        fields["grade_reason"] = forms.LongText("Why this grade?")
        fields["seen_grade"] = wtforms.HiddenField()
    return type("SectionForm", (forms.AppForm,), fields)


class CommentForm(forms.AppForm):
    """Something said to the writers."""

    comment = forms.LongText("Your comment", [forms.Needed("Type your comment")])


class SuggestForm(forms.AppForm):
    """Other words for some words of a text."""

    question = forms.OneOf("In the text under", [forms.Needed("Choose the text")])
    old_words = forms.LongText("The words that stand there now")
    new_words = forms.LongText("The words you suggest instead")
    why = forms.LongText("Why?")
