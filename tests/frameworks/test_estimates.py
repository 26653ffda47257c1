"""Intervals, sample sizes and weights, against the printed check values and against statsmodels."""

import math
import random
from fractions import Fraction

import pytest
from statsmodels.stats.proportion import proportion_confint

from frameworks import estimates
from frameworks.estimates import BadCount, Interval, Stratum
from tests.chosen import WHOLE


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
            assert (ours.low == 0.0, ours.high == 1.0) == (x == 0, x == n)


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
    for bad in (
        lambda: estimates.wilson(1, 4, confidence=1.0),
        lambda: estimates.zero_bound(-1),
        lambda: estimates.weighted_rate([Stratum(5, 2, 1), Stratum(5, 2, 3)]),
        lambda: estimates.weighted_rate([Stratum(5, 6, 1)]),
    ):
        with pytest.raises(BadCount):
            bad()


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
    assert share != 0.5 or estimates.sample_size(margin, population=population) == n, "half is expected by default"


@pytest.mark.parametrize(("population", "n"), [(None, 59), (400, 55), (200, 51), (100, 45)])
def test_the_number_needed_to_meet_one_in_twenty(population, n):
    assert estimates.size_to_meet_one(0.05, population) == n


def test_a_kind_that_is_not_there_cannot_be_met():
    assert estimates.size_to_meet_one(0.05, 4) is None
    assert estimates.size_to_meet_one(1.0) == 1
    for bad in (lambda: estimates.size_to_meet_one(0.0), lambda: estimates.sample_size(0.0)):
        with pytest.raises(BadCount):
            bad()


@pytest.mark.parametrize(
    ("margin", "share", "population"),
    [(0.0, 0.5, 9), (1.0, 0.5, 9), (0.1, 0.0, 9), (0.1, 1.0, 9), (-0.1, 0.5, None), (0.1, 0.5, 0), (0.1, 0.5, -1)],
)
def test_no_sample_size_is_given_for_what_cannot_be(margin, share, population):
    with pytest.raises(BadCount, match="margin"):
        estimates.sample_size(margin, share, population)


def test_a_sample_is_never_larger_than_all_there_are():
    # By hand: 1.96² × 0.25 ÷ 0.01² = 9,604 drawn; 9,604 ÷ (1 + 9,603 ÷ 10) = 9.9.
    assert estimates.sample_size(0.01, 0.5, 10) == 10
    assert [estimates.sample_size(margin, 0.5, 7) for margin in (0.98, 0.9)] == [1, 2]


def test_a_sample_is_shared_out_by_largest_remainder():
    teams = {"north": 120, "south": 85, "east": 60, "west": 35}
    assert estimates.allocation(teams, 20) == {"north": 8, "south": 6, "east": 4, "west": 2}


def test_of_equal_remainders_the_larger_team_is_served_first_and_of_equal_teams_the_one_named_first():
    assert estimates.allocation({"small": 1, "large": 3}, 2) == {"small": 0, "large": 2}
    assert estimates.allocation({"one": 2, "other": 2}, 1) == {"one": 1, "other": 0}


def test_each_team_gets_its_minimum_and_never_more_than_it_has():
    teams = {"large": 200, "small": 3, "tiny": 1}
    assert estimates.allocation(teams, 10, minimum=2) == {"large": 7, "small": 2, "tiny": 1}
    assert estimates.allocation(teams, 1000) == teams
    assert estimates.allocation(teams, 1, minimum=2) == {"large": 2, "small": 2, "tiny": 1}
    assert estimates.allocation({}, 5) == {}
    assert estimates.allocation({"empty": 0}, 5) == {"empty": 0}
    assert estimates.allocation(teams, 0) == {"large": 0, "small": 0, "tiny": 0}
    for bad in (({"south": 4, "north": -1}, 5, 0), ({"north": 5}, -1, 0), ({"north": 5}, 5, -1)):
        with pytest.raises(BadCount):
            estimates.allocation(*bad)


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
    # By hand: 0.1 ± 3 × √(0.1 × 0.9 ÷ 9) = 0.1 ± 0.3, kept from 0 up; 0.9 the other way round.
    low, high = estimates.control_limits(0.1, 9), estimates.control_limits(0.9, 9)
    assert (low.low, high.high) == (0.0, 1.0)
    assert (low.high, high.low) == pytest.approx((0.4, 0.6))
    assert estimates.control_limits(0.0, 5) == Interval(0.0, 0.0)
    assert estimates.control_limits(1.0, 1) == Interval(1.0, 1.0)
    for baseline, n in ((-0.01, 5), (1.01, 5), (0.5, -1)):
        with pytest.raises(BadCount):
            estimates.control_limits(baseline, n)


def test_eight_in_a_row_on_one_side_signal_a_change():
    assert estimates.run_of_one_side([0.2] + [0.6] * 8, 0.5)
    assert not estimates.run_of_one_side([0.6] * 7, 0.5)
    for last in (0.5, 0.4):
        assert not estimates.run_of_one_side([0.6] * 7 + [last], 0.5)
        assert not estimates.run_of_one_side([last] + [0.6] * 7, 0.5)
    assert estimates.run_of_one_side([0.5, 0.4, 0.3], 0.5, 2) and not estimates.run_of_one_side([0.4, 0.5], 0.5, 2)


def test_small_numbers_are_kept_small():
    assert [estimates.may_show_percentage(n) for n in (9, 10)] == [False, True]
    assert [estimates.must_suppress(n, leaving=True) for n in (0, 4, 5)] == [True, True, False]
    assert not estimates.must_suppress(4, leaving=False)


