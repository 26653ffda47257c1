"""Columns as wide as their words need: fewer lines, nothing taken from the longest word, the whole width kept."""

from audit_app.paper import blocks, style
from audit_app.paper.widths import balanced

LONG = "Some difference, judged on 12 November 2026 by the head of quality assurance after two visits"


def height_of(**more):
    rows = [["1", "Short", LONG, "x"]] * 6
    (grid,) = blocks.table(["No.", "Asked for", "Difference", "By"], rows, widths=(1, 3, 1, 1), small=True, **more)
    return grid.wrap(style.TEXT_WIDTH, style.TEXT_HEIGHT)[1], grid.widths


def test_a_fitted_table_is_lower_and_as_wide():
    (loose, _), (fitted, widths) = height_of(), height_of(fitted=True)
    assert fitted < 0.6 * loose
    assert abs(sum(widths) - style.TEXT_WIDTH) < 0.01


def test_no_column_gets_less_than_its_longest_word_needs():
    style.register_fonts()
    made = balanced([100, 100, 100], [90, 20, 20], [["a", LONG, "b"]] * 3, pad=9)
    assert made[0] >= 90 and made[1] > 150 and abs(sum(made) - 300) < 0.01


def test_where_nothing_is_saved_the_widths_stay():
    style.register_fonts()
    assert balanced([100, 200], [20, 20], [["a", "b"]], pad=9) == [100, 200]
