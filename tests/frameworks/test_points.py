"""Points of a scored framework, against totals and percentages as the inspectorate publishes them, typed by hand."""

from fractions import Fraction

import pytest

import frameworks
from frameworks import points
from frameworks.schema import OffScale
from tests.frameworks.printed import grades

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


@pytest.mark.parametrize(
    ("points_reached", "out_of", "percent"), [(0, 0, "0.00%"), (1, 32, "3.13%"), (1, 800, "0.13%"), (2, 3, "66.67%")]
)
def test_halves_are_rounded_up_and_nothing_of_nothing_is_nought(points_reached, out_of, percent):
    assert points.percent_as_published(points_reached, out_of) == percent


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


def test_a_standard_without_weight_has_no_share_of_its_own():
    weights = zip(EDITION.areas[:2], (0, 100), strict=True)
    two = EDITION.model_copy(update={"areas": tuple(a.model_copy(update={"weight": w}) for a, w in weights)})
    assert points.total(two, {"S1-1": "outstanding"}).share == Fraction(0)


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


def test_where_no_rating_is_worth_anything_there_is_no_share():
    nothing = tuple(rating.model_copy(update={"points": 0}) for rating in EDITION.scoring.points)
    edition = EDITION.model_copy(update={"scoring": EDITION.scoring.model_copy(update={"points": nothing})})
    found = points.total(edition, {"S1-1": "outstanding"})
    assert (found.points, found.out_of, found.share, found.counted) == (0, 0, Fraction(0), 1)


def test_what_is_off_the_scale_or_not_scored_is_refused():
    with pytest.raises(OffScale):
        points.total(EDITION, {"S1-1": "splendid"})
    with pytest.raises(points.NotScored):
        points.total(frameworks.edition("ilacs-2026"), {})
    for beyond, out_of in ((37, 36), (-1, 36), (1, 0)):
        with pytest.raises(ValueError, match=f"{beyond} points of {out_of}"):
            points.percent_as_published(beyond, out_of)


UNRATED = {"S1-4": points.NOT_RATED, "S2-4": points.NOT_RATED, "S3-3": points.NOT_RATED, "S3-4": points.NOT_RATED}
SCORES = grades.table("hmip-youth-scores")


def test_a_standard_that_is_not_rated_leaves_the_total_and_what_it_is_of():
    """Ceredigion 2024: eight standards rated, 1 point of 24, published as 4.17%."""
    ratings = {area: "inadequate" for area in COUNTED if area not in UNRATED} | {"S1-1": "requires_improvement"}
    found = points.total(EDITION, ratings | UNRATED)
    assert (found.points, found.out_of, found.counted, found.share) == (1, 24, 8, Fraction(1, 24))
    assert points.percent_as_published(found.points, found.out_of) == "4.17%"
    assert found.complete and found.unrated == tuple(UNRATED) and found.missing == ()
    # The bands are those of all twelve standards, so they are not asked.
    assert found.band is None and points.disagrees(EDITION, found, "outstanding") == ""


def test_not_rated_is_not_the_same_as_not_yet_entered():
    found = points.total(EDITION, {"S1-1": "good", "S1-2": points.NOT_RATED})
    assert (found.unrated, found.missing, found.complete) == (("S1-2",), tuple(COUNTED[2:]), False)
    nothing = points.total(EDITION, dict.fromkeys(COUNTED, points.NOT_RATED))
    assert (nothing.points, nothing.out_of, nothing.share, nothing.complete) == (0, 0, Fraction(0), True)


def test_what_no_edition_lets_stand_unrated_is_refused():
    first = frameworks.edition("hmip-youth-2021", 1)
    with pytest.raises(OffScale):
        points.total(first, {"S1-1": points.NOT_RATED})
    assert points.may_be_unrated(EDITION, "S4-1") and not points.may_be_unrated(first, "S1-1")
    assert not points.may_be_unrated(EDITION, EDITION.overall.id)
    assert not points.may_be_unrated(frameworks.edition("ilacs-2026"), "HP")


def test_the_published_totals_resolve_as_the_edition_says():
    """81 of 83 are whole points of 36, one of 24; all of the 81 whose rating can be read stand in its band."""
    unresolved, seen = [], {}
    for row in SCORES:
        whole = [total for total in range(37) if f"{round(Fraction(10000 * total, 36)) / 100:.2f}" == row["percent"]]
        if whole:
            seen.setdefault(row["overall"], []).append(*whole)
        else:
            unresolved.append((row["service"], row["percent"]))
    assert (len(SCORES), unresolved) == (83, [("Ceredigion", "4.17"), ("Bridgend", "4.56")])
    assert f"{100 / 24:.2f}" == "4.17"
    assert {grade: len(totals) for grade, totals in seen.items() if grade} == {
        "requires_improvement": 27, "good": 44, "inadequate": 2, "outstanding": 7,
    }  # fmt: skip
    assert seen[""] == [26]
    for grade, totals in seen.items():
        for total in totals:
            band = points.band_of(EDITION.scoring, total)
            assert points.total(EDITION, rated(total)).points == total
            assert grade in ("", band.grade), (grade, total)
    said = {band.grade: band.seen for band in EDITION.scoring.bands}
    assert said["good"] == f"{min(seen['good'])} to {max(seen['good'])} points, in {len(seen['good'])} services"
    assert "80 of the 81 agree" in EDITION.scoring.source and "Bridgend 2022" in EDITION.scoring.source


def test_the_first_rating_published_is_the_first_day_of_the_edition():
    assert min(row["published_on"] for row in SCORES) == EDITION.valid_from.isoformat() == "2021-03-09"
    assert not [row for row in SCORES if row["published_on"].startswith("2021-06")]
