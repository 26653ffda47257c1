"""Pages of retention: what is kept for how long, what that would remove, and setting it once that was seen."""

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from audit_app import clock, forms
from audit_app.errors import NotFound, Stale
from audit_app.form_pages import accepted, form_page, saved_beside_typed, sent, stale_page
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.records.blueprint import RECORDS_PAGE, blueprint
from audit_app.records.by_itself import queries as by_itself
from audit_app.records.by_itself import spans
from audit_app.records.kinds import BY_CODE, WITHOUT_PERIOD, RecordKind
from audit_app.records.retention import queries, service
from audit_app.records.retention.forms import PeriodForm
from audit_app.records.retention.queries import Period
from audit_app.words import Ours

MOST_SHOWN = 20


@blueprint.get(f"{RECORDS_PAGE}/retention")
@allow(Role.qa_manager, Role.leader)
def retention() -> ResponseReturnValue:
    lines = queries.kind_lines(g.session, g.authority.id, clock.today())
    return render_template(
        "records/retention/list.html",
        lines=lines,
        unset=[line.kind for line in lines if line.period is None],
        going=sum(len(line.due.now) for line in lines if line.due),
        without=WITHOUT_PERIOD,
        by_itself=_by_itself(),
        may_set=g.scope.has(Role.qa_manager),
    )


def _by_itself() -> list[spans.Line]:
    going = by_itself.next_to_go(g.session, g.authority.id, current_app.config, g.now)
    return spans.lines(current_app.config, going.counts, going.accounts_held)


@blueprint.route(f"{RECORDS_PAGE}/retention/<string:record_kind>", methods=["GET", "POST"])
@allow(Role.qa_manager)
def period(record_kind: str) -> ResponseReturnValue:
    known = _known(record_kind)
    row = queries.find_period(g.session, g.authority.id, record_kind)
    form = _form(known, row)
    try:
        saved = sent(form) and accepted(form, lambda: _save(record_kind, form))
    except Stale as stale:
        return stale_page(saved_beside_typed(stale.current, form), url_for(".period", record_kind=record_kind))
    if saved:
        say(Ours("Saved. It removes nothing by itself: somebody asks for what is past its time, and another agrees."))
        return redirect(url_for(".retention"), 303)
    preview = _preview(known, form)
    page = {"kind": known, "row": row, "preview": preview, "most_shown": MOST_SHOWN}
    if request.method == "GET":
        return render_template("records/retention/period.html", form=form, **page), 422 if form.errors else 200
    return form_page("records/retention/period.html", form, **page)


def _known(kind: str) -> RecordKind:
    if kind not in BY_CODE:
        raise NotFound("There is no such kind of record.")
    return BY_CODE[kind]


def _form(kind: RecordKind, row: queries.RetentionPeriod | None) -> PeriodForm:
    """As it is set, with what the address asks to be shown first; the reason is asked for only then."""
    saved = {"months": row.months, "counts_from": row.counts_from, "why": row.why} if row else {}
    form = forms.filled(PeriodForm, **{"counts_from": kind.first_day, "months": kind.offered, **saved})
    form.counts_from.choices = forms.choices(kind.days.items())
    form.revision.data = form.revision.data or str(row.revision if row else 0)
    if request.method == "GET" and "months" in request.args:
        form.months.process(MultiDict(request.args))
        form.counts_from.process(MultiDict(request.args))
    return form


def _preview(kind: RecordKind, form: PeriodForm) -> queries.Due | None:
    """What the period as it stands in the form would remove today; None before there is one that can be counted."""
    asked = request.method == "POST" or "months" in request.args
    if not asked or form.months.data is None or form.counts_from.data not in kind.days:
        if asked and request.method == "GET":
            form.validate()
        return None
    return queries.due(g.session, g.authority.id, Period(kind, form.months.data, form.counts_from.data), clock.today())


def _save(kind: str, form: PeriodForm) -> None:
    service.set_period(
        g.session, g.authority.id, kind, months=form.months.data or 0, counts_from=form.counts_from.data or "",
        why=form.why.data or "", seen=form.seen_revision(), **by_whom(),
    )  # fmt: skip


@blueprint.post(f"{RECORDS_PAGE}/retention/<string:record_kind>/no-period")
@allow(Role.qa_manager)
def no_period(record_kind: str) -> ResponseReturnValue:
    known = _known(record_kind)
    service.take_period_away(g.session, g.authority.id, record_kind, **by_whom())
    say(Ours(f"Nothing of “{known.name}” is removed because of its age any more."))
    return redirect(url_for(".retention"), 303)
