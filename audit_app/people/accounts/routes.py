"""Pages of signing in and out, one-time links and forgotten passwords."""

from flask import current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.errors import Invalid
from audit_app.form_pages import blame, form_page, put_under, sent
from audit_app.people.access import open_to_all, signed_in, whatever_room
from audit_app.people.access.door import by_whom, engine, plumbing
from audit_app.people.access.leaving import CLEAR_SITE_DATA
from audit_app.people.accounts import one_time_links, queries, queries_kept, service
from audit_app.people.accounts import service_entering as entering
from audit_app.people.accounts.forms import NewPasswordForm, ResetForm, SignInForm
from audit_app.people.accounts.own_path import own_path
from audit_app.people.accounts.queries_kept import RanOut
from audit_app.people.blueprint import blueprint
from audit_app.people.councils import unnamed
from audit_app.people.councils.forms import FirstAccountForm
from audit_app.people.factors.routes_browser import asked_of_anybody
from audit_app.people.provider.break_glass import may_enter_here
from audit_app.people.provider.routes_offer import offered
from audit_app.people.tables import InvitationPurpose

WRONG = "The e-mail address or password is wrong"


def edge() -> entering.Edge:
    """This request as the small transactions of signing in need to know it.

    They cannot begin while the request's own session holds one: it has only read, or used a one-time key, so it ends.
    """
    if g.session is not None:
        g.session.rollback()
    return entering.Edge(
        engine=engine(),
        log_key=current_app.extensions["log_key"],
        actor=g.actor,
        config=current_app.config,
        address=(request.remote_addr or "")[:60],
        browser=request.headers.get("User-Agent", "")[:120],
        now=g.now,
        replaces=(g.person or g.half).id_hash if g.person or g.half else "",
    )


@blueprint.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    target = own_path(request.values.get("next"))
    if g.person is not None and request.method == "GET":
        return redirect(target, 303)
    form = forms.filled(SignInForm)
    if sent(form):
        outcome = entering.try_to_enter(edge(), form.user_name.data, form.password.data or "")
        if outcome.wait_seconds:
            return wait_page(outcome.wait_seconds)
        if outcome.token:
            g.new_token = outcome.token
            return redirect(target, 303)
        there = offered()
        only = f", or this account signs in through {there.name}" if there is not None and there.only else ""
        blame(form.user_name, f"{WRONG}{only}")
    return sign_in_page(form, target)


def sign_in_page(form: SignInForm, target: str, fault: str = "") -> ResponseReturnValue:
    """Every way in that there is here."""
    more = {"asked": asked_of_anybody(), "fault": fault, "offered": offered(), "ran_out": _ran_out(target)}
    return form_page("people/sign_in.html", form, target=target, **more)


def _ran_out(target: str) -> RanOut | None:
    """What is kept of whoever was signed in here until their time ran out; None where nobody was."""
    if g.ran_out is None:
        return None
    hours = current_app.config["KEPT_FORM_HOURS"]
    with plumbing("whether text is kept", reading=True) as session:
        kept_at = queries_kept.kept_at(session, g.ran_out, target, now=g.now, hours=hours)
    return RanOut(kept_at, bool(current_app.config["KEPT_ON_DEVICE"]))


def dead_link(dead: service.LinkIsDead) -> ResponseReturnValue:
    """410, with why the link does not work and what to do; of a link that never was and one of a shut account alike."""
    return render_template("people/dead_link.html", why=dead.why, at=dead.at), 410


def wait_page(seconds: int) -> ResponseReturnValue:
    minutes = max(1, -(-seconds // 60))
    return render_template("people/wait.html", minutes=minutes), 429, {"Retry-After": str(seconds)}


@blueprint.post("/sign-out")
@signed_in
@whatever_room
def sign_out() -> ResponseReturnValue:
    service.end_session(g.session, g.person.id_hash, **by_whom())
    there = offered() is not None and g.person.through_provider
    target = url_for("people.signed_out", there="yes") if there else url_for("people.sign_in")
    response = make_response(redirect(target, 303))
    response.headers["Clear-Site-Data"] = CLEAR_SITE_DATA
    response.delete_cookie(current_app.config["SESSION_COOKIE"], path="/", secure=True, httponly=True, samesite="Lax")
    return response


@blueprint.route("/one-time-links/<token>", methods=["GET", "POST"])
@open_to_all
def set_password(token: str) -> ResponseReturnValue:
    try:
        with entering.transaction(edge(), "a one-time link") as session:
            invitation, person = service.read_link(session, token, g.now)
            local_words = queries.local_words(session, person.id)
        asks = unnamed.is_unnamed(person.user_name)
        form = forms.filled(FirstAccountForm if asks else NewPasswordForm)
        if _opened(form, token, form.user_name.data if asks else person.user_name, local_words):
            return redirect(url_for("people.start"), 303)
    except service.LinkIsDead as dead:
        return dead_link(dead)
    first = invitation.purpose != InvitationPurpose.reset
    there = offered() if service.opens_through_provider(invitation, person) and not asks else None
    has_password = asks or may_enter_here(current_app.config, person.user_name)
    more = {"offered": there, "token": token, "has_password": has_password, "asks": asks}
    return form_page("people/set_password.html", form, person=person, first=first, **more)


def _opened(form: NewPasswordForm, token: str, user_name: str, local_words: tuple[str, ...]) -> bool:
    """Whether the password was set and its owner is signed in; otherwise what was wrong stands under its field."""
    if not sent(form) or form.refuse(user_name, local_words):
        return False
    named = None
    if isinstance(form, FirstAccountForm):
        named = entering.Named(form.council.data, form.name.data, form.user_name.data)
    try:
        g.new_token = entering.use_link(edge(), token, form.new_password.data, named)
    except Invalid as fault:
        put_under(form, fault)
        return False
    return True


@blueprint.route("/forgotten-password", methods=["GET", "POST"])
@open_to_all
def forgotten() -> ResponseReturnValue:
    form = forms.filled(ResetForm)
    if sent(form):
        wait = entering.ask_for_reset(edge(), form.user_name.data)
        if wait:
            return wait_page(wait)
        return render_template("people/reset_sent.html", sends=one_time_links.is_on(current_app.config))
    return form_page("people/forgotten.html", form, sends=one_time_links.is_on(current_app.config))


@blueprint.post("/stay-signed-in")
@signed_in
@whatever_room
def stay() -> ResponseReturnValue:
    """The one press that keeps a session going: coming here has already moved its idle limit."""
    return redirect(own_path(request.form.get("next")), 303)
