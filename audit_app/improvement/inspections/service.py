"""Writes about inspections and reviews: recorded, judged, and their pasted lists raised as findings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from audit_app.improvement import judgement_areas, wording
from audit_app.improvement.findings import service as findings_service
from audit_app.improvement.inspections.pasted import PastedRow
from audit_app.improvement.service_log import note_taker
from findings import queries as thread_queries
from findings import register
from findings.errors import Invalid
from findings.register import NewFinding
from findings.states import Origin
from findings.tables import Finding, Inspection
from frameworks.points import NOT_RATED, may_be_unrated


def record_inspection(session: Session, authority_id: int, *, by: int, now: datetime, **details: Any) -> Inspection:
    """Write down an inspection or review."""
    _known_edition(details)
    note = note_taker(session, authority_id, by=by, now=now)
    return register.record_inspection(session, authority_id, by=by, now=now, note=note, **details)


def correct_inspection(
    session: Session, authority_id: int, number: int, *, by: int, now: datetime, **details: Any
) -> Inspection:
    """Correct what was written of an inspection or review."""
    _known_edition(details)
    note = note_taker(session, authority_id, by=by, now=now)
    return register.correct_inspection(session, authority_id, number, by=by, now=now, note=note, **details)


def _known_edition(details: dict[str, Any]) -> None:
    edition_id, theme = details.get("edition_id") or "", details.get("theme") or ""
    edition = judgement_areas.find_edition(edition_id) if edition_id else None
    if edition_id and edition is None:
        raise Invalid("edition_id", "Choose the edition from the list.")
    # A form names a theme with its edition; only the theme is kept, because the edition stands beside it.
    named, _, of_theme = theme.rpartition("/")
    if theme and (
        edition is None or of_theme not in {known.id for known in edition.themes} or named not in ("", edition_id)
    ):
        raise Invalid("theme", "This theme is not one of the framework and edition chosen. Choose another, or no theme")
    if "theme" in details:
        details["theme"] = of_theme


def record_judgements(
    session: Session,
    authority_id: int,
    number: int,
    grades: Mapping[str, tuple[str, str]],
    *,
    by: int,
    now: datetime,
) -> None:
    """Write down the grades an inspection gave, each on its edition's own scale, with the paragraphs that say so."""
    inspection = thread_queries.get_inspection(session, authority_id, number)
    edition = judgement_areas.find_edition(inspection.edition_id)
    judged = {area: (name, scale) for area, name, scale in judgement_areas.judged_areas(edition)} if edition else {}
    note = note_taker(session, authority_id, by=by, now=now)
    for area, (grade, paragraphs) in grades.items():
        name, scale = judged.get(area, ("", None))
        unrated = edition is not None and grade == NOT_RATED and may_be_unrated(edition, area)
        if scale is None or (grade not in scale.codes and not unrated):
            raise Invalid(f"grade_{area}", "Choose one of the grades of this edition.")
        register.record_judgement(
            session,
            authority_id,
            inspection_number=number,
            judgement_area_id=area,
            grade_code=grade,
            printed_name=name,
            paragraphs=paragraphs,
            by=by,
            now=now,
            note=note,
        )


def raise_pasted(
    session: Session,
    authority_id: int,
    inspection_number: int,
    rows: Sequence[PastedRow],
    *,
    verbatim: bool,
    numbered: bool,
    by: int,
    now: datetime,
) -> list[Finding]:
    """Raise one finding per confirmed piece of a pasted list, each with its place as printed ("4 of 13")."""
    inspection = thread_queries.get_inspection(session, authority_id, inspection_number)
    origin = wording.ORIGIN_OF_INSPECTION.get(inspection.kind, Origin.inspection)
    new = [
        NewFinding(
            kind=row.kind,
            origin=origin,
            text=row.text,
            judgement_areas=findings_service.known_areas([row.judgement_area] if row.judgement_area else []),
            more={
                "verbatim": verbatim,
                "inspection_number": inspection_number,
                "printed_number": place if numbered else None,
                "printed_total": len(rows) if numbered else None,
                "paragraphs": row.paragraphs,
                "timescale": row.timescale,
                "timescale_text": row.by_when,
                "due_on": row.due_on,
                "agencies": row.agencies,
            },
        )
        for place, row in enumerate(rows, start=1)
    ]
    return findings_service.raise_findings(session, authority_id, new, by=by, now=now)
