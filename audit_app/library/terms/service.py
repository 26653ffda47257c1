"""Writes of the words a council changes."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, select

from audit_app import history
from audit_app.library import events
from audit_app.library.tables import OwnTerm
from audit_app.library.terms import queries
from audit_app.library.terms.own_words import BY_CODE, OwnWords, why_not
from audit_app.people.tables import Authority, Role
from findings.errors import Invalid, NotAllowed, Stale

__all__ = ["events"]

MAY_CHANGE = (Role.qa_manager, Role.admin)


def change_words(
    session: Session,
    authority_id: int,
    given: Mapping[str, tuple[str, str]],
    *,
    seen: OwnWords,
    by: int,
    now: datetime,
) -> list[str]:
    """Keep the words a council uses: singular and plural by term, two empty texts for the product's word.

    Returns:
        The terms that changed, in the order of the page.

    Raises:
        NotAllowed: only a QA manager or an administrator does.
        Stale: somebody changed a word since `seen` was read.
        Invalid: words that cannot be used.
    """
    _must_change(session)
    # One save at a time: the first word of all is a row that is not there yet, so the council's own row is held.
    council = session.exec(select(Authority).where(Authority.id == authority_id).with_for_update()).one()
    if queries.own_words(session, authority_id) != seen:
        raise Stale(council)
    for code, fault in why_not(given).items():
        raise Invalid(code, fault)
    rows = queries.term_rows(session, authority_id)
    changed = [code for code, pair in given.items() if _set(session, authority_id, code, pair, rows.get(code), by, now)]
    for code in changed:
        # The log names the product's word, never the council's.
        what = "own_term.changed" if code in queries.term_rows(session, authority_id) else "own_term.reset"
        history.note(session, what, by=by, authority_id=authority_id, facts={"term": BY_CODE[code].one}, now=now)
    return changed


def _must_change(session: Session) -> None:
    scope = session.info["scope"]
    if not (scope.everything or scope.has(*MAY_CHANGE)):
        raise NotAllowed("Only a QA manager or an administrator changes the words of the council.")


def _set(  # noqa: PLR0917 - the order of every write here: where, what, who, when
    session: Session, authority_id: int, code: str, pair: tuple[str, str], row: OwnTerm | None, by: int, now: datetime
) -> bool:
    """One term; whether anything changed. The product's own word, typed, is no word of the council's."""
    singular, plural = pair if pair != (BY_CODE[code].one, BY_CODE[code].many) else ("", "")
    if row is None and singular:
        made = OwnTerm(authority_id=authority_id, term=code, one=singular, many=plural, changed_by=by, changed_at=now)
        session.add(made)
    elif row is not None and not singular:
        session.delete(row)
    elif row is not None and (row.one, row.many) != (singular, plural):
        row.one, row.many, row.changed_by, row.changed_at = singular, plural, by, now
        row.revision += 1
    else:
        return False
    session.flush()
    return True
