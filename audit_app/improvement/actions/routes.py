"""Pages of plan actions: the register, one action, and the forms that change what is planned."""

from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, notices
from audit_app.form_pages import accepted, sent, stale_page
from audit_app.improvement import colour_words, wording
from audit_app.improvement.actions import (
    queries,
    queries_choices,
    queries_reporting_line,
    reporting_line,
    service,
    service_progress,
)
from audit_app.improvement.actions.forms import (
    WORDS,
    ActionForm,
    DueDateForm,
    ReasonForm,
    ReopenForm,
    fill_choices,
    number_in,
    post_choices,
)
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.routes_page import evidence_box, may_write, show
from audit_app.improvement.who import READERS
from audit_app.people import queries as people
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.words import Ours
from findings import queries as thread
from findings import rules
from findings.errors import NotAllowed, Stale
from findings.references import ACTION, reference
from findings.states import ActionStatus
from findings.tables import Action

ACTION_AT = '/<authority:authority>/plan-actions/<ref("ACT"):number>'
# Whoever holds a post may lead or deliver an action; an administrator reads none of the thread.
UPDATERS = (*READERS, Role.practitioner, Role.business_support)


@blueprint.get(ACTION_AT)
@allow(*UPDATERS)
def show_action(number: int) -> ResponseReturnValue:
    view = queries.get_action(g.session, g.authority.id, number, g.scope.today)
    own = service_progress.may_update(g.session, view.action)
    if not own and not g.scope.has(*READERS):
        raise NotAllowed("You can read the actions you lead or deliver. This one is somebody else’s.")
    in_line = queries_reporting_line.line_of_action(g.session, view.action, g.scope.today)
    could = queries_reporting_line.who_could_verify(g.session, in_line, g.scope.today)
    mine = {step.id for step in view.milestones if service_progress.may_complete(g.session, view.action, step)}
    return render_template(
        "improvement/actions/show.html",
        view=view,
        own=own,
        may_write=may_write(),
        reads_all=g.scope.has(*READERS),
        in_line=in_line.holds(g.person.person_id),
        could=reporting_line.who_could(could),
        tests=wording.TESTS,
        ratings=wording.DELIVERIES,
        own_milestones=mine,
        box=evidence_box(view.row.reference),
    )


def _offer(form: ActionForm, action: Action | None = None) -> ActionForm:
    """What there is to choose from; what is saved stays on offer even where it has since closed."""
    posts = people.list_posts(g.session, g.scope.today)
    leads = queries.delivery_leads(g.session, action) if action else []
    post_choices(form.lead_post_id, posts, kept=(action.lead_post_id, action.lead_post_title) if action else None)
    delivering = [(post.id, f"{post.title} ({post.holder_name or 'vacant'})") for post in posts]
    known = {post.id for post in posts}
    delivering += [(x.post_id, f"{x.post_title} (closed)") for x in leads if x.post_id and x.post_id not in known]
    form.delivery_post_ids.choices = forms.choices(delivering)
    linked = queries_choices.areas_of(g.session, g.authority.id, action.number) if action else []
    form.open_areas = queries_choices.open_among(g.session, g.authority.id, form.areas_named())
    ticked = form.open_areas & set(form.numbers_ticked())
    areas, more = queries_choices.area_choices(g.session, g.authority.id, {*linked, *ticked})
    if not more:
        del form.other_areas
    plan = thread.get_plan(g.session, g.authority.id, action.plan_number) if action and action.plan_number else None
    ratings = colour_words.own_choices(plan)
    fill_choices(form, queries_choices.home_choices(g.session, g.authority.id), areas, ratings)
    return form


def _given(form: ActionForm) -> dict[str, Any]:
    return form.values() | {
        "lead_post_id": number_in(form.lead_post_id),
        "delivery_post_ids": form.chosen("delivery_post_ids"),
        "areas": form.areas_named(),
        **by_whom(today=g.scope.today),
    }


