"""Which edition of a family is in force on a day: editions follow each other, and their dates say when. Pure."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from frameworks.schema import Edition


def newest_in_force(editions: Sequence[Edition], on: date) -> Edition | None:
    """Of a family's editions, oldest first, the one in force on a day that began last; None when none is.

    Of two that began on one day the one listed last is the newest.
    """
    in_force = [edition for edition in editions if edition.in_force(on)]
    # `max` keeps the first of equals, so the family is looked through from its newest end.
    return max(reversed(in_force), key=lambda edition: edition.valid_from, default=None)


def out_of_order(editions: Sequence[Edition]) -> tuple[Edition, Edition] | None:
    """The first two neighbours of a family of which the later one began earlier; None when all are in order."""
    return next((pair for pair in pairwise(editions) if pair[1].valid_from < pair[0].valid_from), None)
