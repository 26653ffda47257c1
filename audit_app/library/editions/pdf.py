"""An edition printed: the same parts as its page; equal editions give equal bytes."""

from typing import Any

from audit_app import words
from audit_app.library import wording
from audit_app.library.editions import contents
from audit_app.library.editions.contents import Part
from audit_app.paper import blocks, document
from frameworks import Edition

COVERING = (2, 6, 7, 5)  # areas, whose meaning may be a few sentences
WIDTHS = {2: (1, 3), 3: (2, 3, 2), 4: (1, 4, 2, 3), 6: (3, 2, 3, 6, 2, 3)}
# Tables whose first column holds sentences, which are no names of rows.
IN_SENTENCES = {"What": (5, 2), "When": (2, 4, 2), "What was printed": (4, 4, 3, 2)}


def printed(edition: Edition, council: str) -> bytes:
    """The edition as a tagged PDF with contents and bookmarks."""
    printed_edition = document.PrintedDocument(
        title=edition.title,
        subtitle=edition.publisher,
        reference=edition.id,
        council=council,
        details=[
            ("In force from", words.date_words(edition.valid_from)),
            ("Version", wording.version_words(edition)),
            ("Fingerprint", edition.fingerprint[:16]),
        ],
    )
    return document.build(printed_edition, _story(edition))


def _story(edition: Edition) -> list[Any]:
    made = blocks.heading("About this edition")
    made += blocks.key_values(contents.about(edition))
    level_1 = True
    for part in contents.parts(edition):
        if part.level == 3 and level_1:
            made += blocks.heading("Statements")
        level_1 = part.level != 3
        made += _part(part)
    return made


def _part(part: Part) -> list[Any]:
    made = blocks.heading(part.title, 1 if part.level == 2 else 2)
    for sentence in part.sentences:
        made += blocks.paragraph(sentence)
    if part.headings:
        rows = [line.cells for line in part.lines]
        named = part.headings[0] not in IN_SENTENCES
        made += blocks.table(part.headings, rows, widths=_widths(part.headings), row_headers=named)
    return made


def _widths(headings: tuple[str, ...]) -> tuple[int, ...] | None:
    if headings[0] in IN_SENTENCES:
        return IN_SENTENCES[headings[0]]
    if "What it covers" in headings:
        return COVERING
    return WIDTHS.get(len(headings))
