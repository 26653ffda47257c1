"""Pasted lists of every shape met become the right pieces, and nothing is lost unseen."""

import re
from random import Random

import pytest

from findings.bullets import (
    Change,
    Entry,
    Part,
    PastedList,
    Role,
    mended,
    paragraphs_in,
    split_bullets,
    term_in,
    timescale_in,
)
from findings.bullets.markers import follows, read_line
from findings.bullets.reading import is_heading
from findings.bullets.terms import names_a_time
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


# --- what people paste ------------------------------------------------------------------------------------------------

CASES = {
    "P01-two-addressees.txt": (5, ["The service manager should:"] * 3 + ["The management board should:"] * 2, ()),
    "P03-word-bullets.txt": (3, ["", "", ""], ("12",)),
    "P05-odd-bullets.txt": (7, [""] * 7, ()),
    "P06-number-starts-line.txt": (2, ["", ""], ()),
    "P08-greater-than-bullets.txt": (3, [""] * 3, ()),
}


@pytest.mark.parametrize("name", CASES)
def test_lists_as_people_paste_them(documents, name):
    count, addressees, left_out = CASES[name]
    read = split_bullets((documents / "cases" / name).read_text("utf-8"))
    assert len(read.bullets) == count
    assert [bullet.addressee for bullet in read.bullets] == addressees
    assert read.left_out == left_out
    assert not any(bullet.text.startswith(("o ", ">", "–", "·", "*")) for bullet in read.bullets)


@pytest.mark.parametrize(
    ("pasted", "wholes"),
    [
        ("–one\n–two", ["one", "two"]),
        ("o\tone\no\ttwo", ["one", "two"]),
        ("12. one\n13. two", ["one", "two"]),
        ("1. One and\n   1.1 inner\n2. Two", ["One and\n- inner", "Two"]),
        (
            "• Plans must be kept:\n\no  for each child\n\no  and read\n\n• Two",
            ["Plans must be kept:\n- for each child\n- and read", "Two"],
        ),
        (
            "• The board should:\n  o fund it\n  o see it\n• The service must\n  o do it",
            ["The board should fund it", "The board should see it", "The service must do it"],
        ),
        (
            "1. The council should:\n(a) do x\n(b) do y\n2. The board should\n(a) do z",
            ["The council should do x", "The council should do y", "The board should do z"],
        ),
        ("- one.\nNext steps\n- two", ["one.", "two"]),
        ("•\nPlans are dated\nand kept\n•\n\nChildren are seen", ["Plans are dated and kept", "Children are seen"]),
        ("1 Plans are dated\nand kept\n2 Children are seen", ["Plans are dated and kept", "Children are seen"]),
        ("- plans are dated and\n\n12\n\nspecific\n- two", ["plans are dated and specific", "two"]),
        (
            "1. Cut caseloads to\n17. Above it tell the board.\n2. Publish by\n2027.",
            ["Cut caseloads to 17. Above it tell the board.", "Publish by 2027."],
        ),
    ],
)  # fmt: skip
def test_kinds_of_lists_become_their_pieces(pasted, wholes):
    assert [bullet.whole for bullet in split_bullets(pasted).bullets] == wholes


@pytest.mark.parametrize(
    ("heading", "timescale", "counted"),
    [
        ("Within 40 working days:", None, (40, "working_days")),
        ("Within forty working days", None, (40, "working_days")),
        ("Within four weeks:", None, (4, "weeks")),
        ("Within two years:", None, (24, "months")),
        ("Within three months (paragraph 3):", Timescale.three_months, (3, "months")),
        ("Within five school days:", None, None),
        ("Immediate safeguarding concerns:", None, None),
        ("By the end of March 2027:", None, None),
    ],
)
def test_a_term_is_counted_in_its_own_unit(heading, timescale, counted):
    assert timescale_in(heading) is timescale
    term = term_in(heading)
    assert (term and (term.count, term.unit)) == counted
    bullet = split_bullets(f"{heading}\n- one").bullets[0]
    assert (bullet.heading, bullet.timescale) == (heading, timescale)


def test_no_line_disappears_whatever_is_pasted():
    """Each line that is not blank is in exactly one entry, with its words; blank lines are in none."""
    parts = ["• ", "o  ", "–", "- ", "* ", "1. ", "2. ", "17. ", "(a) ", "b) ", "iv. ", "1.2 ", "    ", "\t", "", "> "]
    words = [
        "plans", "Plans are dated.", "The board should:", "Within 40 working days:", "12", "Next steps", "and", "x:",
        "Page 3 of 9", "", "–", "2027. It says", "by when;", "•", "1 Plans",
    ]  # fmt: skip
    random = Random(12)
    for _each in range(3_000):
        lines = [
            random.choice(parts) + random.choice(parts) + random.choice(words) for _line in range(random.randint(1, 9))
        ]
        entries = split_bullets("\n".join(lines)).entries
        assert sorted(place for entry in entries for place in entry.lines) == [
            place for place, line in enumerate(lines) if line.strip()
        ], lines
        for entry in entries:
            for place in entry.lines:
                last_word = re.findall(r"\S+", lines[place])[-1]
                assert last_word.lstrip("•–>-*") in entry.text, (lines, entry)


