"""The second step of signing in: a code, a passkey or a recovery code; and signing in with a passkey alone."""

from dataclasses import replace

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, words
from audit_app.form_pages import blame, form_page, sent
from audit_app.people.access import at_second_step, open_to_all, web_session
from audit_app.people.access.door import plumbing, say
from audit_app.people.accounts.forms import SignInForm
from audit_app.people.accounts.own_path import own_path
from audit_app.people.accounts.routes import edge, sign_in_page, wait_page
from audit_app.people.accounts.service_entering import Outcome
from audit_app.people.blueprint import blueprint
from audit_app.people.factors import codes, passkeys, queries
from audit_app.people.factors import service_entering as entering
from audit_app.people.factors.forms import AnswerForm, CodeForm, RecoveryForm
from audit_app.people.factors.routes_browser import browser, passkeys_are_possible
from audit_app.people.provider.routes_offer import offered

NO_PASSKEY = "Your passkey was not accepted. Try again, or sign in another way"
WRONG_RECOVERY = "Recovery code is wrong, or was used before"
KEY_IS_LOST = (
    "Codes of authenticator apps cannot be checked at present: this service has lost the key they were kept with. "
    "Use a recovery code or a passkey, and tell whoever runs the service"
)


@blueprint.route("/sign-in/second-step", methods=["GET", "POST"])
@at_second_step
def second_step() -> ResponseReturnValue:
    target = own_path(request.values.get("next"))
    if g.half is None:
        return redirect(target, 303)
    with plumbing("the second step", reading=True) as session:
        factors = queries.factors_of(session, g.half.person_id)
        held = queries.credential_ids(session, g.half.person_id) if passkeys_are_possible() else []
    if not factors.has_any:
        return redirect(url_for("people.set_up_factor", next=target), 303)
    form = forms.filled(CodeForm)
    if sent(form):
        outcome = _try_code(form)
        if outcome.token or outcome.wait_seconds:
            return _go_on(outcome, target)
    asked = passkeys.to_use(browser(), held) if held else ""
    more = {"factors": factors, "asked": asked, "fault": "", "first_step": _first_step()}
    return form_page("people/second_step.html", form, target=target, **more)


def _first_step() -> str:
    """What stands behind whoever is asked for a second factor."""
    there = offered() if g.half.through_provider else None
    return f"{there.name} has signed you in." if there is not None else "Your password was right."


def _try_code(form: CodeForm) -> Outcome:
    try:
        outcome = entering.try_app(edge(), g.half, form.code.data)
    except codes.KeyIsLost:
        blame(form.code, KEY_IS_LOST)
        return Outcome()
    if not outcome.token:
        blame(form.code, "The code is wrong, has run out or was used before. Enter the one your app shows now")
    return outcome


def take_new_id(token: str) -> None:
    """The session's new id: for the cookie, and for the sentences of the next page."""
    g.new_token = token
    g.person = replace(g.person or g.half, id_hash=web_session.hash_of(token))


def _go_on(outcome: Outcome, target: str) -> ResponseReturnValue:
    """On to where the person wanted to go; or the page that says how long to wait."""
    if outcome.wait_seconds:
        return wait_page(outcome.wait_seconds)
    g.new_token = outcome.token
    return redirect(target, 303)


@blueprint.post("/sign-in/second-step/passkey")
@at_second_step
def second_step_passkey() -> ResponseReturnValue:
    target = own_path(request.values.get("next"))
    if g.half is None:
        return redirect(target, 303)
    outcome = entering.try_passkey(edge(), g.half, browser(), request.form.get("answer", ""))
    if outcome.token:
        return _go_on(outcome, target)
    with plumbing("the second step", reading=True) as session:
        factors = queries.factors_of(session, g.half.person_id)
        held = queries.credential_ids(session, g.half.person_id)
    asked = passkeys.to_use(browser(), held)
    more = {"factors": factors, "asked": asked, "fault": NO_PASSKEY, "first_step": _first_step()}
    return form_page("people/second_step.html", CodeForm(), target=target, **more)


@blueprint.route("/sign-in/recovery-code", methods=["GET", "POST"])
@at_second_step
def recovery_code() -> ResponseReturnValue:
    target = own_path(request.values.get("next"))
    if g.half is None:
        return redirect(target, 303)
    form = forms.filled(RecoveryForm)
    if sent(form):
        outcome = entering.try_recovery(edge(), g.half, form.code.data)
        if outcome.token:
            _say_how_many_are_left(g.half.person_id)
            take_new_id(outcome.token)
            return redirect(url_for("people.own_factors"), 303)
        if outcome.wait_seconds:
            return wait_page(outcome.wait_seconds)
        blame(form.code, WRONG_RECOVERY)
    return form_page("people/recovery_code.html", form, target=target)


def _say_how_many_are_left(person_id: int) -> None:
    with plumbing("how many recovery codes are left", reading=True) as session:
        left = queries.factors_of(session, person_id).codes_left
    rest = f"{words.count(left, 'recovery code')} {words.agree(left, 'is', 'are')} left" if left else "It was the last"
    say(f"That code is used up now. {rest}. If you lost a phone or another device, take it away below.", "notice")


@blueprint.post("/sign-in/second-step/leave")
@at_second_step
def leave_second_step() -> ResponseReturnValue:
    """Sign in as somebody else instead."""
    if g.half is not None:
        entering.left_unfinished(edge(), g.half)
    return redirect(url_for("people.sign_in"), 303)


@blueprint.post("/sign-in/passkey")
@open_to_all
def passkey_sign_in() -> ResponseReturnValue:
    """A passkey in place of address, password and second step: the device checks whose it is."""
    target = own_path(request.values.get("next"))
    answer = forms.filled(AnswerForm)
    outcome = entering.enter_with_passkey(edge(), browser(), answer.answer.data or "")
    if outcome.token:
        g.new_token = outcome.token
        return redirect(target, 303)
    return sign_in_page(SignInForm(), target, NO_PASSKEY)
