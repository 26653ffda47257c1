"""Which of an edition's checks the grades entered give rise to: advice in words, never a verdict. Pure."""

from collections.abc import Mapping

from frameworks.by_type import Pattern
from frameworks.schema import Check, Edition


def raised(edition: Edition, grades: Mapping[str, str | None], overall: str | None = None) -> tuple[Check, ...]:
    """The checks whose pattern the grades meet, in the order of the edition.

    Args:
        edition: The edition the grades were given under.
        grades: Area id to grade; None, or no entry, for one not given.
        overall: The overall grade; None while it is not given or where there is none.

    Returns:
        Zero or more checks. One that looks at the overall grade is never raised without it.

    Raises:
        UnknownArea: A grade is about an area the edition does not have.
        OffScale: A grade is not a point of its area's scale.

    Source:
        The checks of the edition, each with a source of its own.
    """
    for area_id, grade in grades.items():
        area = edition.area(area_id)
        if grade is not None and area.scale:
            edition.scale(area.scale).position(grade)
    return tuple(check for check in edition.checks if check.pattern and _met(check.pattern, grades, overall))


def _met(pattern: Pattern, grades: Mapping[str, str | None], overall: str | None) -> bool:
    if pattern.overall and overall not in pattern.overall:
        return False
    others = [grades.get(area) for area in pattern.others]
    if any(grade is None or grade in pattern.graded for grade in others):
        return False
    return sum(1 for area in pattern.areas if grades.get(area) in pattern.graded) >= pattern.at_least
