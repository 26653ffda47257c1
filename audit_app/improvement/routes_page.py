"""What every page of this feature is made with: who reads and who writes, what each may say, a page with its form."""

from typing import Any, Protocol, TypeVar

from flask import current_app, g, request
from flask.typing import ResponseReturnValue

from audit_app.evidence.proving import queries as things
from audit_app.evidence.proving.queries import Box
from audit_app.form_pages import form_page
from audit_app.improvement import colour_words, plan_wording, wording
from audit_app.improvement.blueprint import blueprint
from audit_app.people.access import Role

Value = TypeVar("Value")


@blueprint.context_processor
def words_of_the_thread() -> dict[str, Any]:
    """What every template of this feature may say."""
    return {
        "wording": wording,
        "plan_wording": plan_wording,
        "colour_words": colour_words,
        "no_names": wording.NO_NAMES,
    }


def evidence_box(reference: str) -> Box:
    """What proves a thing, for its page."""
    grace_days = current_app.config["EVIDENCE_GRACE_DAYS"]
    return things.box_of(g.session, g.authority.id, reference, today=g.scope.today, grace_days=grace_days)


def may_write() -> bool:
    """Whether this person writes findings and areas, or only reads them."""
    return bool(g.scope.has(Role.qa_manager))


def show(template: str, form: Any = None, **more: Any) -> ResponseReturnValue:
    """A page of this feature; 422 when it is shown again because of what was sent."""
    return form_page(f"improvement/{template}.html", form, may_write=may_write(), **more)


class Field(Protocol[Value]):
    """A field of a form, by what it holds."""

    data: Value | None


def entered(field: Field[Value]) -> Value:
    """What was entered in a field that must be filled in; a form that holds has it there."""
    if field.data is None:
        raise ValueError("A field that must be filled in was read before its form was looked at.")
    return field.data


def page_number() -> int:
    """The page of a list that was asked for; anything odd is the first."""
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 1
