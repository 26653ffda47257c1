"""Signing out at both ends: from here at the provider, and from the provider here."""

from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app import notices
from audit_app.people.access import open_to_all
from audit_app.people.access.opening import from_machines
from audit_app.people.accounts.routes import edge
from audit_app.people.blueprint import blueprint
from audit_app.people.provider import request as asked
from audit_app.people.provider import service_entering as entering
from audit_app.people.provider.routes_offer import leave_for, offered, provider, set_provider
from audit_app.people.provider.trust import NotAccepted, Reason


@blueprint.get("/sign-out/done")
@open_to_all
def signed_out() -> ResponseReturnValue:
    """After signing out here; with `there=yes` the browser goes on to the provider and signs out there too."""
    unreachable = False
    if request.args.get("there") == "yes" and set_provider() is not None and g.person is None:
        edge()  # nothing is held while the provider is asked
        try:
            settings, description = provider().settings, provider().described()
            back = notices.public_link(current_app.config, asked.LEFT_PATH)
            if address := asked.leaving_address(settings, description, back):
                return leave_for(address, leaving=True)
        except NotAccepted:
            pass
        unreachable = True
    return render_template("people/signed_out.html", offered=offered(), unreachable=unreachable)


@blueprint.post("/sign-out/provider")
@open_to_all
@from_machines
def ended_by_provider() -> ResponseReturnValue:
    """The provider says that a session there has ended (back-channel logout): ours with it end at once."""
    step = edge()
    try:
        entering.end_by_provider(step, provider(), request.form.get("logout_token", ""))
    except NotAccepted as refusal:
        if refusal.reason == Reason.unreachable:
            return {"error": "temporarily_unavailable"}, 503
        entering.note_refusal(step, refusal)
        return {"error": "invalid_request"}, 400
    return "", 200
