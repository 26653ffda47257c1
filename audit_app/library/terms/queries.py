"""Reads of the words a council changed."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import database
from audit_app.library.tables import OwnTerm
from audit_app.library.terms.own_words import BY_CODE, NONE, OwnWord, OwnWords


def own_words(session: Session, authority_id: int) -> OwnWords:
    """Every word the council changed; columns only, because most pages ask."""
    rows = session.execute(_changed(), {"council": authority_id})
    by_code = {term: OwnWord(singular, plural) for term, singular, plural in rows if term in BY_CODE}
    return OwnWords(by_code) if by_code else NONE


@cache
def _changed() -> Any:
    columns = sa.select(col(OwnTerm.term), col(OwnTerm.one), col(OwnTerm.many))
    return database.written_once(columns.where(col(OwnTerm.authority_id) == sa.bindparam("council")))


def term_rows(session: Session, authority_id: int) -> dict[str, OwnTerm]:
    """The rows of the changed words, by term."""
    rows = session.exec(select(OwnTerm).where(OwnTerm.authority_id == authority_id).order_by(col(OwnTerm.term)))
    return {row.term: row for row in rows}
