"""The registers of findings and of areas for improvement: filters, search, pages, and each as a workbook."""

from enum import StrEnum
from typing import Any, TypeVar

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app import words
from audit_app.headers import download
from audit_app.improvement import judgement_areas, queries, queries_choices, wording
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings import workbook
from audit_app.improvement.routes_showing import READERS, may_write, page_number
from audit_app.library.terms import queries as terms
from audit_app.people.access import allow, log_read
from findings.queries import AreaFilter, FindingFilter
from findings.states import AreaStatus, FindingKind, FindingStatus, Origin

Kind = TypeVar("Kind", bound=StrEnum)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked() -> dict[str, str]:
    """What the list was narrowed to, as it stands in the address."""
    names = ("words", "kind", "origin", "area", "status", "loose", "bare", "mine")
    return {name: text[:200] for name in names if (text := request.args.get(name, "").strip())}


def _one(kinds: type[Kind], text: str) -> Kind | None:
    return kinds(text) if text in set(kinds) else None


def finding_filter(given: dict[str, str]) -> FindingFilter:
    edition, _, area = given.get("area", "").partition("/")
    return FindingFilter(
        kind=_one(FindingKind, given.get("kind", "")),
        origin=_one(Origin, given.get("origin", "")),
        status=FindingStatus.withdrawn if given.get("status") == "withdrawn" else FindingStatus.raised,
        edition_id=edition,
        judgement_area_id=area,
        in_no_area=given.get("loose") == "yes",
        words=given.get("words", ""),
    )


def area_filter(given: dict[str, str]) -> AreaFilter:
    edition, _, area = given.get("area", "").partition("/")
    return AreaFilter(
        status=_one(AreaStatus, given.get("status", "")),
        edition_id=edition,
        judgement_area_id=area,
        owner_post_ids=tuple(sorted(g.scope.own_posts)) if given.get("mine") == "yes" else None,
        without_action=given.get("bare") == "yes",
        words=given.get("words", ""),
    )


@blueprint.get("/<authority:authority>/findings")
@allow(*READERS)
def list_findings() -> ResponseReturnValue:
    given = asked()
    listed = queries.list_findings(g.session, g.authority.id, finding_filter(given), page=page_number())
    return render_template(
        "improvement/findings/list.html", listed=listed, asked=given, may_write=may_write(),
        kinds=wording.kind_pairs(), origins=[(one.value, wording.origin_words(one)) for one in Origin],
        areas=judgement_areas.area_choices(among=queries_choices.editions_in_use(g.session, g.authority.id)),
    )  # fmt: skip


@blueprint.get("/<authority:authority>/areas-for-improvement")
@allow(*READERS)
def list_areas() -> ResponseReturnValue:
    given = asked()
    listed = queries.list_areas(g.session, g.authority.id, area_filter(given), page=page_number())
    return render_template(
        "improvement/areas/list.html", listed=listed, asked=given, may_write=may_write(),
        areas=judgement_areas.area_choices(among=queries_choices.editions_in_use(g.session, g.authority.id)),
    )  # fmt: skip


@blueprint.get("/<authority:authority>/findings/register.xlsx")
@allow(*READERS)
def export_findings() -> ResponseReturnValue:
    given = asked()
    rows = queries.every_finding(g.session, g.authority.id, finding_filter(given))
    own = terms.own_words(g.session, g.authority.id)
    made = workbook.findings_xlsx(rows, chosen=workbook.chosen_words("Findings", given), own=own, **export_facts("FIN"))
    return download(made, filename="findings.xlsx", content_type=XLSX)


@blueprint.get("/<authority:authority>/areas-for-improvement/register.xlsx")
@allow(*READERS)
def export_areas() -> ResponseReturnValue:
    given = asked()
    rows = queries.every_area(g.session, g.authority.id, area_filter(given))
    made = workbook.areas_xlsx(
        rows, chosen=workbook.chosen_words("Areas for improvement", given), **export_facts("AFI")
    )
    return download(made, filename="areas-for-improvement.xlsx", content_type=XLSX)


def export_facts(what: str) -> dict[str, Any]:
    """An export's own id, found again in the read log, and who made it: a role, never a name (EX-3, EX-4)."""
    export_id = f"EXP-{what}-{g.now:%Y%m%d%H%M%S}-{g.person.person_id % 10_000:04d}"
    log_read(export_id)
    own = terms.own_words(g.session, g.authority.id)
    role = own.say(words.listing(sorted(words.role_name(role) for role in g.scope.roles))) or "person"
    return {"export_id": export_id, "who": role, "when": g.now}
