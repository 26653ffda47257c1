"""A council's own set: what stands between it and being published, said with its place; and what it builds."""

from datetime import date

import pytest

from frameworks.own_sets import own_set
from tests.builders_library import areas_of, changed_document, make_document, make_question


def complaints(own):
    return own_set.complaints(own, areas_of)


def with_question(**changed):
    document = make_document().model_dump()
    domain = document["domains"][0]
    domain["questions"] = (*domain["questions"], make_question(99, **changed))
    own, faults = own_set.shaped(document)
    assert own is not None, faults
    return own


def test_a_sound_set_has_no_complaint_and_builds_both_lengths():
    own = make_document()
    assert complaints(own) == ()
    held = own_set.built(own, "own-greenhaven-neglect-1", date(2026, 11, 2))
    assert [(one.length, len(one.questions)) for one in held.question_sets] == [("core", 10), ("full", 10)]
    assert held.question_sets[0].informs_edition == "ilacs-2026"
    assert held.edition.type == "case_audit" and held.edition.wording == "ours"


def test_retired_questions_are_not_asked_but_keep_their_id():
    own = changed_document(make_document(), drop={"q2"})
    keys = [one.key for one in own_set.built(own, "own-x-neglect-2", date(2026, 11, 2)).question_sets[1].questions]
    assert "d1/q2" not in keys and len(keys) == 9
    document = own.model_dump()
    document["domains"][0]["questions"] = (*document["domains"][0]["questions"], make_question(2, number="Q2b"))
    again, _ = own_set.shaped(document)
    ((path, said),) = complaints(again)
    assert path == ("domains", 0, "questions", 5, "id") and "used by two questions" in said


def test_what_is_wrong_with_a_question_is_said_at_its_place_in_the_document_retired_ones_counted():
    own = changed_document(make_document(), drop={"q1"})
    document = own.model_dump()
    document["domains"][0]["questions"][3]["informs"] = ("ilacs-2026/XX",)
    broken, _ = own_set.shaped(document)
    said = "“ilacs-2026” has no judgement area “XX”. Known: CIC, CL, HP, LEAD."
    assert complaints(broken) == ((("domains", 0, "questions", 3, "informs", 0), said),)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"scale": "ten-point"}, "There is no scale “ten-point”"),
        ({"number": "Q1"}, "The number “Q1” is used twice"),
        ({"show_if": {"question": "d2/q6", "answers": ("good",)}}, "which is asked later"),
        ({"show_if": {"question": "d1/q99", "answers": ("good",)}}, "in a circle"),
        ({"show_if": {"question": "d1/q1", "answers": ("splendid",)}}, "no answer to it"),
        ({"safety": True}, "Only one question may be it"),
    ],
)
def test_each_fault_of_a_question_is_named(changed, said):
    assert any(said in sentence for _, sentence in complaints(with_question(**changed)))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"domains": ()}, "The set asks nothing yet"),
        ({"cohorts": ()}, "“cohorts” is empty"),
        ({"informs_edition": "ilacs-1999"}, "There is no edition “ilacs-1999”"),
        ({"domain_scale": None}, "“domain_scale” is missing"),
        ({"scales": ()}, "There is no scale"),
        ({"rules": "guard-rails-9"}, "There is no scoring rule “guard-rails-9”"),
    ],
)
def test_each_fault_of_the_whole_is_named(changed, said):
    found = [sentence for _, sentence in complaints(make_document(**changed))]
    assert any(said in sentence for sentence in found), found


def test_a_core_without_a_safety_critical_domain_is_named_where_domains_are():
    document = make_document().model_dump()
    for question in document["domains"][0]["questions"]:
        question["core"] = False
    own, _ = own_set.shaped(document)
    found = complaints(own)
    assert [path for path, _ in found] == [("domains",)]
    assert "The core lacks the safety-critical domain “d1”" in found[0][1]


def test_values_of_another_shape_are_told_with_place_and_remedy():
    _, found = own_set.shaped({"id": "Neglect!", "title": 3, "domains": ({"id": "x"},), "surprise": 1})
    said = {".".join(map(str, path)): sentence for path, sentence in found}
    assert "may hold only small letters" in said["id"]
    assert "must be text" in said["title"]
    assert said["domains.0.title"] == "“title” is missing. Add it."
    assert "is not a key that may stand here" in said["surprise"]


def test_the_fingerprint_of_a_document_survives_json_and_changes_with_any_word():
    own = make_document()
    again = own_set.OwnSet.model_validate_json(own.model_dump_json(exclude_defaults=True))
    assert again.fingerprint == own.fingerprint
    assert make_document(title="Neglected").fingerprint != own.fingerprint


@pytest.mark.parametrize(
    ("subjects", "missed"),
    [
        (("child",), True),
        (("sibling_group", "decision"), True),
        (("supervision_file",), False),
        (("carer",), False),
        (("observed_visit",), False),
    ],
)
def test_a_set_about_a_child_asks_whether_something_must_be_done_today(subjects, missed):
    """Case audit practice, D23.3, a core question for all groups of children: is the child safe today?"""
    own = changed_document(make_document(), drop={"safe-today"}, subjects=subjects)
    found = [said for _, said in complaints(own)]
    assert any("The safety question is missing." in said for said in found) is missed


def test_a_draft_says_of_a_question_whether_it_must_be_answered_as_its_published_set_does():
    own = with_question(starred=True, mandatory=False)
    built = own_set.built(own, "own-x-neglect-1", date(2026, 11, 2)).question_sets[-1]
    written = {f"{domain.id}/{question.id}": question.must_be_answered for domain, question in own.asked}
    assert written == {question.key: question.must_be_answered for question in built.questions}
    assert written["d1/q99"] is False and written["d2/safe-today"] is True


@pytest.mark.parametrize(("length", "is_fine"), [(40, True), (41, False)])
def test_a_code_of_a_scale_is_no_longer_than_a_table_can_show(length, is_fine):
    document = make_document().model_dump()
    code = "c" * length
    points = [{**point, "code": code} if at == 0 else point for at, point in enumerate(document["scales"][0]["points"])]
    document["scales"] = ({**document["scales"][0], "points": tuple(points)}, *document["scales"][1:])
    own, faults = own_set.shaped(document)
    assert own is not None, faults
    said = [message for path, message in complaints(own) if path == ("scales", 0, "points", 0, "code")]
    too_long = f"“{code}” is too long for a code: at most 40 characters. Shorten it."
    assert said == ([] if is_fine else [too_long])
