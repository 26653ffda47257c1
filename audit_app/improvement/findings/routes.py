"""Pages of findings: one finding, raising by hand, correcting, withdrawing, adding a source."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.form_pages import accepted, saved_beside_typed, sent, stale_page
from audit_app.improvement import judgement_areas
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings import queries, queries_audits, queries_sources, service
from audit_app.improvement.findings.forms import (
    CorrectForm,
    FindingForm,
    SourceForm,
    WithdrawForm,
    finding_choices,
    timescale_of,
)
from audit_app.improvement.queries import editions_in_use
from audit_app.improvement.routes_page import evidence_box, may_write, show
from audit_app.improvement.who import READERS
from audit_app.people.access import Role, allow, log_read
from audit_app.people.access.door import by_whom, say
from findings.errors import Stale
from findings.references import FINDING, reference
from findings.register import NewFinding, NewSource
from findings.states import FindingKind, Level, Origin, SourceKind

FINDING_PAGE = '/<authority:authority>/findings/<ref("FND"):number>'


@blueprint.get(FINDING_PAGE)
@allow(*READERS)
def show_finding(number: int) -> ResponseReturnValue:
    view = queries.get_finding(g.session, g.authority.id, number)
    ways = queries_sources.ways_in(g.session, g.authority.id, g.scope, view.strand.sources)
    box = evidence_box(reference(FINDING, number))
    return render_template("improvement/findings/show.html", view=view, may_write=may_write(), ways=ways, box=box)


@blueprint.route("/<authority:authority>/findings/raise", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def raise_finding() -> ResponseReturnValue:
    start = queries_audits.prefill(g.session, g.authority.id, request.args)
    form = finding_choices(forms.filled(FindingForm, **start), _in_use())
    made: list[Any] = []
    if sent(form) and accepted(form, lambda: made.append(_raise(form))):
        say(f"{reference(FINDING, made[0].number)} raised.")
        return redirect(url_for(".show_finding", number=made[0].number), 303)
    answer = queries_audits.find_answer(g.session, g.authority.id, form.audit.data or "", form.question.data or "")
    if answer:
        log_read(answer.reference)
    return show("findings/form", form, answer=answer)


def _in_use() -> set[str]:
    return editions_in_use(g.session, g.authority.id, g.scope.today)


def _raise(form: FindingForm) -> Any:
    sources = queries_audits.source_of_answer(
        g.session, g.authority.id, form.audit.data or "", form.question.data or ""
    )
    sources += service.document_source(
        document=form.document.data or "", paragraph=form.paragraph.data or "", dated_on=form.dated_on.data,
        words=form.words.data or "",
    )  # fmt: skip
    new = NewFinding(
        kind=FindingKind(form.kind.data), origin=Origin(form.origin.data), text=form.text.data,
        title=form.title.data or "", sources=sources,
        judgement_areas=service.known_areas(form.judgement_areas.data or []),
        more={"level": Level(form.level.data or "service"), "timescale": timescale_of(form.timescale.data),
              "due_on": form.due_on.data},
    )  # fmt: skip
    made = service.raise_finding(g.session, g.authority.id, new, **by_whom())
    service.note_what_action_became(g.session, g.authority.id, form.action.data or "", made.number, **by_whom())
    return made


@blueprint.route(f"{FINDING_PAGE}/correct", methods=["GET", "POST"])
@allow(Role.qa_manager)
def correct_finding(number: int) -> ResponseReturnValue:
    view = queries.get_finding(g.session, g.authority.id, number)
    form = finding_choices(forms.filled(CorrectForm, **_as_it_is(view)), _in_use())
    form.agencies.choices = forms.choices(judgement_areas.agency_choices(view.edition_id))
    try:
        if sent(form) and accepted(form, lambda: _correct(view, form)):
            say("Saved.")
            return redirect(url_for(".show_finding", number=number), 303)
    except Stale as error:
        return stale_page(saved_beside_typed(error.current, form), url_for(".correct_finding", number=number))
    return show("findings/correct", form, view=view)


def _as_it_is(view: queries.FindingView) -> dict[str, Any]:
    row = view.finding
    names = ("kind", "origin", "text", "title", "level", "paragraphs", "due_on", "revision")
    areas = [f"{edition}/{area}" for edition, area, _name in view.judgement_areas]
    return {name: getattr(row, name) for name in names} | {
        "timescale": row.timescale.value if row.timescale else "",
        "judgement_areas": areas,
        "agencies": [agency for agency in row.agencies.split(",") if agency],
    }


def _correct(view: queries.FindingView, form: CorrectForm) -> None:
    changes = {name: form[name].data for name in ("kind", "origin", "title", "level", "paragraphs", "due_on")}
    changes["timescale"] = timescale_of(form.timescale.data)
    changes["agencies"] = ",".join(form.agencies.data or [])
    changes["level"] = changes["level"] or view.finding.level
    if not view.finding.verbatim:
        changes["text"] = form.text.data
    service.correct_finding(
        g.session, g.authority.id, view.finding.number, revision=form.seen_revision(),
        judgement_areas=form.judgement_areas.data or [], **by_whom(), **changes,
    )  # fmt: skip


@blueprint.route(f"{FINDING_PAGE}/withdraw", methods=["GET", "POST"])
@allow(Role.qa_manager)
def withdraw_finding(number: int) -> ResponseReturnValue:
    view = queries.get_finding(g.session, g.authority.id, number)
    form = forms.filled(WithdrawForm, revision=view.finding.revision)
    given = {"reason": form.reason.data, "revision": form.seen_revision(), **by_whom()}
    if sent(form) and accepted(
        form, lambda: service.withdraw_finding(g.session, g.authority.id, number, **given), withdrawn_reason="reason"
    ):
        say(f"{view.reference} withdrawn. It stays readable.")
        return redirect(url_for(".show_finding", number=number), 303)
    return show("findings/withdraw", form, view=view)


@blueprint.route(f"{FINDING_PAGE}/sources", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def add_source(number: int) -> ResponseReturnValue:
    view = queries.get_finding(g.session, g.authority.id, number)
    form = forms.filled(SourceForm)
    if sent(form) and accepted(form, lambda: _add_source(number, form)):
        say("Source added.")
        return redirect(url_for(".show_finding", number=number), 303)
    return show("findings/source", form, view=view)


def _add_source(number: int, form: SourceForm) -> None:
    reference_typed = queries_audits.known_audit(g.session, g.authority.id, form.audit_reference.data or "")
    source = NewSource(
        SourceKind(form.kind.data), audit_reference=reference_typed, document=form.document.data or "",
        paragraph=form.paragraph.data or "", dated_on=form.dated_on.data, words=form.words.data or "",
    )  # fmt: skip
    service.add_source(g.session, g.authority.id, number, source, **by_whom())
