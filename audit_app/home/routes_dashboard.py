"""The dashboard: what the audits and the thread add up to, and how the installation is."""

from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app import clock
from audit_app.home import queries_dashboard
from audit_app.home.blueprint import blueprint
from audit_app.home.first_look.queries import first_look
from audit_app.home.state import queries as state_queries
from audit_app.people.access import Role, allow
from audit_app.records.erasure import queries as removals
from findings import queries as thread


@blueprint.get("/<authority:authority>/dashboard")
@allow(Role.qa_manager, Role.leader)
def dashboard() -> ResponseReturnValue:
    asked = request.args.get("months", "")
    offered = queries_dashboard.MONTHS_OFFERED
    months = next((months for months in offered if str(months) == asked), offered[0])
    today = clock.today()
    audits = queries_dashboard.audit_figures(g.session, g.authority.id, today, months)
    actions = thread.total_actions(g.session, g.authority.id, today)
    return render_template(
        "home/dashboard.html",
        audits=audits,
        look=first_look(g.session, g.authority.id, today, months, actions),
        removed=removals.count_removed(g.session, g.authority.id, audits.start, audits.end),
        thread=queries_dashboard.thread_figures(g.session, g.authority.id, actions),
        months=months,
        offered=offered,
    )


@blueprint.get("/<authority:authority>/state")
@allow(Role.admin)
def state() -> ResponseReturnValue:
    states = state_queries.states(g.session, g.authority.id, current_app.config, g.now)
    return render_template("home/state.html", states=states)
