"""Hides small counts in a row of a table so that none can be worked out from what is left (EX-5). Pure."""

from collections.abc import Sequence

from frameworks import estimates


def hide_small(counts: Sequence[int], *, leaving: bool) -> tuple[tuple[int | None, ...], int | None]:
    """A row's counts and its total with what must not leave taken out.

    One count below the limit takes the whole row with it: hiding only some counts would let a reader who knows how
    they are chosen work one out from the total. A row that is below the limit as a whole loses its total too.

    Args:
        counts: How often each grade was given, whole numbers.
        leaving: Whether the pack leaves the council.

    Returns:
        The counts and their total as given inside the council. On leaving, None for every count once one of them is
        below five, a zero included; None for the total too when that is below five. A row without counts has the
        total 0 and nothing to hide.

    Source:
        Case audit practice, section 15.2 (below five), by `estimates.must_suppress`; hiding the whole row is our own
        rule, held by a solver in the tests.
    """
    total = sum(counts)
    if not any(estimates.must_suppress(count, leaving) for count in counts):
        return tuple(counts), total
    return (None,) * len(counts), None if estimates.must_suppress(total, leaving) else total


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


def at_least(count: int, noun: str, nouns: str, *, leaving: bool) -> str:
    """A number of things in words, and no figure where it is too small to leave the council.

    Args:
        count: How many, a whole number.
        noun: What one of them is called.
        nouns: What several are called.
        leaving: Whether the pack leaves the council.

    Returns:
        “12 audits”, “1 audit”; on leaving “fewer than five audits” for one to four. None at all is told: “0 audits”
        says that there is nothing, and of nobody.

    Source:
        Case audit practice, section 15.2 (below five), by `estimates.must_suppress`.
    """
    if count and estimates.must_suppress(count, leaving):
        return f"fewer than five {nouns}"
    return f"1 {noun}" if count == 1 else f"{count:,} {nouns}"
