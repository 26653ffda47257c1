"""Writes about findings and inspections, over the register: each is checked, written and told to the log."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from audit_app.improvement import judgement_areas, wording
from audit_app.improvement.events import noter
from findings import queries as thread_queries
from findings import register
from findings.errors import Invalid
from findings.register import NewSource, SpeaksTo
from findings.states import FindingKind, Level, Origin, SourceKind, Timescale
from findings.tables import Finding, Inspection


@dataclass(frozen=True)
class PastedRow:
    """One piece of a pasted list as a person confirmed it."""

    text: str
    kind: FindingKind
    judgement_area: str = ""
    paragraphs: str = ""
    timescale: Timescale | None = None
    heading: str = ""
    due_on: date | None = None
    agencies: str = ""


@dataclass(frozen=True)
class NewFinding:
    """A finding as a form gives it."""

    kind: FindingKind
    origin: Origin
    text: str
    title: str = ""
    level: Level = Level.service
    judgement_areas: Sequence[str] = ()
    criterion: str = ""
    sources: Sequence[NewSource] = ()
    more: dict[str, Any] = field(default_factory=dict)


def known_areas(chosen: Sequence[str], criterion: str = "") -> list[SpeaksTo]:
    """The judgement areas chosen; Invalid when one is not of an edition we know."""
    allowed = {value for value, _ in judgement_areas.area_choices()}
    for one in chosen:
        if one and one not in allowed:
            raise Invalid("judgement_areas", "Choose judgement areas from the list.")
    spoken = [judgement_areas.speaks_to(one, criterion) for one in chosen]
    return [one for one in spoken if one is not None]


def raise_finding(session: Session, authority_id: int, new: NewFinding, *, by: int, now: datetime) -> Finding:
    """Raise one finding from any source."""
    return register.raise_finding(
        session,
        authority_id,
        kind=new.kind,
        origin=new.origin,
        text=new.text,
        title=new.title,
        level=new.level,
        sources=new.sources,
        judgement_areas=known_areas(new.judgement_areas, new.criterion),
        by=by,
        now=now,
        note=noter(session, authority_id, by=by, now=now),
        **new.more,
    )


def correct_finding(
    session: Session,
    authority_id: int,
    number: int,
    *,
    revision: int,
    judgement_areas: Sequence[str] | None = None,
    by: int,
    now: datetime,
    **changes: Any,
) -> Finding:
    """Correct a finding and say anew which judgement areas it speaks to."""
    note = noter(session, authority_id, by=by, now=now)
    row = register.correct_finding(
        session, authority_id, number, revision=revision, by=by, now=now, note=note, **changes
    )
    if judgement_areas is not None:
        strand = thread_queries.load_rows(session, authority_id, findings=[number])
        before = {(x.edition_id, x.judgement_area_id) for x in strand.judgement_areas if x.finding_number == number}
        wanted = known_areas(judgement_areas)
        if before != {(one.edition_id, one.judgement_area_id) for one in wanted}:
            register.name_judgement_areas(
                session, authority_id, number, judgement_areas=wanted, by=by, now=now, note=note
            )
    return row


def withdraw_finding(
    session: Session, authority_id: int, number: int, *, reason: str, revision: int, by: int, now: datetime
) -> Finding:
    """Withdraw a finding and say why."""
    note = noter(session, authority_id, by=by, now=now)
    return register.withdraw_finding(
        session, authority_id, number, reason=reason, revision=revision or None, by=by, now=now, note=note
    )


def add_source(session: Session, authority_id: int, number: int, source: NewSource, *, by: int, now: datetime) -> None:
    """Put a further piece of evidence beside a finding."""
    note = noter(session, authority_id, by=by, now=now)
    register.add_source(session, authority_id, number, source=source, by=by, now=now, note=note)


def record_inspection(session: Session, authority_id: int, *, by: int, now: datetime, **details: Any) -> Inspection:
    """Write down an inspection or review."""
    _known_edition(details)
    note = noter(session, authority_id, by=by, now=now)
    return register.record_inspection(session, authority_id, by=by, now=now, note=note, **details)


def correct_inspection(
    session: Session, authority_id: int, number: int, *, by: int, now: datetime, **details: Any
) -> Inspection:
    """Correct what was written of an inspection or review."""
    _known_edition(details)
    note = noter(session, authority_id, by=by, now=now)
    return register.correct_inspection(session, authority_id, number, by=by, now=now, note=note, **details)


def _known_edition(details: dict[str, Any]) -> None:
    edition_id, theme = details.get("edition_id") or "", details.get("theme") or ""
    edition = judgement_areas.find_edition(edition_id) if edition_id else None
    if edition_id and edition is None:
        raise Invalid("edition_id", "Choose the edition from the list.")
    # A form names a theme with its edition; only the theme is kept, because the edition stands beside it.
    named, _, of_theme = theme.rpartition("/")
    if theme and (
        edition is None or of_theme not in {one.id for one in edition.themes} or named not in ("", edition_id)
    ):
        raise Invalid("theme", "This theme is not one of the framework and edition chosen. Choose another, or no theme")
    if "theme" in details:
        details["theme"] = of_theme


def record_judgements(
    session: Session,
    authority_id: int,
    number: int,
    grades: dict[str, tuple[str, str]],
    *,
    by: int,
    now: datetime,
) -> None:
    """Write down the grades an inspection gave, each on its edition's own scale, with the paragraphs that say so."""
    inspection = thread_queries.get_inspection(session, authority_id, number)
    edition = judgement_areas.find_edition(inspection.edition_id)
    judged = {area: (name, scale) for area, name, scale in judgement_areas.judged_areas(edition)} if edition else {}
    note = noter(session, authority_id, by=by, now=now)
    for area, (grade, paragraphs) in grades.items():
        name, scale = judged.get(area, ("", None))
        if scale is None or grade not in scale.codes:
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
    total = len(rows) if numbered else None
    return [
        raise_finding(
            session,
            authority_id,
            NewFinding(
                kind=row.kind,
                origin=origin,
                text=row.text,
                judgement_areas=[row.judgement_area] if row.judgement_area else [],
                more={
                    "verbatim": verbatim,
                    "inspection_number": inspection_number,
                    "printed_number": place if numbered else None,
                    "printed_total": total,
                    "paragraphs": row.paragraphs,
                    "timescale": row.timescale,
                    "timescale_text": row.heading.rstrip(":") if row.timescale else "",
                    "due_on": row.due_on,
                    "agencies": row.agencies,
                },
            ),
            by=by,
            now=now,
        )
        for place, row in enumerate(rows, start=1)
    ]


def document_source(*, kind: SourceKind = SourceKind.document, **details: Any) -> list[NewSource]:
    """A source typed by hand, or none when nothing was typed."""
    filled = any(details.get(name) for name in ("document", "words", "audit_reference"))
    return [NewSource(kind, **details)] if filled else []
