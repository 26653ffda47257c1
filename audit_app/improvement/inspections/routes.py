"""Pages of inspections and reviews: recorded and judged."""

from typing import Any

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.form_pages import accepted, saved_beside_typed, sent, stale_page
from audit_app.improvement import judgement_areas
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.inspections import queries, service
from audit_app.improvement.inspections.forms import (
    DETAILS,
    InspectionForm,
    inspection_choices,
    judgement_form,
)
from audit_app.improvement.routes_page import may_write, show
from audit_app.improvement.who import READERS
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings import queries as thread_queries
from findings.errors import OutOfTurn

INSPECTION = '/<authority:authority>/inspections/<ref("INS"):number>'


@blueprint.get("/<authority:authority>/inspections")
@allow(*READERS)
def list_inspections() -> ResponseReturnValue:
    rows = queries.list_inspections(g.session, g.authority.id)
    return render_template("improvement/inspections/list.html", rows=rows, may_write=may_write())


@blueprint.route("/<authority:authority>/inspections/record", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def record_inspection() -> ResponseReturnValue:
    form = inspection_choices(forms.filled(InspectionForm), g.scope.today)
    made: list[Any] = []
    if sent(form) and accepted(
        form, lambda: made.append(service.record_inspection(g.session, g.authority.id, **_given(form)))
    ):
        say("Recorded. Now enter its judgements, then its findings.")
        return redirect(url_for(".show_inspection", number=made[0].number), 303)
    return show("inspections/form", form, title="Record an inspection or review", back=url_for(".list_inspections"))


def _given(form: InspectionForm) -> dict[str, Any]:
    return {name: form[name].data for name in DETAILS} | by_whom()


@blueprint.get(INSPECTION)
@allow(*READERS)
def show_inspection(number: int) -> ResponseReturnValue:
    view = queries.get_inspection(g.session, g.authority.id, number, g.scope.today)
    return render_template("improvement/inspections/show.html", view=view, may_write=may_write())


@blueprint.route(f"{INSPECTION}/correct", methods=["GET", "POST"])
@allow(Role.qa_manager)
def correct_inspection(number: int) -> ResponseReturnValue:
    row = thread_queries.get_inspection(g.session, g.authority.id, number)
    before = {name: getattr(row, name) for name in DETAILS}
    before["theme"] = f"{row.edition_id}/{row.theme}" if row.theme else ""
    mark = forms.mark_of(before)
    form = inspection_choices(forms.filled(InspectionForm, **before, revision=str(mark)), g.scope.today)
    if sent(form) and form.seen_revision() != mark:
        return stale_page(saved_beside_typed(row, form), url_for(".correct_inspection", number=number))
    if sent(form) and accepted(
        form, lambda: service.correct_inspection(g.session, g.authority.id, number, **_given(form))
    ):
        say("Saved. Due dates already worked out from the day of publication stay as they are.")
        return redirect(url_for(".show_inspection", number=number), 303)
    return show("inspections/form", form, title=f"Correct {row.title}", back=url_for(".show_inspection", number=number))


@blueprint.route(f"{INSPECTION}/judgements", methods=["GET", "POST"])
@allow(Role.qa_manager)
def record_judgements(number: int) -> ResponseReturnValue:
    view = queries.get_inspection(g.session, g.authority.id, number, g.scope.today)
    given = thread_queries.list_judgements(g.session, g.authority.id, number)
    before = {f"grade_{row.judgement_area_id}": row.grade_code for row in given}
    before |= {f"paragraphs_{row.judgement_area_id}": row.paragraphs for row in given}
    mark = forms.mark_of(sorted(before.items()))
    form = forms.filled(judgement_form(view.inspection.edition_id), **before, revision=str(mark))
    if sent(form) and form.seen_revision() != mark:
        raise OutOfTurn("Somebody else has saved judgements since you opened this page. Load it again to see them.")
    edition = judgement_areas.find_edition(view.inspection.edition_id)
    areas = [area for area, _name, _scale in judgement_areas.judged_areas(edition)] if edition else []
    groups = {area.id: area.group for area in edition.areas if area.group} if edition else {}
    if sent(form) and accepted(form, lambda: _record(number, form, areas)):
        say("Judgements saved.")
        return redirect(url_for(".show_inspection", number=number), 303)
    return show("inspections/judgements", form, view=view, areas=areas, edition=edition, groups=groups,
                meanings=judgement_areas.meanings(edition))  # fmt: skip


def _record(number: int, form: Any, areas: list[str]) -> None:
    chosen = {area: (form[f"grade_{area}"].data, form[f"paragraphs_{area}"].data or "") for area in areas}
    filled = {area: pair for area, pair in chosen.items() if pair[0]}
    service.record_judgements(g.session, g.authority.id, number, filled, **by_whom())
