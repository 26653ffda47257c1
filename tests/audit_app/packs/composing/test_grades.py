"""What is said of the audits of a judgement area, word for word: one and several, drawn and chosen, hidden and told."""

from dataclasses import replace

import pytest

from audit_app.packs import wording
from audit_app.packs.composing import grades
from audit_app.packs.composing.grades import PrintOrder
from audit_app.packs.contents import GradeRow, IntervalRow
from tests.audit_app.packs.composing.test_figures import CIC, CL, HP, VISITS, record, records
from tests.audit_app.packs.composing.test_sentences import narrator

ORDER = PrintOrder({HP: "Help", CIC: "In care", CL: "Leavers"})
EVERYBODY = 3
NOT_TOLD = "The grades of fewer than five audits are not told: somebody could be recognised by them."


def drawn(number, first=1, **more):
    return records(first, ["good"] * number, **more)


def chosen(number, way="Chosen for a reason", first=101):
    return [replace(each, way_chosen=way) for each in drawn(number, first, at_random=False)]


def visits(number, first=201, **more):
    return [record(first + place, [([HP], "The visit", "secure", VISITS)], **more) for place in range(number)]


@pytest.mark.parametrize(
    ("made", "level", "says"),
    [
        ([], 0, [grades.NO_AUDIT]),
        ([record(1, [([CIC], "The plan", "good"), ([HP], "The plan", "")])], 0, [grades.NO_AUDIT]),
        (drawn(1), 0, ["1 audit was drawn at random."]),
        (
            drawn(2) + chosen(1), 0,
            ["2 audits were drawn at random.", f"1 audit was {wording.NOT_A_PICTURE}.", "It was chosen for a reason."],
        ),
        (
            chosen(2) + chosen(1, "Read for a theme", 151), 0,
            [f"3 audits were {wording.NOT_A_PICTURE}.",
             "Of these, 2 were chosen for a reason and 1 was read for a theme."],
        ),
        (drawn(6), EVERYBODY, ["6 audits were drawn at random."]),
        (drawn(1), EVERYBODY, ["Fewer than five audits were drawn at random.", NOT_TOLD]),
        (
            drawn(5) + chosen(4), EVERYBODY,
            ["5 audits were drawn at random.", f"Fewer than five audits were {wording.NOT_A_PICTURE}.", NOT_TOLD],
        ),
        # Of two scales the one is hidden: it must not be the whole less the other.
        (drawn(6) + visits(2), EVERYBODY, ["Five or more audits were drawn at random.", NOT_TOLD]),
        (
            chosen(6) + visits(2, at_random=False), EVERYBODY,
            [f"Five or more audits were {wording.NOT_A_PICTURE}.", NOT_TOLD],
        ),
        (drawn(6) + visits(5), EVERYBODY, ["11 audits were drawn at random."]),
    ],
)  # fmt: skip
def test_how_many_audits_speak_to_an_area_and_how_they_were_chosen(made, level, says):
    assert grades.says(HP, made, ORDER, narrator(level)) == tuple(says)


def test_a_domain_that_speaks_to_several_areas_is_referred_to_from_each_and_counted_at_the_first():
    made = [record(1, [([HP, CIC, CL], "The visit", "good"), ([CIC, CL], "The plan", "good"), ([CL], "Home", "good"),
                       ([HP, CIC, CL], "The chronology", "good"), ([HP, CL], "Never graded", "")])]  # fmt: skip
    one, here = "1 audit was drawn at random.", "too, and is printed here alone."
    there = "speaks to this area too; it is printed once, under"
    assert {area: grades.says(area, made, ORDER, narrator()) for area in (HP, CIC, CL)} == {
        HP: (one, f"What is said of “The visit” and “The chronology” speaks to “In care” and “Leavers” {here}"),
        CIC: (
            one, f"What is said of “The visit” and “The chronology” {there} “Help”.",
            f"What is said of “The plan” speaks to “Leavers” {here}",
        ),
        CL: (
            one, f"What is said of “The visit” and “The chronology” {there} “Help”.",
            f"What is said of “The plan” {there} “In care”.",
        ),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("made", "level", "counted"),
    [
        ([], 0, "no agreed audits"),
        (drawn(1) + chosen(1), 0, "1 agreed audit drawn at random and 1 agreed audit that was chosen"),
        (drawn(2), 0, "2 agreed audits drawn at random"),
        (drawn(12) + chosen(4), EVERYBODY,
         "12 agreed audits drawn at random and fewer than five agreed audits that were chosen"),
        (drawn(12) + visits(4), EVERYBODY, "five or more agreed audits drawn at random"),
    ],
)  # fmt: skip
def test_two_groups_are_counted_apart_on_the_first_page(made, level, counted):
    assert grades.counted_apart(made, ORDER, narrator(level)) == counted


