"""A condition on an earlier answer as a form has it: which question, and its answers in words. Pure."""

from typing import Any

from audit_app.library import asking
from audit_app.library.own_sets import matching
from findings.errors import Invalid
from frameworks.own_sets.shape import OwnSet
from frameworks.questions import ShowIf
from frameworks.schema import Point


def sent(own: OwnSet, key: str, answers: str, field: str) -> dict[str, Any] | None:
    """The condition as the document holds it; None where no question is chosen.

    Raises:
        Invalid: the words are no answers of that question; `field` is the field they stand in.
    """
    if not key:
        return None
    points = _points(own, key)
    codes, strange = matching.answers_named(answers, points)
    if not codes or strange:
        names = "; ".join(point.name for point in points)
        raise Invalid(field, f"Write one or more of its answers, with a semicolon between: {names}")
    return {"question": key, "answers": codes}


def shown(own: OwnSet, condition: ShowIf | None) -> tuple[str, str]:
    """The other way: what stands in the two fields."""
    return (condition.question, in_words(own, condition)) if condition else ("", "")


def in_words(own: OwnSet, condition: ShowIf) -> str:
    """The answers of a condition by their names."""
    return matching.written_out(condition.answers, _points(own, condition.question))


def _points(own: OwnSet, key: str) -> tuple[Point, ...]:
    earlier = asking.find(own, key)
    scale = asking.scale_of(own, earlier) if earlier else None
    return scale.points if scale else ()
