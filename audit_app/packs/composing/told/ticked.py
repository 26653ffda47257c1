"""A question of which several answers may be ticked, as one row of a theme: each tick of how many audits. Pure.

Ticks are no parts of one whole: an audit may tick several, so each number stands against the audits that ticked any.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from audit_app.packs.composing import small_numbers

ANY = "*"  # under which it is counted how many audits ticked anything
NOT_TOLD = "c"


def codes_of(question: Mapping[str, Any]) -> list[str]:
    """What one audit ticked, with `ANY` once; nothing for a question that is answered otherwise, or not at all."""
    given = "" if question.get("typed") else question.get("given", "")
    return [ANY, *dict.fromkeys(code for code in given.split(",") if code)] if given else []


def row(
    given: Mapping[str, int], scale: Sequence[tuple[str, str]], away: str, *, leaving: bool
) -> tuple[str, str] | None:
    """Each tick with its number, and n, the audits that ticked any.

    Args:
        given: How many audits ticked each code, those under `ANY` any at all.
        scale: Code and name of what may be ticked, as it stands on the form.
        away: In how many audits the question does not apply, in words; empty for none.
        leaving: Whether the pack leaves the council.

    Returns:
        The ticks in words and n. Leaving, a tick of one to four audits, or one that all but one to four ticked, stands
        as c. None leaving where n itself is below five.

    Source:
        Case audit practice, section 15.2 (below five, and the complementary cell), by `small_numbers`.
    """
    n = given[ANY]
    if not small_numbers.gives_nothing_away((n,), leaving=leaving):
        return None
    strays = [(code, code) for code in sorted(given) if code not in dict(scale) and code not in (ANY, "not_applicable")]
    parts = [f"{name} {_told(given.get(code, 0), n, leaving=leaving)}" for code, name in (*scale, *strays)]
    aside = f"; does not apply in {away}" if away else ""
    return f"Ticked: {', '.join(parts)}{aside}", str(n)


def _told(count: int, n: int, *, leaving: bool) -> str:
    return str(count) if small_numbers.gives_nothing_away((count, n - count), leaving=leaving) else NOT_TOLD
