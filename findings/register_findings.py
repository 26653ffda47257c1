"""Writes at the beginning of the thread: inspections, their judgements, and findings with their sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlmodel import Session

from findings import ledger, rules
from findings.bullets import Bullet
from findings.checks import required_text
from findings.errors import Invalid, OutOfTurn
from findings.ledger import NewSource, Note, quiet
from findings.numbering import next_number
from findings.references import FINDING, INSPECTION, reference
from findings.states import FindingKind, FindingStatus, InspectionKind, Level, Origin, SourceKind, Timescale
from findings.tables import Finding, FindingJudgementArea, Inspection, Judgement, Source

_TITLE_CUT = 120
# The inspectorate's own words and numbers, which nobody may edit.
_PRINTED = {"text", "printed_number", "printed_total", "verbatim"}


@dataclass(frozen=True)
class SpeaksTo:
    """A judgement area of an edition that a finding speaks to, and the criterion where one is known."""

    edition_id: str
    judgement_area_id: str
    criterion: str = ""


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


class FindingFields(TypedDict, total=False):
    """What may be said of a finding beside its kind, origin, title and text."""

    level: Level
    verbatim: bool
    inspection_number: int | None
    printed_number: int | None
    printed_total: int | None
    paragraphs: str
    timescale: Timescale | None
    timescale_text: str
    due_on: date | None
    national_framework_as_printed: str
    national_framework_tag: str
    agencies: str
    team_id: int | None
    team_name: str


class FindingChanges(FindingFields, total=False):
    """What may be corrected on a finding."""

    kind: FindingKind
    origin: Origin
    title: str
    text: str


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
    ledger.add(session, row, required=("title",))
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
    row = ledger.fetch(session, Inspection, authority_id, number, INSPECTION)
    _dates_in_order(changes.get("inspected_from", row.inspected_from), changes.get("inspected_to", row.inspected_to))
    changed = ledger.change(session, row, {**changes}, InspectionChanges.__annotations__, required=("title",))
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
    ledger.fetch(session, Inspection, authority_id, inspection_number, INSPECTION)
    given = ledger.rows_of(session, Judgement, authority_id, "inspection_number", inspection_number)
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
        ledger.add(session, row, required=("judgement_area_id", "grade_code"))
    else:
        words = {"grade_code": grade_code, "printed_name": printed_name, "paragraphs": paragraphs}
        ledger.change(session, row, words, words, required=("grade_code",))
    facts: dict[str, object] = {"area": row.judgement_area_id, "before": before, "after": row.grade_code}
    note("judgement_recorded", reference(INSPECTION, inspection_number), facts)
    return row


def title_of(text: str) -> str:
    """A short title for a finding that came without one: its words up to a whole word, with dots where they go on."""
    line = " ".join(text.split())
    return line if len(line) <= _TITLE_CUT else line[:_TITLE_CUT].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def _from_inspection(inspection: Inspection, paragraphs: str) -> NewSource:
    document = inspection.document_title or inspection.title
    return NewSource(SourceKind.document, document=document, paragraph=paragraphs, dated_on=inspection.published_on)


def raise_finding(
    session: Session,
    authority_id: int,
    *,
    kind: FindingKind,
    origin: Origin,
    text: str,
    title: str = "",
    sources: Sequence[NewSource] = (),
    judgement_areas: Sequence[SpeaksTo] = (),
    by: int,
    now: datetime,
    note: Note = quiet,
    **more: Unpack[FindingFields],
) -> Finding:
    """Raise a finding with what the evidence said; an inspection's finding names its document by itself."""
    inspection_number = more.get("inspection_number")
    if inspection_number is not None:
        inspection = ledger.fetch(session, Inspection, authority_id, inspection_number, INSPECTION)
        sources = sources or [_from_inspection(inspection, more.get("paragraphs", ""))]
        timescale = more.get("timescale")
        if timescale and inspection.published_on and more.get("due_on") is None:
            more["due_on"] = rules.due_from(inspection.published_on, timescale)
    _printed_makes_sense(more)
    text = required_text("text", text)
    number = next_number(session, authority_id, FINDING)
    row = Finding(
        authority_id=authority_id,
        number=number,
        kind=kind,
        origin=origin,
        title=title.strip() or title_of(text),
        text=text,
        raised_by=by,
        raised_at=now,
        **more,
    )
    ledger.add(session, row, required=("text", "title"))
    _speak_to(session, row, judgement_areas)
    ledger.add_sources(session, authority_id, sources, finding_number=number, by=by, now=now)
    facts: dict[str, object] = {"kind": row.kind.value, "origin": row.origin.value, "sources": len(sources)}
    note("finding_raised", reference(FINDING, number), facts)
    return row


def _printed_makes_sense(fields: FindingFields | FindingChanges) -> None:
    number, total = fields.get("printed_number"), fields.get("printed_total")
    if number is not None and number < 1:
        raise Invalid("printed_number", "The printed number must be 1 or more.")
    if total is not None and (number is None or total < number):
        raise Invalid("printed_total", "The printed total must be at least the printed number. Check both.")


