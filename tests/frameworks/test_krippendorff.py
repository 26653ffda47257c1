"""Krippendorff's alpha: the example its author works through, the edges, and the package that bears its name."""

import random

import krippendorff
import numpy as np
import pytest

from frameworks import agreement
from frameworks.agreement import UnequalGrades
from frameworks.schema import OffScale, Point, Scale

FIVE = Scale(id="five", points=tuple(Point(code=f"p{point}", name=f"{point}") for point in range(1, 6)))
# Four observers, twelve units, of which some were not observed: Krippendorff (2011), section C.
OBSERVED = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]


def rows(written):
    return [[None if mark == "." else f"p{mark}" for mark in row.split()] for row in written]


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_example_of_its_author_comes_out_as_printed(level, alpha):
    assert agreement.krippendorff_alpha(rows(OBSERVED), FIVE, level) == pytest.approx(alpha, abs=5e-4)


def test_two_graders_of_which_one_left_a_case_out_by_hand():
    """Three cases count: p1 p1, p2 p2, p1 p2; the fourth was graded once.

    By hand, nominal: of each pair of 2 the differing ones, 0 + 0 + 2, over 2 − 1: 2. Given are 3 of p1 and 3 of p2, so
    by chance 2 × 3 × 3 = 18, over 6 − 1. Alpha is 1 − 5 × 2 ÷ 18 = 4/9.
    """
    first, second = rows(["1 2 1 5", "1 2 2 ."])
    assert agreement.krippendorff_alpha([first, second], FIVE, "nominal") == pytest.approx(4 / 9)


@pytest.mark.parametrize(
    ("written", "alpha"),
    [
        (["1 2 3", "1 2 3"], 1.0),
        (["1 1 1", "1 1 1"], None),  # one point throughout
        (["1 . 3", ". 2 ."], None),  # nobody graded what another graded
        (["1 2 3"], None),
        ([], None),
        (["", ""], None),
    ],
)
def test_full_agreement_and_what_cannot_be_measured(written, alpha):
    assert agreement.krippendorff_alpha(rows(written), FIVE) == alpha


def test_two_graders_who_always_differ_are_worse_than_chance():
    assert agreement.krippendorff_alpha(rows(["1 5 1 5", "5 1 5 1"]), FIVE) < 0


def test_rows_of_other_lengths_and_grades_off_the_scale_are_refused():
    with pytest.raises(UnequalGrades):
        agreement.krippendorff_alpha(rows(["1 2 3", "1 2"]), FIVE)
    with pytest.raises(OffScale):
        agreement.krippendorff_alpha([["p1"], ["p9"]], FIVE)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_it_agrees_with_the_package_whatever_is_missing(level):
    chance = random.Random(20261129)
    compared = 0
    for _ in range(300):
        people, cases, missing = chance.randint(2, 6), chance.randint(2, 25), chance.choice([0.0, 0.2, 0.6])
        table = [
            [
                None if chance.random() < missing else chance.choices(range(1, 6), [1, 4, 8, 4, 1])[0]
                for _ in range(cases)
            ]
            for _ in range(people)
        ]
        ours = agreement.krippendorff_alpha(
            [[f"p{mark}" if mark else None for mark in row] for row in table], FIVE, level
        )
        if ours is None:
            continue
        numbers = np.array([[np.nan if mark is None else mark for mark in row] for row in table], dtype=float)
        theirs = krippendorff.alpha(numbers, value_domain=[1, 2, 3, 4, 5], level_of_measurement=level)
        assert ours == pytest.approx(theirs, abs=1e-9)
        compared += 1
    assert compared > 280
