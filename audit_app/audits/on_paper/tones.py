"""The tint of a grade on paper: the word says it, the tint only helps."""

_GRADES = {"outstanding": "blue", "good": "green", "requires_improvement": "yellow", "inadequate": "red"}


def tone_of_grade(code: str) -> str:
    """The tint of a grade; grades of other scales stay neutral, so that none is turned into another."""
    return _GRADES.get(code, "neutral")
