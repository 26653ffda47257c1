"""How people of a council sign in, for its administrators to read: the provider, groups and roles, emergencies."""

from flask import current_app, g, render_template
from flask.typing import ResponseReturnValue

from audit_app.people import defaults
from audit_app.people.access import Role, allow
from audit_app.people.blueprint import blueprint
from audit_app.people.provider.routes_offer import set_provider


@blueprint.get("/<authority:authority>/council/sign-in")
@allow(Role.admin)
def council_sign_in() -> ResponseReturnValue:
    there = set_provider()
    settings = there.settings if there is not None else None
    rows = [row for row in settings.group_roles if row.council == g.authority.key] if settings is not None else []
    roles = [(row.group, defaults.ROLE_NAMES[row.role]) for row in rows]
    emergency = sorted(str(name) for name in current_app.config["OIDC_BREAK_GLASS"])
    required = current_app.config["SECOND_FACTOR"] != "offered"
    more = {"roles": roles, "emergency": emergency, "required": required}
    return render_template("people/council_sign_in.html", settings=settings, **more)
