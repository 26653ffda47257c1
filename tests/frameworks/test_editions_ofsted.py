"""The earlier editions of Ofsted's frameworks and the self-assessment, against values typed from the reference."""

import re
from itertools import pairwise

import pytest

import frameworks
from frameworks import advice

ILACS = ("ilacs-2018", "ilacs-2023", "ilacs-2025")
OURS = (*ILACS, "sif-2013", "self-assessment-1")

# Names as the grade tables of reports print them.
LEADERS = "The impact of leaders on social work practice with children and families"
PROTECTION = "The experiences and progress of children who need help and protection"
IN_CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
PRINTED = {
    "ilacs-2018": [LEADERS, PROTECTION, IN_CARE + " and care leavers"],
    "ilacs-2023": [LEADERS, PROTECTION, IN_CARE, LEAVERS],
    "ilacs-2025": [LEADERS, PROTECTION, IN_CARE, LEAVERS],
}
GRADES = ("inadequate", "requires_improvement", "good", "outstanding")

# The share of 152 reports whose section mentions each question's subject or subjects, in the order of the catalogue.
SHARES = {
    "HP": (
        "91 91 58 60 82 88 47 100 100 81 72/48 95 97 93 80 64 24 98 100 72 53 84 92 95 75 60 30 52 50 78 90",
        "help and protection",
    ),
    "CIC": (
        "88 89 75 98 99 98 86/81 62/34 92 76 97 99 64 78 89 89 100 93 49/62 61 84 47 18/9 83 79",
        "children in care",
    ),
    "CL": ("78/91 78 99 51/99 97/39 26 99 88/41 77/90 89 91 76 91 62 90 72", "care leavers"),
    "LEAD": ("99 95/81/82 85 98/36 51 84 93 56/80 71 88 72 79 84 100/56 81 70 57 74 25", "leaders"),
}

# Counted in 310 inspections under ILACS: 71 outstanding, 127 good, 78 requiring improvement, 34 inadequate.
COUNTED = {
    "experience-inadequate": {"33"},
    "leaders-inadequate-alone": {"4", "1", "3"},
    "outstanding-needs-leaders": {"71"},
    "outstanding-nothing-below-good": {"71"},
    "good-with-weak-leaders": {"127"},
    "good-with-two-weak-areas": {"127", "82", "45"},
    "requires-improvement-nothing-below-good": {"78"},
    "inadequate-nothing-inadequate": {"34", "33", "1"},
    "not-a-formula": {"10"},
}
# Counted in 161 reports of the framework before it: 3 outstanding, 54 good, 68 requiring improvement, 36 inadequate.
COUNTED_BEFORE = {
    "key-judgement-inadequate": {"161", "36"},
    "sub-judgement-inadequate": {"7", "68"},
    "inadequate-no-key-judgement": {"36"},
    "good-with-weak-protection": {"15", "54"},
}
A_YEAR = re.compile(r"\b20\d\d\b")
A_COUNT = re.compile(r"\d+")


@pytest.mark.parametrize("edition_id", ILACS)
def test_areas_and_grades_have_the_names_that_reports_print(edition_id):
    edition = frameworks.edition(edition_id)
    assert [area.name for area in edition.areas] == PRINTED[edition_id]
    assert edition.overall and edition.overall.name == "Overall effectiveness"
    (scale,) = edition.scales
    assert scale.codes == GRADES == frameworks.edition("ilacs-2026").scales[0].codes
    assert scale.name_of("requires_improvement") == "Requires improvement to be good"
    assert {area.scale for area in edition.areas} == {edition.overall.scale} == {scale.id}


def test_each_day_since_november_2013_has_one_edition_of_the_main_inspection():
    order = [frameworks.edition(one) for one in (*ILACS, "ilacs-2026")]
    before = frameworks.edition("sif-2013")
    # Seven single inspections took place beside the framework that followed, the last to 5 July 2018.
    assert before.valid_from.isoformat() == "2013-11-01" and before.valid_to.isoformat() == "2018-07-05"
    assert before.valid_to > order[0].valid_from
    for earlier, later in pairwise(order):
        assert earlier.valid_to and (later.valid_from - earlier.valid_to).days == 1, later.id


