"""Looks into a file before it is kept: kind, soundness, words and a picture, in a confined child (UP-1, UP-6, UP-7)."""

from audit_app import limits
from audit_app.evidence_store.answers import MOST_TEXT, Contents, unpacked
from audit_app.evidence_store.kinds import FileKind, check_kind
from audit_app.evidence_store.refusal import Refused

READERS = {
    FileKind.pdf: "audit_app.evidence_store.reading_pdf",
    FileKind.docx: "audit_app.evidence_store.reading_office",
    FileKind.xlsx: "audit_app.evidence_store.reading_office",
    FileKind.eml: "audit_app.evidence_store.reading_mail",
    FileKind.png: "audit_app.evidence_store.reading_pictures",
    FileKind.jpeg: "audit_app.evidence_store.reading_pictures",
}
BOUNDS = limits.Limits(memory_mb=1_024, cpu_seconds=10, wall_seconds=30)


def look_into(data: bytes, filename: str, bounds: limits.Limits = BOUNDS) -> tuple[FileKind, Contents]:
    """What kind of file this is and what was read from it; `anew` holds the file where it was drawn anew.

    Raises:
        Refused: why it cannot come in, in plain words, with what to do instead.
    """
    kind = check_kind(data, filename)
    reader = READERS.get(kind)
    if reader is None:
        text = _decoded(data)
        return kind, Contents(text=text[:MOST_TEXT], whole=len(text) <= MOST_TEXT)
    outcome = limits.run_limited(reader, data, bounds)
    if outcome.problem:
        raise Refused("broken", f"This file could not be read: {outcome.problem}. Save it again and try again.")
    return kind, unpacked(outcome.output)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")
