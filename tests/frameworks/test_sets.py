"""Each edition that comes with the product: readable, honest about itself, and unchanged once published."""

import re

import pytest

import frameworks
from frameworks import reader

IDS = reader.edition_ids()


def test_the_editions_of_this_release_are_there():
    assert set(IDS) >= {"case-audit-1", "ilacs-2026", "national-framework-2023", "ofsted-2012"}
    assert [one.id for one in frameworks.editions()] == list(IDS)


@pytest.mark.parametrize("edition_id", IDS)
def test_each_edition_is_read_without_a_fault_and_says_what_was_not_verified(edition_id):
    edition = frameworks.edition(edition_id)
    assert edition.source.place
    assert edition.licence
    assert edition.verified == "verified" or edition.not_verified


def test_published_editions_and_sets_have_not_changed():
    current = reader.fingerprints()
    changed = {path for path, fingerprint in reader.published().items() if current.get(path) != fingerprint}
    assert not changed, f"Published files never change; make a new edition instead: {sorted(changed)}"


def test_a_fingerprint_changes_with_any_word_but_not_with_the_expected_minutes():
    one = frameworks.question_set("case-audit-1", "child-protection")
    assert re.fullmatch(r"[0-9a-f]{64}", one.fingerprint)
    assert one.model_copy(update={"expected_minutes": 1}).fingerprint == one.fingerprint
    for other in (
        one.model_copy(update={"purpose": "Another"}),
        one.model_copy(update={"domains": one.domains[1:]}),
        one.model_copy(update={"scales": one.scales[::-1]}),
        one.model_copy(update={"rules": None}),
    ):
        assert other.fingerprint != one.fingerprint


def test_ilacs_2026_has_four_graded_areas_in_the_order_of_the_report_and_no_overall_grade():
    edition = frameworks.edition("ilacs-2026")
    assert [area.id for area in edition.areas] == ["LEAD", "HP", "CIC", "CL"]
    assert edition.overall is None
    assert edition.scale("four-grades").name_of("requires_improvement") == "Requires improvement to be good"
    counts = {area.id: sum(one.area == area.id for one in edition.statements) for area in edition.areas}
    assert counts == {"LEAD": 19, "HP": 31, "CIC": 25, "CL": 16}
    assert {one.wording for one in edition.statements} == {"ours"}
    assert "not Ofsted's criteria" in edition.not_verified


def test_ofsted_2012_has_its_own_scale_its_own_overall_and_three_timescales():
    edition = frameworks.edition("ofsted-2012")
    assert edition.scale(edition.overall.scale).codes == ("inadequate", "adequate", "good", "outstanding")
    assert [area.id for area in edition.areas] == ["EFF", "PRAC", "LEAD"]
    assert [one.months for one in edition.timescales] == [0, 3, 6]
    assert "clock" in edition.not_verified


def test_the_national_framework_has_every_expectation_under_its_own_id():
    edition = frameworks.edition("national-framework-2023")
    ids = [one.id for one in edition.statements]
    assert len(ids) == 241
    assert {"NF-O3-SL-05", "NF-O3-SL-18X", "NF-O4-PR-18C", "NF-E1-04", "NF-E2-SL-10"} <= set(ids)
    assert [area.id for area in edition.areas] == [
        *("P1", "P2", "P3", "P4", "P5", "P6"),
        *("E1", "E2", "E3"),
        *("O1", "O2", "O3", "O4"),
    ]
    assert all(one.source.startswith("Pages ") and one.wording == "paraphrase" for one in edition.statements)


@pytest.mark.parametrize("one", frameworks.question_sets("case-audit-1"), ids=lambda one: f"{one.id}-{one.length}")
def test_each_case_audit_question_has_a_scale_and_one_place(one):
    for question in one.questions:
        scale = one.scale_for(question)
        assert (scale is None) == (question.type == "narrative" and not question.safety)
        assert one.question(question.key) is question
    assert len({question.number for question in one.questions}) == len(one.questions)
    assert one.length != "core" or len(one.questions) <= 40
