"""Pasted lists of every shape met become the right pieces, and nothing is lost unseen."""

import pytest

from findings.bullets import paragraphs_in, split_bullets, timescale_in
from findings.states import Timescale

THIRTEEN = """2. The council and its partners should now do the following.

At once:

Immediately:

- make clear how a family moves to early help, so that
nobody falls between two teams
- write plans that say who does what by when
- show in supervision that plans were looked at
- write down why each decision was made.

Within three months:

- agree a workforce plan
- keep chronologies up to date
- write about each brother and sister separately

- look again at police protection with the police
- see that reports reach conferences in time
- give managers a report of visits
- bring the risk form into every assessment.

Within six months:

- carry out the domestic abuse strategy
- offer each child an advocate at conference.
"""


def texts(pasted):
    return [bullet.text for bullet in split_bullets(pasted).bullets]


def test_a_list_under_timescales_becomes_thirteen_pieces():
    read = split_bullets(THIRTEEN)
    assert [bullet.timescale for bullet in read.bullets] == (
        [Timescale.immediately] * 4 + [Timescale.three_months] * 7 + [Timescale.six_months] * 2
    )
    assert read.bullets[0].text == "make clear how a family moves to early help, so that nobody falls between two teams"
    assert read.bullets[7].heading == "Within three months:"
    assert read.left_out == ("The council and its partners should now do the following.",)


def test_the_2012_greenwich_list_gives_four_seven_and_two(documents):
    report = (documents / "seeds/greenwich-ofsted-child-protection-inspection-2012.txt").read_text("utf-8")
    start = report.index("3. In order to improve the quality of help")
    read = split_bullets(report[start : report.index("About this inspection", start)])
    counts = {scale: sum(bullet.timescale is scale for bullet in read.bullets) for scale in Timescale}
    assert (counts[Timescale.immediately], counts[Timescale.three_months], counts[Timescale.six_months]) == (4, 7, 2)
    assert all(bullet.text in report for bullet in read.bullets)


@pytest.mark.parametrize(
    "pasted",
    [
        "- one\n- two\n- three",
        "* one\n* two\n* three",
        "• one\r\n• two\r\n• three\r\n",
        "1. one\n2. two\n3. three",
        "(a) one\n(b) two\n(c) three",
        "1) one\n\n2) two\n\n3) three",
        "  –\tone\n  –\ttwo\n  –\tthree",
        "one\ntwo\nthree",
        "one\n\ntwo\n\nthree\n",
        "▪ one\n\n\n▪ two\n▪ three",
        "◼ one\n\n◼ two\n\n◼ three",
        "\uf06e one\n\uf06e two\n\uf06e three",
        "\uf02d one\n\uf02d two\n\uf0be three",
        "− one\n− two\n➢ three",
    ],
)
def test_every_kind_of_marker_parts_the_list(pasted):
    assert texts(pasted) == ["one", "two", "three"]


def test_wrapped_lines_belong_to_the_bullet_above():
    assert texts("• plans are\n  specific and\n  measured\n• second") == ["plans are specific and measured", "second"]


def test_paragraphs_without_markers_are_joined_across_their_lines():
    assert texts("first part\nof one\n\nsecond") == ["first part of one", "second"]


def test_an_inner_list_stays_with_its_bullet():
    assert texts("- improve plans, so that they:\n    - say who\n    - say when\n- second") == [
        "improve plans, so that they:\n- say who\n- say when",
        "second",
    ]


def test_a_numbered_list_with_inner_dashes_is_parted_by_its_numbers():
    assert texts("1. improve plans:\n   - who\n   - when\n2. second") == ["improve plans:\n- who\n- when", "second"]


def test_a_heading_without_a_timescale_ends_the_timescale_above():
    read = split_bullets("Within 3 months:\n- one\n\nFor partners:\n- two")
    assert [(bullet.heading, bullet.timescale) for bullet in read.bullets] == [
        ("Within 3 months:", Timescale.three_months),
        ("For partners:", None),
    ]


def test_the_heading_above_the_bullets_of_a_letter_is_no_part_of_the_first():
    read = split_bullets("What needs to improve?\n◼ Return home interviews.\n\n◼ Timeliness of early help.\n")
    assert [bullet.text for bullet in read.bullets] == ["Return home interviews.", "Timeliness of early help."]
    assert read.left_out == ("What needs to improve?",)


def test_a_closing_paragraph_is_left_out_and_said():
    read = split_bullets("- one\n- two\n\nThe next inspection will look at these.")
    assert len(read.bullets) == 2
    assert read.left_out == ("The next inspection will look at these.",)


@pytest.mark.parametrize("pasted", ["", "   \n\n", "-\n-\n"])
def test_nothing_pasted_gives_nothing(pasted):
    assert texts(pasted) in ([], ["-", "-"])


@pytest.mark.parametrize(
    ("words", "scale"),
    [
        ("Immediately:", Timescale.immediately),
        ("With immediate effect", Timescale.immediately),
        ("Within one month:", Timescale.one_month),
        ("within the next six months:", Timescale.six_months),
        ("Within 12 months", Timescale.twelve_months),
        ("Within a year:", Timescale.twelve_months),
        ("Within three years:", None),
        ("Areas for improvement:", None),
    ],
)
def test_a_timescale_is_read_from_its_heading(words, scale):
    assert timescale_in(words) is scale


@pytest.mark.parametrize(
    ("words", "paragraphs"),
    [
        ("Improve plans. (paragraphs 44, 60)", "44, 60"),
        ("Improve plans (paragraph 12).", "12"),
        ("Improve plans (para. 3–5)", "3–5"),
        ("Improve (the) plans", ""),
    ],
)
def test_printed_paragraphs_are_read(words, paragraphs):
    assert paragraphs_in(words) == paragraphs
