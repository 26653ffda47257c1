"""Pages on which a milestone is changed, moved or taken out of its plan; what it said before is kept."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.form_pages import accepted, saved_beside_typed, sent, stale_page
from audit_app.improvement.actions import queries, queries_choices, service_progress
from audit_app.improvement.actions.forms import MilestoneChangeForm, number_in, post_choices
from audit_app.improvement.actions.routes import ACTION_AT
from audit_app.improvement.actions.routes_milestones import STEP
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.plans.forms import MoveForm, TakeOutForm
from audit_app.improvement.routes_page import show
from audit_app.people import queries as people
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings import queries as thread
from findings.errors import Stale
from findings.references import ACTION, reference

STEP_AT = f"{ACTION_AT}/milestones/<int:milestone_id>"


@blueprint.route(f"{STEP_AT}/change", methods=["GET", "POST"])
@allow(Role.qa_manager)
def change_milestone(number: int, milestone_id: int) -> ResponseReturnValue:
    step = queries.get_milestone(g.session, g.authority.id, number, milestone_id)
    saved = {name: getattr(step, name) for name in (*STEP, "lead_post_id", "revision")}
    form = forms.filled(MilestoneChangeForm, **saved)
    kept = (step.lead_post_id, step.lead_post_title)
    posts = people.list_posts(g.session, g.scope.today)
    post_choices(form.lead_post_id, posts, first="The lead of the action", kept=kept)
    back = url_for(".show_action", number=number)
    given = {name: form[name].data for name in (*STEP, "why")} | by_whom(today=g.scope.today)
    given |= {"lead_post_id": number_in(form.lead_post_id), "revision": form.seen_revision()}
    try:
        if sent(form) and accepted(
            form, lambda: service_progress.correct_milestone(g.session, g.authority.id, step, **given)
        ):
            say("Saved. What it said before is kept.")
            return redirect(back, 303)
    except Stale as stale:
        return stale_page(saved_beside_typed(stale.current, form), back)
    title = f"Change a milestone of {reference(ACTION, number)}"
    return show("plans/small_form", form, title=title, back=back, save="Save the milestone")


@blueprint.route(f"{STEP_AT}/move", methods=["GET", "POST"])
@allow(Role.qa_manager)
def move_milestone(number: int, milestone_id: int) -> ResponseReturnValue:
    step = queries.get_milestone(g.session, g.authority.id, number, milestone_id)
    action = thread.get_action(g.session, g.authority.id, number)
    form = forms.filled(MoveForm, home=str(number), revision=step.revision)
    form.home.label.text = "Which action is it a step of?"
    form.home.choices = forms.choices(queries_choices.action_choices(g.session, g.authority.id, action))
    others = queries_choices.step_choices(g.session, g.authority.id, action, milestone_id)
    form.after.choices = forms.choices(others, first="It stands first")
    back = url_for(".show_action", number=number)
    given = {"action_number": number_in(form.home) or number, "after_id": number_in(form.after), **by_whom()}
    given["revision"] = form.seen_revision()
    if sent(form) and accepted(
        form,
        lambda: service_progress.move_milestone(g.session, g.authority.id, milestone_id, **given),
        action_number="home",
        after_id="after",
    ):
        say("Moved. Where it stood before is kept.")
        return redirect(back, 303)
    return show(
        "plans/small_form", form, title="Move a milestone", back=back, save="Move the milestone", inset=step.text
    )


@blueprint.route(f"{STEP_AT}/take-out", methods=["GET", "POST"])
@allow(Role.qa_manager)
def remove_milestone(number: int, milestone_id: int) -> ResponseReturnValue:
    step = queries.get_milestone(g.session, g.authority.id, number, milestone_id)
    form = forms.filled(TakeOutForm, revision=step.revision)
    back = url_for(".show_action", number=number)
    more = {"why": form.why.data, "revision": form.seen_revision(), **by_whom()}
    if sent(form) and accepted(
        form,
        lambda: service_progress.remove_milestone(g.session, g.authority.id, milestone_id, **more),
        removed_why="why",
    ):
        say("Taken out. It can be put back on the page of what its plan said before.")
        return redirect(back, 303)
    return show("plans/small_form", form, title="Take a milestone out", back=back, save="Take it out", inset=step.text)
