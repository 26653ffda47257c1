"""A version on paper: tagged; for children in larger letters, set to the left, with more air. It asks the database
nothing; equal contents, equal bytes."""

from typing import Any

from reportlab.lib.styles import ParagraphStyle

from audit_app import words
from audit_app.paper import blocks, document, style, text
from audit_app.self_assessment.tables_outputs import Audience
from audit_app.self_assessment.versions import signature as standing
from audit_app.self_assessment.versions.contents import Version

NOTHING = "Nothing is written here."
LOOKS = {
    Audience.children: ParagraphStyle(
        "children", parent=style.STYLES["body"], fontSize=14, leading=22, spaceAfter=10, alignment=0
    ),
    Audience.staff: ParagraphStyle("staff", parent=style.STYLES["body"], fontSize=11, leading=16.5, spaceAfter=8),
}


def render(version: Version, *, marking: str, signature: str, day: str, logo: bytes | None) -> bytes:
    """The file.

    Args:
        version: The whole of it.
        marking: Whether it may be published.
        signature: Who signed it and when, or that it is a draft.
        day: The day it was signed, or the day a draft of it is printed.
        logo: The council's own, if it has one.
    """
    cover = document.PrintedDocument(
        title=version.title,
        marking=marking,
        reference=version.of_reference,
        as_at=day,
        council=version.council,
        details=[
            ("About", standing.retells(version)),
            ("Period", words.date_range(version.period_from, version.period_to)),
            ("Signature", signature),
            ("Council", "This council does not exist." if version.fictional else ""),
        ],
        logo=logo,
        has_contents=False,
    )
    return document.build(cover, flowables(version))


def flowables(version: Version) -> list[Any]:
    """Every heading with what is written under it."""
    look, made = LOOKS[Audience(version.audience)], []
    for part in version.parts:
        made += blocks.heading(part.heading, 1)
        made += text.paragraphs(part.text or NOTHING, look)
    return made
