"""The difference between two shares, against the worked example of the paper it is from."""

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from frameworks import comparisons, estimates


def test_newcombes_worked_example():
    """Newcombe (1998), table II, example (a): 56 of 70 and 48 of 80; method 10 gives 0.0524 to 0.3339."""
    interval = comparisons.difference(56, 70, 48, 80)
    assert (interval.low, interval.high) == pytest.approx((0.0524, 0.3339), abs=0.00005)


def test_turned_round_it_is_the_same_range_below_nought():
    there, back = comparisons.difference(9, 20, 14, 25), comparisons.difference(14, 25, 9, 20)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


def test_nothing_can_be_told_of_an_empty_sample_and_a_wrong_count_is_refused():
    assert comparisons.difference(0, 0, 5, 10) is None and comparisons.difference(5, 10, 0, 0) is None
    with pytest.raises(estimates.BadCount):
        comparisons.difference(11, 10, 5, 10)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
@pytest.mark.parametrize("counts", [(56, 70, 48, 80), (9, 10, 3, 10), (10, 10, 0, 20), (0, 10, 10, 10), (0, 7, 0, 9)])
def test_it_is_the_range_that_statsmodels_gives(counts, confidence):
    interval = comparisons.difference(*counts, confidence)
    theirs = confint_proportions_2indep(*counts, compare="diff", method="newcomb", alpha=1 - confidence)
    assert (interval.low, interval.high) == pytest.approx(theirs)
    assert confidence != 0.95 or comparisons.difference(*counts) == interval
