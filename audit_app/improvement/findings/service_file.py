"""Findings brought in from a file: all or nothing, and the same file twice changes nothing (IM-6, IM-7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from audit_app import history
from audit_app.improvement.findings import file_rows, service
from audit_app.improvement.findings.file_rows import WaitingFile
from audit_app.sheets import one_kind
from findings.register import NewFinding
from findings.states import FindingKind, Level, Origin, Timescale
from findings.tables import Finding

IMPORTED = history.declare_event("improvement.imported", "{who} brought in {count} findings from a file ({reference})")


@dataclass(frozen=True)
class Outcome:
    """What came of a file."""

    raised: int
    already_here: int


def import_name(sha256: str) -> str:
    """How the log names a file: by its content, never by its name."""
    return f"FILE-{sha256[:24]}"


def brought_in_before(session: Session, authority_id: int, sha256: str) -> datetime | None:
    """When this very file was brought in, or None."""
    entries = history.entries_about(session, authority_id, import_name(sha256))
    return next((entry.at for entry in entries if entry.event == IMPORTED), None)


def split_known(
    session: Session, authority_id: int, rows: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows that are new, and those that say what a finding here says already."""
    query = select(Finding.kind, Finding.origin, Finding.text, Finding.printed_number)
    known = {
        (kind, origin, one_kind(text), number)
        for kind, origin, text, number in session.exec(query.where(Finding.authority_id == authority_id))
    }
    new = [row for row in rows if file_rows.same_as(row) not in known]
    return new, [row for row in rows if file_rows.same_as(row) in known]


def import_findings(session: Session, authority_id: int, waiting: WaitingFile, *, by: int, now: datetime) -> Outcome:
    """Raise every new row of a confirmed file; a file brought in before changes nothing.

    Raises:
        Invalid: A row cannot be kept; the caller rolls everything back.
    """
    if brought_in_before(session, authority_id, waiting.sha256):
        return Outcome(0, len(waiting.rows))
    new, known = split_known(session, authority_id, waiting.rows)
    findings = [_new_finding(row, waiting.filename) for row in new]
    service.raise_findings(session, authority_id, findings, by=by, now=now)
    name, facts = import_name(waiting.sha256), {"count": len(new)}
    history.note(session, IMPORTED, name, by=by, authority_id=authority_id, facts=facts, now=now)
    return Outcome(len(new), len(known))


def _new_finding(row: dict[str, Any], filename: str) -> NewFinding:
    return NewFinding(
        kind=FindingKind(row["kind"]),
        origin=Origin(row["origin"]),
        text=row["text"],
        title=row["title"],
        judgement_areas=service.known_areas([row["judgement_area"]] if row["judgement_area"] else []),
        sources=service.document_source(
            document=row["document"] or filename,
            paragraph=row["paragraph"],
            dated_on=file_rows.day(row["dated_on"]),
            words=row["words"],
        ),
        more={
            "level": Level(row["level"] or "service"),
            "timescale": Timescale(row["timescale"]) if row["timescale"] else None,
            "due_on": file_rows.day(row["due_on"]),
            "printed_number": row["printed_number"],
            "printed_total": row["printed_total"],
            "paragraphs": row["paragraph"],
            "verbatim": bool(row["verbatim"]),
        },
    )
