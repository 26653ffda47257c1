"""Writes of findings that have been raised: corrected, tied to judgement areas, given evidence, withdrawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from sqlmodel import Session

from findings.errors import Invalid, OutOfTurn
from findings.references import FINDING, reference
from findings.register import rows
from findings.register.raising import FindingFields, SpeaksTo, judgement_area_rows, printed_makes_sense, title_of
from findings.register.rows import Note, quiet
from findings.register.sources import NewSource, source_rows
from findings.states import FindingKind, FindingStatus, Origin
from findings.tables import Finding, FindingJudgementArea, Source

# The inspectorate's own words and numbers, which nobody may edit.
_PRINTED = {"text", "printed_number", "printed_total", "verbatim"}


class FindingChanges(FindingFields, total=False):
    """What may be corrected on a finding."""

    kind: FindingKind
    origin: Origin
    title: str
    text: str


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
    row = rows.fetch(session, Finding, authority_id, number, FINDING)
    rows.same_revision(row, revision)
    if row.status is FindingStatus.withdrawn:
        raise OutOfTurn("This finding was withdrawn, so it can no longer be corrected.")
    given: dict[str, object] = {**changes}
    touched = sorted(name for name in _PRINTED & set(given) if given[name] != getattr(row, name))
    if row.verbatim and touched:
        raise Invalid(
            touched[0], "These are the inspectorate's own words. If mistyped, withdraw it and raise it again."
        )
    printed_makes_sense(
        changes.get("printed_number", row.printed_number), changes.get("printed_total", row.printed_total)
    )
    given = _with_a_title_of_its_words(row, given)
    changed = rows.change(session, row, given, FindingChanges.__annotations__, required=("title", "text"))
    if changed:
        note("finding_corrected", reference(FINDING, number), {"fields": changed, "revision": row.revision})
    return row


def _with_a_title_of_its_words(row: Finding, given: dict[str, object]) -> dict[str, object]:
    """A title nobody typed follows the words it was made of, or what was taken out of them would still stand in it."""
    title, text = str(given.get("title", row.title)).strip(), str(given.get("text", row.text))
    made_of_words = not title or (title == row.title and title == title_of(row.text))
    return {**given, "title": title_of(text)} if made_of_words and text.strip() else given


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
    finding = rows.fetch(session, Finding, authority_id, number, FINDING)
    for old in rows.belonging_to(session, FindingJudgementArea, authority_id, "finding_number", number):
        session.delete(old)
    session.flush()
    named = judgement_area_rows(authority_id, number, judgement_areas)
    rows.add_all(session, named, required=("edition_id", "judgement_area_id"))
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
    row = rows.fetch(session, Finding, authority_id, number, FINDING)
    rows.same_revision(row, revision)
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
    rows.change(session, row, state, state)
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
    rows.fetch(session, Finding, authority_id, finding_number, FINDING)
    made = rows.add_all(session, source_rows(authority_id, [source], finding_number=finding_number, by=by, now=now))
    note("source_added", reference(FINDING, finding_number), {"kind": made[0].kind.value})
    return made[0]
