"""The page of the words a council uses instead of the product's own."""

from typing import Any

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, words
from audit_app.form_pages import blame, sent
from audit_app.library.blueprint import blueprint
from audit_app.library.routes_showing import show
from audit_app.library.terms import own_words, queries, service
from audit_app.library.terms.forms import TermsForm, WordsForm, values
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings.errors import Stale

STALE = (
    "Somebody changed these words since you opened the page. What is saved now stands beside each word. "
    "Check, and save again."
)


@blueprint.route("/<authority:authority>/library/words", methods=["GET", "POST"])
@allow(Role.qa_manager, Role.admin)
def own_terms() -> ResponseReturnValue:
    """Each word with the council's own, and a sentence that shows it."""
    own = queries.own_words(g.session, g.authority.id)
    form = forms.filled(WordsForm, revision=str(_mark(own)), **values(own))
    stale = False
    if sent(form):
        try:
            return _saved(form, own)
        except Stale:
            own = queries.own_words(g.session, g.authority.id)
            form.revision.data, stale = str(_mark(own)), True
            blame(form[f"{own_words.TERMS[0].code}-one"], STALE)
    return show("terms/words", form, lines=_lines(form, own), own=own, stale=stale)


def _mark(own: own_words.OwnWords) -> int:
    return forms.mark_of(own.written())


def _saved(form: TermsForm, own: own_words.OwnWords) -> ResponseReturnValue:
    if form.seen_revision() != _mark(own):
        raise Stale(g.authority)
    changed = service.change_words(g.session, g.authority.id, form.given(), seen=own, **by_whom())
    say(f"{words.count(len(changed), 'word').capitalize()} changed." if changed else "Nothing was different.")
    return redirect(url_for(".own_terms"), 303)


def _lines(form: TermsForm, own: own_words.OwnWords) -> list[dict[str, Any]]:
    """Each term with its two fields and its sentence in the words that stand in them."""
    given = {code: own_words.OwnWord(*pair) for code, pair in form.given().items() if all(pair)}
    return [
        {
            "term": term,
            "one": form[f"{term.code}-one"],
            "many": form[f"{term.code}-many"],
            "example": own_words.in_terms(term.example, own_words.OwnWords(given)),
            "saved": own.by_code.get(term.code),
        }
        for term in own_words.TERMS
    ]


@blueprint.post("/<authority:authority>/library/words/reset")
@allow(Role.qa_manager, Role.admin)
def reset_terms() -> ResponseReturnValue:
    """Back to the product's words, all of them."""
    own = queries.own_words(g.session, g.authority.id)
    given = {term.code: ("", "") for term in own_words.TERMS}
    service.change_words(g.session, g.authority.id, given, seen=own, **by_whom())
    say("The product’s words are back.")
    return redirect(url_for(".own_terms"), 303)