def _speak_to(session: Session, finding: Finding, judgement_areas: Sequence[SpeaksTo]) -> None:
    for area in dict.fromkeys(judgement_areas):
        row = FindingJudgementArea(
            authority_id=finding.authority_id,
            finding_number=finding.number,
            edition_id=area.edition_id,
            judgement_area_id=area.judgement_area_id,
            criterion=area.criterion,
        )
        ledger.add(session, row, required=("edition_id", "judgement_area_id"))


def raise_many(
    session: Session,
    authority_id: int,
    *,
    bullets: Sequence[Bullet],
    kind: FindingKind,
    origin: Origin,
    judgement_areas: Sequence[SpeaksTo] = (),
    inspection_number: int | None = None,
    verbatim: bool = False,
    numbered: bool = False,
    paragraphs: str = "",
    by: int,
    now: datetime,
    note: Note = quiet,
) -> list[Finding]:
    """Raise one finding per bullet of a pasted list; `numbered` keeps each one's place as "4 of 13"."""
    if not bullets:
        raise Invalid("text", "No bullets were found. Begin each one on its own line with a dash or a number.")
    return [
        raise_finding(
            session,
            authority_id,
            kind=kind,
            origin=origin,
            text=bullet.text,
            judgement_areas=judgement_areas,
            by=by,
            now=now,
            note=note,
            verbatim=verbatim,
            inspection_number=inspection_number,
            printed_number=place if numbered else None,
            printed_total=len(bullets) if numbered else None,
            paragraphs=bullet.paragraphs or paragraphs,
            timescale=bullet.timescale,
            timescale_text=bullet.heading.rstrip(":") if bullet.timescale else "",
        )
        for place, bullet in enumerate(bullets, start=1)
    ]


def correct_finding(
    session: Session,
    authority_id: int,
    number: int,
    *,
    revision: int,
    by: int,
    now: datetime,
    note: Note = quiet,
    **changes: Unpack[FindingChanges],
) -> Finding:
    """Correct a finding; an inspectorate's own words, once entered, stay as they are."""
    row = ledger.fetch(session, Finding, authority_id, number, FINDING)
    ledger.same_revision(row, revision)
    if row.status is FindingStatus.withdrawn:
        raise OutOfTurn("This finding was withdrawn, so it can no longer be corrected.")
    given: dict[str, object] = {**changes}
    touched = sorted(name for name in _PRINTED & set(given) if given[name] != getattr(row, name))
    if row.verbatim and touched:
        raise Invalid(
            touched[0], "These are the inspectorate's own words. If mistyped, withdraw it and raise it again."
        )
    _printed_makes_sense({"printed_number": row.printed_number, "printed_total": row.printed_total, **changes})
    changed = ledger.change(session, row, given, FindingChanges.__annotations__, required=("title", "text"))
    if changed:
        note("finding_corrected", reference(FINDING, number), {"fields": changed, "revision": row.revision})
    return row


def name_judgement_areas(
    session: Session,
    authority_id: int,
    number: int,
    *,
    judgement_areas: Sequence[SpeaksTo],
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Finding:
    """Say anew which judgement areas a finding speaks to."""
    finding = ledger.fetch(session, Finding, authority_id, number, FINDING)
    for old in ledger.rows_of(session, FindingJudgementArea, authority_id, "finding_number", number):
        session.delete(old)
    session.flush()
    _speak_to(session, finding, judgement_areas)
    areas = [f"{area.edition_id}/{area.judgement_area_id}" for area in judgement_areas]
    note("judgement_areas_named", reference(FINDING, number), {"areas": areas})
    return finding


def withdraw_finding(
    session: Session,
    authority_id: int,
    number: int,
    *,
    reason: str,
    revision: int | None = None,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Finding:
    """Withdraw a finding with a reason; it stays readable and is no longer a gap."""
    row = ledger.fetch(session, Finding, authority_id, number, FINDING)
    ledger.same_revision(row, revision)
    if row.status is FindingStatus.withdrawn:
        raise OutOfTurn("This finding has already been withdrawn.")
    if not reason.strip():
        raise Invalid("withdrawn_reason", "Say why the finding is withdrawn.")
    state = {
        "status": FindingStatus.withdrawn,
        "withdrawn_reason": reason,
        "withdrawn_by": by,
        "withdrawn_at": now,
    }
    ledger.change(session, row, state, state)
    note("finding_withdrawn", reference(FINDING, number), {"before": "raised", "after": "withdrawn"})
    return row


def add_source(
    session: Session,
    authority_id: int,
    finding_number: int,
    *,
    source: NewSource,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> Source:
    """Put a further piece of evidence beside a finding."""
    ledger.fetch(session, Finding, authority_id, finding_number, FINDING)
    rows = ledger.add_sources(session, authority_id, [source], finding_number=finding_number, by=by, now=now)
    note("source_added", reference(FINDING, finding_number), {"kind": rows[0].kind.value})
    return rows[0]
