"""The page of facts about the record, before the first domain."""

from typing import Any

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.audits import forms_answers, queries
from audit_app.audits.blueprint import blueprint
from audit_app.audits.concerns import queries as concerns
from audit_app.audits.record_facts import queries as facts
from audit_app.audits.record_facts import service
from audit_app.audits.record_facts.forms import FactsForm, field_name, form_of, kept_values
from audit_app.audits.routes_answers import AUDIT, MOVED, answering, not_now, shown_back
from audit_app.audits.routes_frame import WRITERS
from audit_app.audits.tables import CaseAudit
from audit_app.errors import NotFound, Stale
from audit_app.form_pages import accepted, form_page, refused_page, sent
from audit_app.people.access import allow
from audit_app.people.access.door import by_whom, keep_failed_form
from frameworks import QuestionSet


@blueprint.route(AUDIT + "/facts", methods=["GET", "POST"])
@allow(*WRITERS)
def facts_of(number: int) -> ResponseReturnValue:
    """Each fact the set asks about the record."""
    open_now = answering(number)
    if open_now is None:
        return not_now(number)
    audit, questions = open_now
    if not questions.facts:
        raise NotFound("The questions of this audit ask no facts about the record.")
    if request.form.get("questions", audit.fingerprint) != audit.fingerprint:
        keep_failed_form()
        return shown_back(MOVED)
    kept = facts.given_facts(g.session, g.authority.id, number)
    grown = form_of(questions)
    form = forms.filled(grown, revision=str(audit.revision), **kept_values(questions, kept))
    fields = {fact.id: field_name(fact) for fact in questions.facts}
    try:
        if sent(form) and accepted(form, lambda: _save(number, form), **fields):
            return _next_page(number, questions)
    except Stale:
        form.revision.data = str(audit.revision)
        now_saved = grown(**kept_values(questions, kept))
        page = _given(audit, questions)
        return refused_page("audits/record_facts/fill_in.html", 409, form=form, now_saved=now_saved, **page)
    return form_page("audits/record_facts/fill_in.html", form, now_saved=None, **_given(audit, questions))


def _save(number: int, form: FactsForm) -> None:
    service.save_facts(g.session, g.authority.id, number, form.given(), seen=form.seen_revision(), **by_whom())


def _next_page(number: int, questions: QuestionSet) -> ResponseReturnValue:
    if request.form.get("then") == "back":
        return redirect(url_for("audits.show", number=number, saved="facts"), 303)
    first = questions.domains[0].id
    return redirect(url_for("audits.answer", number=number, domain_id=first, saved="facts"), 303)


def _given(audit: CaseAudit, questions: QuestionSet) -> dict[str, Any]:
    """What the page shows besides its fields."""
    return {
        "audit": audit,
        "number": audit.number,
        "reference": queries.reference_of(audit.number),
        "questions": questions,
        "field_name": field_name,
        "in_words": forms_answers.value_in_words,
        "autosave_seconds": current_app.config["AUTOSAVE_SECONDS"],
        "open_concerns": concerns.open_concerns(g.session, g.authority.id, audit.number),
    }
