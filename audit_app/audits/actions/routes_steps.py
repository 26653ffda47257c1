"""What may happen to one action of an audit: given to somebody, done, confirmed or sent back, withdrawn, reopened."""

from typing import Any

from flask import g
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.audits.actions import routes_frame as frame
from audit_app.audits.actions import rules, service
from audit_app.audits.actions.forms import ConfirmForm, DoneForm, OwnerForm, ReasonForm
from audit_app.audits.actions.routes_frame import ONE
from audit_app.audits.blueprint import blueprint
from audit_app.audits.tables import ActionLevel
from audit_app.errors import Stale
from audit_app.form_pages import accepted, sent
from audit_app.forms import AppForm
from audit_app.people.access import Role, allow, signed_in
from audit_app.people.access.door import by_whom


@blueprint.route(f"{ONE}/owner", methods=["GET", "POST"])
@allow(Role.auditor, Role.qa_manager, Role.team_manager)
def give_action(number: int) -> ResponseReturnValue:
    """Name who does it."""
    action = frame.action_of(number)
    form = forms.filled(OwnerForm, **frame.owner_given(action), revision=action.revision)
    frame.offer_owners(form, action.audit_number, action, first="Choose somebody")
    try:
        if sent(form) and accepted(form, lambda: _give(form, number)):
            return frame.back_to_action(number)
    except Stale:
        return frame.stale_action(form, action)
    return frame.page_of(form, "audits/actions/owner.html", action=action, refusal="")


def _give(form: OwnerForm, number: int) -> None:
    seen = form.seen_revision()
    service.give_action(g.session, g.authority.id, number, form.owner(), seen_revision=seen, **by_whom())


@blueprint.route(f"{ONE}/done", methods=["GET", "POST"])
@signed_in
def mark_action_done(number: int) -> ResponseReturnValue:
    """Say that it is done, with what was done and what changed."""
    action = frame.action_of(number)
    given = {"what_was_done": action.what_was_done, "what_changed": action.what_changed, "revision": action.revision}
    form = forms.filled(DoneForm, **given)
    form.for_child = action.level == ActionLevel.child
    if sent(form):
        done, changed = form.what_was_done.data, form.what_changed.data
        try:
            service.mark_done(
                g.session,
                g.authority.id,
                number,
                done,
                changed,
                seen_revision=form.seen_revision(),
                **by_whom(),
            )
        except Stale:
            return frame.stale_action(form, action)
        return frame.back_to_action(number, "It now waits for the manager to confirm it.")
    return frame.page_of(form, "audits/actions/done.html", action=action)


@blueprint.route(f"{ONE}/confirmation", methods=["GET", "POST"])
@allow(Role.team_manager, Role.qa_manager)
def confirm_action(number: int) -> ResponseReturnValue:
    """The manager confirms, or sends it back with a reason."""
    action = frame.action_of(number)
    form = forms.filled(ConfirmForm, revision=action.revision)
    form.offer()
    if sent(form):
        try:
            if form.decision.data == "confirm":
                service.confirm_action(g.session, g.authority.id, number, **_seen(form))
            else:
                service.reopen_action(g.session, g.authority.id, number, form.reason.data, **_seen(form))
        except Stale:
            return frame.stale_action(form, action)
        return frame.back_to_action(number)
    refusal = rules.why_not_confirm(frame.standing_in(frame.case_of(action.audit_number)), action.facts)
    return frame.page_of(form, "audits/actions/confirm.html", action=action, refusal=refusal)


@blueprint.route(f"{ONE}/withdrawal", methods=["GET", "POST"])
@allow(Role.auditor, Role.qa_manager)
def withdraw_action(number: int) -> ResponseReturnValue:
    """Withdraw it, with the reason."""
    return _with_reason(number, service.withdraw_action, "Withdraw the action")


@blueprint.route(f"{ONE}/reopening", methods=["GET", "POST"])
@allow(Role.auditor, Role.qa_manager, Role.team_manager)
def reopen_action(number: int) -> ResponseReturnValue:
    """Open it again, with the reason."""
    return _with_reason(number, service.reopen_action, "Open the action again")


def _with_reason(number: int, write: Any, heading: str) -> ResponseReturnValue:
    action = frame.action_of(number)
    form = forms.filled(ReasonForm, revision=action.revision)
    if sent(form):
        try:
            write(
                g.session,
                g.authority.id,
                number,
                form.reason.data,
                seen_revision=form.seen_revision(),
                **by_whom(),
            )
        except Stale:
            return frame.stale_action(form, action)
        return frame.back_to_action(number)
    return frame.page_of(form, "audits/actions/reason.html", action=action, heading_words=heading)


def _seen(form: AppForm) -> dict[str, Any]:
    return {"seen_revision": form.seen_revision(), **by_whom()}
