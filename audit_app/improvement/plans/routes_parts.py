"""Pages of what hangs on a plan as a whole: its review dates, risks and measures in bands."""

from typing import Any

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.form_pages import accepted, sent
from audit_app.forms import AppForm
from audit_app.improvement.actions.forms import number_in
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.plans import queries, service
from audit_app.improvement.plans.forms import BandsForm, DeliveredForm, ReviewForm, RiskForm, TakeOutForm
from audit_app.improvement.plans.routes import PLAN
from audit_app.improvement.routes_page import show
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings import queries as thread
from findings import register
from findings.tables import Measure, PlanReview, PlanRisk

REVIEW_FIELDS = ("what", "due_on", "due_text", "held_on", "held_note")
RISK_FIELDS = ("risk", "before_controls", "controls", "after_controls")
BANDS = ("name", "due_text", "band_unmet", "band_met", "band_exceeded", "band_far_exceeded")


def _data(form: AppForm, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: form[name].data for name in names} | by_whom()


def _written(form: AppForm, write: Any, *given: Any, **fields: Any) -> bool:
    return sent(form) and accepted(form, lambda: service.write_part(g.session, g.authority.id, write, *given, **fields))


@blueprint.route(f"{PLAN}/reviews/new", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def new_review(number: int) -> ResponseReturnValue:
    plan = thread.get_plan(g.session, g.authority.id, number)
    form = forms.filled(ReviewForm)
    back = url_for(".show_plan", number=number)
    if _written(form, register.add_review, plan_number=number, **_data(form, REVIEW_FIELDS)):
        say("Review date added.")
        return redirect(back, 303)
    title = f"Add a review date to {plan.title}"
    return show("plans/small_form", form, title=title, back=back, save="Add the review date")


@blueprint.route(f"{PLAN}/reviews/<int:review_id>/change", methods=["GET", "POST"])
@allow(Role.qa_manager)
def change_review(number: int, review_id: int) -> ResponseReturnValue:
    row = queries.get_part(g.session, g.authority.id, number, PlanReview, review_id)
    form = forms.filled(ReviewForm, **{name: getattr(row, name) for name in (*REVIEW_FIELDS, "revision")})
    back = url_for(".show_plan", number=number)
    more = _data(form, REVIEW_FIELDS) | {"revision": form.seen_revision()}
    if _written(form, register.correct_review, review_id, **more):
        say("Saved. What it said before is kept.")
        return redirect(back, 303)
    out = url_for(".remove_review", number=number, review_id=review_id)
    return show("plans/small_form", form, title="Change a review date", back=back, save="Save", take_out=out)


@blueprint.route(f"{PLAN}/reviews/<int:review_id>/take-out", methods=["GET", "POST"])
@allow(Role.qa_manager)
def remove_review(number: int, review_id: int) -> ResponseReturnValue:
    queries.get_part(g.session, g.authority.id, number, PlanReview, review_id)
    return _taken_out(number, PlanReview, review_id, "Take a review date out")


def _taken_out(number: int, table: Any, row_id: int, title: str) -> ResponseReturnValue:
    form = forms.filled(TakeOutForm)
    back = url_for(".show_plan", number=number)
    if _written(form, register.remove_part, table, row_id, why=form.why.data, **by_whom()):
        say("Taken out. What it said is kept.")
        return redirect(back, 303)
    return show("plans/small_form", form, title=title, back=back, save="Take it out")


@blueprint.route(f"{PLAN}/risks/new", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def new_risk(number: int) -> ResponseReturnValue:
    plan = thread.get_plan(g.session, g.authority.id, number)
    form = forms.filled(RiskForm)
    form.theme_id.choices = forms.choices(
        queries.theme_choices(g.session, g.authority.id, number), first="Of the whole plan"
    )
    back = url_for(".show_plan", number=number)
    given = _data(form, RISK_FIELDS) | {"theme_id": number_in(form.theme_id)}
    if _written(form, register.add_risk, plan_number=number, **given):
        say("Risk added.")
        return redirect(back, 303)
    return show("plans/small_form", form, title=f"Add a risk to {plan.title}", back=back, save="Add the risk")


@blueprint.route(f"{PLAN}/risks/<int:risk_id>/change", methods=["GET", "POST"])
@allow(Role.qa_manager)
def change_risk(number: int, risk_id: int) -> ResponseReturnValue:
    row = queries.get_part(g.session, g.authority.id, number, PlanRisk, risk_id)
    form = forms.filled(RiskForm, **{name: getattr(row, name) for name in (*RISK_FIELDS, "revision")})
    del form.theme_id
    back = url_for(".show_plan", number=number)
    more = _data(form, RISK_FIELDS) | {"revision": form.seen_revision()}
    if _written(form, register.correct_risk, risk_id, **more):
        say("Saved. What it said before is kept.")
        return redirect(back, 303)
    out = url_for(".remove_risk", number=number, risk_id=risk_id)
    return show("plans/small_form", form, title="Change a risk", back=back, save="Save", take_out=out)


@blueprint.route(f"{PLAN}/risks/<int:risk_id>/take-out", methods=["GET", "POST"])
@allow(Role.qa_manager)
def remove_risk(number: int, risk_id: int) -> ResponseReturnValue:
    queries.get_part(g.session, g.authority.id, number, PlanRisk, risk_id)
    return _taken_out(number, PlanRisk, risk_id, "Take a risk out")


@blueprint.route(f"{PLAN}/measures/new", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def new_plan_measure(number: int) -> ResponseReturnValue:
    plan = thread.get_plan(g.session, g.authority.id, number)
    form = forms.filled(BandsForm)
    back = url_for(".show_plan", number=number)
    if _written(form, register.add_measure, plan_number=number, **_data(form, BANDS)):
        say("Measure added.")
        return redirect(back, 303)
    return show("plans/small_form", form, title=f"Add a measure to {plan.title}", back=back, save="Add the measure")


@blueprint.route(f"{PLAN}/measures/<int:measure_id>/delivered", methods=["GET", "POST"])
@allow(Role.qa_manager)
def deliver_measure(number: int, measure_id: int) -> ResponseReturnValue:
    row = queries.get_part(g.session, g.authority.id, number, Measure, measure_id)
    form = forms.filled(DeliveredForm, reached_on=row.reached_on)
    back = url_for(".show_plan", number=number)
    if _written(form, register.deliver_measure, measure_id, **_data(form, ("reached_on",))):
        say("Saved.")
        return redirect(back, 303)
    return show("plans/small_form", form, title=f"When was it delivered? {row.name}", back=back, save="Save the day")
