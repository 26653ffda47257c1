"""Pages on which an empty team or service is removed, or which say what still stands on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock
from audit_app.errors import Invalid, NotFound
from audit_app.form_pages import form_page, sent
from audit_app.forms import AppForm, filled
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.people.access.opening import opened_to
from audit_app.people.blueprint import blueprint
from audit_app.people.organisation import queries_standing, service, service_removing
from audit_app.people.organisation.queries_standing import Standing
from audit_app.people.organisation.routes import found_team

PAGES = {
    "person": ("people.person", "person_id"),
    "team": ("people.team", "team_id"),
    "post": ("people.post", "post_id"),
}


@dataclass(frozen=True)
class Line:
    """What stands on it, with the page where that is changed, if this person may open it."""

    words: str
    href: str


@blueprint.route("/<authority:authority>/teams/<int:team_id>/removal", methods=["GET", "POST"])
@allow(Role.admin)
def remove_team(team_id: int) -> ResponseReturnValue:
    name, today = found_team(team_id).name, clock.today()
    standing = queries_standing.on_team(g.session, team_id, today)
    remove = lambda: service_removing.remove_team(g.session, team_id, on=today, **by_whom())  # noqa: E731
    return _page("team", name, standing, remove, team_id=team_id)


@blueprint.route("/<authority:authority>/services/<int:service_id>/removal", methods=["GET", "POST"])
@allow(Role.admin)
def remove_service(service_id: int) -> ResponseReturnValue:
    try:
        name = service.get_service(g.session, service_id).name
    except Invalid as fault:
        raise NotFound("No such service.") from fault
    standing = queries_standing.on_service(g.session, service_id)
    return _page("service", name, standing, lambda: service_removing.remove_service(g.session, service_id, **by_whom()))


def _page(
    what: str, name: str, standing: Sequence[Standing], remove: Callable[[], None], **more: Any
) -> ResponseReturnValue:
    form = filled(AppForm)
    if sent(form):
        remove()
        say(f"{name} has been removed.")
        return redirect(url_for("people.teams"), 303)
    lines = [Line(thing.words, _href(thing, dict(more))) for thing in standing]
    back = url_for("people.team", **more) if more else url_for("people.teams")
    return form_page("people/remove_place.html", form, what=what, name=name, lines=lines, back=back)


def _href(thing: Standing, values: dict[str, Any]) -> str:
    if thing.kind in PAGES:
        endpoint, part = PAGES[thing.kind]
        page: dict[str, Any] = {part: thing.id}
        return url_for(endpoint, **page)
    if thing.kind == "contact":
        return url_for("people.contacts")
    roles = opened_to(current_app.view_functions.get(thing.kind))
    return url_for(thing.kind, **values) if isinstance(roles, frozenset) and g.scope.has(*roles) else ""
