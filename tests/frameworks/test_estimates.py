"""Intervals, sample sizes and weights, against the printed check values and against statsmodels."""

import pytest
from statsmodels.stats.proportion import proportion_confint

from frameworks import estimates
from frameworks.estimates import BadCount, Interval, Stratum


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (13, 20, 43.3, 81.9),
        (6, 10, 31.3, 83.2),
        (0, 10, 0.0, 27.8),
        (10, 10, 72.2, 100.0),
        (26, 40, 49.5, 77.9),
        (43, 100, 33.7, 52.8),
        (4, 12, 13.8, 60.9),
        (1, 25, 0.7, 19.5),
    ],
)
def test_wilson_gives_the_printed_check_values(x, n, low, high):
    interval = estimates.wilson(x, n)
    assert round(interval.low * 100, 1) == low
    assert round(interval.high * 100, 1) == high


def test_wilson_agrees_with_statsmodels_for_every_count_up_to_40():
    for n in range(1, 41):
        for x in range(n + 1):
            low, high = proportion_confint(x, n, method="wilson")
            ours = estimates.wilson(x, n)
            assert (ours.low, ours.high) == pytest.approx((low, high), abs=1e-9)


def test_a_sample_that_is_much_of_its_population_tells_more():
    narrow, plain = estimates.wilson(18, 30, population=120), estimates.wilson(18, 30)
    assert (round(narrow.low * 100, 1), round(narrow.high * 100, 1)) == (44.5, 73.7)
    assert (round(plain.low * 100, 1), round(plain.high * 100, 1)) == (42.3, 75.4)
    assert estimates.wilson(3, 4, population=4) == Interval(0.75, 0.75)


def test_nothing_looked_at_has_no_interval_and_impossible_counts_are_refused():
    assert estimates.wilson(0, 0) is None
    assert estimates.zero_bound(0) is None
    for x, n, population in [(5, 4, None), (-1, 4, None), (1, 4, 3)]:
        with pytest.raises(BadCount):
            estimates.wilson(x, n, population)
    with pytest.raises(BadCount):
        estimates.wilson(1, 4, confidence=1.0)


@pytest.mark.parametrize(("n", "percent"), [(10, 25.9), (20, 13.9), (30, 9.5), (60, 4.9)])
def test_none_found_is_not_none_there(n, percent):
    assert round(estimates.zero_bound(n) * 100, 1) == percent


@pytest.mark.parametrize(
    ("population", "share", "margin", "n"),
    [
        (300, 0.7, 0.05, 156),
        (300, 0.5, 0.10, 73),
        (1200, 0.5, 0.10, 89),
        (1200, 0.5, 0.05, 292),
        (150, 0.5, 0.10, 59),
        (60, 0.5, 0.15, 26),
        (None, 0.5, 0.05, 385),
        (1, 0.5, 0.05, 1),
    ],
)
def test_sample_sizes_come_out_as_printed(population, share, margin, n):
    assert estimates.sample_size(margin, share, population) == n


@pytest.mark.parametrize(("population", "n"), [(None, 59), (400, 55), (200, 51), (100, 45)])
def test_the_number_needed_to_meet_one_in_twenty(population, n):
    assert estimates.size_to_meet_one(0.05, population) == n


def test_a_kind_that_is_not_there_cannot_be_met():
    assert estimates.size_to_meet_one(0.05, 4) is None
    assert estimates.size_to_meet_one(1.0) == 1
    for bad in (lambda: estimates.size_to_meet_one(0.0), lambda: estimates.sample_size(0.0)):
        with pytest.raises(BadCount):
            bad()


def test_a_sample_is_shared_out_by_largest_remainder():
    teams = {"north": 120, "south": 85, "east": 60, "west": 35}
    assert estimates.allocation(teams, 20) == {"north": 8, "south": 6, "east": 4, "west": 2}


def test_each_team_gets_its_minimum_and_never_more_than_it_has():
    teams = {"large": 200, "small": 3, "tiny": 1}
    assert estimates.allocation(teams, 10, minimum=2) == {"large": 7, "small": 2, "tiny": 1}
    assert estimates.allocation(teams, 1000) == teams
    assert estimates.allocation(teams, 1, minimum=2) == {"large": 2, "small": 2, "tiny": 1}
    assert estimates.allocation({}, 5) == {}
    assert estimates.allocation({"empty": 0}, 5) == {"empty": 0}
    with pytest.raises(BadCount):
        estimates.allocation({"north": -1}, 5)


def test_a_share_is_weighted_back_to_the_size_of_each_team():
    rate = estimates.weighted_rate([Stratum(300, 10, 8), Stratum(50, 10, 3)])
    assert round(rate.rate * 100, 1) == 72.9
    assert round(rate.standard_error * 100, 1) == 11.4


def test_a_weighted_share_has_no_error_when_a_team_was_known_from_one_audit():
    assert estimates.weighted_rate([Stratum(300, 1, 1), Stratum(50, 10, 3)]).standard_error is None
    assert estimates.weighted_rate([Stratum(5, 0, 0)]) is None
    assert estimates.weighted_rate([Stratum(4, 4, 2)]).standard_error == 0.0


def test_chance_alone_moves_a_share_between_control_limits():
    limits = estimates.control_limits(0.5, 20)
    assert (round(limits.low * 100, 1), round(limits.high * 100, 1)) == (16.5, 83.5)
    assert estimates.control_limits(0.5, 0) is None


def test_eight_in_a_row_on_one_side_signal_a_change():
    assert estimates.run_of_one_side([0.2] + [0.6] * 8, 0.5)
    assert not estimates.run_of_one_side([0.6] * 7, 0.5)
    assert not estimates.run_of_one_side([0.6] * 7 + [0.5], 0.5)


def test_small_numbers_are_kept_small():
    assert [estimates.may_show_percentage(n) for n in (9, 10)] == [False, True]
    assert [estimates.must_suppress(n, leaving=True) for n in (0, 4, 5)] == [True, True, False]
    assert not estimates.must_suppress(4, leaving=False)
