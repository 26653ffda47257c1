"""Agreement between graders, against the worked tables of the practice reference and other libraries."""

import random

import pytest
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa as statsmodels_fleiss

from frameworks import agreement
from frameworks.schema import OffScale, Point, Scale

CODES = ("inadequate", "requires_improvement", "good", "outstanding")
SCALE = Scale(id="four-point", points=tuple(Point(code=code, name=code) for code in CODES))
TABLE_A = [[3, 1, 0, 0], [2, 12, 3, 0], [0, 6, 10, 1], [0, 0, 2, 0]]
TABLE_B = [[0, 1, 0, 0], [1, 3, 2, 0], [0, 2, 31, 0], [0, 0, 0, 0]]


def grades(table):
    pairs = [(a, b) for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)]
    return [CODES[a] for a, _ in pairs], [CODES[b] for _, b in pairs]


def test_table_a_of_the_practice_reference_comes_out_as_printed():
    first, second = grades(TABLE_A)
    assert agreement.exact_agreement(first, second, SCALE) == pytest.approx(0.625)
    assert agreement.within_one(first, second, SCALE) == 1.0
    assert agreement.cohens_kappa(first, second, SCALE) == pytest.approx(0.4000, abs=5e-5)
    assert agreement.weighted_kappa(first, second, SCALE) == pytest.approx(0.5114, abs=5e-5)
    assert agreement.weighted_kappa(first, second, SCALE, "quadratic") == pytest.approx(0.6495, abs=5e-5)
    assert agreement.gwet(first, second, SCALE) == pytest.approx(0.5266, abs=5e-5)
    assert agreement.gwet(first, second, SCALE, "linear") == pytest.approx(0.7573, abs=5e-5)
    assert agreement.gwet(first, second, SCALE, "quadratic") == pytest.approx(0.8957, abs=5e-5)
    assert agreement.mean_difference(first, second, SCALE) == pytest.approx(0.125)


def test_the_summary_counts_who_graded_higher_and_says_how_firm_it_is():
    summary = agreement.agreement(*grades(TABLE_A), SCALE)
    assert (summary.n, summary.raised, summary.lowered, summary.standing) == (40, 5, 10, "firm")
    assert agreement.agreement(["good"] * 9, ["good"] * 9, SCALE).standing == "too_few"
    assert agreement.agreement(["good"] * 10, ["good"] * 10, SCALE).standing == "indicative"
    assert agreement.agreement(["good"] * 29, ["good"] * 29, SCALE).standing == "indicative"
    assert agreement.agreement(["good"] * 30, ["good"] * 30, SCALE).standing == "firm"


def test_table_b_shows_the_effect_of_one_common_grade():
    first, second = grades(TABLE_B)
    assert agreement.exact_agreement(first, second, SCALE) == pytest.approx(0.85)
    assert agreement.cohens_kappa(first, second, SCALE) == pytest.approx(0.4937, abs=5e-5)
    assert agreement.weighted_kappa(first, second, SCALE) == pytest.approx(0.5556, abs=5e-5)
    assert agreement.weighted_kappa(first, second, SCALE, "quadratic") == pytest.approx(0.6429, abs=5e-5)
    assert agreement.gwet(first, second, SCALE) == pytest.approx(0.8336, abs=5e-5)


def test_kappa_is_undefined_when_only_one_grade_was_used():
    same = ["good"] * 10
    assert agreement.exact_agreement(same, same, SCALE) == 1.0
    for weights in ("none", "linear", "quadratic"):
        assert agreement.weighted_kappa(same, same, SCALE, weights) is None


def test_nothing_to_compare_gives_no_measure():
    summary = agreement.agreement([], [], SCALE)
    assert (summary.exact, summary.within_one, summary.weighted_kappa, summary.gwet, summary.mean_difference) == (
        *(None, None, None),
        *(None, None),
    )


def test_neighbours_count_as_near_and_no_others():
    first, second = (
        ["inadequate", "inadequate", "good", "outstanding"],
        ["inadequate", "good", "outstanding", "inadequate"],
    )
    assert agreement.within_one(first, second, SCALE) == 0.5
    assert agreement.exact_agreement(first, second, SCALE) == 0.25
    summary = agreement.agreement(first, second, SCALE)
    assert (summary.within_one, summary.exact, summary.raised, summary.lowered) == (0.5, 0.25, 2, 1)


def test_a_scale_of_one_point_measures_nothing():
    one = Scale(id="one", points=SCALE.points[:1])
    assert agreement.gwet(["inadequate"], ["inadequate"], one) is None
    two = Scale(id="two", points=SCALE.points[:2])
    assert agreement.gwet(["inadequate"], ["inadequate"], two, "linear") == 1.0


def test_a_positive_difference_means_the_auditor_was_kinder():
    assert agreement.mean_difference(["outstanding"], ["good"], SCALE) == 1.0
    assert agreement.mean_difference(["inadequate"], ["good"], SCALE) == -2.0


def test_lists_of_unequal_length_and_grades_off_the_scale_are_refused():
    with pytest.raises(agreement.UnequalGrades):
        agreement.weighted_kappa(["good"], [], SCALE)
    with pytest.raises(OffScale):
        agreement.exact_agreement(["good"], ["satisfactory"], SCALE)


def test_kappa_agrees_with_scikit_learn_on_random_tables():
    chance = random.Random(20260401)
    for _ in range(40):
        size = chance.randint(5, 60)
        first, second = [chance.choice(CODES) for _ in range(size)], [chance.choice(CODES) for _ in range(size)]
        for ours, theirs in (("none", None), ("linear", "linear"), ("quadratic", "quadratic")):
            expected = cohen_kappa_score(first, second, labels=list(CODES), weights=theirs)
            assert agreement.weighted_kappa(first, second, SCALE, ours) == pytest.approx(expected, abs=1e-12)


def test_fleiss_kappa_of_the_calibration_exercise_comes_out_as_printed():
    counts = [[0, 1, 4, 0], [0, 4, 1, 0], [2, 3, 0, 0], [0, 0, 5, 0], [0, 2, 3, 0], [0, 0, 3, 2]]
    assert agreement.fleiss_kappa(counts) == pytest.approx(0.2724, abs=5e-5)
    assert agreement.fleiss_kappa(counts) == pytest.approx(float(statsmodels_fleiss(counts)), abs=1e-12)


def test_fleiss_kappa_is_undefined_without_variety_and_refuses_unequal_rows():
    assert agreement.fleiss_kappa([]) is None
    assert agreement.fleiss_kappa([[0, 1]]) is None
    assert agreement.fleiss_kappa([[5, 0], [5, 0]]) is None
    with pytest.raises(agreement.UnequalGrades):
        agreement.fleiss_kappa([[2, 1], [1, 1]])
    with pytest.raises(agreement.UnequalGrades):
        agreement.fleiss_kappa([[2, 1], [3, 0, 0]])
    with pytest.raises(agreement.UnequalGrades):
        agreement.fleiss_kappa([[4, -1], [3, 0]])