@blueprint.route("/<authority:authority>/plan-actions/new", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def new_action() -> ResponseReturnValue:
    area, home = request.args.get("area", type=int), request.args.get("plan", "")
    form = _offer(forms.filled(ActionForm, areas=[area] if area else [], home=home[:40]))
    made: list[Action] = []
    if sent(form) and accepted(
        form,
        lambda: made.append(service.add_action(g.session, g.authority.id, **_given(form))),
        plan_number="home",
    ):
        say(f"{reference(ACTION, made[0].number)} added.")
        return redirect(url_for(".show_action", number=made[0].number), 303)
    return show("actions/form", form, title="Add an action", back=url_for(".list_actions"), action=None)


@blueprint.route(f"{ACTION_AT}/change", methods=["GET", "POST"])
@allow(Role.qa_manager)
def change_action(number: int) -> ResponseReturnValue:
    action = thread.get_action(g.session, g.authority.id, number)
    form = _offer(forms.filled(ActionForm, **_saved(action)), action)
    if rules.due_day(action) is not None:
        del form.due_on
    back = url_for(".show_action", number=number)
    try:
        if sent(form) and accepted(form, lambda: _correct(number, form)):
            say("Saved.")
            return redirect(back, 303)
    except Stale:
        return stale_page(_saved_beside_typed(form, action), back)
    return show("actions/form", form, title=f"Change {reference(ACTION, number)}", back=back, action=action)


def _correct(number: int, form: ActionForm) -> None:
    service.correct_action(g.session, g.authority.id, number, revision=form.seen_revision(), **_given(form))


def _saved(action: Action) -> dict[str, Any]:
    saved = {
        name: getattr(action, name) for name in (*WORDS, "start_on", "due_on", "ongoing", "revision", "lead_post_id")
    }
    leads = queries.delivery_leads(g.session, action)
    return saved | {
        "home": queries_choices.home_of(action),
        "impact_test": action.impact_test.value if action.impact_test else "",
        "own_colour": action.own_colour.value if action.own_colour else "",
        "delivery_post_ids": [str(lead.post_id) for lead in leads if lead.post_id],
        "areas": queries_choices.areas_of(g.session, g.authority.id, action.number),
    }


def _saved_beside_typed(form: ActionForm, action: Action) -> list[tuple[str, str, str]]:
    return [(form[name].label.text, getattr(action, name), form[name].data or "") for name in WORDS]


@blueprint.route(f"{ACTION_AT}/due-date", methods=["GET", "POST"])
@allow(Role.qa_manager)
def change_due_date(number: int) -> ResponseReturnValue:
    action = thread.get_action(g.session, g.authority.id, number)
    form = forms.filled(DueDateForm, revision=action.revision)
    back = url_for(".show_action", number=number)
    if sent(form) and accepted(
        form,
        lambda: service.change_due_date(
            g.session, g.authority.id, number, new_on=form.due_on.data, due_text=form.due_text.data or "",
            why=form.why.data, revision=form.seen_revision(), **by_whom(),
        ),
    ):  # fmt: skip
        say("Due date changed. The old one and your reason stay on record.")
        return redirect(back, 303)
    title = f"Change the due date of {reference(ACTION, number)}"
    return show("plans/small_form", form, title=title, back=back, save="Change the due date", action=action)


@blueprint.route(f"{ACTION_AT}/withdraw", methods=["GET", "POST"])
@allow(Role.qa_manager)
def withdraw_action(number: int) -> ResponseReturnValue:
    action = thread.get_action(g.session, g.authority.id, number)
    form = forms.filled(ReasonForm, revision=action.revision)
    back = url_for(".show_action", number=number)
    more = {"revision": form.seen_revision(), **by_whom()}
    write = service.withdraw_action
    if sent(form) and accepted(
        form,
        lambda: write(g.session, g.authority.id, number, reason=form.reason.data, **more),
        withdrawn_reason="reason",
    ):
        say("Withdrawn. It stays readable, and it is no longer a gap.")
        return redirect(back, 303)
    title = f"Withdraw {reference(ACTION, number)}"
    return show("plans/small_form", form, title=title, back=back, save="Withdraw the action", action=action)


@blueprint.route(f"{ACTION_AT}/open-again", methods=["GET", "POST"])
@allow(Role.qa_manager)
def reopen_action(number: int) -> ResponseReturnValue:
    action = thread.get_action(g.session, g.authority.id, number)
    form = forms.filled(ReopenForm, revision=action.revision)
    back = url_for(".show_action", number=number)
    given = {
        "delivery": form.delivery.data,
        "reason": form.note.data,
        "revision": form.seen_revision(),
        **by_whom(today=g.scope.today),
    }
    if sent(form) and accepted(form, lambda: service.reopen_action(g.session, g.authority.id, number, **given)):
        say(Ours(f"The action is open again. Its lead is told {notices.telling(current_app.config).when}."))
        return redirect(back, 303)
    if action.status is ActionStatus.open and request.method == "GET":
        return redirect(back, 303)
    title = f"Open {reference(ACTION, number)} again"
    return show("plans/small_form", form, title=title, back=back, save="Open it again", action=action)
