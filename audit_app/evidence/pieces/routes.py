"""The page of one piece of evidence, beside what it proves."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from audit_app.evidence import service
from audit_app.evidence.blueprint import EVIDENCE_PAGE, blueprint
from audit_app.evidence.guards import HOLDERS, READERS
from audit_app.evidence.pieces import queries
from audit_app.evidence.routes_page import HOW_OF, of_today
from audit_app.people.access import allow, log_read


@blueprint.get(EVIDENCE_PAGE)
@allow(*HOLDERS)
def show_evidence(number: int) -> ResponseReturnValue:
    view = queries.view_of(g.session, g.authority.id, number, **of_today())
    log_read(view.reference)
    return render_template(
        "evidence/show.html", view=view, may_change=service.may_change(g.session, view.row),
        reads_all=g.scope.has(*READERS), how=HOW_OF[view.line.held],
    )  # fmt: skip
