"""No hidden count can be worked out again, by a solver that knows the rule and tries every row (EX-5)."""

import random
from itertools import product

import pytest

from audit_app.packs.composing.small_numbers import at_least, gives_nothing_away, hide_small, share
from tests.chosen import WHOLE

GOOD_OR_BETTER = 2
ROWS = 1_000 if WHOLE else 150


def told(row):
    """Everything a publishable pack says of a row."""
    return hide_small(row, GOOD_OR_BETTER, leaving=True), share(row, GOOD_OR_BETTER, leaving=True)


def possible(row, total):
    """Every row of the same total about which the pack would say the very same."""
    said = told(row)
    for values in product(range(total + 1), repeat=len(row) - 1):
        if sum(values) <= total:
            other = [*values, total - sum(values)]
            if told(other) == said:
                yield other


def test_a_hidden_count_stays_hidden_in_a_row_of_any_make():
    chance = random.Random(20261031)
    hidden = 0
    for _ in range(ROWS):
        row = [chance.choice((0, 0, 1, 2, 4, 5, 6, 9)) for _ in range(chance.choice((3, 4)))]
        (shown, total), _ = told(row)
        assert all(count is None or count >= 5 for count in shown)
        if total is None or None not in shown:
            continue
        hidden += 1
        rows = list(possible(row, total))
        for place, count in enumerate(row):
            # A count of five or more may be told by the share; a small one must stay open.
            assert count >= 5 or len({one[place] for one in rows}) > 1, (row, shown, total)
    assert hidden > 0.3 * ROWS


def test_the_solver_finds_what_a_weaker_rule_gives_away():
    """The control: hiding only the small counts themselves tells them by the total."""
    row, total = [12, 3, 9], 24
    left = [one for one in product(range(total + 1), repeat=3) if sum(one) == total and one[::2] == (12, 9)]
    assert left == [tuple(row)]


def test_inside_the_council_nothing_is_hidden():
    assert hide_small([0, 3, 8], leaving=False) == ((0, 3, 8), 11)
    assert share([0, 3, 8], GOOD_OR_BETTER, leaving=False) == (3, 11)


def test_a_row_too_small_loses_its_total_too():
    assert hide_small([1, 2, 1], leaving=True) == ((None, None, None), None)
    assert hide_small([12, 9], leaving=True) == ((12, 9), 21)
    # Without a grade that is reached the row is one whole.
    assert hide_small([9, 4, 6], leaving=True) == ((None, None, None), 19)
    assert share([2, 6, 2, 2], GOOD_OR_BETTER, leaving=True) is None
    assert share([2, 6, 3, 2], GOOD_OR_BETTER, leaving=True) == (8, 13)


@pytest.mark.parametrize(
    ("row", "place", "told"),
    [
        ([], 0, ((), 0)),
        ([6, 5, 4, 9], 0, ((None,) * 4, 24)),
        ([6, 5, 4, 9], 2, ((6, 5, None, None), 24)),
        ([4, 5, 5, 9], 2, ((None, None, 5, 9), 23)),
        ([4, 5, 4, 9], 2, ((None,) * 4, 22)),
        ([9, 5, 4, 0], 2, ((None,) * 4, 18)),  # the rest is four: what is good or better may not be told
        ([5, 0], 0, ((None, None), 5)),
        ([5, 5], 1, ((5, 5), 10)),
        ([4], 0, ((None,), None)),
        ([5], 0, ((5,), 5)),
    ],
)
def test_a_small_count_takes_with_it_its_own_side_where_both_sides_may_be_told_and_else_the_row(row, place, told):
    assert hide_small(row, place, leaving=True) == told


@pytest.mark.parametrize(
    ("row", "place", "told"),
    [([2, 3, 5], 2, (5, 10)), ([2, 2, 6], 2, None), ([2, 4, 4], 2, None), ([9, 6], 1, (9, 15))],
)
def test_a_share_is_told_where_neither_side_of_it_is_small(row, place, told):
    assert share(row, place, leaving=True) == told


@pytest.mark.parametrize(
    ("parts", "nothing"),
    [([], True), ([0], True), ([5, 0], True), ([5, 4], False), ([1], False), ([4, 9], False), ([9, 5], True)],
)
def test_a_whole_gives_nothing_away_while_each_of_its_parts_is_none_or_five(parts, nothing):
    assert gives_nothing_away(parts, leaving=True) is nothing
    assert gives_nothing_away(parts, leaving=False)


@pytest.mark.parametrize(
    ("count", "leaving", "exact", "words"),
    [
        (0, True, True, "0 audits"), (0, True, False, "0 audits"), (1, True, True, "fewer than five audits"),
        (4, True, False, "fewer than five audits"), (5, True, True, "5 audits"),
        (5, True, False, "five or more audits"),
        (1, False, False, "1 audit"), (2, False, False, "2 audits"), (1200, False, True, "1,200 audits"),
    ],
)  # fmt: skip
def test_a_number_of_things_is_told_as_exactly_as_it_may_be(count, leaving, exact, words):
    assert at_least(count, "audit", "audits", leaving=leaving, exact=exact) == words
    assert not exact or at_least(count, "audit", "audits", leaving=leaving) == words
