"""What the pages of this feature share: showing a form with its faults, and putting a refusal under its field."""

from collections.abc import Callable
from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app.forms import AppForm
from audit_app.improvement import wording
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings.forms import NO_NAMES
from audit_app.people.access import Role
from findings.errors import Invalid, Stale

READERS = (Role.qa_manager, Role.auditor, Role.moderator, Role.team_manager, Role.leader)


@blueprint.context_processor
def words_of_the_thread() -> dict[str, Any]:
    """What every template of this feature may say."""
    return {"wording": wording, "no_names": NO_NAMES}


def may_write() -> bool:
    """Whether this person writes findings and areas, or only reads them."""
    return bool(g.scope.has(Role.qa_manager))


def show(template: str, form: Any = None, **more: Any) -> ResponseReturnValue:
    """A page; 422 when it is shown again because of what was posted."""
    page = render_template(f"improvement/{template}.html", form=form, may_write=may_write(), **more)
    return (page, 422) if request.method == "POST" else page


def posted(form: AppForm) -> bool:
    """Whether a form was sent and holds."""
    return request.method == "POST" and form.validate()


def tried(form: AppForm, write: Callable[[], Any], **other_names: str) -> bool:
    """Do a write; a refused value is put under the field it was meant for, and nothing is kept.

    `other_names` says which field of the form holds a column of another name.
    """
    try:
        write()
    except Invalid as error:
        name = other_names.get(error.field, error.field)
        field = form[name] if name in form else next(one for one in form if one.type not in ("HiddenField",))
        field.errors = [*field.errors, error.message]
        return False
    return True


def show_stale(error: Stale, rows: list[tuple[str, str, str]], back: str) -> ResponseReturnValue:
    """Both texts side by side: what is saved now and what was typed; nothing was overwritten (FO-1)."""
    changed = [row for row in rows if row[1] != row[2]]
    return render_template("improvement/stale.html", rows=changed, said=error.message, back=back), 409


def both_texts(row: Any, form: Any) -> list[tuple[str, str, str]]:
    """Each field with what is saved now and what was typed."""
    shared = [field for field in form if field.type not in ("HiddenField", "Checkboxes") and hasattr(row, field.name)]
    return [(one.label.text, str(getattr(row, one.name) or ""), str(one.data or "")) for one in shared]


def page_number() -> int:
    """The page of a list that was asked for; anything odd is the first."""
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 1
