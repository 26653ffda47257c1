"""Pages of a plan's themes: added, changed, moved, taken out."""

from typing import Any

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.form_pages import accepted, saved_beside_typed, sent, stale_page
from audit_app.improvement.actions.forms import number_in, post_choices
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.plans import queries, service
from audit_app.improvement.plans.forms import THEME_WORDS, MoveForm, TakeThemeOutForm, ThemeForm
from audit_app.improvement.plans.routes import PLAN
from audit_app.improvement.routes_page import show
from audit_app.people import queries as people
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings import queries as thread
from findings.errors import Stale
from findings.tables import Theme

THEME = f"{PLAN}/themes/<int:theme_id>"
FIRST = "It stands first"
TOP = "Under none: it is of the first level"


@blueprint.route(f"{PLAN}/themes/new", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def new_theme(number: int) -> ResponseReturnValue:
    plan = thread.get_plan(g.session, g.authority.id, number)
    form = _offer(forms.filled(ThemeForm), number)
    back = url_for(".show_plan", number=number)
    given = _given(form) | {"parent_id": number_in(form.parent_id)}
    if sent(form) and accepted(form, lambda: service.add_theme(g.session, g.authority.id, number, **given)):
        say("Theme added.")
        return redirect(back, 303)
    return show("plans/theme", form, title=f"Add a theme to {plan.title}", back=back, save="Add the theme")


def _offer(form: ThemeForm, number: int, theme: Theme | None = None) -> ThemeForm:
    kept = (theme.owner_post_id, theme.owner_post_title) if theme else None
    post_choices(form.owner_post_id, people.list_posts(g.session, g.scope.today), kept=kept)
    form.parent_id.choices = forms.choices(queries.first_level(g.session, g.authority.id, number), first=TOP)
    return form


def _given(form: ThemeForm) -> dict[str, Any]:
    return form.values() | {"owner_post_id": number_in(form.owner_post_id), **by_whom(today=g.scope.today)}


@blueprint.route(f"{THEME}/change", methods=["GET", "POST"])
@allow(Role.qa_manager)
def change_theme(number: int, theme_id: int) -> ResponseReturnValue:
    theme = queries.get_theme(g.session, g.authority.id, number, theme_id)
    saved = {name: getattr(theme, name) for name in (*THEME_WORDS, "owner_post_id", "revision")}
    form = _offer(forms.filled(ThemeForm, **saved), number, theme)
    del form.parent_id
    back = url_for(".show_plan", number=number)
    given = _given(form) | {"revision": form.seen_revision()}
    try:
        if sent(form) and accepted(form, lambda: service.correct_theme(g.session, g.authority.id, theme, **given)):
            say("Saved. What it said before is kept.")
            return redirect(back, 303)
    except Stale as stale:
        return stale_page(saved_beside_typed(stale.current, form), back)
    return show("plans/theme", form, title=f"Change {theme.title}", back=back, save="Save the theme")


@blueprint.route(f"{THEME}/move", methods=["GET", "POST"])
@allow(Role.qa_manager)
def move_theme(number: int, theme_id: int) -> ResponseReturnValue:
    theme = queries.get_theme(g.session, g.authority.id, number, theme_id)
    form = forms.filled(MoveForm, home=str(theme.parent_id or ""), revision=theme.revision)
    others = [pair for pair in queries.first_level(g.session, g.authority.id, number) if pair[0] != theme_id]
    form.home.choices = forms.choices(others, first=TOP)
    every = [pair for pair in queries.theme_choices(g.session, g.authority.id, number) if pair[0] != theme_id]
    form.after.choices = forms.choices(every, first=FIRST)
    back = url_for(".show_plan", number=number)
    given = {"parent_id": number_in(form.home), "after_id": number_in(form.after), **by_whom()}
    given["revision"] = form.seen_revision()
    if sent(form) and accepted(
        form,
        lambda: service.move_theme(g.session, g.authority.id, theme_id, **given),
        parent_id="home",
        after_id="after",
    ):
        say("Moved. Where it stood before is kept.")
        return redirect(back, 303)
    return show("plans/small_form", form, title=f"Move {theme.title}", back=back, save="Move the theme")


@blueprint.route(f"{THEME}/take-out", methods=["GET", "POST"])
@allow(Role.qa_manager)
def remove_theme(number: int, theme_id: int) -> ResponseReturnValue:
    theme = queries.get_theme(g.session, g.authority.id, number, theme_id)
    form = forms.filled(TakeThemeOutForm, revision=theme.revision)
    every = [pair for pair in queries.theme_choices(g.session, g.authority.id, number) if pair[0] != theme_id]
    form.actions_to.choices = forms.choices(every, first="They stay in the plan, in no theme")
    back = url_for(".show_plan", number=number)
    given = {"why": form.why.data, "actions_to": number_in(form.actions_to), **by_whom()}
    given["revision"] = form.seen_revision()
    if sent(form) and accepted(form, lambda: service.remove_theme(g.session, g.authority.id, theme_id, **given)):
        say("Taken out. It can be read and put back on the page of what the plan said before.")
        return redirect(back, 303)
    return show("plans/small_form", form, title=f"Take out {theme.title}", back=back, save="Take the theme out")
