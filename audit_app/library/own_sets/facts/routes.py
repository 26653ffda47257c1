"""Pages that write the facts about the record of a draft: one fact, and its place among the others."""

from collections.abc import Callable

from flask import request
from flask.typing import ResponseReturnValue

from audit_app.form_pages import sent
from audit_app.library.blueprint import blueprint
from audit_app.library.own_sets.facts import editing
from audit_app.library.own_sets.facts.forms import FactForm, fact_values
from audit_app.library.own_sets.routes_editing import DRAFT, Open, step_taken
from audit_app.library.routes_showing import show
from audit_app.people.access import Role, allow
from findings.errors import OutOfTurn
from frameworks.own_sets.shape import OwnSet

STEPS: dict[str, tuple[str, Callable[[OwnSet, str], OwnSet]]] = {
    "up": ("the order of facts", lambda own, fact: editing.moved_fact(own, fact, -1)),
    "down": ("the order of facts", lambda own, fact: editing.moved_fact(own, fact, 1)),
    "delete": ("a fact deleted", editing.without_fact),
}


@blueprint.route(f"{DRAFT}/facts", methods=["GET", "POST"])
@allow(Role.qa_manager)
def add_own_fact(number: int) -> ResponseReturnValue:
    """A new fact about the record, at the end."""
    draft = Open(number)
    form = draft.form(FactForm, kind="text")
    if sent(form):
        done = draft.saved(form, lambda own: editing.with_fact(own, "", form.values()), "a new fact")
        if done:
            return done
    return show("own_sets/fact", form, view=draft.view, own=draft.own, fact=None)


@blueprint.route(f"{DRAFT}/facts/<string:fact>", methods=["GET", "POST"])
@allow(Role.qa_manager)
def own_fact(number: int, fact: str) -> ResponseReturnValue:
    """One fact about the record."""
    draft = Open(number)
    row = editing.fact_of(draft.own, fact)
    form = draft.form(FactForm, **fact_values(row))
    if sent(form):
        done = draft.saved(form, lambda own: editing.with_fact(own, fact, form.values()), f"the fact {fact}")
        if done:
            return done
    return show("own_sets/fact", form, view=draft.view, own=draft.own, fact=row)


@blueprint.post(f"{DRAFT}/fact-steps")
@allow(Role.qa_manager)
def own_fact_step(number: int) -> ResponseReturnValue:
    """One small change by a button: up, down, delete."""
    draft = Open(number)
    name, fact = (request.form.get(key, "")[:80] for key in ("step", "fact"))
    if name not in STEPS:
        raise OutOfTurn("There is no such button. Load the page of the draft again.")
    what, change = STEPS[name]
    return step_taken(number, change(draft.own, fact), what, anchor="facts")
