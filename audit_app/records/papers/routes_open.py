"""The two papers that everybody may read, and every stored field: open to whoever can reach the sign-in page (AU-1)."""

from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app import clock
from audit_app.people.access import open_to_all, system_scope
from audit_app.people.access.door import plumbing
from audit_app.records.blueprint import blueprint
from audit_app.records.papers import accessibility as accessibility_statement
from audit_app.records.papers import notice, queries
from audit_app.records.papers.facts import Facts, setting_of
from audit_app.records.papers.fields import annex

READING = "the papers that everybody may read"


def _facts() -> Facts:
    """The answers of the council that is asked for; of none where several share this service."""
    today = clock.today()
    if g.session is not None:
        g.session.rollback()
    with plumbing(READING, reading=True) as session:
        council = queries.council_on_open_pages(session, request.args.get("council", "")[:60])
        if council is not None:
            session.info["scope"] = system_scope(READING, council.id)
            return queries.facts_of(session, council, current_app.config, today)
    return Facts("", today, setting_of(current_app.config))


@blueprint.get("/privacy")
@open_to_all
def privacy() -> ResponseReturnValue:
    return render_template(
        "records/papers/open.html", paper=notice.paper(_facts()), more="stored", unfolded="unfolded" in request.args,
        council=request.args.get("council", "")[:60] or None,
    )  # fmt: skip


@blueprint.get("/privacy/stored-fields")
@open_to_all
def stored_fields() -> ResponseReturnValue:
    return render_template(
        "records/papers/stored.html", parts_of_it=annex(_facts()), unfolded="unfolded" in request.args
    )


@blueprint.get("/accessibility")
@open_to_all
def accessibility() -> ResponseReturnValue:
    return render_template(
        "records/papers/open.html", paper=accessibility_statement.paper(_facts()), more="", unfolded=False
    )
