"""Pages of what is counted on the way: milestones and measures of an action."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, words
from audit_app.form_pages import accepted, sent
from audit_app.improvement.actions import measuring, queries, service_progress
from audit_app.improvement.actions.forms import MeasureForm, MilestoneForm, number_in, post_choices
from audit_app.improvement.actions.forms_progress import DayAndNoteForm, MeasureUpdateForm
from audit_app.improvement.actions.routes import ACTION_AT, UPDATERS
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.routes_page import entered, show
from audit_app.people import queries as people
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings import queries as thread
from findings.errors import NotAllowed, OutOfTurn
from findings.references import ACTION, reference

STEP = ("text", "lead_printed", "due_on", "due_text", "monitoring")
MEASURE = (
    "name", "unit", "baseline", "target", "due_text", "band_unmet", "band_met", "band_exceeded", "band_far_exceeded",
)  # fmt: skip


@blueprint.route(f"{ACTION_AT}/milestones/new", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def new_milestone(number: int) -> ResponseReturnValue:
    action = thread.get_action(g.session, g.authority.id, number)
    form = forms.filled(MilestoneForm)
    post_choices(form.lead_post_id, people.list_posts(g.session, g.scope.today), first="The lead of the action")
    back = url_for(".show_action", number=number)
    given = {name: form[name].data for name in STEP}
    given |= {"lead_post_id": number_in(form.lead_post_id), **by_whom(today=g.scope.today)}
    if sent(form) and accepted(
        form, lambda: service_progress.add_milestone(g.session, g.authority.id, number, **given)
    ):
        say("Milestone added.")
        return redirect(back, 303)
    title = f"Add a milestone to {reference(ACTION, number)}"
    return show("plans/small_form", form, title=title, back=back, save="Add the milestone", action=action)


@blueprint.route(f"{ACTION_AT}/milestones/<int:milestone_id>/reached", methods=["GET", "POST"])
@allow(*UPDATERS)
def complete_milestone(number: int, milestone_id: int) -> ResponseReturnValue:
    milestone = queries.get_milestone(g.session, g.authority.id, number, milestone_id)
    action = thread.get_action(g.session, g.authority.id, number)
    if not service_progress.may_complete(g.session, action, milestone):
        raise NotAllowed("A milestone is completed by its lead, by who leads or delivers the action, or a QA manager.")
    form = forms.filled(DayAndNoteForm, on=g.scope.today)
    form.note.label.text = "What shows that it was reached?"
    back = url_for(".show_action", number=number)
    if sent(form) and accepted(
        form,
        lambda: service_progress.complete_milestone(
            g.session, g.authority.id, milestone, completed_on=entered(form.on), completed_note=form.note.data,
            **by_whom(),
        ),
        completed_on="on",
        completed_note="note",
    ):  # fmt: skip
        say("Milestone reached.")
        return redirect(back, 303)
    reached = milestone.text
    return show("plans/small_form", form, title="Milestone reached", back=back, save="It was reached", inset=reached)


@blueprint.route(f"{ACTION_AT}/measures/new", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def new_measure(number: int) -> ResponseReturnValue:
    action = thread.get_action(g.session, g.authority.id, number)
    form = forms.filled(MeasureForm)
    back = url_for(".show_action", number=number)
    given = {name: form[name].data for name in MEASURE}
    given |= by_whom()
    if sent(form) and accepted(form, lambda: service_progress.add_measure(g.session, g.authority.id, number, **given)):
        say("Measure added.")
        return redirect(back, 303)
    title = f"Add a measure to {reference(ACTION, number)}"
    return show("plans/small_form", form, title=title, back=back, save="Add the measure", action=action)


@blueprint.route(f"{ACTION_AT}/measures/<int:measure_id>/latest", methods=["GET", "POST"])
@allow(*UPDATERS, creates=True)
def update_measure(number: int, measure_id: int) -> ResponseReturnValue:
    service_progress.require_own(g.session, g.authority.id, number)
    measure = queries.get_measure(g.session, g.authority.id, number, measure_id)
    mark = forms.mark_of(measure.latest, measure.latest_on)
    form = forms.filled(MeasureUpdateForm, latest_on=g.scope.today, revision=str(mark))
    if sent(form) and form.seen_revision() != mark:
        raise OutOfTurn("Somebody else has entered a newer figure since you opened this page. Look at it first.")
    back = url_for(".show_action", number=number)
    if sent(form) and accepted(
        form,
        lambda: service_progress.update_measure(
            g.session, g.authority.id, number, measure, latest=entered(form.latest),
            latest_on=entered(form.latest_on), **by_whom(),
        ),
    ):  # fmt: skip
        say(f"Saved. {words.sentence_case(measuring.distance(measure))}.")
        return redirect(back, 303)
    title = f"Enter the latest figure: {measure.name}"
    return show(
        "plans/small_form", form, title=title, back=back, save="Save the figure", inset=measuring.in_one_line(measure)
    )
