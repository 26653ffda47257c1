"""What a plan said before, and putting back what was taken out; the plan taken away as a workbook."""

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import headers
from audit_app.improvement.actions import service as actions
from audit_app.improvement.actions.routes_register import XLSX
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.plans import queries, queries_changes, service, workbook
from audit_app.improvement.plans.routes import EXPORTERS, PLAN
from audit_app.improvement.routes_page import may_write
from audit_app.improvement.who import READERS
from audit_app.people import queries as people
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, log_read, say
from audit_app.people.access.outside import outside_transaction, read_apart
from audit_app.people.defaults import ROLE_NAMES
from audit_app.people.exports.routes_counting import export_stopped
from findings.references import PLAN as PREFIX
from findings.references import new_id, reference
from findings.states import PlanPart


@blueprint.get(f"{PLAN}/before")
@allow(*READERS)
def plan_changes(number: int) -> ResponseReturnValue:
    page = queries_changes.list_changes(g.session, g.authority.id, number)
    return render_template("improvement/plans/changes.html", page=page, may_write=may_write())


@blueprint.post(f"{PLAN}/themes/<int:theme_id>/put-back")
@allow(Role.qa_manager)
def restore_theme(number: int, theme_id: int) -> ResponseReturnValue:
    queries.get_theme(g.session, g.authority.id, number, theme_id, taken_out=True)
    service.restore(g.session, g.authority.id, PlanPart.theme, theme_id, **by_whom())
    say("Put back.")
    return redirect(url_for(".show_plan", number=number), 303)


@blueprint.post(f"{PLAN}/milestones/<int:milestone_id>/put-back")
@allow(Role.qa_manager)
def restore_milestone(number: int, milestone_id: int) -> ResponseReturnValue:
    queries.get_milestone(g.session, g.authority.id, number, milestone_id)
    service.restore(g.session, g.authority.id, PlanPart.milestone, milestone_id, **by_whom())
    say("Put back.")
    return redirect(url_for(".show_plan", number=number), 303)


@blueprint.post(f"{PLAN}/plan.xlsx")
@allow(*EXPORTERS)
def export_plan(number: int) -> ResponseReturnValue:
    if (stopped := export_stopped("plan", "improvement.show_plan", {"number": number})) is not None:
        return stopped
    council, export_id, name = g.authority.id, f"export-{new_id()}", reference(PREFIX, number)
    who = ", ".join(sorted(ROLE_NAMES[role] for role in g.scope.roles))
    with outside_transaction():
        view = read_apart(lambda session: queries.get_plan(session, council, number, g.scope.today))
        marking = read_apart(lambda session: people.authority_settings(session).marking)
        data = workbook.plan_workbook(
            view, export_id=export_id, who=who, when=g.now, today=g.scope.today, marking=marking
        )
    actions.note_export(g.session, council, export_id, count=view.total, chosen="plan", **by_whom())
    log_read(export_id)
    return headers.download(data, filename=f"{name}.xlsx", content_type=XLSX)
