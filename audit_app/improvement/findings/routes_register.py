"""The register of findings: filters, search, pages, and the same as a workbook."""

from enum import StrEnum
from typing import Any, TypeVar

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app import words
from audit_app.headers import download
from audit_app.improvement import judgement_areas, wording
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings import queries, workbook
from audit_app.improvement.findings.narrowed import FILTERS, finding_filter
from audit_app.improvement.findings.workbook_export import REGISTER
from audit_app.improvement.queries import editions_in_use
from audit_app.improvement.routes_page import may_write, page_number
from audit_app.improvement.who import READERS
from audit_app.library.terms import queries as terms
from audit_app.people import queries as people
from audit_app.people.access import allow, log_read
from audit_app.people.access.outside import finish_reading
from audit_app.people.exports.routes_counting import export_stopped, made_later

Kind = TypeVar("Kind", bound=StrEnum)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked() -> dict[str, str]:
    """What a register was narrowed to, as it stands in the address."""
    return {name: text[:200] for name in FILTERS if (text := request.args.get(name, "").strip())}


@blueprint.get("/<authority:authority>/findings")
@allow(*READERS)
def list_findings() -> ResponseReturnValue:
    given = asked()
    listed = queries.list_findings(g.session, g.authority.id, finding_filter(given), page=page_number())
    return render_template(
        "improvement/findings/list.html", listed=listed, asked=given, may_write=may_write(),
        kinds=wording.kind_pairs(), origins=wording.pairs(wording.ORIGINS),
        areas=judgement_areas.area_choices(among=editions_in_use(g.session, g.authority.id, g.scope.today)),
    )  # fmt: skip


@blueprint.get("/<authority:authority>/findings/register.xlsx")
@allow(*READERS)
def export_findings() -> ResponseReturnValue:
    given = asked()
    if (later := made_later(REGISTER, given)) is not None:
        return later
    if (stopped := export_stopped("findings", "improvement.list_findings", given)) is not None:
        return stopped
    rows = queries.every_finding(g.session, g.authority.id, finding_filter(given))
    own = terms.own_words(g.session, g.authority.id)
    reports = queries.report_names(g.session, g.authority.id)
    chosen = workbook.narrowed_to("Findings", given)
    facts = export_facts("FIN")
    finish_reading()
    made = workbook.findings_xlsx(rows, reports=reports, chosen=chosen, own=own, **facts)
    return download(made, filename="findings.xlsx", content_type=XLSX)


def export_facts(what: str) -> dict[str, Any]:
    """An export's own id, found again in the read log, who made it (a role, never a name), its marking (EX-3, EX-4)."""
    export_id = f"EXP-{what}-{g.now:%Y%m%d%H%M%S}-{g.person.person_id % 10_000:04d}"
    log_read(export_id)
    own = terms.own_words(g.session, g.authority.id)
    role = own.say(words.listing(sorted(words.role_name(role) for role in g.scope.roles))) or "person"
    marking = people.authority_settings(g.session).marking
    return {"export_id": export_id, "who": role, "when": g.now, "marking": marking}
