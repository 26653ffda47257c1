"""More typed into a plan that stands: read, shown as what would be added, added as a whole or not at all."""

from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import drafts, forms
from audit_app.form_pages import blame
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.plans.outline import adding, naming, preview, reading, service, writing
from audit_app.improvement.plans.outline.forms import OutlineForm
from audit_app.improvement.plans.outline.naming import Named
from audit_app.improvement.plans.outline.reading import Outline
from audit_app.improvement.plans.outline.routes import NOTHING, faults_told, held_back, page_of
from audit_app.improvement.plans.queries import open_areas
from audit_app.improvement.plans.routes import PLAN
from audit_app.people import queries as people
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings import queries as thread
from findings.plan_shapes import WholePlan
from findings.references import PLAN as PREFIX
from findings.references import reference
from findings.tables import Plan

CHANGED = (
    "Somebody has changed the plan since you looked at it, and nothing of yours is saved. "
    "Have your text read again, and look at what it would add to the plan as it is now"
)


@blueprint.route(f"{PLAN}/type", methods=["GET", "POST"])
@allow(Role.qa_manager)
def type_into_plan(number: int) -> ResponseReturnValue:
    """Type it and have it read; without a fault it is shown on the next page, and nothing is saved yet."""
    whole = thread.get_whole_plan(g.session, g.authority.id, number)
    form = _form()
    outline, named = NOTHING
    if request.method == "POST" and form.validate():
        outline, named = _read(form, whole)
        if not form.typed.errors:
            there = url_for(".check_typed_into_plan", number=number)
            fields = [("typed", form.typed.data or "")]
            drafts.keep(g.session, authority_id=g.authority.id, person_id=g.person.person_id, path=there,
                        fields=fields, reason="typing", now=g.now)  # fmt: skip
            return redirect(there, 303)
    return page_of(form, outline, named, checked=False, **_said(whole.row))


@blueprint.route(f"{PLAN}/type/check", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def check_typed_into_plan(number: int) -> ResponseReturnValue:
    """Look at what would be added, and add the whole of it or nothing; told when the plan changed meanwhile."""
    if request.method == "POST":
        service.hold_plan(g.session, g.authority.id, number)
    whole = thread.get_whole_plan(g.session, g.authority.id, number)
    mark = _mark(whole)
    form = _form(revision=str(mark))
    if request.method == "GET" and not form.typed.data:
        return redirect(url_for(".type_into_plan", number=number), 303)
    if request.method == "POST" and not form.validate():
        return page_of(form, *NOTHING, checked=True, **_said(whole.row))
    outline, named = _read(form, whole)
    if request.method == "POST" and not form.typed.errors:
        if form.seen_revision() != mark:
            blame(form.typed, CHANGED)
        elif not held_back(form, outline) and _added(form, outline):
            say(f"Added to {reference(PREFIX, number)}: {preview.counted(outline)}.")
            return redirect(url_for(".show_plan", number=number), 303)
    return page_of(form, outline, named, checked=True, **_said(whole.row))


def _form(**values: str) -> OutlineForm:
    form = forms.filled(OutlineForm, **values)
    form.typed.label.text = "What is to be added"
    return form


def _said(plan: Plan) -> dict[str, Any]:
    """What the page of a whole plan says otherwise where the text adds to one."""
    return {
        "title": f"Type more into {plan.title}",
        "checking": f"Check what would be added to {plan.title}",
        "back": url_for(".show_plan", number=plan.number),
        "read_again": url_for(".type_into_plan", number=plan.number),
        "save": "Add it to the plan",
        "adds_to": plan,
    }


def _mark(whole: WholePlan) -> int:
    """A number for what the plan holds now: another one as soon as anything planned is changed or added."""
    return forms.mark_of(writing.write(whole, {}), [action.row.number for action in whole.every_action])


def _read(form: OutlineForm, whole: WholePlan) -> tuple[Outline, Named]:
    """What was typed, with what of it stands in the plan already."""
    outline = reading.read(form.typed.data or "", within=whole.row.title)
    areas = open_areas(g.session, g.authority.id)
    named = naming.name_posts(outline, people.list_posts(g.session, g.scope.today), areas)
    otherwise = adding.recognise(outline.plan, whole) if outline.plan else ()
    outline = faults_told(form, outline, (*named.faults, *otherwise))
    if not outline.faults and outline.plan and not outline.plan.adds:
        blame(form.typed, "Everything in this text stands in the plan already. Type what is to be added")
    return outline, named


def _added(form: OutlineForm, outline: Outline) -> bool:
    """Whether it was added; where the register refused a line, nothing is kept."""
    try:
        service.add_outline(g.session, g.authority.id, outline, **by_whom(today=g.scope.today))
    except service.RefusedLine as refused:
        blame(form.typed, f"Line {refused.line}: {refused.message}")
        return False
    return True
