"""A person's own second factors: setting them up, where one is demanded before the first page too; recovery codes."""

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from audit_app import forms, server_mode
from audit_app.errors import Invalid
from audit_app.form_pages import blame, form_page, put_under, sent
from audit_app.people.access import at_second_step, signed_in
from audit_app.people.access.door import by_whom, say
from audit_app.people.accounts import service as accounts
from audit_app.people.accounts.own_path import own_path
from audit_app.people.accounts.queries import browser_words
from audit_app.people.accounts.routes import edge
from audit_app.people.blueprint import blueprint
from audit_app.people.factors import codes, passkeys, queries, service
from audit_app.people.factors import service_entering as entering
from audit_app.people.factors.forms import CodeForm, PasskeyForm
from audit_app.people.factors.routes import NO_PASSKEY, take_new_id
from audit_app.people.factors.routes_browser import browser, passkeys_are_possible
from audit_app.people.factors.tables import Factor
from audit_app.people.proof import needs_proof


def is_required() -> bool:
    return server_mode.factor_is_required(current_app.config)


def key() -> str:
    return str(current_app.config["FACTOR_KEY"])


@blueprint.get("/your-account/second-factor")
@signed_in
def own_factors() -> ResponseReturnValue:
    factors = queries.factors_of(g.session, g.person.person_id)
    return render_template("people/own_factors.html", factors=factors, required=is_required())


def whose() -> int:
    """The person who sets up a factor: signed in, or with the second step before them and nothing yet to take it by."""
    return int((g.person or g.half).person_id)


def _turned_away() -> ResponseReturnValue | None:
    """Who has a factor already goes through it first: a password alone must never add another (AU-6, AU-13)."""
    if g.person is not None:
        return needs_proof(url_for("people.own_factors") if request.method == "POST" else None)
    if queries.has_any(g.session, g.half.person_id):
        return redirect(url_for("people.second_step", next=request.values.get("next")), 303)
    return None


@blueprint.get("/second-factor")
@at_second_step
def set_up_factor() -> ResponseReturnValue:
    """Which of the two it is to be."""
    if (elsewhere := _turned_away()) is not None:
        return elsewhere
    target = own_path(request.values.get("next"))
    possible = passkeys_are_possible()
    address = current_app.config["PUBLIC_ADDRESS"]
    return render_template("people/set_up_factor.html", target=target, passkeys=possible, address=address)


@blueprint.post("/second-factor/app")
@at_second_step
def begin_app() -> ResponseReturnValue:
    if (elsewhere := _turned_away()) is not None:
        return elsewhere
    service.begin_app(g.session, whose(), key=key(), now=g.now)
    return redirect(url_for("people.confirm_app", next=own_path(request.values.get("next"))), 303)


@blueprint.route("/second-factor/app/code", methods=["GET", "POST"])
@at_second_step
def confirm_app() -> ResponseReturnValue:
    """The square for the app, and the first code as the proof that it was read."""
    if (elsewhere := _turned_away()) is not None:
        return elsewhere
    target = own_path(request.values.get("next"))
    begun = queries.unconfirmed_app(g.session, whose())
    try:
        secret = codes.decipher(begun.secret, key()) if begun is not None else ""
    except codes.KeyIsLost:
        secret = ""
    if not secret:  # not begun, or with a key that was lost since: from the beginning
        return redirect(url_for("people.set_up_factor", next=target), 303)
    account = accounts.get_person(g.session, whose()).user_name
    form = forms.filled(CodeForm)
    if sent(form):
        step = edge()
        try:
            service.confirm_app(g.session, whose(), form.code.data, key=key(), keeping=_session(), now=g.now)
            return _done(step, Factor.app, target, "Your authenticator app is set up.")
        except Invalid as wrong:
            put_under(form, wrong)
    product = current_app.jinja_env.globals["product"]
    square = codes.square(secret, account, str(product))
    more = {"square": square, "secret": codes.grouped(secret), "account": account}
    return form_page("people/set_up_app.html", form, target=target, **more)


