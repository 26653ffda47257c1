"""Checks on patterns of grades, case by case against the counts of published inspections."""

import pytest

import frameworks
from frameworks import advice
from frameworks.schema import OffScale, UnknownArea

GOOD = {"LEAD": "good", "HP": "good", "CIC": "good", "CL": "good"}


def ids(edition, grades, overall):
    return [one.id for one in advice.raised(frameworks.edition(edition), grades, overall)]


@pytest.mark.parametrize("edition", ["ilacs-2018", "ilacs-2023", "ilacs-2025"])
def test_grades_that_go_together_raise_nothing(edition):
    known = {area.id for area in frameworks.edition(edition).areas}
    assert ids(edition, {key: grade for key, grade in GOOD.items() if key in known}, "good") == []


@pytest.mark.parametrize(
    ("changed", "overall", "expected"),
    [
        ({"CL": "inadequate"}, "requires_improvement", ["experience-inadequate"]),
        ({"CL": "inadequate"}, "inadequate", []),
        ({"LEAD": "inadequate"}, "requires_improvement", ["leaders-inadequate-alone"]),
        ({"LEAD": "inadequate", "HP": "inadequate"}, "inadequate", []),
        ({"LEAD": "inadequate", "CL": None}, "inadequate", []),
        ({}, "outstanding", ["outstanding-needs-leaders"]),
        ({"LEAD": "outstanding", "HP": "requires_improvement"}, "outstanding", ["outstanding-nothing-below-good"]),
        ({"LEAD": "requires_improvement"}, "good", ["good-with-weak-leaders"]),
        ({"HP": "requires_improvement"}, "good", []),
        ({"HP": "requires_improvement", "CIC": "requires_improvement"}, "good", ["good-with-two-weak-areas"]),
        ({"HP": "requires_improvement", "CIC": "requires_improvement"}, None, []),
    ],
)
def test_each_pattern_is_raised_by_its_own_grades(changed, overall, expected):
    assert ids("ilacs-2023", {**GOOD, **changed}, overall) == expected


def test_an_inadequate_sub_judgement_is_not_an_inadequate_key_judgement():
    assert ids("sif-2013", {"ADO": "inadequate"}, "requires_improvement") == ["sub-judgement-inadequate"]
    assert ids("sif-2013", {"HP": "inadequate"}, "good") == ["key-judgement-inadequate"]


def test_the_counts_said_are_those_of_the_published_reports():
    """As counted in 310 inspections under ILACS and in 161 reports under the framework before it."""
    said = {one.id: one.says for one in frameworks.edition("ilacs-2025").checks}
    assert "33 of 33 inspections" in said["experience-inadequate"]
    assert "of 4 inspections" in said["leaders-inadequate-alone"]
    assert "All 71 inspections" in said["outstanding-needs-leaders"]
    assert "of 127 inspections" in said["good-with-two-weak-areas"]
    assert (
        "82 had no area" in said["good-with-two-weak-areas"]
        and "45 had one, and none had two" in said["good-with-two-weak-areas"]
    )
    sif = {one.id: one.says for one in frameworks.edition("sif-2013").checks}
    assert "all 36 that were inadequate overall" in sif["key-judgement-inadequate"]
    assert "7 of the 68" in sif["sub-judgement-inadequate"]
    assert "15 of 54" in sif["good-with-weak-protection"]


def test_grades_an_edition_does_not_know_are_refused():
    with pytest.raises(UnknownArea):
        advice.raised(frameworks.edition("ilacs-2018"), {"CL": "good"})
    with pytest.raises(OffScale):
        advice.raised(frameworks.edition("ilacs-2018"), {"HP": "adequate"})
