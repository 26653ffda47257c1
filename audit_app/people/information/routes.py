"""Where a person lands, and the two statements every visitor may read."""

from flask import current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock
from audit_app.people.access import Role, open_to_all, signed_in
from audit_app.people.access.door import plumbing
from audit_app.people.accounts import queries


@signed_in
def start() -> ResponseReturnValue:
    """One council: straight to its first page. Several: choose. None: say so."""
    with plumbing("whose councils these are") as session:
        found = queries.authorities_of(session, g.person.person_id, clock.today())
    places = [(authority.name, first_page(authority.key, roles)) for authority, roles in found]
    if len(places) == 1:
        return redirect(places[0][1], 303)
    return render_template("people/choose.html", places=places)


def first_page(key: str, roles: frozenset[Role]) -> str:
    """The home page once there is one; until then what this feature has for the role."""
    for endpoint in ("home.index",):
        if endpoint in current_app.view_functions:
            return url_for(endpoint, authority=key)
    return url_for("people.your_account")


@open_to_all
def accessibility() -> ResponseReturnValue:
    return render_template("people/accessibility.html")


@open_to_all
def privacy() -> ResponseReturnValue:
    return render_template("people/privacy.html")
