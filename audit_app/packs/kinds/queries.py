"""Every read of kinds: those of the council beside ours, and what may be chosen for a pack."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import alphabet, clock, words
from audit_app.audits import question_sets
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import CaseAudit
from audit_app.errors import Invalid, NotFound
from audit_app.library.set_name import SetName
from audit_app.packs.disclosure import levels
from audit_app.packs.kinds import queries_gathering, shipped
from audit_app.packs.kinds.choices import Choices
from audit_app.packs.kinds.kind import Kind
from audit_app.packs.tables import KIND, PackKind
from findings.references import number_of, reference

MOST_LISTED = 60


def kind_of(row: PackKind) -> Kind:
    """A council's own kind: its sections are its own, what it asks for first is that of ours it was made from."""
    base = shipped.find(row.made_from) or shipped.whole()
    return Kind(
        key=reference(KIND, row.number),
        name=row.name,
        what_for=row.what_for,
        level=row.level,
        standard=tuple(row.sections.split(",")),
        asks=base.asks,
    )


def list_own(session: Session, authority_id: int, *, retired: bool = False) -> list[PackKind]:
    """The council's own kinds by name; with `retired` those that are no longer offered instead."""
    gone = col(PackKind.retired_at)
    statement = select(PackKind).where(
        PackKind.authority_id == authority_id, gone.is_not(None) if retired else gone.is_(None)
    )
    return sorted(session.exec(statement).all(), key=lambda row: (alphabet.place_of(row.name), row.number))


def get_own(session: Session, authority_id: int, number: int, *, lock: bool = False) -> PackKind:
    """One of the council's own kinds.

    Raises:
        NotFound: there is none of that number.
    """
    statement = select(PackKind).where(PackKind.authority_id == authority_id, PackKind.number == number)
    if lock:
        statement = statement.with_for_update()
    row = session.exec(statement.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound(f"There is no {reference(KIND, number)} here. Check the reference.")
    return row


def get_kind(session: Session, authority_id: int, key: str) -> Kind:
    """A kind that may be used: ours by its key, the council's own by its reference.

    Raises:
        NotFound: there is none, or it was retired.
    """
    kind = shipped.find(key)
    if kind is not None:
        return kind
    number = number_of(key, KIND)
    row = get_own(session, authority_id, number) if number else None
    if row is None or row.retired_at is not None:
        raise NotFound("There is no such kind of pack. Choose one from the list.")
    return kind_of(row)


def level_of(session: Session, authority_id: int, key: str) -> int:
    """The audience a kind is for as a rule, retired or not; the widest where it is not known, which tells least."""
    kind = shipped.find(key)
    number = number_of(key, KIND)
    if kind is None and number:
        kind = kind_of(get_own(session, authority_id, number))
    return kind.level if kind else levels.PUBLISHABLE


def refuse_unknown(session: Session, authority_id: int, chosen: Choices) -> None:
    """Refuse a choice of what is not there: audits that are not agreed, a self-assessment that is not signed.

    Raises:
        Invalid: which, by name.
    """
    if unknown := unknown_audits(session, authority_id, chosen.audits):
        raise Invalid("audits", unknown_words(unknown))
    number = chosen.self_assessment
    if number is not None and queries_gathering.signed(session, authority_id, number) is None:
        raise Invalid("self_assessment", "Choose a self-assessment that is signed.")
    if chosen.theme and chosen.theme not in dict(list_themes(session, authority_id)):
        raise Invalid("theme", "Choose a question set with which some audit was made.")


def unknown_words(numbers: Collection[int]) -> str:
    """That some references are those of no agreed audit."""
    names = words.listing([reference("AUD", number) for number in numbers])
    are = words.agree(len(numbers), "is no agreed audit", "are no agreed audits")
    return f"{names} {are} here. Check the reference."


def unknown_audits(session: Session, authority_id: int, numbers: Collection[int]) -> list[int]:
    """Which of some numbers belong to no agreed audit of the council, in order."""
    statement = select(CaseAudit.number).where(
        CaseAudit.authority_id == authority_id,
        col(CaseAudit.number).in_(list(numbers)),
        col(CaseAudit.stage).in_(AFTER_AGREEMENT),
    )
    return sorted(set(numbers) - set(session.exec(statement).all()))


def list_themes(session: Session, authority_id: int) -> list[tuple[str, str]]:
    """The question sets with which agreed audits were made: key, and title with the number of audits.

    They are counted stage by stage, which is the order of an index, and added up here.
    """
    columns: tuple[Any, ...] = (CaseAudit.edition_id, CaseAudit.set_id)
    statement: Any = (
        sa.select(*columns, sa.func.min(CaseAudit.length), sa.func.count())
        .where(col(CaseAudit.authority_id) == authority_id, col(CaseAudit.stage).in_(AFTER_AGREEMENT))
        .group_by(col(CaseAudit.stage), *columns)
    )
    lengths: dict[tuple[str, str], str] = {}
    numbers: Counter[tuple[str, str]] = Counter()
    for edition_id, set_id, length, number in session.exec(statement).all():
        lengths[edition_id, set_id] = min(length, lengths.get((edition_id, set_id), length))
        numbers[edition_id, set_id] += int(number)
    themes = []
    for (edition_id, set_id), number in numbers.items():
        questions = question_sets.find_set(session, SetName(edition_id, set_id, lengths[edition_id, set_id]))
        title = questions.title if questions else set_id
        themes.append((f"{edition_id}/{set_id}", f"{title} ({words.count(number, 'agreed audit')})"))
    return alphabet.in_order(sorted(themes), lambda theme: theme[1])


def list_offered_audits(session: Session, authority_id: int) -> list[tuple[int, str]]:
    """The agreed audits submitted last, the newest first: number and what tells them apart."""
    statement = (
        select(CaseAudit)
        .where(CaseAudit.authority_id == authority_id, col(CaseAudit.stage).in_(AFTER_AGREEMENT))
        .order_by(sa.desc(col(CaseAudit.submitted_at)), sa.desc(col(CaseAudit.number)))
        .limit(MOST_LISTED)
    )
    return [(row.number, _audit_words(row)) for row in session.exec(statement).all()]


def _audit_words(row: CaseAudit) -> str:
    day: date | None = clock.london_day(row.submitted_at) if row.submitted_at else None
    return f"{reference('AUD', row.number)}: {row.case_reference}, {row.team_name}, {words.short_date(day)}"
