"""A range in words always holds the whole interval: counts up to a thousand, against statsmodels."""

import re
from fractions import Fraction

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from frameworks import estimates
from frameworks.estimates import BadCount

LARGEST = 1000
# Each that a table of ours is likely to hold, then every seventh.
COUNTS = (*range(1, 201), *range(201, LARGEST + 1, 7))
HAIR = 1e-12  # two programs' last digits


@pytest.mark.parametrize(
    ("x", "n", "words"),
    [
        (9, 14, "between 3 and 9 in every 10"),  # 38.8 to 83.7 %
        (16, 68, "between 1 and 4 in every 10"),  # 14.9 to 34.8 %: nearest tenths would say 1 to 3
        (19, 20, "at least 7 in every 10, not all"),  # 76.4 to 99.1 %: one of them rules "all" out
        (20, 20, "between 8 in every 10 and all"),
        (0, 20, "between none and 2 in every 10"),
        (1, 20, "some, at most 3 in every 10"),
        (1, 2, "some, but not all"),
        (0, 1, "between none and 8 in every 10"),
        (500, 1000, "between 46 and 54 in every 100"),
        (1, 1000, "some, at most 1 in every 100"),
        (0, 1000, "between none and 1 in every 100"),
        (999, 1000, "at least 99 in every 100, not all"),
        (1000, 1000, "between 99 in every 100 and all"),
        (0, 0, None),
    ],
)
def test_a_range_reads_as_people_say_it(x, n, words):
    assert estimates.in_words(x, n) == words


@pytest.mark.parametrize(
    ("x", "n", "words"),
    [(0, 8, "none"), (8, 8, "all"), (6, 8, "75 in every 100"), (1, 3, "between 33 and 34 in every 100")],
)
def test_who_was_read_in_full_is_known_and_no_range(x, n, words):
    assert estimates.in_words(x, n, population=n) == words


@pytest.mark.parametrize(
    ("x", "n", "words"),
    [(0, 1, "none or some, but not all"), (1, 1, "some or all"), (1, 2, "some, but not all")],
)
def test_a_range_that_tells_nothing_still_keeps_who_was_seen(x, n, words):
    assert estimates.in_words(x, n, confidence=0.99999) == words


def test_a_range_of_counts_that_cannot_be_is_refused():
    with pytest.raises(BadCount):
        estimates.in_words(4, 3)


def _claims(words: str) -> tuple[Fraction, Fraction, bool, bool]:
    """What the words claim, read back by their grammar alone: the bounds, and whether none and all are possible."""
    parts = int(re.search(r"in every (\d+)", words).group(1)) if "in every" in words else 1
    numbers = [int(number) for number in re.findall(r"\d+", words.replace(f"in every {parts}", ""))]
    if words.startswith("between none"):
        return Fraction(0), Fraction(numbers[0], parts), True, False
    if words.startswith("some, at most"):
        return Fraction(0), Fraction(numbers[0], parts), False, False
    if words.startswith("at least") and words.endswith(", not all"):
        return Fraction(numbers[0], parts), Fraction(1), False, False
    if words.endswith(" and all"):
        return Fraction(numbers[0], parts), Fraction(1), False, True
    if words == "some, but not all":
        return Fraction(0), Fraction(1), False, False
    least, most = re.fullmatch(r"between (\d+) and (\d+) in every \d+", words).groups()
    return Fraction(int(least), parts), Fraction(int(most), parts), False, False


def test_counts_to_a_thousand_are_told_in_words_that_hold_their_whole_interval():
    """Some ninety thousand ranges, read back from their words and laid against the bounds of statsmodels."""
    claims = {}
    for n in COUNTS:
        counts = np.arange(n + 1)
        lows, highs = proportion_confint(counts, n, method="wilson")
        for x in range(n + 1):
            words = estimates.in_words(x, n)
            if words not in claims:
                least, most, none_possible, all_possible = _claims(words)
                claims[words] = (float(least), float(most), none_possible, all_possible)
            least, most, none_possible, all_possible = claims[words]
            assert least <= lows[x] + HAIR and highs[x] <= most + HAIR, (x, n, words)
            assert (none_possible, all_possible) == (x == 0, x == n), (x, n, words)
            step = 0.01 if "100" in words else 0.1
            assert lows[x] - least < step + HAIR and most - highs[x] < step + HAIR, (x, n, words)
