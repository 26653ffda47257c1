"""Pages of concerns: raising one from any page of an audit, reading, acknowledging and closing it, those open now."""

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, notices
from audit_app.audits import queries_case
from audit_app.audits.blueprint import blueprint
from audit_app.audits.concerns import queries, rules, service
from audit_app.audits.concerns.forms import CloseForm, RaiseForm, SpokenToForm
from audit_app.audits.concerns.queries import ConcernLine
from audit_app.errors import NotFound, OutOfTurn
from audit_app.form_pages import accepted, form_page, sent
from audit_app.people.access import Role, allow, log_read, signed_in
from audit_app.people.access.door import by_whom, say
from audit_app.words import agree, count, listing

ONE = "/<authority:authority>/audits/<ref('AUD'):number>/concerns/<int:concern_id>"
MAY_RAISE = (Role.auditor, Role.moderator, Role.qa_manager, Role.team_manager, Role.leader)


@blueprint.route("/<authority:authority>/audits/<ref('AUD'):number>/concerns/new", methods=["GET", "POST"])
@allow(*MAY_RAISE, creates=True)
def raise_concern(number: int) -> ResponseReturnValue:
    """First speak to somebody, then write it down here."""
    if not queries_case.sees_audit(g.session, g.authority.id, number):
        raise NotFound("No such audit.")
    case = queries_case.case_of(g.session, g.authority.id, number)
    log_read(case.reference)
    form = forms.filled(RaiseForm)
    if sent(form) and accepted(form, lambda: _raise(form, number)):
        return redirect(url_for("audits.concerns_of", number=number), 303)
    contacts = queries.contacts_for(g.session, case, g.scope.today)
    autosaved = g.scope.has(Role.auditor, Role.qa_manager)
    given = {"case": case, "contacts": contacts, "autosaved": autosaved, "alerting": alerting_now()}
    return form_page("audits/concerns/raise.html", form, **given)


def alerting_now() -> notices.Telling:
    """How the council's people learn of a concern now."""
    return notices.telling(current_app.config, notices.trouble(g.session, g.authority.id, g.now))


def _raise(form: RaiseForm, number: int) -> None:
    concern_words, spoken_to = form.concern_words.data, form.spoken_to.data
    concern = service.raise_concern(g.session, g.authority.id, number, concern_words, spoken_to, **by_whom())
    line = queries.get_concern(g.session, g.authority.id, number, concern.id)
    if line.people_told:
        names = listing([person.name for person in line.people_told])
        alerting = alerting_now()
        say(f"Your concern is recorded. {names} {agree(len(line.people_told), 'is')} told {alerting.when}.")
        if not alerting.alerts:
            say("Telephone somebody now: the numbers are below.", "notice")
    else:
        say("Your concern is recorded, but there is nobody the service could tell. Telephone somebody now.", "notice")


@blueprint.get("/<authority:authority>/audits/<ref('AUD'):number>/concerns")
@signed_in
def concerns_of(number: int) -> ResponseReturnValue:
    """The concerns of one audit, for those who see the audit and those who were told."""
    lines = queries.concerns_of(g.session, g.authority.id, number)
    sees_audit = queries_case.sees_audit(g.session, g.authority.id, number)
    if not lines and not sees_audit:
        raise NotFound("No such audit.")
    case = queries_case.case_of(g.session, g.authority.id, number)
    log_read(case.reference)
    standing = service.standing_in(g.session, g.authority.id, case, **by_whom())
    page_values = {
        "case": case,
        "concerns": lines,
        "refusals": {line.id: rules.why_not_close(standing, line.raised_by) for line in lines if line.is_open},
        "contacts": queries.contacts_for(g.session, case, g.scope.today),
        "sees_audit": sees_audit,
        "may_raise": sees_audit and g.scope.has(*MAY_RAISE),
        "alerting": alerting_now(),
        "me": g.person.person_id,
        "is_qa": g.scope.has(Role.qa_manager),
    }
    return render_template("audits/concerns/of_audit.html", **page_values)


