"""Pages of the two-page summary: read, written, filled from the sections, taken as PDF and Word."""

from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import evidence_store, forms, headers
from audit_app.errors import Invalid, NotFound, OutOfTurn
from audit_app.form_pages import accepted, sent, stale_page
from audit_app.people import queries as people
from audit_app.people.access import log_read, signed_in
from audit_app.people.access.door import by_whom, say
from audit_app.people.proof import needs_proof
from audit_app.self_assessment.assessments import queries as assessments
from audit_app.self_assessment.blueprint import PAGE, blueprint
from audit_app.self_assessment.routes_page import show
from audit_app.self_assessment.service_draft import require
from audit_app.self_assessment.signing import queries as signing
from audit_app.self_assessment.signing.contents import Assessment
from audit_app.self_assessment.signing.signature import signature
from audit_app.self_assessment.summary import printed, queries, service
from audit_app.self_assessment.summary.forms import SummaryForm
from audit_app.self_assessment.summary.service import Typed
from audit_app.self_assessment.tables import AssessmentState, SelfAssessment
from audit_app.self_assessment.tables_outputs import SummaryPart, WordFor
from audit_app.self_assessment.who import may_manage
from audit_app.self_assessment.word import telling
from audit_app.self_assessment.word.routes_page import word_document
from findings.errors import Stale

SUMMARY = f"{PAGE}/summary"
PDF = evidence_store.MIME_TYPES[evidence_store.FileKind.pdf]


def _read(number: int) -> tuple[SelfAssessment, Assessment]:
    months = int(current_app.config["CLAIM_EVIDENCE_MONTHS"])
    row = assessments.get_row(g.session, g.authority.id, number)
    return row, signing.document(g.session, g.authority.id, number, g.scope.today, months)


@blueprint.get(SUMMARY)
@signed_in
def show_summary(number: int) -> ResponseReturnValue:
    row, document = _read(number)
    writes = row.state is AssessmentState.drafting and may_manage(g.scope, row)
    return render_template(
        "self_assessment/summary/show.html",
        document=document,
        row=row,
        lines=queries.part_lines(g.session, g.authority.id, number, document),
        grades=printed.grades_of(document),
        signature=signature(row),
        too_many=printed.words_too_many(document),
        writes=writes,
    )


@blueprint.route(f"{SUMMARY}/write", methods=["GET", "POST"])
@signed_in
def write_summary(number: int) -> ResponseReturnValue:
    row, document = _read(number)
    require(may_manage(g.scope, row), service.WHOSE)
    lines = queries.part_lines(g.session, g.authority.id, number, document)
    values: dict[str, Any] = {line.part.value: line.text for line in lines}
    if request.method == "GET":
        values |= {f"seen_{line.part}": str(forms.mark_of(line.text)) for line in lines}
    form = forms.filled(SummaryForm, **values)
    back = url_for(".show_summary", number=number)
    typed = {part: Typed(form[part.value].data or "", _mark(form[f"seen_{part}"].data)) for part in SummaryPart}
    try:
        if sent(form) and accepted(
            form, lambda: service.write_summary(g.session, g.authority.id, number, typed, **by_whom())
        ):
            say("Saved.")
            return redirect(back, 303)
    except Stale:
        rows = [(line.heading, line.text, typed[line.part].text) for line in lines]
        return stale_page(rows, back, what="the summary")
    if row.state is not AssessmentState.drafting:
        raise OutOfTurn("This self-assessment is not being written now, so its summary cannot change.")
    return show("summary/write", form, back=back, row=row, autosave_seconds=current_app.config["AUTOSAVE_SECONDS"])


def _mark(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 12 else -1


@blueprint.post(f"{SUMMARY}/take")
@signed_in
def take_into_summary(number: int) -> ResponseReturnValue:
    part = next((each for each in SummaryPart if each == request.form.get("part")), None)
    if part is None:
        raise NotFound("The summary has no such part.")
    _row, document = _read(number)
    key = request.form.get("key", "")
    try:
        service.take_in(g.session, g.authority.id, number, part, key=key, document=document, **by_whom())
    except Invalid as refusal:
        raise OutOfTurn(refusal.message) from None
    say("Put in. Shorten it there.")
    return redirect(f"{url_for('.show_summary', number=number)}#part-{part}", 303)


@blueprint.get(f"{SUMMARY}/pdf")
@signed_in
def download_summary(number: int) -> ResponseReturnValue:
    if (asked := needs_proof(url_for(".show_summary", number=number))) is not None:
        return asked
    row, document = _written(number)
    marking = people.authority_settings(g.session).marking
    data = printed.render(document, marking=marking, signature=signature(row))
    log_read(f"{document.reference}/summary/pdf")
    return headers.download(data, filename=f"{document.reference}-summary.pdf", content_type=PDF)


@blueprint.get(f"{SUMMARY}/word")
@signed_in
def download_summary_word(number: int) -> ResponseReturnValue:
    if (asked := needs_proof(url_for(".show_summary", number=number))) is not None:
        return asked
    row, document = _written(number)
    contents = telling.summary(
        document, marking=people.authority_settings(g.session).marking, signature=signature(row),
        fingerprint=row.fingerprint, template="",
    )  # fmt: skip
    return word_document(WordFor.summary, document, contents, suffix="-summary")


def _written(number: int) -> tuple[SelfAssessment, Assessment]:
    row, document = _read(number)
    if not document.summary:
        raise NotFound("Nobody has written a summary of this self-assessment.")
    return row, document
