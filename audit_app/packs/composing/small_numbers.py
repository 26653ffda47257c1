"""Hides small numbers that leave the council so that none can be worked out from what is left (EX-5). Pure."""

from collections.abc import Iterable, Sequence

from frameworks import estimates


def hide_small(counts: Sequence[int], place: int = 0, *, leaving: bool) -> tuple[tuple[int | None, ...], int | None]:
    """A row's counts and its total with what must not leave taken out.

    One count below the limit takes others with it: hiding only itself would let a reader work it out from the total.
    Where it may be told how many reached a grade and how many did not (`share`), each of these two is a whole of its
    own: a small count takes with it those of its own side. Where that may not be told, it takes the whole row. A row
    that is below the limit as a whole loses its total too.

    Args:
        counts: How often each grade was given, best first, whole numbers.
        place: How many grades, from the best down, are reached; 0 where the scale has no such grade.
        leaving: Whether the pack leaves the council.

    Returns:
        The counts and their total as given inside the council. On leaving, None for every count of a whole in which
        one is below five, a zero included; None for the total too when that is below five. A row without counts has
        the total 0 and nothing to hide.

    Source:
        Case audit practice, section 15.2 (below five), by `estimates.must_suppress`; hiding a whole side or row is
        our own rule, held by a solver in the tests.
    """
    total = sum(counts)
    if estimates.must_suppress(total, leaving) and counts:
        return (None,) * len(counts), None
    sides = [counts[:place], counts[place:]] if place and share(counts, place, leaving=leaving) else [counts]
    left: list[int | None] = []
    for side in sides:
        small = any(estimates.must_suppress(count, leaving) for count in side)
        left += [None] * len(side) if small else side
    return tuple(left), total


def share(counts: Sequence[int], place: int, *, leaving: bool) -> tuple[int, int] | None:
    """How many of a row lie in its first counts, and of how many.

    Args:
        counts: How often each grade was given, best first.
        place: How many grades, from the best down, are reached.
        leaving: Whether the pack leaves the council.

    Returns:
        The number reached and the total, whole numbers; whether a percentage may be made of them is for the caller to
        ask (`estimates.may_show_percentage`). None on leaving when either the number reached or the rest is below
        five: the one would give the other away.

    Source:
        Case audit practice, section 15.2 (below five), by `estimates.must_suppress`.
    """
    reached, total = sum(counts[:place]), sum(counts)
    if any(estimates.must_suppress(part, leaving) for part in (reached, total - reached)):
        return None
    return reached, total


def gives_nothing_away(parts: Iterable[int], *, leaving: bool) -> bool:
    """Whether the whole may be told beside its parts: not while one of them is hidden, which the rest would give away.

    Args:
        parts: How many each part holds; none at all is told of and hides nothing.
        leaving: Whether the pack leaves the council.

    Returns:
        False on leaving when a part is from one to four.

    Source:
        Case audit practice, section 15.2 (below five, and the complementary cell), by `estimates.must_suppress`.
    """
    return not any(part and estimates.must_suppress(part, leaving) for part in parts)


def at_least(count: int, noun: str, nouns: str, *, leaving: bool, exact: bool = True) -> str:
    """A number of things in words, and no figure where it is too small to leave the council.

    Args:
        count: How many, a whole number.
        noun: What one of them is called.
        nouns: What several are called.
        leaving: Whether the pack leaves the council.
        exact: Whether the figure may be told; not where it would give away a smaller one.

    Returns:
        “12 audits”, “1 audit”; on leaving “fewer than five audits” for one to four, and “five or more audits” for a
        larger number that may not be told. None at all is told: “0 audits” says that there is nothing, and of nobody.

    Source:
        Case audit practice, section 15.2 (below five), by `estimates.must_suppress`.
    """
    if count and estimates.must_suppress(count, leaving):
        return f"fewer than five {nouns}"
    if count and leaving and not exact:
        return f"five or more {nouns}"
    return f"1 {noun}" if count == 1 else f"{count:,} {nouns}"
