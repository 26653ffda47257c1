"""The register of areas for improvement: filters, search, pages, and the same as a workbook."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from audit_app.headers import download
from audit_app.improvement import judgement_areas, wording
from audit_app.improvement.areas import queries, workbook
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings.routes_register import XLSX, asked, chosen_one, export_facts
from audit_app.improvement.findings.workbook import narrowed_to
from audit_app.improvement.queries import editions_in_use
from audit_app.improvement.routes_page import READERS, may_write, page_number
from audit_app.people.access import allow
from audit_app.people.access.outside import finish_reading
from audit_app.people.exports.routes_counting import export_stopped
from findings.queries import AreaFilter, AreaSort
from findings.states import AreaStatus, Impact

NEVER_JUDGED = "not_judged"
IMPACT_CHOICES = [*((impact.value, title) for impact, title in wording.IMPACTS.items()), (NEVER_JUDGED, "Not judged")]
SORT_CHOICES = [
    (AreaSort.late.value, "The longest overdue action first"),
    (AreaSort.impact.value, "The least difference for children first"),
]


def area_filter(given: dict[str, str]) -> AreaFilter:
    edition, _, area = given.get("area", "").partition("/")
    return AreaFilter(
        status=chosen_one(AreaStatus, given.get("status", "")),
        edition_id=edition,
        judgement_area_id=area,
        owner_post_ids=tuple(sorted(g.scope.own_posts)) if given.get("mine") == "yes" else None,
        without_action=given.get("bare") == "yes",
        impact=chosen_one(Impact, given.get("impact", "")),
        never_judged=given.get("impact") == NEVER_JUDGED,
        sort=chosen_one(AreaSort, given.get("sort", "")) or AreaSort.opened,
        sorted_on=g.scope.today,
        words=given.get("words", ""),
    )


@blueprint.get("/<authority:authority>/areas-for-improvement")
@allow(*READERS)
def list_areas() -> ResponseReturnValue:
    given = asked()
    listed = queries.list_areas(g.session, g.authority.id, area_filter(given), page=page_number())
    return render_template(
        "improvement/areas/list.html", listed=listed, asked=given, may_write=may_write(),
        impacts=IMPACT_CHOICES, sorts=SORT_CHOICES,
        areas=judgement_areas.area_choices(among=editions_in_use(g.session, g.authority.id, g.scope.today)),
    )  # fmt: skip


@blueprint.get("/<authority:authority>/areas-for-improvement/register.xlsx")
@allow(*READERS)
def export_areas() -> ResponseReturnValue:
    given = asked()
    if (stopped := export_stopped("areas", "improvement.list_areas", given)) is not None:
        return stopped
    rows = queries.every_area(g.session, g.authority.id, area_filter(given))
    facts = export_facts("AFI")
    finish_reading()
    made = workbook.areas_xlsx(rows, chosen=narrowed_to("Areas for improvement", given), **facts)
    return download(made, filename="areas-for-improvement.xlsx", content_type=XLSX)
