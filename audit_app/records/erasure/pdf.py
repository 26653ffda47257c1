"""The certificate on paper: tagged, and for equal contents the same bytes."""

from typing import Any

from audit_app import words
from audit_app.paper import blocks, document
from audit_app.records.erasure.certificate import Certificate


def certificate_file(contents: Certificate, marking: str) -> bytes:
    """The certificate as a PDF on A4."""
    printed = document.PrintedDocument(
        title=f"Certificate of removal {contents.reference}",
        reference=contents.reference,
        marking=marking,
        council=contents.council,
        as_at=words.datetime_words(contents.at),
        has_cover=False,
        has_contents=False,
    )
    return document.build(printed, _story(contents))


def _story(contents: Certificate) -> list[Any]:
    made = blocks.heading(f"Certificate of removal {contents.reference}")
    made += blocks.paragraph(
        f"{contents.council} removed what stands below for good. This certificate names no child.", "lead"
    )
    made += blocks.key_values(list(contents.facts))
    made += blocks.heading("What was removed", 2)
    counted = [(name, f"{number:,}") for name, number in (*contents.kinds, *contents.sorts)]
    made += blocks.table(("What", "How many"), counted, widths=(4, 1), row_headers=True)
    made += blocks.heading("Thing by thing", 2)
    made += blocks.table(
        ("Reference", "Kind", "What became of it"), contents.things, widths=(1, 2, 2), row_headers=True
    )
    made += blocks.heading("What stayed, and why", 2)
    made += blocks.bullets(list(contents.stays), nothing="Nothing that was asked for stayed.")
    made += blocks.heading("What no removal reaches", 2)
    made += blocks.bullets(list(contents.not_reached))
    return made
