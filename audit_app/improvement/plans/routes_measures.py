"""Pages on which a measure of a plan or of an action is changed, with the reason; what stood before is kept."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.form_pages import accepted, saved_beside_typed, sent, stale_page
from audit_app.improvement.actions import queries as actions
from audit_app.improvement.actions.forms import MeasureChangeForm
from audit_app.improvement.actions.routes import ACTION_AT
from audit_app.improvement.actions.routes_milestones import MEASURE
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.plans import queries, service
from audit_app.improvement.plans.routes import PLAN
from audit_app.improvement.routes_page import show
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings import register
from findings.errors import Stale
from findings.tables import Measure


@blueprint.route(f"{PLAN}/measures/<int:measure_id>/change", methods=["GET", "POST"])
@allow(Role.qa_manager)
def change_plan_measure(number: int, measure_id: int) -> ResponseReturnValue:
    row = queries.get_part(g.session, g.authority.id, number, Measure, measure_id)
    return _changed(row, url_for(".show_plan", number=number))


@blueprint.route(f"{ACTION_AT}/measures/<int:measure_id>/change", methods=["GET", "POST"])
@allow(Role.qa_manager)
def change_measure(number: int, measure_id: int) -> ResponseReturnValue:
    row = actions.get_measure(g.session, g.authority.id, number, measure_id)
    return _changed(row, url_for(".show_action", number=number))


def _changed(row: Measure, back: str) -> ResponseReturnValue:
    form = forms.filled(MeasureChangeForm, **{name: getattr(row, name) for name in (*MEASURE, "revision")})
    given = {name: form[name].data for name in MEASURE}
    given |= {"why": form.why.data or "", "revision": form.seen_revision(), **by_whom()}
    try:
        if sent(form) and accepted(
            form, lambda: service.write_part(g.session, g.authority.id, register.correct_measure, row.id, **given)
        ):
            say("Saved. What it said before is kept.")
            return redirect(back, 303)
    except Stale as stale:
        return stale_page(saved_beside_typed(stale.current, form), back)
    kept = "What was counted so far stays. Whatever was signed, released or judged before keeps what stood then."
    return show("plans/small_form", form, title=f"Change {row.name}", back=back, save="Save the measure", inset=kept)
