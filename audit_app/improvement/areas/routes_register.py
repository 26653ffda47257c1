"""The register of areas for improvement: filters, search, pages, and the same as a workbook."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from audit_app.headers import download
from audit_app.improvement import judgement_areas
from audit_app.improvement.areas import queries, workbook
from audit_app.improvement.areas.narrowed import IMPACT_CHOICES, SORT_CHOICES, area_filter
from audit_app.improvement.areas.workbook_export import REGISTER
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings.routes_register import XLSX, asked, export_facts
from audit_app.improvement.findings.workbook import narrowed_to
from audit_app.improvement.queries import editions_in_use
from audit_app.improvement.routes_page import may_write, page_number
from audit_app.improvement.who import READERS
from audit_app.people.access import allow
from audit_app.people.access.outside import finish_reading
from audit_app.people.exports.routes_counting import export_stopped, made_later


@blueprint.get("/<authority:authority>/areas-for-improvement")
@allow(*READERS)
def list_areas() -> ResponseReturnValue:
    given = asked()
    listed = queries.list_areas(
        g.session, g.authority.id, area_filter(given, g.scope.own_posts, g.scope.today), page=page_number()
    )
    return render_template(
        "improvement/areas/list.html", listed=listed, asked=given, may_write=may_write(),
        impacts=IMPACT_CHOICES, sorts=SORT_CHOICES,
        areas=judgement_areas.area_choices(among=editions_in_use(g.session, g.authority.id, g.scope.today)),
    )  # fmt: skip


@blueprint.get("/<authority:authority>/areas-for-improvement/register.xlsx")
@allow(*READERS)
def export_areas() -> ResponseReturnValue:
    given = asked()
    if (later := made_later(REGISTER, given)) is not None:
        return later
    if (stopped := export_stopped("areas", "improvement.list_areas", given)) is not None:
        return stopped
    rows = queries.every_area(g.session, g.authority.id, area_filter(given, g.scope.own_posts, g.scope.today))
    facts = export_facts("AFI")
    finish_reading()
    made = workbook.areas_xlsx(rows, chosen=narrowed_to("Areas for improvement", given), **facts)
    return download(made, filename="areas-for-improvement.xlsx", content_type=XLSX)