@blueprint.route("/second-factor/passkey", methods=["GET", "POST"])
@at_second_step
def add_passkey() -> ResponseReturnValue:
    if (elsewhere := _turned_away()) is not None:
        return elsewhere
    if not passkeys_are_possible():
        raise Forbidden("Passkeys need a name in the address of this service, and https.")
    target = own_path(request.values.get("next"))
    form = forms.filled(PasskeyForm, label=browser_words(request.headers.get("User-Agent", "")))
    if sent(form):
        step = edge()
        try:
            made = passkeys.made(form.answer.data or "", browser())
            service.add_passkey(g.session, whose(), made, form.label.data, keeping=_session(), now=g.now)
            return _done(step, Factor.passkey, target, "Your passkey is set up.")
        except passkeys.NotAccepted:
            blame(form.label, NO_PASSKEY)
        except Invalid as wrong:
            put_under(form, wrong)
    person = accounts.get_person(g.session, whose())
    held = queries.credential_ids(g.session, whose())
    product = str(current_app.jinja_env.globals["product"])
    asked = passkeys.to_make(browser(), person, held, service=product)
    return form_page("people/add_passkey.html", form, target=target, asked=asked)


def _session() -> str:
    return str((g.person or g.half).id_hash)


def _done(step: entering.Edge, factor: Factor, target: str, sentence: str) -> ResponseReturnValue:
    """After the first factor: the sign-in goes on, and the recovery codes come next."""
    has_codes = queries.factors_of(g.session, whose()).codes_left
    if not has_codes:
        service.make_recovery_codes(g.session, whose(), key=key(), now=g.now)
    if g.person is None:
        take_new_id(entering.make_whole(g.session, step, g.half, factor))
    else:
        take_new_id(accounts.renew_session(g.session, g.person.id_hash, now=g.now, factor=factor))
    say(sentence)
    if has_codes:
        return redirect(url_for("people.own_factors"), 303)
    return redirect(url_for("people.recovery_codes", next=target), 303)


@blueprint.route("/your-account/recovery-codes", methods=["GET", "POST"])
@signed_in
def recovery_codes() -> ResponseReturnValue:
    """The codes while they are fresh; afterwards how many are left, and a button for new ones."""
    target = own_path(request.values.get("next"))
    if request.method == "POST":
        if (asked := needs_proof(url_for("people.recovery_codes"))) is not None:
            return asked
        service.make_recovery_codes(g.session, g.person.person_id, key=key(), now=g.now)
        say("New recovery codes have been made. Those you had no longer work.")
        return redirect(url_for("people.recovery_codes"), 303)
    if (asked := needs_proof()) is not None:
        return asked
    papers = queries.codes_to_show(g.session, g.person.person_id, now=g.now, config=current_app.config)
    factors = queries.factors_of(g.session, g.person.person_id)
    return render_template("people/recovery_codes.html", codes=papers, factors=factors, target=target)


@blueprint.post("/your-account/second-factor/app/remove")
@signed_in
def remove_app() -> ResponseReturnValue:
    if (asked := needs_proof(url_for("people.own_factors"))) is not None:
        return asked
    how = {"required": is_required(), "keeping": g.person.id_hash}
    service.remove_app(g.session, g.person.person_id, now=g.now, **how)
    say("Your authenticator app no longer opens your account. Your other sessions have ended.")
    return redirect(url_for("people.own_factors"), 303)


@blueprint.post("/your-account/second-factor/passkeys/<int:passkey_id>/remove")
@signed_in
def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    if (asked := needs_proof(url_for("people.own_factors"))) is not None:
        return asked
    how = {"required": is_required(), "keeping": g.person.id_hash}
    service.remove_passkey(g.session, by_whom()["by"], passkey_id, now=g.now, **how)
    say("The passkey no longer opens your account. Your other sessions have ended.")
    return redirect(url_for("people.own_factors"), 303)
