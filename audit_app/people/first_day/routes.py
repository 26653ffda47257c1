"""The council's page with what is set up; its name, logo and marking; what its case references look like."""

from datetime import datetime

from flask import Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app import clock, forms
from audit_app.errors import NotFound, Stale
from audit_app.form_pages import accepted, form_page, sent
from audit_app.people import queries as shared
from audit_app.people.access import Role, allow, signed_in
from audit_app.people.access.door import by_whom
from audit_app.people.blueprint import blueprint
from audit_app.people.councils import queries as councils
from audit_app.people.first_day import logo, queries, reference_pattern, service
from audit_app.people.first_day.forms import ReferencesForm, SetUpForm
from audit_app.people.first_day.routes_going_on import go_on


@blueprint.get("/<authority:authority>/council")
@allow(Role.admin)
def council() -> ResponseReturnValue:
    steps = queries.list_steps(g.session, clock.today())
    following = next((step for step in steps if step.is_next), None)
    waiting = any(step.needed and not step.done for step in steps)
    may_set_up = councils.may_set_up(g.session, g.person.person_id, current_app.config)
    more = {"following": following, "waiting": waiting, "may_set_up": may_set_up}
    return render_template("people/council.html", steps=steps, **more)


@blueprint.route("/<authority:authority>/council/settings", methods=["GET", "POST"])
@allow(Role.admin, uploads=True)
def set_up() -> ResponseReturnValue:
    settings = shared.authority_settings(g.session)
    kept = {"name": settings.name, "marking": settings.marking, "revision": str(settings.revision)}
    form = forms.filled(SetUpForm, **kept)
    if sent(form) and accepted(form, lambda: _save_name(form)):
        return go_on("The name and marking have been saved.")
    return form_page("people/set_up.html", form, settings=settings)


def _save_name(form: SetUpForm) -> None:
    by, now = g.person.person_id, g.now
    service.set_name(g.session, form.name.data, form.marking.data, form.seen_revision(), by=by, now=now)
    _keep_logo(by, now)


def _keep_logo(by: int, now: datetime) -> None:
    upload = request.files.get("logo")
    if upload is None or not upload.filename:
        return
    with upload.stream:
        data = upload.read(logo.MOST_BYTES + 1)
    kept = logo.keep(data, upload.filename, current_app.config)
    service.set_logo(g.session, kept, by=by, now=now)


@blueprint.route("/<authority:authority>/council/case-references", methods=["GET", "POST"])
@allow(Role.admin)
def references() -> ResponseReturnValue:
    settings = shared.authority_settings(g.session)
    pattern = settings.reference_pattern
    mark = forms.mark_of(pattern, settings.reference_example)
    form = forms.filled(
        ReferencesForm,
        example=settings.reference_example,
        letters="vary" if "[A-Z]" in pattern else "same",
        figures="vary" if "{1," in pattern else "same",
        revision=str(mark),
    )
    if sent(form) and accepted(form, lambda: _save_references(form, mark)):
        return go_on("What case references look like has been saved.")
    examples = reference_pattern.show(pattern, settings.reference_example) if pattern else None
    return form_page("people/references.html", form, examples=examples)


def _save_references(form: ReferencesForm, mark: int) -> None:
    if form.seen_revision() != mark:
        raise Stale(service.get_authority(g.session))
    letters_vary, figures_vary = form.letters.data == "vary", form.figures.data == "vary"
    service.set_references(
        g.session, form.example.data, letters_vary=letters_vary, figures_vary=figures_vary, **by_whom()
    )


@blueprint.get("/<authority:authority>/council/logo")
@signed_in
def logo_picture() -> ResponseReturnValue:
    picture = logo.find_picture(shared.authority_settings(g.session).logo_sha256, current_app.config)
    if picture is None:
        raise NotFound("No logo.")
    response = Response(picture[0], content_type=picture[1])
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
