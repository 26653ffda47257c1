"""The register of audits, and its export."""

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app.audits import queries, question_sets, wording, workbook
from audit_app.audits.blueprint import blueprint
from audit_app.audits.register import queries as register
from audit_app.audits.register.forms import audit_filter, number_in
from audit_app.audits.register.workbook_export import EXPORTERS, REGISTER
from audit_app.audits.routes_frame import READERS, WRITERS
from audit_app.headers import DOWNLOAD_POLICY
from audit_app.library.terms import queries as terms
from audit_app.people import queries as people
from audit_app.people.access import allow, log_read
from audit_app.people.access.outside import finish_reading
from audit_app.people.exports.queries import narrowing
from audit_app.people.exports.routes_counting import export_stopped, made_later

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/<authority:authority>/audits")
@allow(*READERS)
def index() -> ResponseReturnValue:
    """The register."""
    chosen = audit_filter(request.args)
    page = number_in(request.args.get("page", "")[:6]) or 1
    listed = queries.list_audits(g.session, g.authority.id, chosen, page, today=g.scope.today)
    args = {name: value for name, value in request.args.items() if value and name != "page"}
    filtered = bool(args.keys() - {"sort"})
    offered = register.offered(g.session, g.authority.id, g.scope, g.scope.today)
    names = [name for name, _ in offered["sets"]]
    return render_template(
        "audits/index.html",
        listed=listed,
        chosen=chosen,
        args=args,
        filtered=filtered,
        may_create=g.scope.has(*WRITERS),
        stage_words=wording.STAGE_WORDS,
        wording=wording,
        earlier=question_sets.of_earlier_editions(g.session, g.authority.id, names, g.scope.today),
        **offered,
    )


@blueprint.get("/<authority:authority>/audits/register.xlsx")
@allow(*EXPORTERS)
def export() -> ResponseReturnValue:
    """The filtered register as a workbook; its id stands in the read log and in the workbook itself (EX-4)."""
    if (later := made_later(REGISTER, request.args)) is not None:
        return later
    if (stopped := export_stopped(REGISTER.what, "audits.index", narrowing(request.args, REGISTER))) is not None:
        return stopped
    chosen = audit_filter(request.args)
    rows = queries.all_audits(g.session, g.authority.id, chosen, today=g.scope.today, pause=finish_reading)
    export_id = f"EXP-{g.now:%Y%m%d%H%M%S}-{g.request_id[:6]}"
    log_read(export_id)
    own = terms.own_words(g.session, g.authority.id)
    marking = people.authority_settings(g.session).marking
    offered = register.offered(g.session, g.authority.id, g.scope, g.scope.today)
    in_words = workbook.filter_in_words(chosen, {name: dict(pairs) for name, pairs in offered.items()}, own)
    finish_reading()
    facts = {"export_id": export_id, "chosen": in_words, "who": g.person.name}
    data = workbook.register_workbook(rows, **facts, now=g.now, today=g.scope.today, own=own, marking=marking)
    name = f"audits-{g.authority.key}-{g.scope.today.isoformat()}.xlsx"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": DOWNLOAD_POLICY,
    }
    return Response(data, mimetype=XLSX, headers=headers)
