"""Where three views fit or do not, in words: said at the edges of what may be said, never a predicted grade."""

from dataclasses import replace
from datetime import date

import pytest

from audit_app.self_assessment.three_views.differences import Fit, differences, in_short
from audit_app.self_assessment.three_views.views import Graded, Judged, OwnView, share_reaching
from frameworks.crosswalk import AreaReference
from frameworks.joins import Join

NAMES = {
    "inadequate": "Inadequate",
    "requires_improvement": "Requires improvement to be good",
    "good": "Good",
    "outstanding": "Outstanding",
}
CODES = tuple(NAMES)
HP = AreaReference("ilacs-2026", "HP")
JOIN = Join(HP, "itself")


def own(code, *, signed=True):
    name = NAMES.get(code, "")
    return OwnView("SAS-0001", HP, "Help", code, name, CODES, signed, date(2026, 10, 12), 3, 1, JOIN)


def drawn(inadequate, requires_improvement, good, outstanding, *, at_random=True):
    counts = (inadequate, requires_improvement, good, outstanding)
    return Graded(at_random, tuple(NAMES.items()), counts, 0, date(2026, 1, 1), date(2026, 11, 1))


def judged(code, *, tie="itself", year=2024, codes=CODES):
    day = date(year, 9, 20) if year else None
    return Judged(
        3, "Ofsted", "Inspection", "Inspection", "Help", code, NAMES.get(code, code), codes, day, Join(HP, tie)
    )


def fits(*given):
    return [line.fit for line in differences(*given)]


def test_the_sentence_of_the_issue():
    sentence = in_short(own("good"), [drawn(3, 23, 12, 2)], [judged("requires_improvement")])
    assert sentence == (
        "You say good; 14 of 40 records drawn at random are graded good or better; "
        "Ofsted said requires improvement to be good in 2024."
    )
    assert in_short(own("good", signed=False), [], []) == "You say good in a draft."
    assert in_short(None, [drawn(3, 23, 12, 2)], [judged("good", year=None)]) == (
        "14 of 40 records drawn at random are graded good or better; Ofsted said good."
    )
    assert in_short(own("requires_improvement"), [drawn(3, 23, 12, 2)], []) == (
        "You say requires improvement to be good; 14 of 40 records drawn at random are graded good or better."
    )
    assert in_short(own("outstanding"), [drawn(3, 23, 12, 2)], []) == (
        "You say outstanding; 2 of 40 records drawn at random are graded outstanding or better."
    )
    assert in_short(None, [], []) == ""


@pytest.mark.parametrize(
    ("counts", "fit"),
    [
        ((3, 23, 12, 2), Fit.unsure),  # 14 of 40: 22 to 50.5 in 100, so half of all may be good
        ((3, 24, 11, 2), Fit.differs),  # 13 of 40: at most 48 in 100
        ((0, 13, 27, 0), Fit.fits),  # 27 of 40: at least 52 in 100
        ((0, 14, 26, 0), Fit.unsure),  # 26 of 40: 49.5 to 77.9 in 100
        ((9, 0, 0, 0), Fit.unsure),  # nine say nothing of all
        ((10, 0, 0, 0), Fit.differs),
        ((0, 0, 5, 35), Fit.differs),  # most are outstanding: audits show more than is said
    ],
)
def test_a_grade_of_ones_own_is_held_against_records_drawn_at_random(counts, fit):
    lines = [line for line in differences(own("good"), [drawn(*counts)], []) if "records drawn" in line.sentence]
    assert [line.fit for line in lines] == [fit]


@pytest.mark.parametrize(
    ("counts", "fit", "words"),
    [
        ((0, 30, 10, 0), Fit.fits, "which fits"),
        ((0, 20, 20, 0), Fit.unsure, "cannot say"),
        ((0, 10, 30, 0), Fit.differs, "more than you say"),
        ((0, 5, 4, 0), Fit.unsure, "too few"),
    ],
)
def test_whoever_says_less_than_good_is_held_against_how_many_are_good(counts, fit, words):
    lines = [x for x in differences(own("requires_improvement"), [drawn(*counts)], []) if "records drawn" in x.sentence]
    assert [line.fit for line in lines] == [fit]
    assert words in lines[0].sentence
    assert "graded good or better" in lines[0].sentence


def test_the_worst_grade_is_held_against_no_share():
    assert not [x for x in differences(own("inadequate"), [drawn(0, 0, 40, 0)], []) if "records drawn" in x.sentence]


