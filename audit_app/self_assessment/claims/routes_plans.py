"""Pages of what a section plans for the next twelve months."""

from typing import Any

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.form_pages import accepted, saved_beside_typed, sent, stale_page
from audit_app.people.access import signed_in
from audit_app.people.access.door import by_whom, say
from audit_app.self_assessment.blueprint import SECTION, blueprint
from audit_app.self_assessment.claims import service_plans as service
from audit_app.self_assessment.claims.forms import PlanForm
from audit_app.self_assessment.claims.routes import page_of, place
from audit_app.self_assessment.claims.service_plans import Planned
from audit_app.self_assessment.routes_page import show
from audit_app.self_assessment.service_draft import require
from audit_app.self_assessment.who import may_write
from findings.errors import Stale

PLAN = f"{SECTION}/plans/<int:plan_id>"
WRITERS = "Plans are written by whoever has the section, and by those who lead the self-assessment."
COLUMNS = ("what", "who", "due_on", "impact_shown_by", "action_reference")


def _planned(form: PlanForm) -> Planned:
    given: dict[str, Any] = {name: form[name].data or "" for name in COLUMNS if name != "due_on"}
    given["action_reference"] = given["action_reference"].strip().upper()
    return Planned(due_on=form.due_on.data, **given)


def _back(number: int, section_id: int) -> str:
    return url_for(".show_section", number=number, section_id=section_id) + "#plans"


@blueprint.route(f"{SECTION}/plans/new", methods=["GET", "POST"])
@signed_in
def add_plan(number: int, section_id: int) -> ResponseReturnValue:
    page = page_of(number, section_id)
    require(may_write(g.scope, page.row, page.section), WRITERS)
    form = forms.filled(PlanForm)
    if sent(form) and accepted(
        form, lambda: service.add_plan(g.session, place(number, section_id), _planned(form), **by_whom())
    ):
        say("Plan added.")
        return redirect(_back(number, section_id), 303)
    return show("small_form", form, title="Add a plan", back=_back(number, section_id), save="Add the plan")


@blueprint.route(f"{PLAN}/change", methods=["GET", "POST"])
@signed_in
def change_plan(number: int, section_id: int, plan_id: int) -> ResponseReturnValue:
    page = page_of(number, section_id)
    require(may_write(g.scope, page.row, page.section), WRITERS)
    line = service.plan_of(g.session, place(number, section_id), plan_id)
    form = forms.filled(PlanForm, **{name: getattr(line, name) for name in COLUMNS}, revision=line.revision)
    back = _back(number, section_id)
    try:
        if sent(form) and accepted(form, lambda: _change(number, section_id, plan_id, form)):
            say("Saved.")
            return redirect(back, 303)
    except Stale as stale:
        return stale_page(saved_beside_typed(stale.current, form), back, what="the section")
    return show("small_form", form, title="Change the plan", back=back, save="Save the plan")


def _change(number: int, section_id: int, plan_id: int, form: PlanForm) -> None:
    given = {"revision": form.seen_revision(), **by_whom()}
    service.change_plan(g.session, place(number, section_id), plan_id, _planned(form), **given)


@blueprint.post(f"{PLAN}/take-out")
@signed_in
def take_out_plan(number: int, section_id: int, plan_id: int) -> ResponseReturnValue:
    service.take_out_plan(g.session, place(number, section_id), plan_id, **by_whom())
    say("The plan was taken out.")
    return redirect(_back(number, section_id), 303)
