"""Hides small counts in a row of a table so that none can be worked out from what is left (EX-5). Pure."""

from collections.abc import Sequence

from frameworks import estimates

HIDDEN = None


def hide_small(counts: Sequence[int], *, leaving: bool) -> tuple[tuple[int | None, ...], int | None]:
    """A row's counts and its total with what must not leave taken out.

    Every count below the limit goes. Then the smallest of the others go as well, until at least two are gone and what
    is gone adds up to the limit or more: the total then gives away neither a count nor a group too small to name.
    When the whole row is below the limit its total goes too.
    """
    total = sum(counts)
    hidden = {place for place, count in enumerate(counts) if estimates.must_suppress(count, leaving)}
    if not hidden:
        return tuple(counts), total
    if estimates.must_suppress(total, leaving):
        return tuple(HIDDEN for _ in counts), HIDDEN
    by_size = sorted(range(len(counts)), key=lambda place: (counts[place], place))
    for place in by_size:
        gone = sum(counts[at] for at in hidden)
        if len(hidden) >= 2 and not estimates.must_suppress(gone, leaving):
            break
        hidden.add(place)
    return tuple(HIDDEN if place in hidden else count for place, count in enumerate(counts)), total


def shown(count: int | None) -> str:
    """A count for a table: “c” where it is hidden."""
    return "c" if count is None else f"{count:,}"


def at_least(count: int, noun_one: str, noun_many: str, *, leaving: bool) -> str:
    """A number of things in words, and no figure where it is too small to leave the council."""
    if count and estimates.must_suppress(count, leaving):
        return f"fewer than five {noun_many}"
    return f"1 {noun_one}" if count == 1 else f"{count:,} {noun_many}"
