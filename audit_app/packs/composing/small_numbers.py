"""Hides small counts in a row of a table so that none can be worked out from what is left (EX-5). Pure."""

from collections.abc import Sequence

from frameworks import estimates


def hide_small(counts: Sequence[int], *, leaving: bool) -> tuple[tuple[int | None, ...], int | None]:
    """A row's counts and its total with what must not leave taken out.

    One count below the limit takes the whole row with it: hiding only some counts would let a reader who knows how
    they are chosen work one out from the total. A row that is below the limit as a whole loses its total too.
    """
    total = sum(counts)
    if not any(estimates.must_suppress(count, leaving) for count in counts):
        return tuple(counts), total
    return (None,) * len(counts), None if estimates.must_suppress(total, leaving) else total


def share(counts: Sequence[int], place: int, *, leaving: bool) -> tuple[int, int] | None:
    """How many of a row lie in its first `place` counts, and of how many; None where that would be too few to tell."""
    reached, total = sum(counts[:place]), sum(counts)
    if any(estimates.must_suppress(part, leaving) for part in (reached, total - reached)):
        return None
    return reached, total


def at_least(count: int, noun_one: str, noun_many: str, *, leaving: bool) -> str:
    """A number of things in words, and no figure where it is too small to leave the council."""
    if count and estimates.must_suppress(count, leaving):
        return f"fewer than five {noun_many}"
    return f"1 {noun_one}" if count == 1 else f"{count:,} {noun_many}"
