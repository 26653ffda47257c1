"""Pages of progress: your own actions all on one page, one action reported, done or verified, and what is counted."""

from collections.abc import Sequence
from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, words
from audit_app.form_pages import accepted, blame, sent
from audit_app.improvement import colour_words
from audit_app.improvement.actions import queries, queries_reporting_line, service_progress
from audit_app.improvement.actions.forms_progress import (
    DayAndNoteForm,
    ReportForm,
    UpdatesForm,
    typed_elsewhere,
    updates_form,
)
from audit_app.improvement.actions.routes import ACTION_AT, UPDATERS
from audit_app.improvement.actions.service_progress import RefusedUpdate, Update
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.routes_page import entered, page_number, show
from audit_app.people import queries as people
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings import queries as thread
from findings.errors import OutOfTurn
from findings.references import ACTION, reference
from findings.states import ActionStatus, Delivery


@blueprint.route("/<authority:authority>/your-plan-actions", methods=["GET", "POST"])
@allow(*UPDATERS)
def your_actions() -> ResponseReturnValue:
    listed = queries.your_actions(g.session, g.scope, g.scope.today, page=page_number())
    numbers = [row.action.number for row in listed.rows]
    steady = [str(x.action.number) for x in listed.rows if x.action.delivery is Delivery.on_track and not x.overdue]
    form = forms.filled(updates_form(numbers, g.scope.today), ticked=steady)
    late = [row.action.number for row in listed.rows if row.overdue]
    form.ticked.choices = forms.choices((number, reference(ACTION, number)) for number in numbers if number not in late)
    lost = typed_elsewhere(request.form, numbers) if request.method == "POST" else []
    if request.method == "POST" and not numbers and not lost:
        return redirect(url_for(".your_actions"), 303)
    if sent(form) and not lost:
        updates = _updates(form, late)
        if updates and _saved(form, updates):
            say(_what_was_saved(updates))
            return redirect(url_for(".your_actions", page=listed.page if listed.page > 1 else None), 303)
    colours = colour_words.legend(colour_words.standings(people.brag_words(g.session)))
    return show("actions/your_actions", form, listed=listed, late=late, steady=steady, lost=lost, colours=colours)


def _pressed(form: UpdatesForm) -> list[int]:
    """The actions said to be still on track: the one whose button was pressed, or all that are ticked."""
    press = request.form.get("press", "")
    if press == "ticked":
        return [int(number) for number in form.ticked.data or []]
    number = press.removeprefix("track-")
    return [int(number)] if press.startswith("track-") and number.isdigit() and int(number) in form.numbers else []


def _updates(form: UpdatesForm, late: Sequence[int]) -> list[Update]:
    """Everything the form says, or nothing when a block of it is at fault."""
    pressed = _pressed(form)
    if not form.check_blocks(pressed, late):
        return []
    updates = []
    for number in form.numbers:
        if form.says_something(number):
            delivery = Delivery(form.rating(number).data or Delivery.on_track)
            updates.append(Update(number, delivery, form.note(number).data or "", form.done_on(number).data))
        elif number in pressed:
            updates.append(Update(number, Delivery.on_track, quick=True))
    if not updates:
        form.blame_page("Nothing to save yet: tick an action that is still on track, or say how one is going")
    return updates


def _saved(form: UpdatesForm, updates: Sequence[Update]) -> bool:
    """Save all of it or nothing; a refusal goes under the part it is about."""
    more = by_whom(today=g.scope.today)
    try:
        service_progress.save_updates(g.session, g.authority.id, updates, **more)
    except RefusedUpdate as refusal:
        field = form.done_on(refusal.number) if refusal.field == "completed_on" else form.note(refusal.number)
        blame(field, f"{reference(ACTION, refusal.number)}: {refusal.message}")
        return False
    except OutOfTurn as refusal:
        form.blame_page(refusal.message)
        return False
    return True


def _what_was_saved(updates: Sequence[Update]) -> str:
    """What was saved, in a sentence."""
    steady = [reference(ACTION, update.number) for update in updates if update.quick]
    done = [reference(ACTION, update.number) for update in updates if update.delivery is Delivery.complete]
    other = [update for update in updates if not update.quick and update.delivery is not Delivery.complete]
    parts = []
    if steady:
        parts.append(f"{words.listing(steady)} {words.agree(len(steady), 'is')} still on track")
    if other:
        parts.append(f"{words.count(len(other), 'update')} saved")
    if done:
        now_wait = "now waits" if len(done) == 1 else "now wait"
        parts.append(f"{words.listing(done)} {now_wait} to be verified by somebody outside the line")
    return f"Saved: {'; '.join(parts)}."


@blueprint.route(f"{ACTION_AT}/progress", methods=["GET", "POST"])
@allow(*UPDATERS, creates=True)
def report_progress(number: int) -> ResponseReturnValue:
    action = service_progress.require_own(g.session, g.authority.id, number)
    form = forms.filled(ReportForm, delivery=action.delivery.value)
    back = url_for(".show_action", number=number)
    if sent(form) and accepted(form, lambda: _save(Update(number, Delivery(form.delivery.data), form.note.data or ""))):
        say("Progress saved.")
        return redirect(back, 303)
    title = f"Report progress on {reference(ACTION, number)}"
    return show("plans/small_form", form, title=title, back=back, save="Save progress", action=action)


def _save(update: Update) -> None:
    service_progress.save_update(g.session, g.authority.id, update, **by_whom(today=g.scope.today))


@blueprint.route(f"{ACTION_AT}/done", methods=["GET", "POST"])
@allow(*UPDATERS)
def complete_action(number: int) -> ResponseReturnValue:
    action = service_progress.require_own(g.session, g.authority.id, number)
    form = forms.filled(DayAndNoteForm, on=g.scope.today)
    form.note.label.text = "What shows that it is done?"
    back = url_for(".show_action", number=number)
    if sent(form) and accepted(
        form,
        lambda: _save(Update(number, Delivery.complete, form.note.data, form.on.data)),
        completed_on="on",
        completed_note="note",
    ):
        say("Done. It now waits for somebody outside its line to verify it. Whether it worked is judged at the area.")
        return redirect(back, 303)
    title = f"Say that {reference(ACTION, number)} is done"
    return show("plans/small_form", form, title=title, back=back, save="It is done", action=action)


@blueprint.route(f"{ACTION_AT}/verify", methods=["GET", "POST"])
@allow(Role.qa_manager)
def verify_action(number: int) -> ResponseReturnValue:
    action = thread.get_action(g.session, g.authority.id, number)
    form = forms.filled(DayAndNoteForm, on=g.scope.today, revision=action.revision)
    form.note.label.text = "What did you see that shows it was done?"
    view = queries.get_action(g.session, g.authority.id, number, g.scope.today)
    in_line = queries_reporting_line.line_of_action(g.session, action, g.scope.today)
    back = url_for(".show_action", number=number)
    given = {"revision": form.seen_revision(), **by_whom(today=g.scope.today)}
    if sent(form) and accepted(form, lambda: _verify(number, form, given), verified_on="on", verified_note="note"):
        say(f"Verified. {colour_words.BLUE_NEEDS}")
        return redirect(back, 303)
    refused = queries_reporting_line.refusal(g.session, action, in_line, g.person.person_id, g.scope.today)
    ready = action.status is ActionStatus.completed
    return show("actions/verify", form, view=view, refused=refused, ready=ready, back=back)


def _verify(number: int, form: DayAndNoteForm, given: dict[str, Any]) -> None:
    service_progress.verify_action(
        g.session, g.authority.id, number, verified_on=entered(form.on), verified_note=form.note.data, **given
    )
