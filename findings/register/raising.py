"""Raising findings, one or many at once, each with what the evidence said and the judgement areas it speaks to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlmodel import Session

from findings import rules
from findings.errors import Invalid
from findings.numbering import next_numbers
from findings.references import FINDING, INSPECTION, reference
from findings.register import rows
from findings.register.checks import required_text
from findings.register.rows import Note, quiet
from findings.register.sources import NewSource, source_rows
from findings.states import FindingKind, Level, Origin, SourceKind, Timescale
from findings.tables import Finding, FindingJudgementArea, Inspection

_TITLE_CUT = 120


@dataclass(frozen=True)
class SpeaksTo:
    """A judgement area of an edition that a finding speaks to, and the criterion where one is known."""

    edition_id: str
    judgement_area_id: str
    criterion: str = ""


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


@dataclass(frozen=True)
class NewFinding:
    """A finding as it is handed over to be raised; without a title it gets one from its words."""

    kind: FindingKind
    origin: Origin
    text: str
    title: str = ""
    sources: Sequence[NewSource] = ()
    judgement_areas: Sequence[SpeaksTo] = ()
    more: FindingFields = field(default_factory=FindingFields)


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
    new = NewFinding(kind, origin, text, title, sources, judgement_areas, more)
    return raise_many(session, authority_id, [new], by=by, now=now, note=note)[0]


def raise_many(
    session: Session,
    authority_id: int,
    new: Iterable[NewFinding],
    *,
    by: int,
    now: datetime,
    note: Note = quiet,
) -> list[Finding]:
    """Raise findings in their order, numbered in a row; `note` hears of each. One at fault, and none may be kept.

    The rows of a table are written together, so fifty findings take no more statements than five. Only the
    inspections they come from are read one by one.

    Raises:
        Invalid: A finding, one of its sources or judgement areas cannot be kept; the caller rolls everything back.
        NotFound: A finding comes from an inspection that is not here.
    """
    ready = [_ready(finding) for finding in _with_inspections(session, authority_id, list(new))]
    numbered = dict(zip(next_numbers(session, authority_id, FINDING, len(ready)), ready, strict=True))
    raised = [_finding_row(authority_id, number, finding, by, now) for number, finding in numbered.items()]
    rows.add_all(session, raised, required=("text", "title"))
    spoken_to, sources = [], []
    for number, finding in numbered.items():
        spoken_to += judgement_area_rows(authority_id, number, finding.judgement_areas)
        sources += source_rows(authority_id, finding.sources, finding_number=number, by=by, now=now)
    rows.add_all(session, spoken_to, required=("edition_id", "judgement_area_id"))
    rows.add_all(session, sources)
    for row in raised:
        facts: dict[str, object] = {"kind": row.kind.value, "origin": row.origin.value}
        facts["sources"] = len(numbered[row.number].sources)
        note("finding_raised", reference(FINDING, row.number), facts)
    return raised


def printed_makes_sense(number: int | None, total: int | None) -> None:
    """Refuse a printed place such as "4 of 13" that cannot be.

    Raises:
        Invalid: The number is below 1, or the total is below the number or stands without one.
    """
    if number is not None and number < 1:
        raise Invalid("printed_number", "The printed number must be 1 or more.")
    if total is not None and (number is None or total < number):
        raise Invalid("printed_total", "The printed total must be at least the printed number. Check both.")


def judgement_area_rows(
    authority_id: int, number: int, judgement_areas: Iterable[SpeaksTo]
) -> list[FindingJudgementArea]:
    """Rows, not yet written, for the judgement areas a finding speaks to, each once."""
    return [
        FindingJudgementArea(
            authority_id=authority_id,
            finding_number=number,
            edition_id=area.edition_id,
            judgement_area_id=area.judgement_area_id,
            criterion=area.criterion,
        )
        for area in dict.fromkeys(judgement_areas)
    ]


def _with_inspections(session: Session, authority_id: int, new: Sequence[NewFinding]) -> list[NewFinding]:
    """The findings, each with what its inspection adds; the inspections are fetched once, in order of number."""
    numbers = {number for finding in new if (number := finding.more.get("inspection_number")) is not None}
    known = {x: rows.fetch(session, Inspection, authority_id, x, INSPECTION) for x in sorted(numbers)}
    return [_of_inspection(finding, known.get(finding.more.get("inspection_number") or 0)) for finding in new]


def _of_inspection(finding: NewFinding, inspection: Inspection | None) -> NewFinding:
    """Without a source its document is the source; without a date its timescale runs from the day of publication."""
    if inspection is None:
        return finding
    more: FindingFields = {**finding.more}
    timescale = more.get("timescale")
    if timescale and inspection.published_on and more.get("due_on") is None:
        more["due_on"] = rules.due_from(inspection.published_on, timescale)
    document = NewSource(
        SourceKind.document,
        document=inspection.document_title or inspection.title,
        paragraph=more.get("paragraphs", ""),
        dated_on=inspection.published_on,
    )
    return replace(finding, sources=finding.sources or (document,), more=more)


def _ready(finding: NewFinding) -> NewFinding:
    """The finding with its words tidied and a title, or a refusal."""
    printed_makes_sense(finding.more.get("printed_number"), finding.more.get("printed_total"))
    text = required_text("text", finding.text)
    return replace(finding, text=text, title=finding.title.strip() or title_of(text))


def title_of(text: str) -> str:
    """A short title for a finding that came without one: its words up to a whole word, with dots where they go on."""
    line = " ".join(text.split())
    return line if len(line) <= _TITLE_CUT else line[:_TITLE_CUT].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def _finding_row(authority_id: int, number: int, finding: NewFinding, by: int, now: datetime) -> Finding:
    return Finding(
        authority_id=authority_id,
        number=number,
        kind=finding.kind,
        origin=finding.origin,
        title=finding.title,
        text=finding.text,
        raised_by=by,
        raised_at=now,
        **finding.more,
    )
