"""Pages that bring findings and areas together: a finding made an area or joined to one, taken out of it again."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, words
from audit_app.form_pages import accepted, sent
from audit_app.improvement.areas import queries, service
from audit_app.improvement.areas.forms import JoinAreaForm, JoinFindingForm
from audit_app.improvement.areas.routes import AREA_PAGE
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings import queries as findings_queries
from audit_app.improvement.findings.routes import FINDING_PAGE
from audit_app.improvement.inspections.routes import INSPECTION
from audit_app.improvement.routes_page import show
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings import queries as thread_queries
from findings.errors import Invalid
from findings.queries import AreaFilter, FindingFilter
from findings.references import AREA, FINDING, number_of, reference
from findings.states import AreaStatus


@blueprint.route(f"{AREA_PAGE}/findings", methods=["GET", "POST"])
@allow(Role.qa_manager)
def join_finding(number: int) -> ResponseReturnValue:
    view = queries.get_area(g.session, g.authority.id, number)
    form = forms.filled(JoinFindingForm)
    loose = findings_queries.list_findings(g.session, g.authority.id, FindingFilter(in_no_area=True), size=50)
    if sent(form) and accepted(form, lambda: _join(number, form)):
        say(f"{form.finding.data.upper()} joined.")
        return redirect(url_for(".show_area", number=number), 303)
    return show("areas/join", form, view=view, loose=loose)


def _join(number: int, form: JoinFindingForm) -> None:
    finding = number_of(form.finding.data, FINDING)
    if finding is None or not findings_queries.is_finding(g.session, g.authority.id, finding):
        raise Invalid("finding", "There is no such finding. Enter its reference, such as FND-0007")
    service.join_finding(g.session, g.authority.id, finding_number=finding, area_number=number, **by_whom())


@blueprint.post(f'{AREA_PAGE}/findings/<ref("FND"):finding>/leave')
@allow(Role.qa_manager)
def leave_area(number: int, finding: int) -> ResponseReturnValue:
    service.leave_area(g.session, g.authority.id, finding_number=finding, area_number=number, **by_whom())
    say(f"{reference(FINDING, finding)} taken out of {reference(AREA, number)}.")
    return redirect(url_for(".show_area", number=number), 303)


@blueprint.post(f"{FINDING_PAGE}/area")
@allow(Role.qa_manager)
def make_area(number: int) -> ResponseReturnValue:
    area = service.make_area(g.session, g.authority.id, number, **by_whom())
    say(f"{reference(AREA, area.number)} opened under the words of {reference(FINDING, number)}. Name its owner next.")
    return redirect(url_for(".show_area", number=area.number), 303)


@blueprint.route(f"{FINDING_PAGE}/join", methods=["GET", "POST"])
@allow(Role.qa_manager)
def join_area(number: int) -> ResponseReturnValue:
    view = findings_queries.get_finding(g.session, g.authority.id, number)
    form = forms.filled(JoinAreaForm)
    wanted = AreaFilter(status=AreaStatus.open)
    open_areas = [row.area for row in queries.every_area(g.session, g.authority.id, wanted)]
    form.area.choices = forms.choices(
        [(row.number, f"{reference(AREA, row.number)}: {row.heading[:100]}") for row in open_areas], first="Choose"
    )
    if sent(form) and accepted(form, lambda: _join_area(number, form)):
        area = int(form.area.data)
        say(f"{view.reference} joined to {reference(AREA, area)}.")
        return redirect(url_for(".show_area", number=area), 303)
    return show("areas/join_from_finding", form, view=view, any_open=bool(open_areas))


def _join_area(number: int, form: JoinAreaForm) -> None:
    service.join_finding(g.session, g.authority.id, finding_number=number, area_number=int(form.area.data), **by_whom())


@blueprint.post(f"{INSPECTION}/areas")
@allow(Role.qa_manager)
def make_areas(number: int) -> ResponseReturnValue:
    thread_queries.get_inspection(g.session, g.authority.id, number)
    made = service.make_areas(g.session, g.authority.id, number, **by_whom())
    say(
        f"{words.count(made, 'area')} for improvement opened. Name an owner for each."
        if made
        else "There was none to make."
    )
    return redirect(url_for(".show_inspection", number=number), 303)
