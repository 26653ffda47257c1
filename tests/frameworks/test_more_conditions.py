"""A whole domain that waits for an answer, two conditions on one question, and scales of which no end is better."""

from datetime import date

from frameworks import Answer, DomainAnswer, conditions, scoring
from frameworks.own_sets import own_set
from frameworks.schema import Point, Scale
from tests.builders_library import areas_of, make_document, make_question

KINDS = Scale(
    id="kinds",
    points=(Point(code="cin", name="Child in need"), Point(code="cp", name="Child protection")),
    ordered=False,
)
ASKED = (
    make_question(1, type="several", scale="kinds"),
    make_question(2),
    make_question(
        3,
        show_if={"question": "d1/q1", "answers": ("cp",)},
        and_if={"question": "d1/q2", "answers": ("inadequate",)},
    ),
)


def document(**of_the_second):
    told = make_document(each=3).model_dump()
    told["scales"] = (*told["scales"], KINDS.model_dump())
    first, last = told["domains"]
    waiting = {
        **first, "id": "d9", "number": "D9", "title": "Core groups", "safety_critical": False,
        "show_if": {"question": "d1/q1", "answers": ("cp",)}, "questions": (make_question(90),), **of_the_second,
    }  # fmt: skip
    told["domains"] = ({**first, "questions": ASKED}, waiting, last)
    return own_set.shaped(told)[0]


def questions():
    own = document()
    assert own_set.complaints(own, areas_of) == ()
    return own_set.built(own, "own-x-neglect-1", date(2026, 11, 2)).question_sets[-1]


def asked(*answers):
    return conditions.asked(questions(), answers) & {"d1/q3", "d9/q90"}


def test_of_two_conditions_both_must_hold_and_any_of_several_ticks_is_enough():
    ticked = Answer(key="d1/q1", given="cin,cp")
    bad = Answer(key="d1/q2", code="inadequate")
    assert asked() == frozenset()
    assert asked(ticked) == {"d9/q90"}
    assert asked(bad) == frozenset()
    assert asked(ticked, bad) == {"d1/q3", "d9/q90"}
    assert asked(ticked, bad.model_copy(update={"code": "good"})) == {"d9/q90"}


def test_a_domain_that_is_not_asked_wants_no_grade():
    domains = [DomainAnswer(domain="d1", grade="good", rationale="Seen.")]
    wanted = {want.key for want in scoring.missing_answers(questions(), [], domains)}
    assert "d9" not in wanted
    ticked = [Answer(key="d1/q1", given="cp")]
    assert "d9" in {want.key for want in scoring.missing_answers(questions(), ticked, domains)}


def test_a_domain_that_can_never_be_asked_is_named():
    later = document(show_if={"question": "d2/q4", "answers": ("good",)})
    assert "which is asked later" in own_set.complaints(later, areas_of)[0][1]
    unknown = document(show_if={"question": "d1/q1", "answers": ("plo",)})
    said = own_set.complaints(unknown, areas_of)[0][1]
    assert "The whole of “Core groups”" in said
    assert "Answers: Child in need; Child protection." in said


def test_nothing_is_graded_on_a_scale_of_which_no_end_is_better():
    own = document().model_copy(update={"domain_scale": "kinds"})
    assert any("has no better and worse end" in said for _, said in own_set.complaints(own, areas_of))


def test_whether_anything_waits_for_an_answer_is_seen_of_domains_and_of_their_questions():
    plain = own_set.built(make_document(), "own-x-neglect-1", date(2026, 11, 2)).question_sets[-1].domains
    first, waiting, last = questions().domains
    assert not conditions.are_there(plain) and not conditions.are_there([])
    assert [conditions.are_there([domain]) for domain in (first, waiting, last)] == [True, True, False]
    assert conditions.are_there([last, waiting])


def test_a_domain_that_waits_is_asked_while_any_of_its_questions_is():
    first, waiting, last = questions().domains
    assert [conditions.is_asked(domain, {"d1/q1"}) for domain in (first, waiting, last)] == [True, False, True]
    assert conditions.is_asked(first, set()) and conditions.is_asked(waiting, {"d9/q90"})
