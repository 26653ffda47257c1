"""What every page of this feature is made with: the day, the setting, who may add, and what is shown."""

from typing import Any

from flask import current_app, g, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.disclosure import audiences
from audit_app.evidence import uses
from audit_app.evidence.blueprint import blueprint
from audit_app.evidence.guards import HOLDERS
from audit_app.evidence.proving import queries as things
from audit_app.evidence.states import Held
from audit_app.form_pages import form_page

HOW = {"file": Held.here, "link": Held.link, "elsewhere": Held.elsewhere}
HOW_OF = {held: how for how, held in HOW.items()}


@blueprint.context_processor
def words_of_evidence() -> dict[str, Any]:
    """What every template of this feature may say."""
    return {"level_names": audiences.NAMES, "address_of": address_of, "uses": uses}


def address_of(reference: str) -> str:
    """The page of a thing that evidence proves; nothing where no page of it is offered."""
    finder = things.finder_of(reference)
    return url_for(finder.endpoint, number=uses.number_in(reference)) if finder else ""


def grace_days() -> int:
    """How long the next figures may take to be written up."""
    return int(current_app.config["EVIDENCE_GRACE_DAYS"])


def of_today() -> dict[str, Any]:
    """The day and the days of grace, as every read of freshness takes them."""
    return {"today": g.scope.today, "grace_days": grace_days()}


def may_add() -> bool:
    """Whether this person adds evidence at all."""
    return bool(g.scope.has(*HOLDERS))


def show(template: str, form: Any = None, **more: Any) -> ResponseReturnValue:
    """A page of this feature; 422 when it is shown again because of what was sent."""
    return form_page(f"evidence/{template}.html", form, **more)


def page_number() -> int:
    """The page of a list that was asked for; anything odd is the first."""
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 1
