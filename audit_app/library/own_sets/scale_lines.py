"""A scale as lines a person can change: a name on each, best first, and after a colon what it means. Pure."""

from typing import Any

from audit_app.library.own_sets import editing, short_names
from findings.errors import Invalid
from frameworks import Scale
from frameworks.own_sets.shape import OwnSet

FEWEST, MOST = 2, 12


def text_of(scale: Scale) -> str:
    """The points of a scale as lines, best first."""
    return "\n".join(
        f"{point.name}: {' '.join(point.meaning.split())}" if point.meaning else point.name
        for point in reversed(scale.points)
    )


def changed(own: OwnSet, scale: Scale | None, title: str, text: str) -> OwnSet:
    """The set with the scale as the lines say it; a new scale where there was none.

    Codes never change: the lines of a scale that is there stand for its points in their order, so that answers given
    on it keep their meaning. A scale with other points is a new scale.

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
    worst_first = [_named(line) for line in reversed(lines)]
    names = [name.casefold() for name, _ in worst_first]
    if len(set(names)) != len(names):
        raise Invalid("points", "Two points have the same name. Give each its own")
    codes = list(scale.codes) if scale else _codes([name for name, _ in worst_first])
    points = tuple(
        {"code": code, "name": name, "meaning": meaning}
        for code, (name, meaning) in zip(codes, worst_first, strict=True)
    )
    taken = {existing.id for existing in own.scales}
    scale_id = scale.id if scale else short_names.slug_of(title or "scale", 30, taken)
    return editing.with_scale(own, scale_id, points)


def _named(line: str) -> tuple[str, str | None]:
    name, colon, meaning = line.partition(":")
    return (name.strip(), meaning.strip() or None) if colon and name.strip() else (line, None)


def _codes(names: list[str]) -> list[str]:
    codes: list[Any] = []
    for name in names:
        codes.append(short_names.code_of(name, codes))
    return codes
