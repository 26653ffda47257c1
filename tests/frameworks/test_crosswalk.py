"""Which answers speak to which judgement areas, and tags read as reports print them."""

import pytest

import frameworks
from frameworks import crosswalk, reader


@pytest.fixture
def full(small):
    return next(one for one in reader.read_edition(small).question_sets if one.length == "full")


def test_a_question_speaks_to_the_areas_of_its_domain(full):
    assert [str(one) for one in crosswalk.areas_of_question(full, "plan/specific")] == ["small-1/HP", "small-1/CIC"]
    assert crosswalk.areas_of_question(full, "impact/safer") == ()


def test_questions_are_found_from_their_area(full):
    assert [one.key for one in crosswalk.questions_for_area(full, "small-1", "CIC")] == [
        *("plan/specific", "plan/in-time", "record/clear"),
    ]
    assert crosswalk.questions_for_area(full, "ilacs-2026", "CIC") == ()


@pytest.mark.parametrize(
    ("set_id", "areas"),
    [
        ("child-protection", {"HP", "LEAD"}),
        ("in-care", {"CIC", "LEAD"}),
        ("care-leavers", {"CL", "LEAD"}),
        ("disabled-children", {"HP", "LEAD"}),
        ("supervision", {"LEAD"}),
    ],
)
def test_an_audit_speaks_of_the_children_it_is_about_and_of_leaders(set_id, areas):
    """An audit of a child on a protection plan says nothing of care leavers, whatever domains the two share."""
    current = frameworks.edition("ilacs-2026")
    assert set(crosswalk.areas_spoken_to(frameworks.question_set("case-audit-1", set_id), current)) == areas


def test_a_set_that_reads_an_area_as_another_names_areas_the_bank_knows(small):
    path = small / "protection.yaml"
    path.write_text(path.read_text("utf-8").replace("purpose:", "reads_as: {CIC: HP}\npurpose:", 1), "utf-8")
    one = next(one for one in reader.read_edition(small).question_sets if one.length == "full")
    assert all("CIC" not in domain.informs for domain in one.domains)
    path.write_text(path.read_text("utf-8").replace("{CIC: HP}", "{CIC: NOWHERE}"), "utf-8")
    with pytest.raises(reader.BrokenEdition) as caught:
        reader.read_edition(small)
    assert any("NOWHERE" in str(fault) and "protection.yaml" in str(fault) for fault in caught.value.faults)


NUMBERS = ("one", "two", "three", "four", "five", "six")


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("(outcome 4, national framework)", "O4"),
        ("(Enabler two)", "E2"),
        ("Enabler 2", "E2"),
        ("(national framework, outcome 1)", "O1"),
        ("e3", "E3"),
        ("(Multi-agency working, national framework)", "E1"),
        *((f"Principle {word}", f"P{at}") for word, at in zip(NUMBERS, range(1, 7), strict=True)),
        ("ENABLER 2 (Enabler two)", "E2"),
        ("outcome 9", None),
        ("outcome 1 and outcome 2", None),
        ("(principles)", None),
        ("", None),
    ],
)
def test_a_printed_tag_is_read_or_left_to_a_person(printed, key):
    assert crosswalk.read_tag(printed, frameworks.edition("national-framework-2023")) == key
