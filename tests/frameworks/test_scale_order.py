"""Which end of a scale is the better one: only where both ends speak against each other, or its figures count up."""

import pytest

from frameworks.own_sets import scale_order


@pytest.mark.parametrize(
    ("names", "best_first"),
    [
        (("Green", "Amber", "Red"), True), (("No", "Partly", "Yes"), False), (("Yes", "No"), True),
        (("In time", "Late"), True), (("1 Poor", "2", "3 Good"), False), (("4. Very good", "3", "1. Weak"), True),
        # The longest beginning decides, and only of a whole word.
        (("No concern", "Red"), True), (("Not good", "Good"), False), (("Notable", "Good"), None),
        # Where one end says nothing, or both say the same, figures that count up tell; none that stand or fall do.
        (("Good", "Excellent"), None), (("Good", "Other"), None), (("Other", "Good"), None), (("A", "B"), None),
        (("1", "2", "10"), False), (("3", "2", "1"), None), (("1", "1", "2"), None), (("1", "two", "3"), None),
        (("Other", "Red"), None), (("Good",), None), ((), None),
    ],
)  # fmt: skip
def test_the_first_point_is_the_best_where_the_words_of_both_ends_say_so(names, best_first):
    assert scale_order.best_first(names) is best_first


def test_a_point_that_says_the_question_does_not_apply_is_none_of_a_scale():
    for name in (
        "N/A",
        "n. a.",
        "NA",
        "Not  applicable",
        "Not applicable: no plan",
        "(does not apply)",
        "Not relevant",
    ):
        assert scale_order.is_not_applicable(name), name
    for name in ("Not good", "Applicable", "N", "Not applicable yet"):
        assert not scale_order.is_not_applicable(name), name
