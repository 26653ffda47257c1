"""What each kind of question is answered with, and when it is: every kind, worked by hand."""

from types import SimpleNamespace

import pytest

from frameworks.answers import Answer
from frameworks.kinds import answered


def question(kind, *, scale=None, safety=False, second=None):
    return SimpleNamespace(type=kind, scale=scale, safety=safety, second=second)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (question("judged"), "point"),
        (question("check"), "point"),
        (question("timescale"), "point"),
        (question("several"), "points"),
        (question("several", scale="own"), "points"),
        (question("date"), "date"),
        (question("number", scale="own"), "number"),
        (question("narrative"), "words"),
        (question("narrative", scale="own"), "point"),
        (question("narrative", safety=True), "point"),
        (question("judged", safety=True), "point"),
    ],
)
def test_each_kind_has_its_way_of_being_answered(asked, answer):
    assert answered.answered_with(asked) == answer


def test_kinds_answered_with_a_point_need_a_scale_from_the_set():
    needing = {kind for kind in answered.ANSWERED_WITH if not answered.has_no_scale(kind)}
    assert needing == {"judged", "check", "timescale"}


@pytest.mark.parametrize(
    ("asked", "given", "complete"),
    [
        ("judged", None, False),
        ("judged", Answer(key="plan/q1", code="good"), True),
        ("judged", Answer(key="plan/q1", text="Words alone"), False),
        ("narrative", Answer(key="plan/q1", text=" "), False),
        ("narrative", Answer(key="plan/q1", text="Seen."), True),
        ("narrative", Answer(key="plan/q1", code="good"), False),
        ("date", Answer(key="plan/q1", text="Words alone"), False),
        ("date", Answer(key="plan/q1", given="2026-03-27"), True),
        ("several", Answer(key="plan/q1", given="one,two"), True),
        ("several", Answer(key="plan/q1", code="one"), False),
        ("number", Answer(key="plan/q1"), False),
    ],
)
def test_a_question_is_answered_by_what_its_kind_wants(asked, given, complete):
    assert answered.is_answered(question(asked), given) is complete


def test_a_second_answer_is_part_of_the_answer():
    asked = question("judged", second="priority")
    assert not answered.is_answered(asked, Answer(key="plan/q1", code="good"))
    assert answered.is_answered(asked, Answer(key="plan/q1", code="good", second="high"))


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("date", "2026-03-27", True),
        ("date", "20260327", False),
        ("date", "2026-02-30", False),
        ("number", "-12.5", True),
        ("number", "123456789012.123456", True),
        ("number", "1234567890123", False),
        ("number", "1.1234567", False),
        ("number", "12,5", False),
        ("number", "", False),
        ("number", "12.", False),
        ("number", ".5", False),
        ("number", "12 x", False),
        ("number", "--1", False),
        ("date", "", False),
        ("narrative", "20260327", True),
    ],
)
def test_a_day_and_a_number_are_kept_as_such_alone(kind, given, kept):
    assert (answered.why_not(question(kind), given) == "") is kept


@pytest.mark.parametrize(
    ("typed", "figures"),
    [("12", "12"), (" 1 234 ", "1234"), ("1,234,567.5", "1234567.5"), ("\u2212 3", "-3"), ("some", "some"), ("", "")],
)
def test_a_number_is_read_as_people_type_it(typed, figures):
    assert answered.as_figures(typed) == figures


def test_what_is_wrong_with_a_day_or_a_number_is_told_with_what_to_do():
    assert answered.why_not(question("date"), "soon") == "Enter a real date, like 27 3 2026"
    assert answered.why_not(question("number"), "many") == "Enter a number in figures, like 12 or 12.5"
    assert (answered.LONGEST_GIVEN, answered.LONGEST_OWNER) == (1_000, 120)


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        (Answer(key="plan/q1"), set()),
        (Answer(key="plan/q1", code="good"), {"good"}),
        (Answer(key="plan/q1", code="good", given="one,two"), {"good"}),
        (Answer(key="plan/q1", given="one,two"), {"one", "two"}),
        (Answer(key="plan/q1", given=",one,"), {"one"}),
    ],
)
def test_every_point_that_was_chosen_is_known(answer, codes):
    assert answer.codes == codes
