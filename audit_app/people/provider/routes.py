"""Signing in through the provider: going there, coming back, confirming a link, opening an invitation, proving."""

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.people.access import open_to_all, signed_in, whatever_room
from audit_app.people.access.door import say
from audit_app.people.access.web_session import hash_of
from audit_app.people.accounts import service
from audit_app.people.accounts import service_entering as accounts
from audit_app.people.accounts.own_path import own_path
from audit_app.people.accounts.routes import dead_link, edge
from audit_app.people.blueprint import blueprint
from audit_app.people.factors.routes import take_new_id
from audit_app.people.proof import needs_proof
from audit_app.people.provider import service as links
from audit_app.people.provider import service_entering as entering
from audit_app.people.provider.routes_offer import leave_for, provider, refused
from audit_app.people.provider.tables import Purpose
from audit_app.people.provider.trust import NotAccepted, Reason

LINKED = "Your account is linked to {name}: from now on you can sign in there. Your other sessions have ended."


def go(purpose: Purpose, target: str, **more: object) -> ResponseReturnValue:
    """Send the browser to the provider, or say that it cannot be reached."""
    try:
        address = entering.begin(edge(), provider(), g.token, purpose, target=target, **more)  # type: ignore[arg-type]
    except NotAccepted as refusal:
        return refused(refusal, target)
    return leave_for(address)


@blueprint.post("/sign-in/provider")
@open_to_all
def go_to_provider() -> ResponseReturnValue:
    return go(Purpose.sign_in, own_path(request.form.get("next")))


@blueprint.get("/sign-in/provider/return")
@open_to_all
def back_from_provider() -> ResponseReturnValue:
    given = {name: request.args.get(name, "")[:4000] for name in ("state", "code", "error")}
    came = entering.Came(**given, issuer=request.args.get("iss"))
    try:
        back = entering.come_back(edge(), provider(), g.token, g.person, came)
    except NotAccepted as refusal:
        return refused(refusal)
    if back.to_confirm:
        return redirect(url_for("people.confirm_link", begun=back.to_confirm), 303)
    g.new_token = back.token
    return redirect(back.target, 303)


@blueprint.route("/sign-in/provider/link", methods=["GET", "POST"])
@open_to_all
def confirm_link() -> ResponseReturnValue:
    """Whom the provider named, beside whose account it is to open: linked only when the person says so."""
    step, begun = edge(), request.values.get("begun", "")[:64]
    name = provider().settings.name
    try:
        if request.method == "POST":
            back = entering.confirm(step, begun, g.token, g.person)
            _go_on_with(back.token, LINKED.format(name=name))
            return redirect(back.target, 303)
        with accounts.transaction(step, "a link to be confirmed") as session:
            row = entering.confirmable(session, begun, g.token, g.person, g.now)
            account = service.get_person(session, row.person_id or 0)
            more = {"named": row.named, "account": account.name, "user_name": account.user_name}
    except NotAccepted as refusal:
        return refused(refusal)
    return render_template("people/confirm_link.html", begun=begun, name=name, **more)


def _go_on_with(token: str, sentence: str) -> None:
    """Under the new id; the sentence waits for the next page where somebody was signed in already."""
    if g.person is not None:
        take_new_id(token)
        say(sentence)
    g.new_token = token


@blueprint.post("/one-time-links/<token>/provider")
@open_to_all
def open_with_provider(token: str) -> ResponseReturnValue:
    """An invitation opened through the provider instead of with a password."""
    try:
        with accounts.transaction(edge(), "a one-time link") as session:
            invitation, person = service.read_link(session, token, g.now)
            if not service.opens_through_provider(invitation, person):
                return refused(NotAccepted(Reason.dead_link))
    except service.LinkIsDead as dead:
        return dead_link(dead)
    return go(Purpose.invitation, url_for("people.start"), person_id=person.id, invitation_hash=hash_of(token))


@blueprint.post("/prove/provider")
@signed_in
@whatever_room
def prove_with_provider() -> ResponseReturnValue:
    return go(Purpose.prove, own_path(request.form.get("next")), person_id=g.person.person_id)


@blueprint.post("/your-account/provider")
@signed_in
def link_provider() -> ResponseReturnValue:
    if (asked := needs_proof(url_for("people.your_account"))) is not None:
        return asked
    return go(Purpose.link, url_for("people.your_account"), person_id=g.person.person_id)


@blueprint.post("/your-account/provider/remove")
@signed_in
def unlink_provider() -> ResponseReturnValue:
    if (asked := needs_proof(url_for("people.your_account"))) is not None:
        return asked
    person_id = g.person.person_id
    links.unlink(g.session, person_id, by=person_id, keeping=g.person.id_hash, now=g.now)
    say("Your account is no longer linked. Your other sessions have ended.")
    return redirect(url_for("people.your_account"), 303)
