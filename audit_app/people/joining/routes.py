"""The page on which somebody with an account joins another council."""

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.form_pages import sent
from audit_app.people.access import signed_in
from audit_app.people.access.door import say
from audit_app.people.accounts import service_entering as entering
from audit_app.people.accounts.routes import dead_link, edge
from audit_app.people.accounts.service import LinkIsDead
from audit_app.people.blueprint import blueprint
from audit_app.people.defaults import ROLE_NAMES
from audit_app.people.joining import service


@blueprint.route("/joining/<token>", methods=["GET", "POST"])
@signed_in
def join(token: str) -> ResponseReturnValue:
    """Whoever opens it has the link, which went to the address, and the password: it takes both to join."""
    me = g.person.person_id
    form = forms.filled(forms.AppForm)
    try:
        with entering.transaction(edge(), "a link to join a council") as session:
            if sent(form):
                offer = service.join(session, token, me, g.now)
            else:
                offer = service.read_link(session, token, me, g.now)
    except LinkIsDead as dead:
        return dead_link(dead)
    if sent(form):
        say(f"You have joined {offer.council}.")
        return redirect(url_for("people.start"), 303)
    roles = [ROLE_NAMES[role] for role in offer.roles]
    return render_template("people/join.html", form=form, offer=offer, roles=roles)
