"""Points added up by hand: what does not apply leaves the most there can be, what is open is in neither number."""

import pytest

from frameworks.answers import Answer, DomainAnswer
from frameworks.kinds import totals
from frameworks.kinds.totals import Total
from frameworks.own_sets import own_set
from tests.builders_library import areas_of, make_document, make_question

WORTH = {"no": 0, "partly": 1, "yes": 3}


def questions_with_points(**changed):
    values = make_document(each=1).model_dump()
    own = next(scale for scale in values["scales"] if scale["id"] == "yes-partly-no")
    own["points"] = tuple({**point, "points": WORTH[point["code"]]} for point in own["points"])
    first, last = values["domains"]
    asked = (
        make_question(1, type="check"),
        make_question(2, type="check", show_if={"question": "d1/q1", "answers": ("no",)}),
        make_question(3, type="check"),
        make_question(4, type="narrative"),
        make_question(5, type="several", scale="yes-partly-no"),
    )
    values["domains"] = (
        {**first, "questions": asked},
        {**first, "id": "d7", "number": "D7", "title": "More", "questions": (make_question(70, type="check"),)},
        last,
    )
    document, faults = own_set.shaped({**values, **changed})
    assert document is not None, faults
    return own_set.built(document, "own-set", own_set.NO_DAY).question_sets[-1]


def given(key, code=None, **more):
    return Answer(key=key, code=code, **more)


@pytest.mark.parametrize(
    ("answers", "away", "d1", "whole"),
    [
        # Two of three asked in d1: 3 + 1 of 6; d7: 0 of 3.
        ([given("d1/q1", "yes"), given("d1/q3", "partly"), given("d7/q70", "no")], (),
         Total(4, 6, 2, 0, 0), Total(4, 9, 3, 0, 0)),
        # “No” brings q2, which is left open; q3 does not apply.
        ([given("d1/q1", "no"), given("d1/q3", not_applicable=True, reason="x")], (),
         Total(0, 3, 1, 1, 1), Total(0, 3, 1, 1, 2)),
        # What was answered before it went out of sight adds nothing; a domain that does not apply is left out.
        ([given("d1/q1", "yes"), given("d1/q2", "yes"), given("d7/q70", "yes")], ("d7",),
         Total(3, 3, 1, 0, 1), Total(3, 3, 1, 0, 1)),
        # Ticks and words have no points.
        ([given("d1/q5", given="yes,no"), given("d1/q4", text="Much.")], (),
         Total(0, 0, 0, 0, 2), Total(0, 0, 0, 0, 3)),
    ],
)  # fmt: skip
def test_points_are_added_as_by_hand(answers, away, d1, whole):
    domains = [DomainAnswer(domain=domain, not_applicable=True, reason="x") for domain in away]
    by_domain, together = totals.totals(questions_with_points(), answers, domains)
    assert (by_domain["d1"], together) == (d1, whole)
    assert ("d7" in by_domain) is ("d7" not in away)


def test_the_most_there_can_be_stands_on_a_blank_form():
    questions = questions_with_points()
    assert [totals.most(questions, domain) for domain in questions.domains] == [9, 3, 0]


def test_a_set_without_points_has_no_total():
    plain = own_set.built(make_document(each=2), "own-set", own_set.NO_DAY).question_sets[-1]
    assert totals.totals(plain, [given("d1/q1", "good")]) == ({}, None)


def test_points_of_some_answers_alone_are_a_fault():
    values = make_document(each=1).model_dump()
    values["scales"][0]["points"][0]["points"] = 2
    document, _ = own_set.shaped(values)
    assert [said for _, said in own_set.complaints(document, areas_of) if "worth" in said] == [
        f"The scale “{document.scales[0].id}” says what some of its points are worth. Say it of each, or of none."
    ]
