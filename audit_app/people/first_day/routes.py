"""The council's page with what is set up, and the one set-up page."""

from datetime import datetime

from flask import Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms, words
from audit_app.errors import Invalid, NotFound
from audit_app.form_pages import form_page, put_under, sent
from audit_app.people import defaults
from audit_app.people import queries as shared
from audit_app.people.access import Role, allow, signed_in
from audit_app.people.access.door import by_whom, say
from audit_app.people.blueprint import blueprint
from audit_app.people.first_day import logo, queries, reference_pattern, service
from audit_app.people.first_day.forms import SetUpForm


@blueprint.get("/<authority:authority>/council")
@allow(Role.admin)
def council() -> ResponseReturnValue:
    steps = queries.list_steps(g.session, clock.today())
    following = next((step for step in steps if step.needed and not step.done), None)
    return render_template("people/council.html", steps=steps, following=following)


@blueprint.route("/<authority:authority>/council/settings", methods=["GET", "POST"])
@allow(Role.admin, uploads=True)
def set_up() -> ResponseReturnValue:
    settings = shared.authority_settings(g.session)
    form = _form(settings)
    if sent(form):
        try:
            sentence = _save(form)
        except Invalid as fault:
            put_under(form, fault)
        else:
            say(sentence)
            return redirect(url_for("people.council"), 303)
    examples = None
    if settings.reference_pattern:
        examples = reference_pattern.show(settings.reference_pattern, settings.reference_example)
    services = dict(shared.list_services(g.session, clock.today()))
    more = {"contacts": shared.list_contacts(g.session), "services": services, "colours": defaults.COLOURS}
    return form_page("people/set_up.html", form, settings=settings, examples=examples, **more)


def _form(settings: shared.AuthoritySettings) -> SetUpForm:
    pattern = settings.reference_pattern
    values = {
        "name": settings.name,
        "marking": settings.marking,
        "example": settings.reference_example,
        "letters": "vary" if "[A-Z]" in pattern else "same",
        "figures": "vary" if "{1," in pattern else "same",
        "revision": str(settings.revision),
    }
    for colour, (word, meaning) in shared.brag_words(g.session).items():
        values[f"{colour}_word"], values[f"{colour}_meaning"] = word, meaning
    form = forms.filled(SetUpForm, **values)
    everybody = shared.list_people_views(g.session, clock.today())
    people = [(person.id, f"{person.name} ({person.user_name})") for person in everybody]
    form.contact_person.choices = forms.choices(people, first="Nobody to add")
    form.contact_service.choices = forms.choices(shared.list_services(g.session, clock.today()), first="Every service")
    return form


def _save(form: SetUpForm) -> str:
    """Everything on the page, in one transaction; the sentence for the next page."""
    session, by, now = g.session, g.person.person_id, g.now
    service.set_name(session, form.name.data, form.marking.data, form.seen_revision(), by=by, now=now)
    service.set_references(
        session,
        form.example.data,
        letters_vary=form.letters.data == "vary",
        figures_vary=form.figures.data == "vary",
        by=by,
        now=now,
    )
    added, there = service.add_teams(session, form.teams.data, on=clock.today(), by=by, now=now)
    meanings = {colour: (form[f"{colour}_word"].data, form[f"{colour}_meaning"].data) for colour in defaults.COLOURS}
    service.set_colours(session, meanings, by=by, now=now)
    if form.contact_person.data:
        for_service = int(form.contact_service.data) if form.contact_service.data else None
        person_id = int(form.contact_person.data)
        service.add_contact(session, person_id, for_service, form.contact_telephone.data, by=by, now=now)
    _keep_logo(by, now)
    sentence = "The settings have been saved."
    if added:
        sentence += f" {words.count(added, 'team')} added."
    return sentence + (f" {words.count(there, 'team')} there already." if there else "")


def _keep_logo(by: int, now: datetime) -> None:
    upload = request.files.get("logo")
    if upload is None or not upload.filename:
        return
    with upload.stream:
        data = upload.read(logo.MOST_BYTES + 1)
    kept = logo.keep(data, upload.filename, current_app.config)
    service.set_logo(g.session, kept, by=by, now=now)


@blueprint.post("/<authority:authority>/council/contacts/<int:contact_id>/removal")
@allow(Role.admin)
def remove_contact(contact_id: int) -> ResponseReturnValue:
    service.remove_contact(g.session, contact_id, **by_whom())
    say("The contact has been taken off the list.")
    return redirect(url_for("people.set_up"), 303)


@blueprint.get("/<authority:authority>/council/logo")
@signed_in
def logo_picture() -> ResponseReturnValue:
    picture = logo.find_picture(shared.authority_settings(g.session).logo_sha256, current_app.config)
    if picture is None:
        raise NotFound("No logo.")
    response = Response(picture[0], content_type=picture[1])
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
