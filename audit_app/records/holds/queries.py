"""Reads of legal holds: those that stand, one of them, and what keeps a thing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from audit_app import words
from audit_app.errors import NotFound
from audit_app.records import queries
from audit_app.records import queries_improvement as improvement
from audit_app.records.holds.held import Holdable, Standing, hold_on
from audit_app.records.tables import HOLD, HeldKind, LegalHold
from audit_app.records.things import Thing
from findings.references import reference

PERSON = "person "


def list_holds(session: Session, authority_id: int) -> Sequence[LegalHold]:
    """Every hold of a council: those that stand first, by their day of review; then those lifted, the newest first."""
    statement = select(LegalHold).where(LegalHold.authority_id == authority_id)
    rows = session.exec(statement.order_by(col(LegalHold.review_on), col(LegalHold.number))).all()
    lifted = sorted((row for row in rows if row.lifted_at), key=lambda row: row.number, reverse=True)
    return [*(row for row in rows if not row.lifted_at), *lifted]


def get_hold(session: Session, authority_id: int, number: int) -> LegalHold:
    """One hold.

    Raises:
        NotFound: this council has no such hold.
    """
    row = session.get(LegalHold, (authority_id, number))
    if row is None:
        raise NotFound("There is no such legal hold.")
    return row


def standing_rows(session: Session, authority_id: int) -> Sequence[LegalHold]:
    """The holds that stand, as they now are in the database."""
    statement = select(LegalHold).where(LegalHold.authority_id == authority_id, col(LegalHold.lifted_at).is_(None))
    return session.exec(statement.order_by(col(LegalHold.number)).execution_options(populate_existing=True)).all()


def standing(session: Session, authority_id: int) -> list[Standing]:
    """The same, as what decides about a thing."""
    return [_standing(row) for row in standing_rows(session, authority_id)]


def _standing(row: LegalHold) -> Standing:
    return Standing(reference(HOLD, row.number), row.held, row.target)


def that_keep(session: Session, authority_id: int, wanted: Sequence[Thing]) -> dict[Thing, str]:
    """For each thing the reference of the first hold that keeps it or a part of it; empty where none does."""
    holds = standing(session, authority_id)
    parts = improvement.parts_of(session, authority_id, wanted) if holds else {}
    return {
        thing: hold_on(holds, replace(thing.holdable, parts=tuple(parts.get(thing.reference, ())))) for thing in wanted
    }


def on_thing(session: Session, authority_id: int, name: str) -> list[LegalHold]:
    """The holds that keep one thing by its reference, its kind, the record it is about, or whoever did it."""
    rows = standing_rows(session, authority_id)
    if not rows:
        return []
    thing = queries.find_thing(session, authority_id, name)
    holdable = thing.holdable if thing else Holdable(name)
    return [row for row in rows if hold_on([_standing(row)], holdable)]


def to_review(session: Session, authority_id: int, today: date) -> list[LegalHold]:
    """The holds whose day of review has come."""
    return [row for row in standing_rows(session, authority_id) if row.review_on <= today]


def first_on(session: Session, authority_id: int, name: str) -> str:
    """The reference of the first hold that keeps a thing; empty when none does."""
    rows = on_thing(session, authority_id, name)
    return reference(HOLD, rows[0].number) if rows else ""


def note_on(session: Session, authority_id: int, name: str) -> str:
    """What the page of a thing says when a hold keeps it; empty when none does."""
    rows = _on_person(session, authority_id, name) if name.startswith(PERSON) else on_thing(session, authority_id, name)
    return " ".join(
        f"Under legal hold {reference(HOLD, row.number)} since {words.date_words(row.held_from)}: "
        f"{'no audit they did' if row.held is HeldKind.person else 'nothing of it'} can be removed."
        for row in rows
    )


def _on_person(session: Session, authority_id: int, name: str) -> list[LegalHold]:
    person = name.removeprefix(PERSON)
    rows = standing_rows(session, authority_id)
    return [row for row in rows if row.held is HeldKind.person and row.target == person]
