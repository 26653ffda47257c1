"""The page that says what hangs on a question or domain of a draft, and deletes it."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app.form_pages import sent
from audit_app.forms import AppForm
from audit_app.library.blueprint import blueprint
from audit_app.library.own_sets import editing
from audit_app.library.own_sets.deleting import hanging, queries, service
from audit_app.library.own_sets.routes_editing import DOMAIN, QUESTION, Open
from audit_app.library.routes_showing import show
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings.errors import OutOfTurn


@blueprint.route(f"{DOMAIN}/deletion", methods=["GET", "POST"])
@allow(Role.qa_manager)
def delete_own_domain(number: int, domain: str) -> ResponseReturnValue:
    """A domain with its questions."""
    return _page(number, domain, "")


@blueprint.route(f"{QUESTION}/deletion", methods=["GET", "POST"])
@allow(Role.qa_manager)
def delete_own_question(number: int, domain: str, question: str) -> ResponseReturnValue:
    """One question."""
    return _page(number, domain, question)


def _page(number: int, domain: str, question: str) -> ResponseReturnValue:
    draft = Open(number)
    place = editing.domain_of(draft.own, domain)
    row = editing.question_of(draft.own, domain, question) if question else None
    key = f"{domain}/{question}" if question else domain
    if key not in hanging.deletable(draft.own, queries.published_keys(g.session, g.authority.id, number)):
        raise OutOfTurn(service.PUBLISHED)
    form = draft.form(AppForm)
    if sent(form):
        seen = form.seen_revision()
        service.delete(g.session, g.authority.id, number, domain, question, seen=seen, **by_whom())
        say(f"Question {row.number} is deleted." if row else f"Domain {place.number} is deleted.")
        return redirect(url_for(".own_draft", number=number), 303)
    hangs = hanging.hanging_on(draft.own, domain, question)
    return show("own_sets/delete", form, view=draft.view, own=draft.own, domain=place, question=row, hangs=hangs)