def test_chosen_records_and_scales_without_the_grade_say_nothing():
    chosen = drawn(10, 0, 0, 0, at_random=False)
    share = share_reaching(chosen, "good")
    assert (share.x, share.n, share.percent, share.range_words, share.interval) == (0, 10, "", "", None)
    assert share_reaching(drawn(1, 1, 1, 1), "adequate") is None
    other = Graded(True, (("secure", "Secure"),), (40,), 0, date(2026, 1, 1), date(2026, 2, 1))
    assert not [line for line in differences(own("good"), [other], []) if "records drawn" in line.sentence]


def test_a_share_has_its_range_and_a_known_population_narrows_it():
    share = share_reaching(drawn(0, 14, 26, 0), "good")
    assert (share.x, share.n, share.percent) == (26, 40, "65%")
    assert (round(share.interval.low, 3), round(share.interval.high, 3)) == (0.495, 0.779)  # practice, section 15.3
    narrowed = share_reaching(replace(drawn(0, 12, 18, 0), population=120), "good")
    assert (round(narrowed.interval.low, 3), round(narrowed.interval.high, 3)) == (0.445, 0.737)
    assert narrowed.in_hundreds == "45 to 74 in 100"
    impossible = share_reaching(replace(drawn(0, 12, 18, 0), population=12), "good")  # fewer than were read
    assert impossible.interval == share_reaching(drawn(0, 12, 18, 0), "good").interval
    known = differences(own("good"), [replace(drawn(0, 14, 26, 0), population=45)], [])
    assert known[-1].fit is Fit.fits  # 26 of 40 are most of 45
    assert replace(drawn(0, 12, 18, 0), population=120).share == narrowed


@pytest.mark.parametrize(
    ("mine", "theirs", "fit", "words"),
    [
        ("good", "good", Fit.fits, "That is the same."),
        ("good", "requires_improvement", Fit.differs, "You say better than Ofsted did."),
        ("requires_improvement", "good", Fit.differs, "You say less than Ofsted did."),
    ],
)
def test_a_grade_of_ones_own_is_held_against_what_was_printed(mine, theirs, fit, words):
    (line,) = [line for line in differences(own(mine), [], [judged(theirs)]) if "Ofsted" in line.sentence]
    assert line.fit is fit
    assert line.sentence.endswith(words)


@pytest.mark.parametrize("tie", ["part_of", "whole_of", "overlaps"])
def test_what_is_joined_loosely_is_shown_and_held_against_nothing(tie):
    loose = [judged("inadequate", tie=tie)]
    assert not [line for line in differences(own("good"), [drawn(40, 0, 0, 0)], loose) if "Ofsted" in line.sentence]
    assert "Ofsted" not in in_short(own("good"), [], loose)


def test_scales_that_differ_are_not_compared():
    old = judged("adequate", codes=("inadequate", "adequate", "good", "outstanding"))
    assert not [line for line in differences(own("good"), [], [old]) if line.fit in (Fit.differs, Fit.fits)]


def test_the_latest_of_two_inspections_counts():
    (line,) = [
        line
        for line in differences(own("good"), [], [judged("inadequate", year=2018), judged("good", year=2024)])
        if "Ofsted" in line.sentence
    ]
    assert line.fit is Fit.fits


def test_audits_may_speak_against_inspectors_whatever_one_says_oneself():
    lines = differences(None, [drawn(0, 40, 0, 0)], [judged("good")])
    (against,) = [line for line in lines if line.fit is Fit.differs]
    assert against.sentence == (
        "Ofsted said good in 2024; 0 of 40 records drawn at random are graded good or better. "
        "Less than half of all records are likely to be today."
    )


def test_what_is_missing_is_told_after_what_does_not_fit_with_what_to_do():
    lines = differences(own("", signed=False), [], [])
    assert [line.sentence.split(" ")[:3] for line in lines] == [
        ["SAS-0001", "gives", "this"],
        ["No", "agreed", "audit"],
        ["No", "inspection", "or"],
    ]
    assert fits(None, [drawn(0, 40, 0, 0)], [judged("good")]) == [Fit.differs, Fit.missing]
    ungraded = differences(own("good"), [], [judged("good")], draft=own("", signed=False))
    assert [line.fit for line in ungraded] == [Fit.missing, Fit.missing, Fit.fits]
    assert differences(None, [], [])[0].to_do == "Begin a self-assessment."
    assert all("predict" not in line.sentence for line in lines)
