"""Chooses the size in which a part of a document is set, so that it keeps to one page and no page has two lines."""

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.platypus import Flowable

from audit_app.paper import blocks, style

# What runs over onto a page of its own should be at least so much of it.
_LEAST_LEFT = 0.2
# Of a page so much at most is left empty for what would rather begin a new one.
_MOST_LEFT = 0.6
_ROOM = style.TEXT_HEIGHT - 2


def one_page(set_in: Callable[[Any], list[Flowable]], looks: Sequence[Any]) -> list[Flowable]:
    """The part in the first of some looks in which it keeps to one page.

    Where it keeps to one in none, the first in which what runs over is more than a few lines; else the last.
    """
    made = [(set_in(looks[0]))]
    heights = [height_of(made[0])]
    for look in looks[1:]:
        if heights[-1] <= _ROOM:
            return made[-1]
        made.append(set_in(look))
        heights.append(height_of(made[-1]))
    for flowables, height in zip(made, heights, strict=True):
        if height <= _ROOM or (height % style.TEXT_HEIGHT) >= _LEAST_LEFT * style.TEXT_HEIGHT:
            return flowables
    return made[-1]


def kept_whole(flowables: list[Flowable], *, wide: bool = False, strictly: bool = False) -> list[Flowable]:
    """A part that goes whole to the next page where too little of this one is left; a long one begins a page.

    Unless it is meant strictly, no page is left for it of which less than a third is used.
    """
    room = style.WIDE_TEXT_WIDTH if wide else style.TEXT_WIDTH
    page = style.WIDE_TEXT_HEIGHT if wide else style.TEXT_HEIGHT
    height = height_of(flowables, room) + (flowables[0].getSpaceBefore() if flowables else 0)
    return [*blocks.keep(min(height + 1, page - 1 if strictly else page * _MOST_LEFT)), *flowables]


def on_a_new_page() -> list[Flowable]:
    """What follows begins a page, unless more of this one is left than may be left empty."""
    return blocks.keep(style.TEXT_HEIGHT * _MOST_LEFT)


def height_of(flowables: Sequence[Flowable], width: float = style.TEXT_WIDTH) -> float:
    """How high a part is in points when set one below the other: of two spaces that meet, the larger counts."""
    used, space = 0.0, 0.0
    for flowable in flowables:
        _, height = flowable.wrap(width, 20 * style.TEXT_HEIGHT)
        used += max(space, flowable.getSpaceBefore()) + height if used else height
        space = flowable.getSpaceAfter()
    return used
