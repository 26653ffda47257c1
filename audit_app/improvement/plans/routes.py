"""Pages of improvement plans: the list, one plan by theme (printable), and the forms behind it."""

from typing import Any

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, words
from audit_app.form_pages import accepted, sent, stale_page
from audit_app.improvement import colour_words
from audit_app.improvement.actions.forms import number_in, post_choices
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.plans import queries, service
from audit_app.improvement.plans.forms import BRAG_FIELDS, PlanForm
from audit_app.improvement.routes_page import may_write, page_number, show
from audit_app.improvement.who import READERS
from audit_app.people import queries as people
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings import queries as thread
from findings.errors import Stale
from findings.tables import Plan

PLAN = '/<authority:authority>/plans/<ref("PLN"):number>'
EXPORTERS = (Role.qa_manager, Role.leader, Role.team_manager)
DETAILS = ("title", "period_from", "period_to", "board", "description", "monitoring", "own_colours", *BRAG_FIELDS)


@blueprint.get("/<authority:authority>/plans")
@allow(*READERS)
def list_plans() -> ResponseReturnValue:
    listed = queries.list_plans(g.session, g.authority.id, g.scope.today, page_number())
    return render_template("improvement/plans/list.html", listed=listed, may_write=may_write())


@blueprint.get(PLAN)
@allow(*READERS)
def show_plan(number: int) -> ResponseReturnValue:
    view = queries.get_plan(g.session, g.authority.id, number, g.scope.today)
    may_export = g.scope.has(*EXPORTERS)
    return render_template(
        "improvement/plans/show.html", view=view, may_write=may_write(), may_export=may_export, today=g.scope.today
    )


def _offer(form: PlanForm, plan: Plan | None = None) -> PlanForm:
    kept = (plan.owner_post_id, plan.owner_post_title) if plan else None
    post_choices(form.owner_post_id, people.list_posts(g.session, g.scope.today), kept=kept)
    return form


def _given(form: PlanForm) -> dict[str, Any]:
    given = {name: form[name].data for name in DETAILS}
    return given | {"owner_post_id": number_in(form.owner_post_id)}


@blueprint.route("/<authority:authority>/plans/new", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def new_plan() -> ResponseReturnValue:
    form = _offer(forms.filled(PlanForm))
    made: list[Plan] = []
    if sent(form) and accepted(
        form,
        lambda: made.append(
            service.open_plan(g.session, g.authority.id, **_given(form), **by_whom(today=g.scope.today))
        ),
    ):
        say("Plan made. Add themes, then the actions.")
        return redirect(url_for(".show_plan", number=made[0].number), 303)
    council = colour_words.colours(people.brag_words(g.session))
    return show("plans/form", form, title="Make a plan", back=url_for(".list_plans"), colours=list(council.values()))


@blueprint.route(f"{PLAN}/change", methods=["GET", "POST"])
@allow(Role.qa_manager)
def change_plan(number: int) -> ResponseReturnValue:
    plan = thread.get_plan(g.session, g.authority.id, number)
    saved = {name: getattr(plan, name) for name in (*DETAILS, "owner_post_id", "revision")}
    form = _offer(forms.filled(PlanForm, **saved), plan)
    back = url_for(".show_plan", number=number)
    more = {"revision": form.seen_revision(), **by_whom(today=g.scope.today)}
    try:
        if sent(form) and accepted(
            form,
            lambda: service.correct_plan(g.session, g.authority.id, number, **_given(form), **more),
        ):
            say("Saved.")
            return redirect(back, 303)
    except Stale:
        return stale_page(
            [(form[name].label.text, _text(saved[name]), _text(form[name].data)) for name in DETAILS], back
        )
    council = colour_words.colours(people.brag_words(g.session))
    return show("plans/form", form, title=f"Change {plan.title}", back=back, colours=list(council.values()))


def _text(value: Any) -> str:
    """A value as the page of two texts shows it."""
    return words.date_words(value) if hasattr(value, "isoformat") else str(value or "")
