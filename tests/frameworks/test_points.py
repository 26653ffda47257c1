"""Points of a scored framework, against totals and percentages as the inspectorate publishes them, typed by hand."""

from fractions import Fraction

import pytest

import frameworks
from frameworks import points
from frameworks.schema import OffScale

EDITION = frameworks.edition("hmip-youth-2021")
COUNTED = [area.id for area in EDITION.areas if area.counts]
WORTH = {"inadequate": 0, "requires_improvement": 1, "good": 2, "outstanding": 3}


def rated(total):
    """Ratings of the twelve standards that add up to a total: as many outstanding as fit, then one other."""
    grades = {}
    for area in COUNTED:
        take = min(3, total)
        total -= take
        grades[area] = {value: code for code, value in WORTH.items()}[take]
    return grades


def test_thirteen_standards_twelve_of_which_count():
    assert (len(EDITION.areas), len(COUNTED)) == (13, 12)


@pytest.mark.parametrize(
    ("total", "percent"),
    # As published: 44.44%, 72.22%, 91.67% and 8.33% are named in the data set; the rest by long division.
    [(16, "44.44%"), (26, "72.22%"), (33, "91.67%"), (3, "8.33%"), (0, "0.00%"), (36, "100.00%"), (5, "13.89%"), (18, "50.00%")],  # noqa: E501
)  # fmt: skip
def test_published_percentages_are_reproduced(total, percent):
    found = points.total(EDITION, rated(total))
    assert (found.points, found.out_of, found.counted) == (total, 36, 12)
    assert points.percent_as_published(found.points, found.out_of) == percent


def test_every_total_has_a_percentage_of_its_own():
    assert len({points.percent_as_published(one, 36) for one in range(37)}) == 37


@pytest.mark.parametrize(
    ("totals", "grade"),
    # Seen in published reports: inadequate 3 and 5; requires improvement 8 to 18; good 19 to 29; outstanding 31 to 34.
    [((3, 5), "inadequate"), (range(8, 19), "requires_improvement"), (range(19, 30), "good"), (range(31, 35), "outstanding")],  # noqa: E501
)  # fmt: skip
def test_every_total_seen_falls_in_the_band_it_was_published_with(totals, grade):
    for total in totals:
        assert points.total(EDITION, rated(total)).band.grade == grade


def test_resettlement_is_rated_and_adds_nothing():
    grades = {**rated(20), "S4-1": "outstanding"}
    assert points.total(EDITION, grades).points == 20


def test_a_part_of_the_standards_has_points_but_no_band():
    found = points.total(EDITION, {"S1-1": "good", "S1-2": "outstanding"})
    assert (found.points, found.out_of, found.counted, found.band) == (5, 6, 2, None)
    assert found.missing == tuple(COUNTED[2:]) and not found.complete


def test_nothing_rated_is_no_share():
    found = points.total(EDITION, {})
    assert (found.points, found.out_of, found.share) == (0, 0, Fraction(0))


def test_weights_shift_the_share_and_not_the_points():
    # By hand: weights 70 and 30 of two standards rated 3 and 0 of 3: 70 × 3 ÷ (100 × 3) = 7/10.
    two = EDITION.model_copy(
        update={
            "areas": tuple(a.model_copy(update={"weight": w}) for a, w in zip(EDITION.areas[:2], (70, 30), strict=True))
        }
    )
    found = points.total(two, {"S1-1": "outstanding", "S1-2": "inadequate"})
    assert (found.points, found.share) == (3, Fraction(7, 10))


def test_an_overall_rating_that_the_table_would_not_give_is_a_question_and_never_a_verdict():
    found = points.total(EDITION, rated(26))
    said = points.disagrees(EDITION, found, "requires_improvement")
    assert said == (
        "26 of 36 points stand beside Good in the table, and the overall rating entered is Requires improvement. "
        "Check both against the report. The table is not verified."
    )
    assert points.disagrees(EDITION, found, "good") == ""
    assert points.disagrees(EDITION, found, None) == ""
    assert points.disagrees(EDITION, points.total(EDITION, {"S1-1": "good"}), "good") == ""


def test_what_is_off_the_scale_or_not_scored_is_refused():
    with pytest.raises(OffScale):
        points.total(EDITION, {"S1-1": "splendid"})
    with pytest.raises(points.NotScored):
        points.total(frameworks.edition("ilacs-2026"), {})
    with pytest.raises(ValueError, match="37 points of 36"):
        points.percent_as_published(37, 36)