@pytest.mark.parametrize("edition_id", ILACS)
def test_every_question_is_ours_and_tells_how_often_reports_mention_its_subject(edition_id):
    """Typed from the reference: a share that slips, or a question lost, fails here."""
    held = {one.id: one for one in frameworks.edition(edition_id).statements}
    expected = {
        f"{area}-{number:02}": (shares.split("/"), section)
        for area, (row, section) in SHARES.items()
        for number, shares in enumerate(row.split(), start=1)
    }
    assert set(held) == set(expected) and len(held) == 91
    for key, (shares, section) in expected.items():
        one = held[key]
        assert one.wording == "ours" and one.text.endswith("?") and "Ofsted" not in one.text
        assert re.findall(r"(\d+)%", one.source) == shares, key
        assert f"of their {section} sections" in one.source, key
        assert "152 reports, January 2023 to August 2026" in one.source
        assert ("counted later than this edition" in one.source) == (edition_id == "ilacs-2018")


def test_questions_keep_their_ids_and_words_when_care_leavers_are_judged_apart():
    joint, apart = (frameworks.edition(one).statements for one in ("ilacs-2018", "ilacs-2023"))
    assert [(one.id, one.text) for one in joint] == [(one.id, one.text) for one in apart]
    assert {one.area for one in joint if one.id.startswith("CL-")} == {"CIC"}
    assert {one.area for one in apart if one.id.startswith("CL-")} == {"CL"}


@pytest.mark.parametrize("edition_id", [*ILACS, "sif-2013"])
def test_every_number_a_check_says_was_counted_in_published_reports(edition_id):
    counted = COUNTED_BEFORE if edition_id == "sif-2013" else COUNTED
    said = {one.id: one.says for one in frameworks.edition(edition_id).checks}
    assert set(counted) == set(said)
    for key, numbers in counted.items():
        assert set(A_COUNT.findall(A_YEAR.sub("", said[key]))) == numbers, key


# Inspections told in the reference: their grades for LEAD, HP, CIC and CL (I, R, G, O; a dash where there is no such
# area, a question mark where the grade is not told), their overall grade, and the only advice they may give rise to.
PUBLISHED = [
    ("ilacs-2018", "Windsor and Maidenhead, January 2020", "GGR-", "G", []),
    ("ilacs-2018", "Greenwich, December 2019", "GGG-", "G", []),
    ("ilacs-2018", "City of London, March 2020", "OG?-", "O", []),
    ("ilacs-2018", "Trafford, 8 May 2019", "IRR-", "I", ["leaders-inadequate-alone"]),
    ("ilacs-2018", "Herefordshire, 2018, the others not told", "I??-", "R", []),
    ("ilacs-2018", "Doncaster, 2022, the others not told", "I??-", "R", []),
    ("ilacs-2018", "Oxfordshire, 22 May 2018", "GRG-", "G", []),
    ("ilacs-2018", "leaders and protection", "IIR-", "I", []),
    ("ilacs-2018", "ten of one profile", "GRG-", "G", []),
    ("ilacs-2018", "two of the same profile", "GRG-", "R", []),
    ("ilacs-2023", "Slough, 2023, the others not told", "I???", "R", []),
    ("ilacs-2023", "Peterborough, January 2024", "???I", "I", []),
    ("ilacs-2023", "Greenwich, June 2024", "OG??", "O", []),
    ("ilacs-2023", "Windsor and Maidenhead, October 2024", "GGGO", "G", []),
    ("ilacs-2023", "six of one profile", "OGGO", "O", []),
    ("ilacs-2023", "four of the same profile", "OGGO", "G", []),
    ("ilacs-2025", "Harrow, March 2025", "???I", "I", []),
    ("ilacs-2018", "never met", "GGG-", "R", ["requires-improvement-nothing-below-good"]),
    ("ilacs-2025", "never met", "RRRR", "I", ["inadequate-nothing-inadequate"]),
]
LETTERS = {"I": "inadequate", "R": "requires_improvement", "G": "good", "O": "outstanding"}


@pytest.mark.parametrize(("edition_id", "where", "letters", "overall", "expected"), PUBLISHED)
def test_a_published_result_is_not_doubted_without_cause(edition_id, where, letters, overall, expected):
    areas = ("LEAD", "HP", "CIC", "CL")
    grades = {area: LETTERS.get(letter) for area, letter in zip(areas, letters, strict=True) if letter != "-"}
    raised = advice.raised(frameworks.edition(edition_id), grades, LETTERS[overall])
    assert [one.id for one in raised] == expected, where


@pytest.mark.parametrize("edition_id", ILACS)
def test_every_area_that_counts_in_a_pattern_is_looked_at(edition_id):
    """One inadequate experience area is enough, whichever it is; two weak areas may be any two."""
    edition = frameworks.edition(edition_id)
    patterns = {one.id: one.pattern for one in edition.checks}
    all_areas = {area.id for area in edition.areas}
    assert set(patterns["experience-inadequate"].areas) == all_areas - {"LEAD"}
    assert set(patterns["experience-inadequate"].overall) == set(GRADES) - {"inadequate"}
    assert set(patterns["good-with-two-weak-areas"].areas) == all_areas
    assert patterns["good-with-two-weak-areas"].at_least == 2
    assert set(patterns["outstanding-nothing-below-good"].areas) == all_areas
    assert patterns["not-a-formula"] is None