@pytest.mark.parametrize(
    ("made", "told"),
    [([], True), (drawn(9), True), (drawn(9) + chosen(5), True), (drawn(9) + chosen(4), False),
     (drawn(9) + visits(4), False), (chosen(9) + visits(4, at_random=False), False), (drawn(4), False)],
)  # fmt: skip
def test_all_audits_are_added_only_where_no_group_and_no_area_of_one_is_hidden(made, told):
    assert grades.tells_whole(made, ORDER, narrator(EVERYBODY)) is told
    assert grades.tells_whole(made, ORDER, narrator(EVERYBODY - 1))


def graded(level, *, at_random=True, **domains):
    """The one table of an area in which each domain was given these numbers of grades, the best first."""
    made = []
    for title, counts in domains.items():
        codes = zip(("outstanding", "good", "requires_improvement", "inadequate"), counts, strict=True)
        given = [code for code, count in codes for _ in range(count)]
        made += [record(len(made) + at, [([HP], title, code)], at_random=at_random) for at, code in enumerate(given)]
    (table,) = grades.tables(HP, made, ORDER, narrator(level))
    return table


def test_a_table_says_of_itself_how_many_audits_it_is_of_and_what_its_grades_are_called():
    table = graded(0, Plan=(0, 9, 0, 1), Visit=(1, 2, 3, 3))
    assert table.title == "Grades given in 19 audits drawn at random"
    assert table.alt == ("Bars of grades: 2 domains, 19 audits drawn at random. The figures are in the table below.")
    assert table.grades == ("Outstanding", "Good", "Requires improvement", "Inadequate")
    assert table.rows == (GradeRow("Plan", (0, 9, 0, 1), 10), GradeRow("Visit", (1, 2, 3, 3), 9))
    assert (table.reached_words, table.chosen) == ("Good or better", False)
    assert [(row.name, row.reached, row.of, row.share) for row in table.intervals] == [("Plan", 9, 10, "90%")]
    assert table.before == (
        (
            "A percentage and a range need at least 10 audits in which a domain was graded. "
            "There are fewer for “Visit” (9)."
        ),
    )
    one = graded(0, at_random=False, Plan=(0, 1, 0, 0))
    assert (one.title, one.chosen, one.before) == ("Grades given in 1 audit chosen, not selected at random", True, ())
    assert one.alt.startswith("Bars of grades: 1 domain, 1 audit chosen, not selected at random.")
    (visit,) = grades.tables(HP, visits(3), ORDER, narrator())
    assert (visit.grades, visit.reached_words, visit.intervals) == (("A strength", "Secure", "To develop"), "", ())
    assert visit.before == (grades.NO_GOOD,)
    assert grades.tables(HP, visits(4), ORDER, narrator(EVERYBODY)) == ()


def test_what_is_not_told_of_a_table_for_everybody_is_said_of_the_domains_it_is_true_of():
    why = "that number, or the rest, is below five."
    table = graded(EVERYBODY, Plan=(6, 6, 6, 6), Visit=(0, 2, 8, 9), Home=(1, 9, 7, 8))
    assert table.before == (grades.HIDDEN, f"How many were good or better is not told of “Visit”: {why}")
    assert [row.name for row in table.intervals] == ["Plan", "Home"]
    # Where nothing is hidden, or nothing is left to hide, there is a chart or no word of one.
    assert graded(EVERYBODY, Plan=(6, 6, 6, 6)).before == ()
    none = graded(EVERYBODY, Plan=(1, 2, 20, 3))
    assert none.before == (f"How many were good or better is not told of any domain: {why}",)
    assert none.rows == (GradeRow("Plan", (None,) * 4, 26),)


def test_of_chosen_audits_whose_grades_are_hidden_the_number_good_or_better_is_told_and_never_a_share():
    told = graded(EVERYBODY, at_random=False, Plan=(2, 6, 5, 0), Visit=(5, 5, 5, 5), Home=(0, 1, 9, 9))
    assert told.intervals == (IntervalRow("Plan", 8, 13, "", ""),)
    assert told.before[0] == grades.HIDDEN and "not told of “Home”" in told.before[1]
    assert graded(0, at_random=False, Plan=(2, 6, 5, 0)).intervals == ()
