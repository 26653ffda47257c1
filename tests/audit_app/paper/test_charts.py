"""Charts: no reading depends on colour, and the same numbers stand in the table."""

from xml.etree import ElementTree as XML

import pytest

from audit_app.paper import charts

COUNTS = charts.GradeCounts(
    "Grades <2026> & before", ["Good", "Requires improvement", "Inadequate"],
    [("Help and protection", [12, 20, 8]), ("Children in care", [0, 0, 0])], "Of 40 audits, 12 were good.",
    names="Judgement area",
)  # fmt: skip


def strings(counts):
    return [each.text for each in XML.fromstring(charts.svg(counts)).iter("{http://www.w3.org/2000/svg}text")]


def test_each_segment_carries_its_count_and_each_bar_its_total():
    found = strings(COUNTS)
    assert {"12", "20", "8", "40", "0"} <= set(found)
    assert {"Good", "Requires improvement", "Inadequate", "Help and protection", "Children in care"} <= set(found)


def test_the_table_has_the_same_numbers_and_their_totals():
    assert COUNTS.columns() == ["Judgement area", "Good", "Requires improvement", "Inadequate", "Total"]
    assert COUNTS.rows() == [["Help and protection", 12, 20, 8, 40], ["Children in care", 0, 0, 0, 0]]


def test_grades_differ_in_pattern_and_not_only_in_colour():
    kinds = [sorted({type(mark).__name__ for mark in charts._marks(p, 0, 0, 40, 16)}) for p in charts._PATTERNS]
    drawn = [str([mark.getBounds() for mark in charts._marks(p, 0, 0, 40, 16)]) + str(kinds) for p in charts._PATTERNS]
    assert len(set(drawn)) == len(charts._PATTERNS)


def test_pattern_lines_stay_inside_their_segment():
    for pattern in charts._PATTERNS:
        for wide in (1.5, 7, 40.3):
            for mark in charts._marks(pattern, 10, 5, wide, 16):
                x0, y0, x1, y1 = mark.getBounds()
                assert x0 >= 10 - 1 and x1 <= 10 + wide + 1 and y0 >= 5 - 1e-9 and y1 <= 21 + 1e-9


def test_the_svg_is_sound_titled_and_asks_for_nothing_outside_itself():
    raw = charts.svg(COUNTS)
    root = XML.fromstring(raw)
    assert root.find("{http://www.w3.org/2000/svg}title").text == "Grades <2026> & before"
    assert root.find("{http://www.w3.org/2000/svg}desc").text == "Of 40 audits, 12 were good."
    assert b"DOCTYPE" not in raw and b"DejaVu" not in raw and b"<image" not in raw
    assert raw == charts.svg(COUNTS)


def test_long_names_wrap_and_nothing_is_dropped():
    name = "The experiences and progress of children who need help and protection " + "x" * 80
    found = strings(charts.GradeCounts("t", ["Good"], [(name, [1])], "a"))
    assert "".join("".join(found[:9]).replace("-", "").split()).startswith("".join(name.split()))


def test_counts_that_do_not_fit_the_scale_are_refused():
    with pytest.raises(ValueError, match="3 counts for 2 grades"):
        charts.GradeCounts("t", ["Good", "Inadequate"], [("Plans", [1, 2, 3])], "a")
    with pytest.raises(ValueError, match="below nought"):
        charts.GradeCounts("t", ["Good"], [("Plans", [-1])], "a")
    with pytest.raises(ValueError, match="7"):
        charts.GradeCounts("t", list("abcdefg"), [], "a")


def test_a_chart_of_nothing_is_a_table_that_says_none():
    assert len(charts.figure(charts.GradeCounts("t", ["Good"], [], "a"))) == 2
