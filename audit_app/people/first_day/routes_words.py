"""Who is told at once of a concern, and what the council's BRAG colours mean."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms
from audit_app.errors import Stale
from audit_app.form_pages import accepted, form_page, sent
from audit_app.people import defaults
from audit_app.people import queries as shared
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.people.blueprint import blueprint
from audit_app.people.first_day import service
from audit_app.people.first_day.forms import ColoursForm, ContactForm
from audit_app.people.first_day.routes_going_on import go_on


@blueprint.route("/<authority:authority>/council/contacts", methods=["GET", "POST"])
@allow(Role.admin)
def contacts() -> ResponseReturnValue:
    services = shared.list_services(g.session, clock.today())
    everybody = shared.list_people_views(g.session, clock.today())
    form = forms.filled(ContactForm)
    form.person.choices = forms.choices(
        [(person.id, f"{person.name} ({person.user_name})") for person in everybody], first="Choose a person"
    )
    form.service.choices = forms.choices(services, first="Every service")
    if sent(form) and accepted(form, lambda: _add_contact(form)):
        say("The contact has been added.")
        return redirect(url_for("people.contacts"), 303)
    listed, only_you = shared.list_contacts(g.session), len(everybody) < 2
    return form_page("people/contacts.html", form, contacts=listed, services=dict(services), only_you=only_you)


def _add_contact(form: ContactForm) -> None:
    for_service = int(form.service.data) if form.service.data else None
    service.add_contact(g.session, int(form.person.data), for_service, form.telephone.data, **by_whom())


@blueprint.post("/<authority:authority>/council/contacts/<int:contact_id>/removal")
@allow(Role.admin)
def remove_contact(contact_id: int) -> ResponseReturnValue:
    service.remove_contact(g.session, contact_id, **by_whom())
    say("The contact has been taken off the list.")
    return redirect(url_for("people.contacts"), 303)


@blueprint.route("/<authority:authority>/council/colours", methods=["GET", "POST"])
@allow(Role.admin)
def colours() -> ResponseReturnValue:
    meanings = shared.brag_words(g.session)
    mark = forms.mark_of(*meanings.items())
    values = {"revision": str(mark)}
    for colour, (word, meaning) in meanings.items():
        values[f"{colour}_word"], values[f"{colour}_meaning"] = word, meaning
    form = forms.filled(ColoursForm, **values)
    if sent(form) and accepted(form, lambda: _save_colours(form, mark)):
        return go_on("What the colours mean has been saved.")
    return form_page("people/colours.html", form, colours=defaults.COLOURS)


def _save_colours(form: ColoursForm, mark: int) -> None:
    if form.seen_revision() != mark:
        raise Stale(service.get_authority(g.session))
    typed = {colour: (form[f"{colour}_word"].data, form[f"{colour}_meaning"].data) for colour in defaults.COLOURS}
    service.set_colours(g.session, typed, **by_whom())
