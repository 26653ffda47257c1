"""Writes of what looked at the service from outside: inspections, and the grades they gave."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlmodel import Session

from findings.errors import Invalid
from findings.numbering import next_number
from findings.references import INSPECTION, reference
from findings.register import rows
from findings.register.rows import Note, quiet
from findings.states import InspectionKind
from findings.tables import Inspection, Judgement


class InspectionFields(TypedDict, total=False):
    """What may be said of an inspection beside its title and kind."""

    body: str
    edition_id: str
    theme: str
    document_title: str
    published_on: date | None
    inspected_from: date | None
    inspected_to: date | None
    notes: str


class InspectionChanges(InspectionFields, total=False):
    """What may be corrected on an inspection."""

    kind: InspectionKind
    title: str


def record_inspection(
    session: Session,
    authority_id: int,
    *,
    kind: InspectionKind,
    title: str,
    by: int,
    now: datetime,
    note: Note = quiet,
    **more: Unpack[InspectionFields],
) -> Inspection:
    """Write down that a body looked at the service."""
    _dates_in_order(more.get("inspected_from"), more.get("inspected_to"))
    number = next_number(session, authority_id, INSPECTION)
    row = Inspection(
        authority_id=authority_id, number=number, kind=kind, title=title, recorded_by=by, recorded_at=now, **more
    )
    rows.add(session, row, required=("title",))
    note("inspection_recorded", reference(INSPECTION, number), {"kind": row.kind.value})
    return row


def correct_inspection(
    session: Session,
    authority_id: int,
    number: int,
    *,
    by: int,
    now: datetime,
    note: Note = quiet,
    **changes: Unpack[InspectionChanges],
) -> Inspection:
    """Correct what was written of an inspection; due dates already worked out from its day of publication stay."""
    row = rows.fetch(session, Inspection, authority_id, number, INSPECTION)
    _dates_in_order(changes.get("inspected_from", row.inspected_from), changes.get("inspected_to", row.inspected_to))
    changed = rows.change(session, row, {**changes}, InspectionChanges.__annotations__, required=("title",))
    if changed:
        note("inspection_corrected", reference(INSPECTION, number), {"fields": changed})
    return row


def _dates_in_order(start: date | None, end: date | None) -> None:
    if start and end and end < start:
        raise Invalid("inspected_to", "The inspection cannot end before it began. Check the two dates.")


def record_judgement(
    session: Session,
    authority_id: int,
    *,
    inspection_number: int,
    judgement_area_id: str,
    grade_code: str,
    printed_name: str = "",
    paragraphs: str = "",
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Judgement:
    """Write down the grade an inspection gave one judgement area; a second time corrects the first."""
    rows.fetch(session, Inspection, authority_id, inspection_number, INSPECTION)
    given = rows.belonging_to(session, Judgement, authority_id, "inspection_number", inspection_number)
    row = next((judgement for judgement in given if judgement.judgement_area_id == judgement_area_id), None)
    before = row.grade_code if row else None
    if row is None:
        row = Judgement(
            authority_id=authority_id,
            inspection_number=inspection_number,
            judgement_area_id=judgement_area_id,
            grade_code=grade_code,
            printed_name=printed_name,
            paragraphs=paragraphs,
            recorded_by=by,
            recorded_at=now,
        )
        rows.add(session, row, required=("judgement_area_id", "grade_code"))
    else:
        words = {"grade_code": grade_code, "printed_name": printed_name, "paragraphs": paragraphs}
        rows.change(session, row, words, words, required=("grade_code",))
    facts: dict[str, object] = {"area": row.judgement_area_id, "before": before, "after": row.grade_code}
    note("judgement_recorded", reference(INSPECTION, inspection_number), facts)
    return row
