"""Readiness at a glance, each reason with what to do about it."""

from typing import Any

from flask import current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock
from audit_app.home.blueprint import blueprint
from audit_app.home.readiness import parts, queries
from audit_app.home.readiness.parts import Line
from audit_app.people.access import Role, allow


@blueprint.get("/<authority:authority>/readiness")
@allow(Role.qa_manager, Role.leader)
def readiness() -> ResponseReturnValue:
    facts = queries.facts(g.session, g.authority.id, clock.today(), current_app.config)
    return render_template(
        "home/readiness/show.html",
        facts=facts,
        parts=parts.parts(facts),
        first_steps=parts.first_steps(facts),
        ways=ways_open,
    )


def ways_open(line: Line) -> list[dict[str, Any]]:
    """The ways of a line that lead to a page this person may open."""
    return [
        {"what": way.what, "href": url_for(way.endpoint, **way.values)}
        for way in line.ways
        if way.endpoint in current_app.view_functions and (not way.roles or g.scope.has(*way.roles))
    ]
