"""Setting up another council: its name, its first administrator, and the one-time link for them."""

from flask import current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.errors import NotAllowed
from audit_app.form_pages import accepted, form_page, sent
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom
from audit_app.people.accounts import one_time_links
from audit_app.people.blueprint import blueprint
from audit_app.people.councils import queries, service
from audit_app.people.councils.forms import NewCouncilForm
from audit_app.people.proof import needs_proof


@blueprint.route("/<authority:authority>/council/another", methods=["GET", "POST"])
@allow(Role.admin)
def new_council() -> ResponseReturnValue:
    """Whoever holds the link is that council's administrator, so the password is asked for again (AU-13)."""
    if (asked := needs_proof()) is not None:
        return asked
    if not queries.may_set_up(g.session, g.person.person_id, current_app.config):
        raise NotAllowed(service.WHY_NOT)
    form = forms.filled(NewCouncilForm)
    made: list[service.FirstLink] = []
    if sent(form) and accepted(form, lambda: made.append(_make(form)), name="council"):
        return _made(form, made[0])
    return form_page("people/new_council.html", form)


def _make(form: NewCouncilForm) -> service.FirstLink:
    new = service.NewCouncil(form.council.data, form.key.data, form.name.data, form.user_name.data)
    return service.set_up_from_page(g.session, new, config=current_app.config, **by_whom())


def _made(form: NewCouncilForm, link: service.FirstLink) -> ResponseReturnValue:
    """The link, shown this once where no e-mail carries it."""
    mailed = one_time_links.is_on(current_app.config)
    address = "" if mailed else one_time_links.link(current_app.config, link.path)
    return render_template(
        "people/new_council_made.html", form=form, link=link, address=address, back=url_for("people.council")
    )
