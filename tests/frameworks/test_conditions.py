"""A question that depends on an earlier answer is asked, counted and needed only when that answer calls for it."""

import pytest

from frameworks import conditions, reader, scoring
from frameworks.answers import Answer, DomainAnswer
from frameworks.files.faults import BrokenEdition

SHOW = ", show_if: {question: plan/specific, answers: [inadequate, requires_improvement]}"


def swap(folder, old, new):
    path = folder / "bank.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def full(folder):
    return next(one for one in reader.read_edition(folder).question_sets if one.length == "full")


@pytest.fixture
def conditional(small):
    """“Was the child seen?” is asked only if the plan is weak; what the visit was like, only if the child was seen."""
    swap(
        small,
        "text: Was the child seen?, type: check, cohorts: [CP, CIN]",
        "text: Was the child seen?, type: check, cohorts: [CP, CIN]" + SHOW,
    )
    after = ", show_if: {question: visits/seen, answers: ['yes']}"
    swap(
        small,
        "text: What was the visit like?, type: narrative, cohorts: [ALL]",
        "text: What was the visit like?, type: narrative, cohorts: [ALL]" + after,
    )
    return full(small)


def keys(question_set, *answers, domains=()):
    return conditions.asked(question_set, answers, domains)


def test_a_question_is_asked_only_after_the_answer_it_waits_for(conditional):
    assert "visits/seen" not in keys(conditional)
    assert "visits/seen" not in keys(conditional, Answer(key="plan/specific", code="good"))
    assert "visits/seen" in keys(conditional, Answer(key="plan/specific", code="inadequate"))


def test_a_chain_holds_link_by_link(conditional):
    weak, seen = Answer(key="plan/specific", code="inadequate"), Answer(key="visits/seen", code="yes")
    assert "visits/story" in keys(conditional, weak, seen)
    # The child was said to be seen before the plan was graded good: the question is gone, and so is what hangs on it.
    assert "visits/story" not in keys(conditional, Answer(key="plan/specific", code="good"), seen)


def test_what_does_not_apply_calls_for_nothing(conditional):
    away = DomainAnswer(domain="plan", not_applicable=True, reason="No plan yet")
    assert "visits/seen" not in keys(conditional, Answer(key="plan/specific", code="inadequate"), domains=[away])
    assert "visits/seen" not in keys(conditional, Answer(key="plan/specific", not_applicable=True, reason="None"))


def test_only_what_is_asked_is_counted_and_needed(conditional):
    # Full has 7 questions; both visits questions are out of sight while the plan is good: 5 of them are left.
    good = [Answer(key="plan/specific", code="good")]
    counted = scoring.coverage(conditional, good)
    assert (counted.answered, counted.applicable) == (1, 5)
    needed = {one.key for one in scoring.missing_answers(conditional, good, [])}
    assert "visits/seen" not in needed
    weak = [Answer(key="plan/specific", code="inadequate")]
    assert "visits/seen" in {one.key for one in scoring.missing_answers(conditional, weak, [])}
    assert scoring.coverage(conditional, weak).applicable == 6


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("{question: plan/specific, answers: [splendid]}", "“splendid”, which is no answer to it"),
        ("{question: visits/seen, answers: ['yes']}", "the conditions run in a circle"),
        ("{question: visits/story, answers: ['yes']}", "which is asked later"),
        ("{question: plan/court, answers: [good]}", "which is not asked here"),
        ("{question: plan, answers: [good]}", "must name a domain and one of its questions, like plan/specific"),
        ("{question: plan/specific, answers: []}", "“answers” is empty"),
    ],
)
def test_a_condition_that_can_never_hold_is_refused_with_its_place(small, condition, said):
    swap(
        small,
        "text: Was the child seen?, type: check, cohorts: [CP, CIN]",
        f"text: Was the child seen?, type: check, cohorts: [CP, CIN], show_if: {condition}",
    )
    with pytest.raises(BrokenEdition) as caught:
        reader.read_edition(small)
    assert any(said in str(fault) for fault in caught.value.faults), str(caught.value)


def test_two_questions_that_wait_for_each_other_are_a_circle(small):
    swap(
        small,
        "text: Was the child seen?, type: check, cohorts: [CP, CIN]",
        "text: Was the child seen?, type: check, cohorts: [CP, CIN], show_if: {question: visits/how, answers: ['yes']}",
    )
    swap(
        small,
        "id: story, number: D2.2, text: What was the visit like?, type: narrative",
        "id: how, number: D2.2, text: Was it long?, type: check, show_if: {question: visits/seen, answers: ['yes']}",
    )
    with pytest.raises(BrokenEdition, match="in a circle"):
        reader.read_edition(small)


def test_a_prompt_may_be_starred_and_what_must_be_answered_need_not_be(small):
    swap(
        small,
        "type: judged, cohorts: [ALL], starred: true}",
        "type: judged, cohorts: [ALL], starred: true, mandatory: false}",
    )
    swap(
        small,
        "text: Is it clear?, type: judged, cohorts: [ALL]}",
        "text: Is it clear?, type: judged, cohorts: [ALL], mandatory: true}",
    )
    needed = {one.key for one in scoring.missing_answers(full(small), [], [])}
    assert "plan/specific" not in needed and "record/clear" in needed
