"""What a person was told, with a mark for what they have read."""

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import notices as sent
from audit_app.home.blueprint import blueprint
from audit_app.home.morning import service as morning
from audit_app.people.access import signed_in
from audit_app.people.access.door import say

SHOWN = 200
LONGEST_ID = 19


@blueprint.get("/<authority:authority>/notices")
@signed_in
def notices() -> ResponseReturnValue:
    lines = sent.list_notices(
        g.session, g.authority.id, g.person.person_id, g.authority.name, g.authority.key, limit=SHOWN
    )
    unread = sent.count_unread(g.session, g.authority.id, g.person.person_id)
    mornings = morning.has_chosen(g.session, g.authority.id, g.person.person_id)
    return render_template("home/notices.html", notices=lines, unread=unread, most=SHOWN, mornings=mornings)


@blueprint.post("/<authority:authority>/notices/read")
@signed_in
def read_notices() -> ResponseReturnValue:
    chosen = request.form.get("notice", "")
    notice_id = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < LONGEST_ID else None
    if notice_id is not None or not chosen:
        sent.mark_read(g.session, g.authority.id, g.person.person_id, g.now, notice_id)
        say("Marked as read.")
    return redirect(url_for("home.notices"), 303)
