"""The page on which an action is moved within its plan: to another place, or into another theme."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.form_pages import accepted, sent
from audit_app.improvement.actions.forms import number_in
from audit_app.improvement.actions.routes import ACTION_AT
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.plans import queries, service
from audit_app.improvement.plans.forms import MoveForm
from audit_app.improvement.routes_page import show
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings import queries as thread
from findings import register
from findings.errors import OutOfTurn
from findings.references import ACTION, reference


@blueprint.route(f"{ACTION_AT}/move", methods=["GET", "POST"])
@allow(Role.qa_manager)
def move_action(number: int) -> ResponseReturnValue:
    action = thread.get_action(g.session, g.authority.id, number)
    name = reference(ACTION, number)
    if action.plan_number is None:
        raise OutOfTurn(f"{name} stands in no plan. Change it and choose its plan first.")
    whole = thread.get_whole_plan(g.session, g.authority.id, action.plan_number)
    before = queries.action_before(whole, number)
    form = forms.filled(MoveForm, home=str(action.theme_id or ""), after=str(before or ""), revision=action.revision)
    form.home.label.text = "In which theme does it stand?"
    themes = queries.theme_choices(g.session, g.authority.id, action.plan_number)
    form.home.choices = forms.choices(themes, first="In none")
    form.after.choices = forms.choices(queries.place_choices(whole, without=number), first="It stands first there")
    back = url_for(".show_plan", number=action.plan_number)
    given = {"theme_id": number_in(form.home), "after": number_in(form.after), **by_whom()}
    given["revision"] = form.seen_revision()
    if sent(form) and accepted(
        form,
        lambda: service.write_part(g.session, g.authority.id, register.move_action, number, **given),
        theme_id="home",
    ):
        say(f"{name} moved. Where it stood before is kept.")
        return redirect(f"{back}#{name}", 303)
    return show("plans/small_form", form, title=f"Move {name}", back=back, save="Move the action", inset=action.what)
