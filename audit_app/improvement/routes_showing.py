"""What the pages of this feature share: who reads and who writes, and what every page may say."""

from typing import Any

from flask import g, request
from flask.typing import ResponseReturnValue

from audit_app.form_pages import form_page
from audit_app.improvement import wording
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings.forms import NO_NAMES
from audit_app.people.access import Role

READERS = (Role.qa_manager, Role.auditor, Role.moderator, Role.team_manager, Role.leader)


@blueprint.context_processor
def words_of_the_thread() -> dict[str, Any]:
    """What every template of this feature may say."""
    return {"wording": wording, "no_names": NO_NAMES}


def may_write() -> bool:
    """Whether this person writes findings and areas, or only reads them."""
    return bool(g.scope.has(Role.qa_manager))


def show(template: str, form: Any = None, **more: Any) -> ResponseReturnValue:
    """A page of this feature; 422 when it is shown again because of what was sent."""
    return form_page(f"improvement/{template}.html", form, may_write=may_write(), **more)


def page_number() -> int:
    """The page of a list that was asked for; anything odd is the first."""
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 1
