"""Which end of a scale is the better one, as far as its words tell; and what is never a point of one. Pure."""

import itertools
import re
from collections.abc import Sequence

GOOD = (
    "green", "yes", "outstanding", "excellent", "very good", "good", "strong", "fully", "full", "met", "achieved",
    "always", "complete", "compliant", "done", "reached", "in place", "embedded", "in time", "safe", "no concern",
    "exceeds", "minimal change", "no change", "strongly agree",
)  # fmt: skip
BAD = (
    "red", "no", "inadequate", "poor", "weak", "not", "none", "never", "missing", "absent", "unsafe", "late", "nothing",
    "drastic", "non-compliant", "incomplete", "below", "strongly disagree",
)  # fmt: skip
_NOT_APPLICABLE = re.compile(
    r"\(?(n\s*[/.\\]?\s*a\.?|not[\s-]+applicable|does(\s+not|n['’]t)\s+apply|not\s+relevant)\)?(\s*[:(–-].*)?",
    re.IGNORECASE,
)


def is_not_applicable(name: str) -> bool:
    """Whether a point's name says that the question does not apply, which is never a point of a scale."""
    return _NOT_APPLICABLE.fullmatch(" ".join(name.split())) is not None


def best_first(names: Sequence[str]) -> bool | None:
    """Whether the first point of a scale is its best: yes, no, or None where its words do not tell.

    Args:
        names: The names of the points, in the order in which somebody wrote them.

    Both ends must speak, and against each other: from Green to Red the first is best, from No to Yes the last.
    """
    if len(names) < 2:
        return None
    first, last = _speaks(names[0]), _speaks(names[-1])
    if first is None or last is None or first is last:
        return _by_figures(names)
    return first


def _speaks(name: str) -> bool | None:
    """Whether a name is of the good end (true) or of the bad one (false); the longest beginning decides."""
    plain = re.sub(r"^[\d\W_]+", "", " ".join(name.casefold().split()))
    good = max((len(word) for word in GOOD if _begins(plain, word)), default=0)
    bad = max((len(word) for word in BAD if _begins(plain, word)), default=0)
    return None if good == bad else good > bad


def _begins(name: str, word: str) -> bool:
    return name == word or (name.startswith(word) and not name[len(word)].isalnum())


def _by_figures(names: Sequence[str]) -> bool | None:
    """Points that are counted say it by their figures only where they count up, as nearly every tool does."""
    figures = [re.match(r"\d+", name.strip()) for name in names]
    counted = [int(figure.group()) for figure in figures if figure]
    rising = all(before < after for before, after in itertools.pairwise(counted))
    return False if len(counted) == len(names) and rising else None
