"""The log as sentences: one's own acts for everybody, case events for QA managers, security events for admins."""

from datetime import date
from typing import Any

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import words
from audit_app.audits import queries as audits
from audit_app.errors import NotAllowed
from audit_app.forms import EARLIEST_YEAR, LATEST_YEAR
from audit_app.home import queries_log
from audit_app.home.blueprint import blueprint
from audit_app.home.queries_log import LogFilter, View
from audit_app.people import queries as people
from audit_app.people.access import Role, allow, signed_in

LONGEST_NUMBER = 18
KEPT = ("view", "reference", "person", "start", "end")


@blueprint.get("/<authority:authority>/log")
@signed_in
def log() -> ResponseReturnValue:
    offered = queries_log.views_for(g.scope)
    asked = request.args.get("view", offered[-1].value)
    if asked not in {view.value for view in offered}:
        raise NotAllowed("Your role does not open this part of the log.")
    view = View(asked)
    page = queries_log.read_log(g.session, g.scope, view, wanted())
    args: dict[str, Any] = {name: value for name in KEPT if (value := request.args.get(name, ""))}
    return render_template(
        "home/log/log.html",
        view=view,
        views=[(offer, queries_log.VIEW_WORDS[offer]) for offer in offered],
        page=page,
        args=args,
        persons=people.list_people_views(g.session, g.scope.today) if view is not View.own else (),
        following=url_for("home.log", **args, before=page.before) if page.before else "",
        begun="before" in request.args,
    )


def wanted() -> LogFilter:
    """The filter of the address; what cannot be read looks for nothing rather than for everything."""
    args = request.args
    return LogFilter(
        reference=" ".join(args.get("reference", "").split())[:80],
        person_id=number(args.get("person", "")),
        start=day(args.get("start", "")),
        end=day(args.get("end", "")),
        before=number(args.get("before", "")),
    )


def number(text: str) -> int | None:
    """A whole number, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def day(text: str) -> date | None:
    """A date as a browser's date box sends it, or None."""
    try:
        wanted_day = date.fromisoformat(text)
    except ValueError:
        return None
    return wanted_day if EARLIEST_YEAR <= wanted_day.year <= LATEST_YEAR else None


@blueprint.get('/<authority:authority>/audits/<ref("AUD"):number>/readers')
@allow(Role.qa_manager, Role.auditor)
def readers(number: int) -> ResponseReturnValue:
    row = audits.audit_row(g.session, g.authority.id, number)
    name = audits.reference_of(row.number)
    read_by = queries_log.readers(g.session, g.authority.id, name)
    total = words.count(sum(reader.times for reader in read_by), "time")
    return render_template("home/log/readers.html", reference=name, number=number, readers=read_by, total=total)
