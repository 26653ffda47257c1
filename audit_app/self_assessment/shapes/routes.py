"""Pages of the council's own shapes."""

from typing import Any

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.form_pages import accepted, sent, stale_page
from audit_app.people.access import allow
from audit_app.people.access.door import by_whom, say
from audit_app.self_assessment.blueprint import LIST, blueprint
from audit_app.self_assessment.routes_page import show
from audit_app.self_assessment.shapes import queries, service
from audit_app.self_assessment.shapes.forms import ShapeForm
from audit_app.self_assessment.who import MANAGERS
from findings.errors import Stale

SHAPES = f"{LIST}/shapes"
SHAPE = f"{SHAPES}/<int:shape_id>"


@blueprint.get(SHAPES)
@allow(*MANAGERS)
def list_shapes() -> ResponseReturnValue:
    lines = queries.lines(g.session, g.authority.id)
    return render_template("self_assessment/shapes/list.html", lines=lines)


@blueprint.route(f"{SHAPES}/new", methods=["GET", "POST"])
@allow(*MANAGERS, creates=True)
def add_shape() -> ResponseReturnValue:
    form = forms.filled(ShapeForm)
    if sent(form) and accepted(
        form, lambda: service.keep_shape(g.session, g.authority.id, *_typed(form), draft=True, **by_whom())
    ):
        say("Kept as a draft. Publish it when self-assessments may begin from it.")
        return redirect(url_for(".list_shapes"), 303)
    return show("shapes/form", form, title="Draft a shape of your own", back=url_for(".list_shapes"))


def _typed(form: ShapeForm) -> tuple[str, str, str]:
    return form.shape_title.data or "", form.headings.data or "", form.prompts.data or ""


@blueprint.route(f"{SHAPE}/change", methods=["GET", "POST"])
@allow(*MANAGERS)
def change_shape(shape_id: int) -> ResponseReturnValue:
    shape = queries.get_shape(g.session, g.authority.id, shape_id)
    saved: dict[str, Any] = {"shape_title": shape.title, "headings": shape.headings, "prompts": shape.prompts}
    form = forms.filled(ShapeForm, **saved, revision=shape.revision)
    back = url_for(".list_shapes")
    given: dict[str, Any] = {"revision": form.seen_revision(), **by_whom()}
    try:
        if sent(form) and accepted(form, lambda: service.change_shape(g.session, shape, *_typed(form), **given)):
            say("Saved.")
            return redirect(back, 303)
    except Stale:
        rows = [(form[name].label.text, text, form[name].data or "") for name, text in saved.items()]
        return stale_page(rows, back)
    return show("shapes/form", form, title=f"Change {queries.called(shape)}", back=back)


@blueprint.post(f"{SHAPE}/publish")
@allow(*MANAGERS)
def publish_shape(shape_id: int) -> ResponseReturnValue:
    service.publish_shape(g.session, queries.get_shape(g.session, g.authority.id, shape_id), **by_whom())
    say("Published. Self-assessments may begin from it.")
    return redirect(url_for(".list_shapes"), 303)


@blueprint.post(f"{SHAPE}/new-version")
@allow(*MANAGERS)
def begin_shape_version(shape_id: int) -> ResponseReturnValue:
    made = service.begin_version(g.session, queries.get_shape(g.session, g.authority.id, shape_id), **by_whom())
    say("A draft of the next version. The published one stays in use until you publish this.")
    return redirect(url_for(".change_shape", shape_id=made.id), 303)


@blueprint.post(f"{SHAPE}/retire")
@allow(*MANAGERS)
def retire_shape(shape_id: int) -> ResponseReturnValue:
    service.retire_shape(g.session, queries.get_shape(g.session, g.authority.id, shape_id), **by_whom())
    say("Retired. What began from it stays as it is.")
    return redirect(url_for(".list_shapes"), 303)
