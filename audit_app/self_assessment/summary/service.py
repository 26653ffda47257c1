"""Writes of the two-page summary: its texts, and texts of sections put into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from audit_app import forms
from audit_app.errors import Invalid, NotFound
from audit_app.self_assessment import events
from audit_app.self_assessment.service_draft import note_writer, open_draft, require, tell_log
from audit_app.self_assessment.signing.contents import Assessment
from audit_app.self_assessment.summary import queries
from audit_app.self_assessment.tables import SelfAssessment
from audit_app.self_assessment.tables_outputs import SummaryPart, SummaryText
from audit_app.self_assessment.who import may_manage
from findings.errors import Stale
from findings.metadata import TEXT_LENGTH

WHOSE = "The summary is written by a QA manager, a leader, or whoever leads the self-assessment."


@dataclass(frozen=True)
class Typed:
    """A text as somebody sent it, with a mark of the text they had in front of them."""

    text: str
    seen: int


def write_summary(
    session: Session, authority_id: int, number: int, typed: Mapping[SummaryPart, Typed], *, by: int, now: datetime
) -> int:
    """Save the parts that this person changed, all or nothing; how many there were.

    Raises:
        Stale: somebody else changed one of them meanwhile.
    """
    row = _draft(session, authority_id, number)
    there = queries.rows_of(session, authority_id, number)
    changed = {part: each for part, each in typed.items() if forms.mark_of(each.text) != each.seen}
    for part, each in changed.items():
        saved = there[part].text if part in there else ""
        if forms.mark_of(saved) != each.seen and saved != each.text:
            raise Stale(row)
    for part, each in changed.items():
        _write(session, row, there.get(part), part, each.text, by=by, now=now)
    if changed:
        note_writer(session, row, by=by, now=now)
        tell_log(session, row, events.SUMMARY_WRITTEN, by=by, now=now, parts=len(changed))
    return len(changed)


def take_in(
    session: Session,
    authority_id: int,
    number: int,
    part: SummaryPart,
    *,
    key: str,
    document: Assessment,
    by: int,
    now: datetime,
) -> None:
    """Put a text of a section, as it stands, at the end of a part; it is shortened there by people.

    Raises:
        NotFound: there is no such text to take any more.
        Invalid: it stands there already, or the part would be too long to keep.
    """
    row = _draft(session, authority_id, number)
    offered = next((each for each in queries.offered(document, part) if each.key == key), None)
    if offered is None:
        raise NotFound("This text is not there any more. Load the summary again.")
    there = queries.rows_of(session, authority_id, number).get(part)
    text = f"{there.text}\n\n{offered.text}".strip() if there else offered.text
    if there and offered.text in there.text:
        raise Invalid("part", "This text stands in the summary already.")
    if len(text) > TEXT_LENGTH:
        raise Invalid("part", f"With it this part would be longer than {TEXT_LENGTH:,} characters. Shorten it first.")
    _write(session, row, there, part, text, by=by, now=now)
    note_writer(session, row, by=by, now=now)
    tell_log(session, row, events.SUMMARY_WRITTEN, by=by, now=now, parts=1)


def _draft(session: Session, authority_id: int, number: int) -> SelfAssessment:
    row = open_draft(session, authority_id, number)
    require(may_manage(session.info["scope"], row), WHOSE)
    return row


def _write(
    session: Session,
    row: SelfAssessment,
    there: SummaryText | None,
    part: SummaryPart,
    text: str,
    *,
    by: int,
    now: datetime,
) -> None:
    made = there or SummaryText(
        authority_id=row.authority_id, assessment_number=row.number, part=part, text="", written_by=by, written_at=now,
        revision=0,
    )  # fmt: skip
    made.text, made.written_by, made.written_at = text, by, now
    made.revision += 1
    session.add(made)
