"""The page on which everything a leaver holds goes to somebody else."""

from datetime import timedelta

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms, words
from audit_app.errors import Invalid
from audit_app.form_pages import form_page, put_under, sent
from audit_app.people.access import Role, allow
from audit_app.people.access.door import say
from audit_app.people.blueprint import blueprint
from audit_app.people.directory import service
from audit_app.people.directory import service_handing_over as handing_over
from audit_app.people.directory.forms import HandOverForm
from audit_app.people.directory.routes import person_choices
from audit_app.people.proof import needs_proof

DAY = timedelta(days=1)


@blueprint.route("/<authority:authority>/people/<int:person_id>/hand-over", methods=["GET", "POST"])
@allow(Role.admin)
def hand_over(person_id: int) -> ResponseReturnValue:
    """Teams and posts carry rights, and leaving ends roles (AU-13)."""
    if (asked := needs_proof()) is not None:
        return asked
    someone = service.get_person(g.session, person_id)
    form = forms.filled(HandOverForm, last_day=clock.today())
    form.everything_to.choices = person_choices("Choose somebody", person_id)
    held = handing_over.list_held(g.session, person_id, clock.today())
    if sent(form):
        # What ends before the last day goes to nobody, and what begins before it goes to somebody too.
        held = handing_over.list_held(g.session, person_id, form.last_day.entered + DAY)
        try:
            count = _do(person_id, form, held)
        except Invalid as fault:
            put_under(form, fault)
        else:
            say(f"{words.count(count, 'thing')} handed over from {someone.name}.")
            return redirect(url_for("people.person", person_id=person_id), 303)
    single = {key: request.form.get(key, "") for key in request.form}
    return form_page("people/hand_over.html", form, held=held, someone=someone, single=single)


def _do(person_id: int, form: HandOverForm, held: list[handing_over.Held]) -> int:
    chosen = _chosen(form, held)
    me, last_day = g.person.person_id, form.last_day.entered
    count = handing_over.hand_over(g.session, person_id, chosen, on=last_day + DAY, by=me, now=g.now) if chosen else 0
    if form.leaving.data == "yes":
        handing_over.leave(g.session, person_id, last_day=last_day, by=me, now=g.now)
    return count


def _chosen(form: HandOverForm, held: list[handing_over.Held]) -> dict[tuple[str, str], int]:
    """Who gets each thing: its own choice, else the one for everything.

    Raises:
        Invalid: the person is leaving and something has no new holder.
    """
    chosen = {}
    for kind in held:
        for thing in kind.things:
            given = request.form.get(f"to-{kind.part.code}-{thing.key}", "") or form.everything_to.data
            if given and given.isdecimal() and len(given) < 20:
                chosen[(kind.part.code, thing.key)] = int(given)
    missing = sum(len(kind.things) for kind in held) - len(chosen)
    if missing and form.leaving.data == "yes":
        sentence = f"Choose a new holder: {words.count(missing, 'thing')} would be left without one"
        raise Invalid("everything_to", sentence)
    return chosen
