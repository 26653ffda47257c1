"""The one notice of a document that says which letters it prints by their names, and how often."""

from collections.abc import Iterable

from audit_app import words
from audit_app.paper.letters import Lettering, how_often, naming

TITLE = "Letters printed by their names"


def told_of(letterings: Iterable[Lettering]) -> str:
    """The notice; nothing where every letter is printed as itself.

    Headers, footers and charts repeat words that are counted where the text itself has them.
    """
    counted = how_often(letterings)
    if not counted:
        return ""
    names = [f"{naming.name_of(letter)} {_times(count)}" for letter, count in sorted(counted.items(), key=_most_first)]
    return (
        "The typeface of this document does not have every letter that was typed. Such a letter is printed as its "
        f"Unicode name in brackets: {words.listing(names)}. What was typed is kept in the record as it was."
    )


def _most_first(entry: tuple[str, int]) -> tuple[int, str]:
    return -entry[1], entry[0]


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")
