"""The one shape most form pages of this feature share: filled, checked, done or shown again with what was wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from audit_app.errors import Invalid
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
    if request.method == "POST" and form.validate():
        try:
            sentence = act()
        except Invalid as fault:
            put_under(form, fault)
        else:
            if sentence:
                say(sentence)
            return redirect(target() if callable(target) else target, 303)
    rendered = render_template("people/form.html", form=form, page=page)
    return (rendered, 422) if request.method == "POST" else (rendered, 200)


def put_under(form: AppForm, fault: Invalid) -> None:
    """A service's complaint under the field it is about, or under the first one."""
    fields: list[Any] = [field for field in form if field.name not in ("revision", "once")]
    place = next((field for field in fields if field.name == fault.field), fields[0])
    place.errors = [*place.errors, fault.message]
