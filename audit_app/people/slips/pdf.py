"""The slips as a tagged PDF: each whole on one page, with its address in words and as a square."""

from typing import Any

from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib import colors
from reportlab.platypus import Flowable

from audit_app import words
from audit_app.paper import blocks, charts, document
from audit_app.people.slips.contents import HANDLING, TITLE, Slip, Slips
from audit_app.people.slips.squares import runs

SLIP_POINTS, SQUARE_POINTS = 205, 100


def build(made: Slips) -> bytes:
    """The file."""
    story: list[Any] = [*blocks.heading(TITLE), *blocks.paragraph(HANDLING)]
    for slip in made.slips:
        story += _slip(slip, made.council)
    as_at = words.datetime_words(made.made_at)
    about = document.PrintedDocument(
        title=TITLE, marking="PERSONAL: FOR THE NAMED PERSON ONLY", as_at=as_at, council=made.council,
        has_cover=False, has_contents=False,
    )  # fmt: skip
    return document.build(about, story)


def _slip(slip: Slip, council: str) -> list[Flowable]:
    sentences = f"{slip.what_to_do}\n{slip.address}\n{slip.how_long}"
    return [
        *blocks.keep(SLIP_POINTS),
        *blocks.heading(slip.name, 2),
        *blocks.paragraph(f"Inspection readiness service of {council}"),
        *blocks.note(sentences),
        charts.Figure(_square(slip.address), f"A square for a phone's camera: the address of {slip.name} above"),
        *blocks.space(1),
    ]


def _square(address: str) -> Drawing:
    side, dark = runs(address)
    step = SQUARE_POINTS / side
    picture = Drawing(SQUARE_POINTS, SQUARE_POINTS)
    for row, column, length in dark:
        y = SQUARE_POINTS - (row + 1) * step
        picture.add(
            Rect(column * step, y, length * step, step, fillColor=colors.black, strokeWidth=0, strokeColor=None)
        )
    return picture