@blueprint.post(f"{ONE}/acknowledgement")
@signed_in
def acknowledge_concern(number: int, concern_id: int) -> ResponseReturnValue:
    """I have read it: my name and the time."""
    service.acknowledge_concern(g.session, g.authority.id, number, concern_id, **by_whom())
    say("You have acknowledged the concern. It stays open until somebody confirms that the child is safe.")
    return redirect(url_for("audits.concerns_of", number=number), 303)


@blueprint.post(f"{ONE}/reminders")
@allow(*MAY_RAISE)
def remind_told(number: int, concern_id: int) -> ResponseReturnValue:
    """Tell those again who have not acknowledged it."""
    reminded = service.remind_told(g.session, g.authority.id, number, concern_id, **by_whom())
    waiting = f"{count(reminded, 'person').capitalize()} {agree(reminded, 'is')} reminded {alerting_now().when}."
    say(waiting if reminded else "Everybody has acknowledged it already.")
    return redirect(url_for("audits.concerns_of", number=number), 303)


@blueprint.route(f"{ONE}/spoken-to", methods=["GET", "POST"])
@allow(*MAY_RAISE)
def record_spoken_to(number: int, concern_id: int) -> ResponseReturnValue:
    """Whom the auditor has told by voice, for a concern that an answer set off."""
    line = _concern_of(number, concern_id)
    form = forms.filled(SpokenToForm, spoken_to=line.spoken_to, revision=str(forms.mark_of(line.spoken_to)))
    if sent(form):
        if form.seen_revision() != forms.mark_of(line.spoken_to):
            raise OutOfTurn(f"Somebody else has written here meanwhile: {line.spoken_to}")
        here = (g.session, g.authority.id, number, concern_id)
        if accepted(form, lambda: service.record_spoken_to(*here, form.spoken_to.data, **by_whom())):
            say("Saved.")
            return redirect(url_for("audits.concerns_of", number=number), 303)
    case = queries_case.case_of(g.session, g.authority.id, number)
    contacts = queries.contacts_for(g.session, case, g.scope.today)
    return form_page("audits/concerns/spoken_to.html", form, concern=line, contacts=contacts, alerting=alerting_now())


@blueprint.route(f"{ONE}/closing", methods=["GET", "POST"])
@allow(Role.qa_manager, Role.leader)
def close_concern(number: int, concern_id: int) -> ResponseReturnValue:
    """What was done, and that the child is safe."""
    line = _concern_of(number, concern_id)
    form = forms.filled(CloseForm)
    if sent(form) and accepted(form, lambda: _close(form, line)):
        say("The concern is closed.")
        return redirect(url_for("audits.concerns_of", number=number), 303)
    case = queries_case.case_of(g.session, g.authority.id, number)
    standing = service.standing_in(g.session, g.authority.id, case, **by_whom())
    refusal = rules.why_not_close(standing, line.raised_by) if line.is_open else "This concern is closed."
    return form_page("audits/concerns/close.html", form, concern=line, refusal=refusal)


def _close(form: CloseForm, line: ConcernLine) -> None:
    here = (g.session, g.authority.id, line.audit_number, line.id)
    safe = form.child_is_safe.data
    service.close_concern(*here, form.outcome_words.data, child_is_safe=safe, **by_whom())


@blueprint.get("/<authority:authority>/concerns")
@signed_in
def concerns() -> ResponseReturnValue:
    """The open concerns this person may see, the oldest first; or those closed."""
    closed = request.args.get("show") == "closed"
    lines = queries.list_concerns(g.session, g.authority.id, closed=closed)
    for line in lines:
        log_read(line.audit_reference)
    return render_template("audits/concerns/list.html", concerns=lines, closed=closed, me=g.person.person_id)


def _concern_of(number: int, concern_id: int) -> ConcernLine:
    line = queries.get_concern(g.session, g.authority.id, number, concern_id)
    log_read(line.audit_reference)
    return line