@pytest.mark.parametrize("confidence", [0.0, 1.0, 1.5, -0.1, float("nan")])
def test_no_bound_and_no_size_is_given_for_a_confidence_that_cannot_be(confidence):
    """Without end nothing is beyond all doubt; beyond 1 the formula gave a complex number or no answer."""
    for ask in (
        lambda: estimates.zero_bound(20, confidence),
        lambda: estimates.zero_bound(0, confidence),
        lambda: estimates.size_to_meet_one(0.05, None, confidence),
        lambda: estimates.size_to_meet_one(1.0, None, confidence),
        lambda: estimates.size_to_meet_one(0.05, 100, confidence),
    ):
        with pytest.raises(BadCount, match="confidence"):
            ask()


@pytest.mark.parametrize(
    ("share", "population"), [(float("nan"), None), (-0.1, None), (1.1, None), (0.05, 0), (0.05, -3)]
)
def test_no_size_is_given_for_a_share_or_population_that_cannot_be(share, population):
    with pytest.raises(BadCount):
        estimates.size_to_meet_one(share, population)


def test_a_size_at_the_boundary_is_the_smallest_that_does_without_end():
    """(1 − share)^n against the doubt in whole fractions, where the two meet and beside it."""
    checked = met = 0
    for hundredths in range(1, 100):
        for doubt_text in ("0.5", "0.25", "0.125", "0.2", "0.1", "0.05", "0.01", "0.001", "0.36", "0.81", "0.729"):
            doubt = Fraction(doubt_text)
            left = 1 - Fraction(hundredths, 100)
            n = estimates.size_to_meet_one(hundredths / 100, None, float(1 - doubt))
            assert left**n <= doubt < left ** (n - 1), (hundredths, doubt_text, n)
            met += left**n == doubt
            checked += 1
    assert (checked, met) == (1089, 15)


@pytest.mark.parametrize(
    ("share", "confidence", "n"),
    # 0.006² = 0.000036 and 0.007³ = 0.000000343: the logarithms come out a hair above the whole number.
    [
        (0.994, 0.999964, 2),
        (0.993, 0.999999657, 3),
        (0.5, 0.875, 3),
        (0.1, 0.271, 3),
        (0.2, 0.36, 2),
        (0.5, 0.5, 1),
        (0.5, 1e-50, 1),
    ],
)
def test_where_the_doubt_is_met_exactly_not_one_more_is_drawn(share, confidence, n):
    assert estimates.size_to_meet_one(share, None, confidence) == n


def test_a_size_from_a_population_is_the_smallest_that_does():
    """All samples counted with whole numbers: C(N − K, n) of C(N, n) miss. 8,000 cases, small and at the edges."""
    chance = random.Random(20261129)
    checked = 0
    while checked < (20_000 if WHOLE else 8_000):
        population = chance.randint(1, 60) if checked % 20 else chance.randint(61, 2000)
        share, doubt = Fraction(chance.randint(1, 100), 100), Fraction(chance.choice([1, 5, 10, 20, 25, 50]), 100)
        n = estimates.size_to_meet_one(float(share), population, float(1 - doubt))
        kind = round(population * share)
        checked += 1
        if kind == 0:
            assert n is None
            continue
        assert 1 <= n <= population - kind + 1

        def missing(drawn, population=population, kind=kind):
            return Fraction(math.comb(population - kind, drawn), math.comb(population, drawn))

        assert missing(n) <= doubt < missing(n - 1), (population, share, doubt, n)


def test_a_size_from_a_vast_population_comes_at_once():
    assert estimates.size_to_meet_one(0.000_001, 1_000_000) == 950_000
    assert estimates.size_to_meet_one(0.05, 1_000_000) == estimates.size_to_meet_one(0.05) == 59


@pytest.mark.parametrize("n", [1, 10, 59, 1000])
def test_a_bound_and_a_size_say_the_same(n):
    """Were the share at the bound, n would be just enough to meet one: 1 − (1 − bound)^n is the confidence."""
    assert 1 - (1 - estimates.zero_bound(n)) ** n == pytest.approx(0.95)


def test_that_no_spread_was_seen_is_said_and_no_error_of_nothing_is_given():
    """10 of 10 and 0 of 8, each read in part: p(1 − p) is 0 in both, which says nothing of those not read."""
    rate = estimates.weighted_rate([Stratum(300, 10, 10), Stratum(100, 8, 0)])
    assert (rate.rate, rate.standard_error, rate.why_no_error) == (0.75, None, "no_spread")
    assert rate.without_spread == 2
    one = estimates.weighted_rate([Stratum(300, 1, 1), Stratum(50, 10, 3)])
    assert (one.standard_error, one.why_no_error) == (None, "one_audit")


def test_all_there_are_leave_no_error_and_a_team_without_spread_is_counted_beside_the_others():
    whole = estimates.weighted_rate([Stratum(4, 4, 4), Stratum(3, 3, 1)])
    assert (whole.standard_error, whole.why_no_error, whole.without_spread) == (0.0, "", 0)
    beside = estimates.weighted_rate([Stratum(4, 4, 4), Stratum(100, 10, 10)])
    assert (beside.standard_error, beside.why_no_error, beside.without_spread) == (None, "no_spread", 1)
    mixed = estimates.weighted_rate([Stratum(300, 10, 8), Stratum(50, 10, 10)])
    # By hand: (300/350)² × 0.8 × 0.2 ÷ 9 × (1 − 10/300), and nothing of the second.
    by_hand = math.sqrt((300 / 350) ** 2 * 0.8 * 0.2 / 9 * (1 - 10 / 300))
    assert mixed.standard_error == pytest.approx(by_hand)
    assert (mixed.why_no_error, mixed.without_spread) == ("", 1)
