"""Keeping what is being typed, every half minute and on leaving a page, for its author alone (FO-2)."""

from flask import abort, g, request
from flask.typing import ResponseReturnValue

from audit_app import drafts
from audit_app.audits.blueprint import blueprint
from audit_app.audits.routes_frame import WRITERS
from audit_app.people.access import allow

NOT_TYPED = {"path", "then"}


@blueprint.post("/<authority:authority>/drafts")
@allow(*WRITERS, autosave=True)
def keep_draft() -> ResponseReturnValue:
    """Keep the fields of a page of this council under its address; nothing else is written."""
    path = request.form.get("path", "")
    if not path.startswith(f"/{g.authority.key}/") or len(path) > 300 or "\x00" in path:
        abort(400, "This is not a page of this council.")
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED]
    drafts.keep(
        g.session,
        authority_id=g.authority.id,
        person_id=g.person.person_id,
        path=path,
        fields=fields,
        reason="typing",
        now=g.now,
    )
    return "", 204
