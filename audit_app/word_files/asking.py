"""Asks the confined child to try a template out or to fill it; what may come in is checked before (UP-1, UP-7)."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from audit_app import evidence_store, limits
from audit_app.evidence_store import FileKind, Refused

TEMPLATE_LIMIT = 5 * 1024 * 1024
DOCUMENT_LIMIT = 25 * 1024 * 1024
BOUNDS = limits.Limits(memory_mb=1_024, cpu_seconds=15, wall_seconds=45)
FILLER = "audit_app.word_files.filling"


@dataclass(frozen=True)
class About:
    """What a document says of itself in its properties; nothing else is kept of what a template says of itself."""

    title: str
    subject: str
    council: str
    reference: str
    template: str  # which template made it
    day: str  # 2026-11-02: the day it speaks of, never the day of the machine


def try_out(data: bytes, filename: str, example: dict[str, Any]) -> tuple[bytes, str]:
    """The document the template makes of the example, and the template's own words.

    Args:
        data: The template.
        filename: The name it came with.
        example: What each placeholder would say; its names are the only ones a template may use.

    Raises:
        Refused: why it cannot be kept, naming each unknown placeholder with its paragraph.
    """
    if len(data) > TEMPLATE_LIMIT:
        raise Refused("too_large", "The template is larger than 5 MB. Make its pictures smaller and try again.")
    if evidence_store.check_kind(data, filename) is not FileKind.docx:
        raise Refused("ending", "A template is a Word file that ends in .docx. Save it as .docx and try again.")
    about = About("Example", "", "", "", "", "2026-01-01")
    header, document = _asked(data, {"example": example, "contents": example, "about": asdict(about)}, BOUNDS)
    return document, header["own_words"]


def fill(
    data: bytes, example: dict[str, Any], contents: dict[str, Any], about: About, bounds: limits.Limits = BOUNDS
) -> bytes:
    """The document a template makes of contents; equal contents, equal bytes.

    Raises:
        Refused: the template is not sound any more, or the document would be too large.
    """
    _header, document = _asked(data, {"example": example, "contents": contents, "about": asdict(about)}, bounds)
    return document


def _asked(data: bytes, question: dict[str, Any], bounds: limits.Limits) -> tuple[dict[str, Any], bytes]:
    outcome = limits.run_limited(FILLER, json.dumps(question).encode("ascii") + b"\n" + data, bounds)
    if outcome.problem:
        raise Refused("broken", f"No document could be made of this template: {outcome.problem}.")
    line, _newline, document = outcome.output.partition(b"\n")
    header = json.loads(line)
    if "refused" in header:
        raise Refused(*header["refused"])
    if len(document) > DOCUMENT_LIMIT:
        raise Refused("too_large", "The document would be larger than 25 MB. Use a template with smaller pictures.")
    return header, document
