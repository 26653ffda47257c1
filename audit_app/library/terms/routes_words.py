"""The words of the council that asks, for what other pages of the library print or give out."""

from flask import g

from audit_app.library.terms import queries
from audit_app.library.terms.own_words import OwnWords


def own_words() -> OwnWords:
    """The words of this council, for what is printed or taken out."""
    return queries.own_words(g.session, g.authority.id)
