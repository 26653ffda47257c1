"""The one shape most form pages of this feature share: filled, checked, done or shown again with what was wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import redirect
from flask.typing import ResponseReturnValue

from audit_app.form_pages import accepted, form_page, sent
from audit_app.forms import AppForm
from audit_app.people.access.door import say


@dataclass(frozen=True)
class FormPage:
    """What stands around a form: heading, way back, button, hints by field and sentences above."""

    heading: str
    back: str
    back_words: str
    button: str
    hints: Mapping[str, str] = field(default_factory=dict)
    intro: Sequence[str] = ()
    warning: bool = False
    upload: bool = False


def answer(
    page: FormPage, form: AppForm, act: Callable[[], str], target: str | Callable[[], str]
) -> ResponseReturnValue:
    """Show the form, or do what it asks for and go on.

    `act` does it and returns the sentence for the next page; an Invalid it raises goes under the field it names.
    """
    sentences: list[str] = []
    if sent(form) and accepted(form, lambda: sentences.append(act())):
        if sentences[0]:
            say(sentences[0])
        return redirect(target() if callable(target) else target, 303)
    return form_page("people/form.html", form, page=page)
