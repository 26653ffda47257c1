"""Where a person lands."""

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, ways
from audit_app.people.access import Role, signed_in
from audit_app.people.accounts import queries
from audit_app.people.blueprint import blueprint
from audit_app.people.provider.routes_offer import offered


@blueprint.get("/")
@signed_in
def start() -> ResponseReturnValue:
    """One council: straight to its first page. Several: choose. None: say so."""
    councils = queries.authorities_of(g.session, g.person.person_id, clock.today())
    places = [(name, first_page(key, roles)) for key, name, roles in councils]
    if len(places) == 1:
        return redirect(places[0][1], 303)
    there = offered() if g.person.through_provider else None
    return render_template("people/choose.html", places=places, offered=there)


def first_page(key: str, roles: frozenset[Role]) -> str:
    """What needs the person today; for an administrator without other roles, how far the council's set-up is."""
    if roles == {Role.admin} or not ways.is_open("see_what_needs_you"):
        return url_for("people.council", authority=key) if Role.admin in roles else url_for("people.your_account")
    return ways.way_to("see_what_needs_you", authority=key)
