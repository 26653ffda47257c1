"""A person's own page: their sessions, their password, and giving it again before a sensitive step."""

from dataclasses import replace

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms
from audit_app.errors import NotAllowed, NotFound, OutOfTurn
from audit_app.form_pages import blame, form_page, sent
from audit_app.people.access import signed_in, web_session, whatever_room
from audit_app.people.access.door import by_whom, say
from audit_app.people.accounts import passwords, queries, service
from audit_app.people.accounts import service_entering as entering
from audit_app.people.accounts.forms import ChangePasswordForm, NameForm, ProofForm
from audit_app.people.accounts.own_path import own_path
from audit_app.people.accounts.routes import edge, wait_page
from audit_app.people.blueprint import blueprint
from audit_app.people.factors import passkeys
from audit_app.people.factors import queries as factors
from audit_app.people.factors import service_entering as second_step
from audit_app.people.factors.routes_browser import browser, passkeys_are_possible
from audit_app.people.factors.tables import Factor
from audit_app.people.joining import queries as joining
from audit_app.people.provider import queries as identities
from audit_app.people.provider.routes_offer import offered
from audit_app.people.routes_form import FormPage, answer

WITHOUT_ONE = (
    "You have no password here: you sign in through your council’s provider. To set one, sign out and press “I have "
    "forgotten my password” on the sign-in page."
)


@blueprint.get("/your-account")
@signed_in
def your_account() -> ResponseReturnValue:
    config = current_app.config
    account = queries.own_account(g.session, g.person.person_id, this=g.person.id_hash, now=g.now, config=config)
    limits = {"idle_minutes": config["SESSION_IDLE_MINUTES"], "hours": config["SESSION_HOURS"]}
    councils = queries.authorities_of(g.session, g.person.person_id, clock.today())
    asked = joining.list_asked(g.session, g.person.person_id)
    own = factors.factors_of(g.session, g.person.person_id)
    linked = {"offered": offered(), "link": identities.link_of(g.session, g.person.person_id)}
    more = {"councils": councils, "asked": asked, "factors": own, **linked, **limits}
    return render_template("people/your_account.html", account=account, **more)


@blueprint.route("/your-account/name", methods=["GET", "POST"])
@signed_in
def own_name() -> ResponseReturnValue:
    """Who works for several councils changes the name alone: neither council's administrator may."""
    if len(queries.authorities_of(g.session, g.person.person_id, clock.today())) < 2:
        raise NotAllowed("Ask whoever looks after accounts in your council to change your name.")
    account = queries.own_account(g.session, g.person.person_id, now=g.now, config=current_app.config)
    form = forms.filled(NameForm, name=account.name, revision=str(account.revision))
    page = FormPage("Change your name", url_for("people.your_account"), "Your account", "Save")

    def change() -> str:
        service.change_own_name(g.session, form.name.data, form.seen_revision(), **by_whom())
        return "Your name has changed, in every council you work for."

    return answer(page, form, change, page.back)


@blueprint.post("/your-account/sessions")
@signed_in
@whatever_room
def end_sessions() -> ResponseReturnValue:
    """End one session by its short mark, or all others."""
    which = request.form.get("which", "")
    only = None
    if which != "others":
        only = queries.find_session(g.session, g.person.person_id, which, now=g.now, config=current_app.config)
        if only is None:
            raise NotFound("No such session.")
    service.end_sessions(g.session, g.person.person_id, only=only, but=g.person.id_hash, **by_whom())
    say("Session ended." if only else "Your other sessions have ended.")
    return redirect(url_for("people.your_account"), 303)


@blueprint.route("/your-account/password", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    form = forms.filled(ChangePasswordForm)
    person_id = g.person.person_id
    if identities.is_the_only_way(g.session, person_id):
        raise OutOfTurn(WITHOUT_ONE)
    if sent(form):
        person = queries.own_account(g.session, person_id, now=g.now, config=current_app.config)
        local_words = queries.local_words(g.session, person_id)
        g.session.rollback()
        if not form.refuse(person.user_name, local_words):
            outcome = entering.prove_again(edge(), person_id, form.current_password.data)
            if outcome.wait_seconds:
                return wait_page(outcome.wait_seconds)
            if outcome.token:
                return _keep_new(form.new_password.data)
            blame(form.current_password, "Present password is wrong")
    return form_page("people/change_password.html", form)


def _keep_new(password: str) -> ResponseReturnValue:
    hashed = passwords.make_hash(current_app.config, password)
    service.change_password(g.session, g.person.person_id, hashed, keeping=g.person.id_hash, now=g.now)
    _renew()
    say("Your password has changed. Your other sessions have ended.")
    return redirect(url_for("people.your_account"), 303)


def _renew(factor: str = "") -> None:
    """A new session id after a proof; the message for the next page goes with it."""
    g.new_token = service.renew_session(g.session, g.person.id_hash, now=g.now, factor=factor)
    g.person = replace(g.person, id_hash=web_session.hash_of(g.new_token))


@blueprint.route("/prove", methods=["GET", "POST"])
@signed_in
@whatever_room
def prove() -> ResponseReturnValue:
    """The password again, or a passkey in its place."""
    target = own_path(request.values.get("next"))
    form = forms.filled(ProofForm)
    if sent(form):
        outcome = entering.prove_again(edge(), g.person.person_id, form.password.data)
        if outcome.wait_seconds:
            return wait_page(outcome.wait_seconds)
        if outcome.token:
            _renew()
            return redirect(target, 303)
        blame(form.password, "Password is wrong")
    return _proof_page(form, target)


def _proof_page(form: ProofForm, target: str, fault: str = "") -> ResponseReturnValue:
    """Every way this person has to prove who they are."""
    person_id = g.person.person_id
    linked = offered() if identities.is_linked(g.session, person_id) else None
    has_password = not identities.is_the_only_way(g.session, person_id)
    more = {"asked": _asked_of_own_passkeys(), "fault": fault, "offered": linked, "has_password": has_password}
    return form_page("people/prove.html", form, target=target, **more)


def _asked_of_own_passkeys() -> str:
    held = factors.credential_ids(g.session, g.person.person_id) if passkeys_are_possible() else []
    return passkeys.to_use(browser(), held) if held else ""


@blueprint.post("/prove/passkey")
@signed_in
@whatever_room
def prove_with_passkey() -> ResponseReturnValue:
    target = own_path(request.values.get("next"))
    if second_step.passkey_proves(edge(), g.person.person_id, browser(), request.form.get("answer", "")):
        _renew(Factor.passkey)
        return redirect(target, 303)
    fault = "Your passkey was not accepted. Try again, or enter your password"
    return _proof_page(ProofForm(), target, fault)
