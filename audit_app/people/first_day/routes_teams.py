"""Services and teams pasted as a list: read, shown as they were read, and added once that is confirmed."""

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms, words
from audit_app.errors import Invalid
from audit_app.form_pages import blame, form_page, put_under, sent
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.people.blueprint import blueprint
from audit_app.people.first_day import queries, service
from audit_app.people.first_day.forms import PastedTeamsForm
from audit_app.people.first_day.routes_going_on import go_on

MOST_FAULTS = 20


@blueprint.route("/<authority:authority>/teams/list", methods=["GET", "POST"])
@allow(Role.admin)
def paste_teams() -> ResponseReturnValue:
    """The list; sent, it comes back as it was read, and nothing is added yet."""
    form = forms.filled(PastedTeamsForm)
    if sent(form):
        plan = queries.plan_teams(g.session, form.teams.data, clock.today())
        if not plan.faults:
            return render_template("people/teams_preview.html", form=form, plan=plan)
        for fault in plan.faults[:MOST_FAULTS]:
            blame(form.teams, fault)
    return form_page("people/paste_teams.html", form)


@blueprint.post("/<authority:authority>/teams/list/confirmation")
@allow(Role.admin)
def add_pasted_teams() -> ResponseReturnValue:
    """The confirmed list, or the list again where the buttons below it say so."""
    form = forms.filled(PastedTeamsForm)
    if request.form.get("then") == "change" or not sent(form):
        form.teams.errors = []
        return render_template("people/paste_teams.html", form=form)
    try:
        added, there = service.add_teams(g.session, form.teams.data, on=clock.today(), **by_whom())
    except Invalid as fault:
        put_under(form, fault)
        return form_page("people/paste_teams.html", form)
    sentence = f"{words.count(added, 'team')} added." if added else "Every team of the list is there already."
    if added and there:
        sentence += f" {words.count(there, 'team')} there already."
    return go_on(sentence) if added else _nothing_new(sentence)


def _nothing_new(sentence: str) -> ResponseReturnValue:
    say(sentence, "notice")
    return redirect(url_for("people.teams"), 303)
