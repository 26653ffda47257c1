"""Choosing the morning e-mail, and one's due dates as a calendar file."""

from urllib.parse import urlsplit

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, notices
from audit_app.headers import download
from audit_app.home import queries
from audit_app.home.blueprint import blueprint
from audit_app.home.morning import calendar, service
from audit_app.home.waiting import Line
from audit_app.people.access import signed_in
from audit_app.people.access.door import say
from audit_app.people.access.outside import finish_reading


@blueprint.post("/<authority:authority>/notices/mornings")
@signed_in
def choose_mornings() -> ResponseReturnValue:
    me = g.person.person_id
    if request.form.get("step") == "choose":
        service.choose(g.session, g.authority.id, by=me, now=g.now)
        say("From the next working morning on you are sent an e-mail when something of yours is due or late.")
    else:
        service.stop(g.session, g.authority.id, by=me)
        say("You are sent no morning e-mail any more.")
    return redirect(url_for("home.notices"), 303)


@blueprint.get("/<authority:authority>/calendar")
@signed_in
def dates() -> ResponseReturnValue:
    """What waits for this person and has a date, for the calendar they live by."""
    lines = queries.waiting(g.session, g.scope, clock.today())
    finish_reading()
    config = current_app.config
    product = str(current_app.jinja_env.globals["product"])
    host = urlsplit(str(config["PUBLIC_ADDRESS"])).hostname or "localhost"

    def link(line: Line) -> str:
        return notices.public_link(config, url_for(line.endpoint, **line.values))

    made = calendar.calendar_of(lines, link, product=product, council=g.authority.name, host=host, now=g.now)
    return download(made, filename="dates.ics", content_type="text/calendar; charset=utf-8")
