"""Pages that take a filled offline form back into an audit: choose it, look at every answer, then save them all."""

import json
from typing import Any

import wtforms
from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import drafts, forms, sheets, words
from audit_app.audits import queries
from audit_app.audits.blueprint import blueprint
from audit_app.audits.forms_details import MoveForm
from audit_app.audits.offline import planning, reading, service
from audit_app.audits.offline.reading import FilledRow
from audit_app.audits.record_facts.queries import given_facts
from audit_app.audits.routes_answers import AUDIT, answering, not_now
from audit_app.audits.routes_frame import WRITERS
from audit_app.audits.tables import CaseAudit
from audit_app.errors import OutOfTurn, Stale
from audit_app.form_pages import accepted, blame, form_page, refused_page
from audit_app.forms import AppForm
from audit_app.people.access import allow
from audit_app.people.access.door import by_whom, say
from frameworks import QuestionSet

MOST_FAULTS = 100


class OfflineForm(AppForm):
    """The file with the answers."""

    stays_inside = "it is about one audit of one child, and stays in the audit"

    file = wtforms.FileField("The filled form")


@blueprint.route(f"{AUDIT}/offline-form", methods=["GET", "POST"])
@allow(*WRITERS, uploads=True)
def offline_form(number: int) -> ResponseReturnValue:
    """Take the form of this audit's questions, and choose the filled one; its answers are looked at next."""
    open_now = answering(number)
    if open_now is None:
        return not_now(number)
    audit, questions = open_now
    form = forms.filled(OfflineForm)
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        rows, faults = _rows_sent(form, audit, questions)
        if not form.errors:
            there = url_for("audits.check_offline_form", number=number)
            fields = [("of", audit.fingerprint), ("rows", json.dumps([list(vars(row).values()) for row in rows]))]
            drafts.keep(g.session, path=there, fields=fields, reason=drafts.FILE, now=g.now, **_mine())
            return redirect(there, 303)
    return form_page("audits/offline/choose.html", form, faults=faults[:MOST_FAULTS], **_around(audit, questions))


def _rows_sent(
    form: OfflineForm, audit: CaseAudit, questions: QuestionSet
) -> tuple[tuple[FilledRow, ...], tuple[str, ...]]:
    """The filled rows of the file that was chosen; every fault of it stands on the page."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        blame(form.file, "Choose the filled form, saved as .xlsx or .ods")
        return (), ()
    with upload.stream:
        rows, faults = reading.rows_in(sheets.read_book(upload.read(), upload.filename), audit.fingerprint)
    faults = faults or tuple(reading.read(questions, rows).faults)
    if faults:
        blame(form.file, "Nothing was saved. Mend what is listed below and choose the file again")
    elif not rows:
        blame(form.file, "Nothing is filled in on this form. Check that it is the file you saved last")
    return rows, faults


@blueprint.route(f"{AUDIT}/offline-form/check", methods=["GET", "POST"])
@allow(*WRITERS)
def check_offline_form(number: int) -> ResponseReturnValue:
    """What the form would change, beside what is saved; saved on the button."""
    open_now = answering(number)
    if open_now is None:
        return not_now(number)
    audit, questions = open_now
    brought = reading.read(questions, _waiting(audit))
    saved = queries.all_rows(g.session, g.authority.id, number)
    given = given_facts(g.session, g.authority.id, number)
    planned = planning.plan(audit, questions, *saved, brought, given_facts=given)
    form = forms.filled(MoveForm, seen=planned.mark)
    page = {"planned": planned, **_around(audit, questions)}
    if request.method == "POST":
        try:
            if accepted(form, lambda: _save(number, brought, form.seen.data or "")):
                return redirect(url_for("audits.show", number=number), 303)
        except Stale:
            form.seen.data = planned.mark
            return refused_page("audits/offline/check.html", 409, form=form, stale=True, **page)
    return form_page("audits/offline/check.html", form, stale=False, **page)


def _save(number: int, brought: reading.Brought, seen: str) -> None:
    planned, raised = service.bring_in(g.session, g.authority.id, number, brought, seen=seen, **by_whom())
    drafts.discard(g.session, path=request.path, **_mine())
    how_many = words.count(len(planned.differences), "answer").capitalize()
    say(words.Ours(f"{how_many} brought in from the offline form. Check them, then submit."))
    if raised:
        say("A concern about safety is raised. Speak to somebody now: a message is not enough.", "notice")


def _mine() -> dict[str, Any]:
    return {"authority_id": g.authority.id, "person_id": g.person.person_id}


def _waiting(audit: CaseAudit) -> list[FilledRow]:
    hours = current_app.config["KEPT_FORM_HOURS"]
    kept = drafts.find(g.session, path=request.path, now=g.now, hours=hours, **_mine())
    waiting = dict(kept[0]) if kept and kept[1].reason == drafts.FILE else {}
    if waiting.get("of") != audit.fingerprint:
        raise OutOfTurn("No form is waiting to be looked at any more. Choose the file again.")
    return [FilledRow(*row) for row in json.loads(waiting["rows"])]


def _around(audit: CaseAudit, questions: QuestionSet) -> dict[str, Any]:
    return {"audit": audit, "questions": questions, "reference": queries.reference_of(audit.number)}
