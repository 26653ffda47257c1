"""Pages of one audit's actions: the list, setting and changing one, the note for the child's own record."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms
from audit_app.audits import queries_case
from audit_app.audits.actions import queries, queries_notes, rules, service
from audit_app.audits.actions import routes_frame as frame
from audit_app.audits.actions.forms import ActionForm
from audit_app.audits.actions.record_note import record_note
from audit_app.audits.actions.routes_frame import OF_AUDIT, ONE
from audit_app.audits.blueprint import blueprint
from audit_app.audits.queries_case import CaseView
from audit_app.audits.stages import ANSWERED_IN, EXITS
from audit_app.audits.tables import AUDIT_ACTION
from audit_app.errors import NotFound, Stale
from audit_app.form_pages import accepted, sent
from audit_app.library.terms import queries as terms
from audit_app.people.access import Role, allow, signed_in
from audit_app.people.access.door import by_whom, say
from findings.references import reference


@blueprint.get(f"{OF_AUDIT}/actions")
@signed_in
def actions_of(number: int) -> ResponseReturnValue:
    """The actions of one audit: for those who see the audit, and for owners those they own."""
    lines = queries.list_actions(g.session, g.authority.id, number)
    sees_audit = queries_case.sees_audit(g.session, g.authority.id, number)
    if not lines and not sees_audit:
        raise NotFound("No such audit.")
    case = frame.case_of(number)
    may_set = sees_audit and case.stage not in EXITS and rules.may_set(frame.standing_in(case))
    return render_template(
        "audits/actions/of_audit.html",
        case=case,
        actions=lines,
        sees_audit=sees_audit,
        may_set=may_set,
        **frame.shown_around(),
    )


@blueprint.route(f"{OF_AUDIT}/actions/new", methods=["GET", "POST"])
@allow(Role.auditor, Role.qa_manager, creates=True)
def add_action(number: int) -> ResponseReturnValue:
    """Set an action; from a domain page with the question it comes from."""
    if not queries_case.sees_audit(g.session, g.authority.id, number):
        raise NotFound("No such audit.")
    case = frame.case_of(number)
    form = forms.filled(ActionForm, level=request.args.get("level", ""), question_key=request.args.get("question", ""))
    frame.offer_owners(form, number)
    form.offer(g.scope.today)
    made: list[Any] = []
    if sent(form) and accepted(form, lambda: made.append(_add(form, case))):
        say(f"{reference(AUDIT_ACTION, made[0].number)} is set.")
        return redirect(_after_adding(case, made[0].question_key), 303)
    return frame.page_of(form, "audits/actions/form.html", case=case, question=frame.question_of(case, form))


def _add(form: ActionForm, case: CaseView) -> Any:
    return service.add_action(g.session, g.authority.id, case.number, frame.typed_action(form, case), **by_whom())


def _after_adding(case: CaseView, question_key: str) -> str:
    """Back to the domain it was begun from while its auditor is answering; else the audit's actions."""
    answering = case.stage in ANSWERED_IN and case.auditor_id == g.person.person_id
    if question_key and answering:
        return url_for("audits.answer", number=case.number, domain_id=question_key.partition("/")[0])
    return url_for("audits.actions_of", number=case.number)


@blueprint.get(ONE)
@signed_in
def show_action(number: int) -> ResponseReturnValue:
    """One action with everything that was said of it and what may be done now."""
    action = frame.action_of(number)
    return render_template(
        "audits/actions/show.html",
        action=action,
        news_words=rules.NEWS_WORDS,
        updates=queries.list_updates(g.session, g.authority.id, number),
        question=frame.question_text(frame.case_of(action.audit_number), action.question_key),
        **frame.may_now(action),
        **frame.shown_around(),
    )


@blueprint.route(f"{ONE}/edit", methods=["GET", "POST"])
@allow(Role.auditor, Role.qa_manager)
def edit_action(number: int) -> ResponseReturnValue:
    """Change what an open action says."""
    action = frame.action_of(number)
    case = frame.case_of(action.audit_number)
    given = {"level": action.level.value, "what": action.what, "due_on": action.due_on}
    owned = frame.owner_given(action)
    form = forms.filled(ActionForm, **given, **owned, question_key=action.question_key, revision=action.revision)
    frame.offer_owners(form, action.audit_number, action)
    form.offer(g.scope.today, action.due_on)
    try:
        if sent(form) and accepted(form, lambda: _edit(form, case, number)):
            return frame.back_to_action(number)
    except Stale:
        return frame.stale_action(form, action)
    question = frame.question_text(case, action.question_key)
    return frame.page_of(form, "audits/actions/form.html", case=case, action=action, question=question)


def _edit(form: ActionForm, case: CaseView, number: int) -> None:
    new = frame.typed_action(form, case)
    service.edit_action(g.session, g.authority.id, number, new, seen_revision=form.seen_revision(), **by_whom())


@blueprint.get(f"{OF_AUDIT}/record-note")
@signed_in
def show_record_note(number: int) -> ResponseReturnValue:
    """A short note to copy into the child's own record."""
    lines = queries.list_actions(g.session, g.authority.id, number)
    if not lines and not queries_case.sees_audit(g.session, g.authority.id, number):
        raise NotFound("No such audit.")
    case = frame.case_of(number)
    noted = queries_notes.noted_actions(g.session, lines, g.scope.today)
    own = terms.own_words(g.session, g.authority.id)
    note = record_note(clock.london_day(case.submitted_at) if case.submitted_at else None, noted, own)
    return render_template("audits/actions/record_note.html", case=case, note=note)
