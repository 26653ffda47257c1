"""No hidden count can be worked out again, by a solver that knows the rule and tries every row (EX-5)."""

import random
from itertools import product

from audit_app.packs.composing.small_numbers import hide_small, share
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
    assert share([2, 6, 2, 2], GOOD_OR_BETTER, leaving=True) is None
    assert share([2, 6, 3, 2], GOOD_OR_BETTER, leaving=True) == (8, 13)
