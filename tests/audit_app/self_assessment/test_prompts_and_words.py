"""Which questions each shape asks, how sections are laid out, and what the plain-words check sees."""

from datetime import date

import pytest

import frameworks
from audit_app.self_assessment import ladder_words, prompts
from audit_app.self_assessment.assessments import layout
from audit_app.self_assessment.sections import plain_words
from audit_app.self_assessment.signing import changes
from audit_app.self_assessment.signing.contents import Assessment, FrozenClaim, FrozenPassage, FrozenSection

USUAL = ["known", "how_known", "not_good_enough", "children_say", "peers_question", "plans"]


@pytest.mark.parametrize(
    "edition_id", ["ilacs-2026", "jtai-2022", "lga-peer-2012", "area-send-2023", "hmip-youth-2025"]
)
def test_every_edition_asks_the_three_questions_and_what_is_usually_left_out(edition_id):
    edition = frameworks.edition(edition_id)
    for area_id, _name in layout.assessable(edition):
        assert [each.key for each in prompts.prompts_of(edition, area_id)] == USUAL


def test_an_edition_that_is_a_shape_itself_asks_its_own_statements():
    edition = frameworks.edition("self-assessment-1")
    asked = prompts.prompts_of(edition, "CL")
    assert [each.key for each in asked] == [f"CL-{number}" for number in range(1, 9)]
    assert asked[2].words == "What is not good enough, in plain words?"
    assert prompts.expectations(edition, "CL") == ()
    own = prompts.prompts_of(edition, "CL", "What works?\n\n What does not? ")
    assert [(each.key, each.words) for each in own] == [("own-1", "What works?"), ("own-2", "What does not?")]


def test_no_overall_judgement_is_offered_where_the_edition_has_none_and_each_agency_writes_its_part():
    assert [key for key, _ in layout.assessable(frameworks.edition("ilacs-2026"))] == ["LEAD", "HP", "CIC", "CL"]
    send = frameworks.edition("area-send-2023")
    assert [key for key, _ in layout.assessable(send)][-1] == "OUT"
    assert layout.graded(send, "NEED") is None
    assert layout.graded(send, "OUT").codes == ("outcome_3", "outcome_2", "outcome_1")
    jtai = frameworks.edition("jtai-2022")
    parts = layout.parts(jtai, ("ID", "PLAN"), ("police", "council"), ["Our own line"])
    assert [(part.area_id, part.agency_id, part.heading) for part in parts] == [
        ("ID", "council", "Identifying need and risk"), ("ID", "police", "Identifying need and risk"),
        ("PLAN", "council", "Assessment, planning and decisions"),
        ("PLAN", "police", "Assessment, planning and decisions"),
        ("", "", "Our own line"),
    ]  # fmt: skip


def test_the_ladder_is_read_from_the_edition_that_carries_it():
    assert list(ladder_words.rungs()) == [0, 1, 2, 3, 4, 5]
    assert ladder_words.rung_words(3) == "Rung 3 of 5: audit"
    assert ladder_words.rung_words(4) == "Rung 4 of 5: audit, data and feedback agree"


def test_plain_words_finds_acronyms_stiff_words_and_long_sentences():
    text = "Going forward the LADO will utilise AUD-0042. The ABC said so. Looked-after children (LAC) see the NHS."
    said = {each.words: each.says for each in plain_words.advice(text)}
    assert said["LADO"] == "Write “local authority designated officer (LADO)” once."
    assert said["“ABC”"] == "Say once what it stands for."
    assert said["utilise"] == "Plainer: use."
    assert "going forward" in said
    assert not {"LAC", "NHS", "AUD"} & set(said)
    long = "We " + "really " * 30 + "know. Short one."
    assert [each.says for each in plain_words.advice(long)] == ["32 words in one sentence. Make two of it."]
    assert plain_words.advice("Children are seen alone and plans say who does what by when.") == ()


def make_section(area_id="HP", *, grade=("good", "Good"), text="As it was", claims=()):
    return FrozenSection(
        1, area_id, "Help", "", "", True, *grade, "",
        (FrozenPassage("known", "What do we know?", text),),
        tuple(FrozenClaim(place, "known", words, "neither", None, "", "") for place, words in enumerate(claims)),
    )  # fmt: skip


def make_assessment(*sections):
    day = date(2026, 4, 1)
    return Assessment(1, "SAS-0001", "T", "C", True, "e", "E", "", "", day, day, day, "", "", "", None, sections)


def test_two_years_are_compared_by_what_they_are_about():
    before = make_assessment(make_section(claims=("Plans are good",)), make_section("CL"))
    now = make_assessment(
        make_section(
            grade=("requires_improvement", "Requires improvement"), text="As it is", claims=("Plans are vague",)
        ),
        make_section("CIC"),
    )
    help_, care, leavers = changes.changes(before, now)
    assert help_.grade == "The self-assessed grade was Good and is Requires improvement."
    assert (help_.new_claims, help_.gone_claims) == (("Plans are vague",), ("Plans are good",))
    assert [(each.before, each.now) for each in help_.texts] == [("As it was", "As it is")]
    assert (care.kind, leavers.kind) == ("new", "gone")
    assert changes.counted(changes.changes(before, before)) == "Nothing changed in any section."
