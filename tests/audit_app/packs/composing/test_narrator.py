"""What a narrator hands out at each level, what it remembers, and what it calls things."""

from datetime import date
from types import SimpleNamespace

import pytest

from audit_app.library.terms.own_words import OwnWord, OwnWords
from audit_app.packs.composing import measures
from audit_app.packs.composing.narrator import Narrator, place_of
from audit_app.packs.disclosure import levels
from audit_app.words import Ours
from findings.tables import Measure, Source
from tests.audit_app.packs.composing.test_sentences import NOW, TODAY, action, narrator


def source(**changed):
    return Source(authority_id=1, id=12, added_by=1, added_at=NOW, **changed)


def test_a_field_is_handed_out_up_to_its_level_and_counted_above_it_where_anything_was_there():
    for level, may in ((0, True), (1, True), (2, False), (3, False)):
        teller = narrator(level)
        assert teller.may("audit.words") is may and teller.leaving is (level == 3)
        assert [teller.take("audit.words", text) for text in ("Seen", "", "Heard")] == (
            ["Seen", "", "Heard"] if may else ["", "", ""]
        )
        assert dict(+teller.left_out) == ({} if may else {"audit.words": 2})
        teller.leave_out("audit.words")
        teller.leave_out("audit.answers", 3)
        assert dict(+teller.left_out) == {"audit.words": 1 if may else 3, "audit.answers": 3}


def test_a_text_that_was_told_is_remembered_by_its_place_and_one_that_may_not_be_is_neither():
    held, numbered = source(words=" The plan names no dates "), action(number=5, what="Coach")
    inside, outside = narrator(1), narrator(2)
    assert (inside.tell(held, "words"), outside.tell(held, "words")) == ("The plan names no dates", "")
    assert inside.tell(numbered, "what") == "Coach"
    assert (inside.printed, outside.printed) == ({("source", 12, "words"), ("action", 5, "what")}, set())
    assert place_of(SimpleNamespace(__tablename__="pack", number=None, id=3), "x") == ("pack", 3, "x")


def test_things_are_called_in_the_councils_words_and_audits_by_the_packs_names():
    own = OwnWords({"case_audit": OwnWord("learning audit", "learning audits")})
    teller = Narrator(3, TODAY, {"AUD-0007": "R-K7M2QX"}, own)
    assert (teller.audit("AUD-0007"), teller.audit("AUD-0008")) == ("R-K7M2QX", "a learning audit")
    assert teller.at_least(7, "case audit", "case audits") == "7 learning audits"
    assert teller.at_least(7, "case audit", "case audits", exact=False) == "five or more learning audits"
    assert teller.at_least(3, Ours("case audit"), Ours("case audits")) == "fewer than five learning audits"
    assert narrator().at_least(1, "case audit", "case audits") == "1 case audit"


@pytest.mark.parametrize(
    ("marking", "fits"),
    [("OFFICIAL", True), ("Official-Sensitive", False), ("SECRET", False), ("restricted", False),
     ("In confidential", False), ("", True)],
)  # fmt: skip
def test_nothing_for_everybody_is_marked_as_if_it_were_not(marking, fits):
    assert [levels.marking_fits(level, marking) for level in range(4)] == [True, True, True, fits]
    assert [levels.marking_of(level, marking) for level in range(4)] == [marking] * 3 + ["OFFICIAL"]


# --- measures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "has no figure yet."),
        ({"unit": "days"}, "has no figure yet (days)."),
        ({"baseline": 0}, "began at 0 and has not been measured since."),
        ({"target": 4, "unit": "days"}, "should reach 4 days and has not been measured since."),
        ({"latest": 0}, "stood at 0."),
        ({"baseline": 9, "target": 4, "latest": 6, "latest_on": date(2026, 9, 1), "unit": "days"},
         "began at 9 days, should reach 4 days and stood at 6 days on 1 September 2026; 2 days to go."),
        ({"baseline": 9, "target": 4, "latest": 3},
         "began at 9, should reach 4 and stood at 3; its target is reached."),
        ({"baseline": 40, "target": 80, "latest": 78, "unit": "%"},
         "began at 40%, should reach 80% and stood at 78%; 2 points to go."),
    ],
)  # fmt: skip
def test_where_a_measure_began_should_go_and_stands(given, says):
    measure = Measure(authority_id=1, id=1, name="Visits", **given)
    assert measures.measure_sentence(measure, narrator()) == f"Measure: Visits {says}"


def test_the_bands_of_a_measure_stand_as_the_plan_prints_them_with_the_one_that_is_reached():
    bands = {"band_unmet": "31 July 2026", "band_met": "30 June 2026", "due_text": "June 2026"}
    measure = Measure(authority_id=1, id=1, name="Guide", reached_on=date(2026, 6, 20), **bands)
    assert measures.measure_sentence(measure, narrator()) == (
        "Measure: Guide has no figure yet; to be delivered: “June 2026”; unmet: “31 July 2026”; "
        "met: “30 June 2026”; delivered on 20 June 2026; it stands at met."
    )
    bare = Measure(authority_id=1, id=1, name="Guide", band_exceeded="Soon")
    assert measures.measure_sentence(bare, narrator()) == "Measure: Guide has no figure yet; exceeded: “Soon”."
