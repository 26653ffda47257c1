"""A scale as lines a person can change: a name on each and, after a colon, what it means. Pure."""

import re
from typing import Any

from audit_app.library.own_sets import editing, short_names
from findings.errors import Invalid
from frameworks import Scale
from frameworks.own_sets import scale_order
from frameworks.own_sets.shape import OwnSet

FEWEST, MOST = 2, 12


def text_of(scale: Scale) -> str:
    """The points of a scale as lines, as they are offered: best first, or as they stand where none is better."""
    return "\n".join(
        f"{point.name}: {' '.join(point.meaning.split())}" if point.meaning else point.name
        for point in scale.as_offered
    )


def worth_of(scale: Scale) -> str:
    """What each line is worth, in the order of the lines: 3, 2, 1, 0; nothing where it has no points."""
    return ", ".join(str(scale.worth[point.code]) for point in scale.as_offered if point.code in scale.worth)


def changed(own: OwnSet, scale: Scale | None, title: str, text: str, best: str, *, worth: str = "") -> OwnSet:
    """The set with the scale as the lines say it; a new scale where there was none.

    Codes never change: the lines of a scale that is there stand for its points in the order in which they are offered,
    so that answers given on it keep their meaning, even when another end is said to be best (`best` is the line that
    is: first, last, or neither). A scale with other points is a new scale.

    Raises:
        Invalid: too few or too many points, or another number of points than the scale has.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not FEWEST <= len(lines) <= MOST:
        raise Invalid("points", f"Write between {FEWEST} and {MOST} points, each on its own line")
    if scale is not None and len(lines) != len(scale.points):
        raise Invalid(
            "points",
            f"This scale has {len(scale.points)} points and there are {len(lines)} lines. "
            "For other points, make a new scale",
        )
    named = [_named(line) for line in lines]
    names = [name.casefold() for name, _ in named]
    if len(set(names)) != len(names):
        raise Invalid("points", "Two points have the same name. Give each its own")
    for name, _ in named:
        if scale_order.is_not_applicable(name):
            raise Invalid("points", f"Take “{name}” out: “Does not apply” is offered beside every answer")
    worths = _worths(worth, len(lines))
    codes = [point.code for point in scale.as_offered] if scale else _codes([name for name, _ in named])
    points = tuple(
        {"code": code, "name": name, "meaning": meaning, "points": points}
        for code, (name, meaning), points in zip(codes, named, worths, strict=True)
    )
    taken = {existing.id for existing in own.scales}
    scale_id = scale.id if scale else short_names.slug_of(title or "scale", 30, taken)
    worst_first = points[::-1] if best == "first" else points
    return editing.with_scale(own, scale_id, worst_first, ordered=best != "neither")


def _worths(text: str, lines: int) -> list[int] | list[None]:
    written = [part for part in re.split(r"[,;\s]+", text) if part]
    if not written:
        return [None] * lines
    if not all(re.fullmatch("[0-9]{1,3}|1000", part) for part in written):
        raise Invalid("worth", "Write whole numbers from 0 to 1000 with commas between, for example 3, 2, 1, 0")
    if len(written) != lines:
        raise Invalid("worth", f"There are {lines} lines and {len(written)} numbers of points. Write one for each line")
    return [int(part) for part in written]


def _named(line: str) -> tuple[str, str | None]:
    name, colon, meaning = line.partition(":")
    return (name.strip(), meaning.strip() or None) if colon and name.strip() else (line, None)


def _codes(names: list[str]) -> list[str]:
    codes: list[Any] = []
    for name in names:
        codes.append(short_names.code_of(name, codes))
    return codes