# --- put right by a person --------------------------------------------------------------------------------------------


def changes(entries, **other):
    return [other.get(f"e{place}") or Change(Part(entry.role.value), entry.text) for place, entry in enumerate(entries)]


def test_a_person_joins_parts_drops_and_makes_headings():
    entries = split_bullets("For partners\n\n- one\n- and more\n- two\n- three").entries
    assert not mended(entries, changes(entries)).is_changed
    after = mended(
        entries,
        changes(
            entries,
            e0=Change(Part.addressee, "For partners"),
            e2=Change(Part.above, "and more"),
            e3=Change(Part.item, "two\n\nhalves"),
            e4=Change(Part.passed, "three"),
        ),
    )
    assert after.is_changed
    assert [(entry.role, entry.text) for entry in after.entries] == [
        (Role.addressee, "For partners"),
        (Role.item, "one and more"),
        (Role.item, "two"),
        (Role.item, "halves"),
        (Role.passed, "three"),
    ]
    assert after.origins == (0, 1, 3, 3, 4)
    corrected = mended(entries, changes(entries, e3=Change(Part.item, "two!")))
    assert not corrected.is_changed and corrected.entries[3].text == "two!"


def test_emptied_words_are_passed_over_and_not_lost():
    entries = split_bullets("- one\n- two").entries
    after = mended(entries, changes(entries, e1=Change(Part.item, "  ")))
    assert after.is_changed and after.entries[1] == Entry(Role.passed, "two", (1,))


def test_an_item_that_becomes_an_addressee_gives_its_second_level_as_items():
    entries = split_bullets("- Greenhaven Council:\n  - one\n  - two").entries
    after = mended(entries, changes(entries, e0=Change(Part.addressee, entries[0].text)))
    assert [bullet.whole for bullet in PastedList(after.entries).bullets] == [
        "Greenhaven Council: one",
        "Greenhaven Council: two",
    ]


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("  iv) Write plans", ("number", "Write plans", 2, "i", 4)),
        ("(ix) Write plans", ("number", "Write plans", 0, "i", 9)),
        ("XII. Write plans", ("number", "Write plans", 0, "i", 12)),
        ("(c) Write plans", ("number", "Write plans", 0, "a", 3)),
        ("i) Write plans", ("number", "Write plans", 0, "a", 9)),
        ("17. Write plans", ("number", "Write plans", 0, "1", 17)),
        ("2.13 Write plans", ("number", "Write plans", 0, "1.", 13)),
        ("1.2.3. Write plans", ("number", "Write plans", 0, "1.1.", 3)),
        ("\to Write plans", ("symbol", "Write plans", 4, "o", 0)),
        ("\u2022Write plans", ("symbol", "Write plans", 0, "\u2022", 0)),
        ("only plans", ("plain", "only plans", 0, "", 0)),
        ("page 3 of 12", ("page", "page 3 of 12", 0, "", 0)),
        ("  ", ("blank", "", 0, "", 0)),
    ],
)
def test_a_line_begins_with_its_marker_and_counts_what_it_says(line, begins):
    read = read_line(line, 7)
    assert (read.style.value, read.text, read.indent, read.marker, read.count, read.place) == (*begins, 7)


def test_a_number_follows_by_one_or_begins_anew():
    third, counts = read_line("3. Plans", 0), (1, 2, 3, 4, 5)
    assert [follows(third, read_line(f"{count}. Plans", 1)) for count in counts] == [True, False, False, True, False]
    assert follows(None, third)


def test_a_short_line_over_numbered_points_is_a_heading():
    points = "1. write plans that say who does what by when\n2. show that plans were looked at."
    pasted = split_bullets(f"{points}\nNext steps\n3. agree a workforce plan\n4. keep chronologies up to date")
    assert [(entry.role, entry.lines) for entry in pasted.entries] == [
        (Role.item, (0,)), (Role.item, (1,)), (Role.heading, (2,)), (Role.item, (3,)), (Role.item, (4,)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "says_when"),
    [
        ("within five school days", True), ("By the end of March", True), ("urgently", True), ("Within 40 days", True),
        ("Next steps", False), ("What the board will do", False),
    ],
)  # fmt: skip
def test_a_heading_says_by_when_in_any_of_three_ways(words, says_when):
    assert names_a_time(words) is says_when


@pytest.mark.parametrize(
    ("line", "heads"),
    [
        ("By the end of March", True), ("Within three weeks of this one", True),
        ("Within three weeks of this very report", False), ("By the end of March.", False), ("Next steps:", True),
        ("Next steps", False),
    ],
)  # fmt: skip
def test_an_unmarked_line_is_a_heading_that_ends_in_a_colon_or_says_when_in_six_words(line, heads):
    assert is_heading(line) is heads
