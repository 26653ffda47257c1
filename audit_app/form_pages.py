"""The one way a page with a form goes: shown, sent, refused under the field it is about, or stale beside what is saved.

A route fills its form, asks `sent(form)`, does its write inside `accepted(form, …)` and redirects; everything else is
`form_page(…)`, which answers 422 when it is shown again. A Stale that a service raises becomes `stale_page(…)`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app import typed_suspects
from audit_app.errors import Invalid
from audit_app.forms import AppForm

UNSEEN = ("HiddenField",)
Row = tuple[str, str, str]


def sent(form: AppForm) -> bool:
    """Whether the form was sent and holds; words that look as if they told of a person are shown once before (PR-2)."""
    return request.method == "POST" and form.validate() and not typed_suspects.hold_back(form)


def accepted(form: AppForm, write: Callable[[], Any], **columns: str) -> bool:
    """Do a write; a value the service refuses is put under the field it was meant for, and nothing is kept.

    `columns` says which field of the form holds a column of another name, such as `owner_post_id="owner"`.
    """
    try:
        write()
    except Invalid as refusal:
        put_under(form, refusal, **columns)
        return False
    return True


def put_under(form: AppForm, refusal: Invalid, **columns: str) -> None:
    """Put a service's refusal under the field it is about; under the first one a person sees, when there is none."""
    name = columns.get(refusal.field, refusal.field)
    blame(form[name] if name in form else first_seen(form), refusal.message)


def blame(field: Any, sentence: str) -> None:
    """Add a fault to a field, after those it has."""
    field.errors = [*field.errors, sentence]


def first_seen(form: AppForm) -> Any:
    """The first field of a form that a person sees."""
    return next(field for field in form if field.type not in UNSEEN)


def form_page(template: str, form: Any = None, **more: Any) -> ResponseReturnValue:
    """The page with its form: 422 when it is shown again because of what was sent."""
    if request.method == "POST":
        return refused_page(template, form=form, **more)
    return render_template(template, form=form, **more), 200


def refused_page(template: str, status: int = 422, **more: Any) -> ResponseReturnValue:
    """The page of a POST that keeps nothing: whoever waits to write need not wait until it is rendered (`layout`)."""
    g.refused = True
    return render_template(template, **more), status


def saved_beside_typed(row: Any, form: AppForm) -> list[Row]:
    """Each field by its label, with what its column of the row says now and what was typed."""
    shared = [field for field in form if field.type not in (*UNSEEN, "Checkboxes") and hasattr(row, field.name)]
    return [(field.label.text, str(getattr(row, field.name) or ""), str(field.data or "")) for field in shared]


def stale_page(
    rows: Iterable[Row], again: str, *, what: str = "what is saved now", more: Sequence[tuple[str, str]] = ()
) -> ResponseReturnValue:
    """FO-1: what is saved now beside what was typed, where they differ; nothing was overwritten.

    Args:
        rows: What was typed where, as `saved_beside_typed` gives it.
        again: The address of the page that holds what is saved now.
        what: What that page is called in its link.
        more: Further facts of what is saved now that the form did not ask for.
    """
    g.session.rollback()
    differing = [row for row in rows if row[1] != row[2]]
    return refused_page("errors/stale.html", 409, rows=differing, again=again, what=what, more=more)
