"""What wants attention, on one page: stale, to be renewed, missing."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app.evidence.attention import queries as queries_attention
from audit_app.evidence.blueprint import blueprint
from audit_app.evidence.guards import READERS
from audit_app.evidence.routes_page import of_today
from audit_app.people.access import allow


@blueprint.get("/<authority:authority>/evidence/attention")
@allow(*READERS)
def list_attention() -> ResponseReturnValue:
    mine = request.args.get("mine") == "yes"
    own_posts = tuple(sorted(g.scope.own_posts)) if mine else None
    wanted = queries_attention.attention_of(g.session, g.authority.id, own_posts=own_posts, **of_today())
    return render_template("evidence/attention.html", attention=wanted, mine=mine, most=queries_attention.MOST_LISTED)
