"""A whole plan typed on one page: read, its faults told by line, looked at, saved as one; and written out again."""

from collections.abc import Iterable
from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import drafts, forms, headers, typed_suspects
from audit_app.form_pages import blame
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.plans.outline import naming, preview, reading, service, writing
from audit_app.improvement.plans.outline.forms import OutlineForm
from audit_app.improvement.plans.outline.naming import Named
from audit_app.improvement.plans.outline.reading import Fault, Outline
from audit_app.improvement.plans.queries import open_areas
from audit_app.improvement.plans.routes import PLAN
from audit_app.improvement.routes_page import show
from audit_app.improvement.who import READERS
from audit_app.people import queries as people
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, log_read, say
from audit_app.people.proof import needs_proof
from audit_app.words import count
from findings import queries as thread
from findings.references import PLAN as PREFIX
from findings.references import reference

NOTHING = (Outline(None, ()), Named((), ()))


@blueprint.route("/<authority:authority>/plans/type", methods=["GET", "POST"])
@allow(Role.qa_manager)
def type_plan() -> ResponseReturnValue:
    """Type it and have it read; without a fault it is shown on the next page, and nothing is saved yet."""
    form = forms.filled(OutlineForm)
    outline, named = NOTHING
    if request.method == "POST" and form.validate():
        outline, named = _read(form)
        if not form.typed.errors:
            there = url_for(".check_typed_plan")
            fields = [("typed", form.typed.data or "")]
            drafts.keep(g.session, authority_id=g.authority.id, person_id=g.person.person_id, path=there,
                        fields=fields, reason="typing", now=g.now)  # fmt: skip
            return redirect(there, 303)
    return page_of(form, outline, named, checked=False)


@blueprint.route("/<authority:authority>/plans/type/check", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def check_typed_plan() -> ResponseReturnValue:
    """Look at what was read of it, and save the whole of it or nothing."""
    form = forms.filled(OutlineForm)
    if request.method == "GET" and not form.typed.data:
        return redirect(url_for(".type_plan"), 303)
    if request.method == "POST" and not form.validate():
        return page_of(form, *NOTHING, checked=True)
    outline, named = _read(form)
    if request.method == "POST" and not form.typed.errors and not held_back(form, outline):
        number = _saved(form, outline)
        if number is not None:
            say(f"{reference(PREFIX, number)} saved: {preview.counted(outline)}.")
            return redirect(url_for(".show_plan", number=number), 303)
    return page_of(form, outline, named, checked=True)


def _read(form: OutlineForm) -> tuple[Outline, Named]:
    """What was typed, with the council's posts and open areas put in the place of their names."""
    outline = reading.read(form.typed.data or "")
    areas = open_areas(g.session, g.authority.id)
    named = naming.name_posts(outline, people.list_posts(g.session, g.scope.today), areas)
    return faults_told(form, outline, named.faults), named


def faults_told(form: OutlineForm, outline: Outline, more: Iterable[Fault]) -> Outline:
    """The outline with every fault in the order of its lines; how many there are is said at the text."""
    faults = sorted((*outline.faults, *more), key=lambda fault: fault.line)
    if faults:
        blame(
            form.typed, f"{count(len(faults), 'line')} cannot be read. What to do is said line by line above the text"
        )
    return Outline(outline.plan, tuple(faults))


def held_back(form: OutlineForm, outline: Outline) -> bool:
    """Whether the text is shown again first, because its free words look as if they told of a person."""
    free = OutlineForm(typed=preview.free_words(outline))
    free.typed.object_data = None
    if not typed_suspects.hold_back(free):
        return False
    form.warned.data = free.warned.data
    form.typed.errors = [*form.typed.errors, *free.typed.errors]
    return True


def _saved(form: OutlineForm, outline: Outline) -> int | None:
    """The number of the plan that was made; None where the register refused a line, and then nothing is kept."""
    try:
        return service.save_outline(g.session, g.authority.id, outline, **by_whom(today=g.scope.today)).number
    except service.RefusedLine as refused:
        blame(form.typed, f"Line {refused.line}: {refused.message}")
        return None


def page_of(form: OutlineForm, outline: Outline, named: Named, *, checked: bool, **said: Any) -> ResponseReturnValue:
    """The page on which a plan is typed, or looked at before it is saved; `said` in the place of what is said first."""
    typed = (form.typed.data or "").split("\n")
    more: dict[str, Any] = {
        "tree": preview.tree(outline.plan) if outline.plan and outline.plan.adds else None,
        "counted": preview.counted(outline),
        "faults": [(fault, _line(typed, fault)) for fault in outline.faults],
        "notes": preview.grouped(named.notes),
        "explained": preview.explained(),
        "checked": checked and not form.errors,
        "title": "Type a whole plan",
        "checking": "Check the plan you typed",
        "back": url_for(".list_plans"),
        "read_again": url_for(".type_plan"),
        "save": "Save the plan",
        "adds_to": None,
    }
    return show("plans/type", form, **{**more, **said})


def _line(typed: list[str], fault: Fault) -> str:
    """What stands on the line a fault is about."""
    return typed[fault.line - 1].strip() if fault.line <= len(typed) else ""


@blueprint.get(f"{PLAN}/as-text")
@allow(*READERS)
def plan_as_text(number: int) -> ResponseReturnValue:
    """The plan in the shape in which it can be typed again: a whole plan leaves, as in a workbook (AU-13)."""
    back = url_for(".show_plan", number=number)
    if (asked := needs_proof(back)) is not None:
        return asked
    log_read(f"{reference(PREFIX, number)}/as-text")
    whole = thread.get_whole_plan(g.session, g.authority.id, number)
    posts = {post.id: post.title for post in people.list_posts(g.session, g.scope.today)}
    data = writing.write(whole, posts).encode("utf-8")
    return headers.download(data, filename=f"{reference(PREFIX, number)}.txt", content_type="text/plain; charset=utf-8")