@pytest.mark.parametrize("edition_id", ILACS)
def test_clocks_say_what_was_read_and_what_was_not(edition_id):
    facts = {one.id: one for one in frameworks.edition(edition_id).facts}
    statement = facts["statement-of-action"]
    assert "30 working days" in statement.says and "SI 2007/462 reg 2" in statement.source
    assert re.search(r"70 working days [^.]*\(not verified\)", statement.says)
    assert "median of 42 days" in facts["report-lag"].says and "within 66" in facts["report-lag"].says
    assert "318 inspections" in facts["report-lag"].source


def test_tags_of_the_national_framework_begin_with_2025():
    assert [frameworks.edition(one).tags_edition for one in ILACS] == [None, None, "national-framework-2023"]
    facts = {one.id: one for one in frameworks.edition("ilacs-2025").facts}
    assert "Of 65 reports 62 tag every item" in facts["national-framework-tags"].says
    assert "195 items" in facts["national-framework-tags"].source


def test_the_single_inspection_framework_has_key_judgements_sub_judgements_and_the_board_apart():
    edition = frameworks.edition("sif-2013")
    assert {area.id: area.meaning.split(";")[0] for area in edition.areas if area.id != "LSCB"} == {
        "HP": "Key judgement 1",
        "CLA": "Key judgement 2",
        "ADO": "Sub-judgement 2.1",
        "CL": "Sub-judgement 2.2",
        "LMG": "Key judgement 3",
    }
    assert {area.scale for area in edition.areas if area.id != "LSCB"} == {"four-grades"}
    assert edition.area("LSCB").scale == "lscb"
    authority, board = edition.scale("four-grades"), edition.scale("lscb")
    assert authority.codes == board.codes == GRADES
    # The same words mean something else for the board: no grade shares its meaning.
    assert not {point.meaning for point in authority.points} & {point.meaning for point in board.points}
    assert "area_for_priority_action" in edition.finding_kinds and "recommendation" in edition.finding_kinds


def test_an_adoption_judgement_left_out_raises_nothing():
    """City of London in 2016: good overall, leadership outstanding, adoption not judged; no more of it is told."""
    grades = {"ADO": None, "LMG": "outstanding"}
    edition = frameworks.edition("sif-2013")
    assert advice.raised(edition, grades, "good") == ()
    assert "not judged" in next(one.says for one in edition.facts if one.id == "not-judged")


def test_the_two_ways_improvement_was_written_are_told_with_their_counts():
    facts = {one.id: one for one in frameworks.edition("sif-2013").facts}
    assert "23 of 36" in facts["early-form"].says and "18 of 37" in facts["early-form"].says
    assert "riority and immediate action" in facts["early-form"].says
    assert "82" in facts["later-form"].source  # 40 of 2016 and 42 of 2017.


@pytest.mark.parametrize("area", ["HP", "CIC", "CL", "LEAD"])
def test_the_self_assessment_asks_the_three_questions_of_every_area_and_says_which_are_only_ours(area):
    asked = [one for one in frameworks.edition("self-assessment-1").statements if one.area == area]
    assert all(one.id.startswith(f"{area}-") and one.wording == "ours" for one in asked)
    told_elsewhere = [one.text for one in asked if "third parties" in one.source]
    assert len(told_elsewhere) == 3
    known, how, planned = told_elsewhere
    assert known.startswith("What is known") and how.startswith("How is it known") and "12 months" in planned
    only_ours = " ".join(one.text for one in asked if one.source == "Our shape")
    assert all(words in only_ours for words in ("not good enough", "children and families say", "peers"))


@pytest.mark.parametrize("edition_id", OURS)
def test_nothing_of_ours_passes_for_an_inspectorates(edition_id):
    edition = frameworks.edition(edition_id)
    assert (edition.wording, edition.verified) == ("ours", "partly")
    assert all(one.wording == "ours" for one in edition.statements)
    said = edition.not_verified or ""
    assert "not read" in said or "No region's own form was read" in said
    if edition_id in ILACS:
        assert "They are not Ofsted's criteria" in said
    if edition_id == "self-assessment-1":
        assert edition.publisher != "Ofsted" and "Ofsted sets no template" in said
