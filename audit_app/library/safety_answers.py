"""The order in which people read the answers to the safety question, on pages and on paper. Pure."""

from collections.abc import Iterable

ORDER = ("nothing_seen", "being_acted_on", "act_now", "cannot_tell")


def in_order(codes: Iterable[str]) -> list[str]:
    """The codes of a safety question's scale as they are offered; codes we do not know stand last, as they came."""
    given = list(codes)
    return [code for code in ORDER if code in given] + [code for code in given if code not in ORDER]
