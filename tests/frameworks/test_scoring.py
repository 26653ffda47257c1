"""Coverage, medians, guard rails at their edges, and what is still missing before submitting."""

import pytest

from frameworks import reader, scoring
from frameworks.answers import Answer, DomainAnswer, OverallAnswer
from frameworks.schema import OffScale, Point, Scale, UnknownQuestion
from tests.frameworks.conftest import SMALL_BANK, SMALL_EDITION, SMALL_SET

GOOD, RI, BAD, BEST = "good", "requires_improvement", "inadequate", "outstanding"
FILES = {
    "edition.yaml": SMALL_EDITION.encode(), "bank.yaml": SMALL_BANK.encode(), "protection.yaml": SMALL_SET.encode(),
}  # fmt: skip
FIRST = "guard-rails-1"  # what audits were judged by before; guard-rails-2 has its own tests


@pytest.fixture
def full(small):
    return next(one for one in reader.read_edition(small).question_sets if one.length == "full")


def codes(question_set, overall, **grades):
    return [rail.code for rail in scoring.guard_rails(question_set, grades, overall, rules=FIRST)]


def test_all_good_raises_no_question(full):
    assert codes(full, GOOD, plan=GOOD, visits=GOOD, record=GOOD, impact=GOOD) == []


def test_one_inadequate_in_a_safety_domain_asks_about_a_cap(full):
    assert codes(full, GOOD, plan=BAD, visits=GOOD, record=GOOD, impact=GOOD) == ["worst-caps"]


def test_at_the_cap_the_auditor_is_asked_why_it_is_not_inadequate(full):
    assert codes(full, RI, plan=BAD, visits=GOOD, record=GOOD, impact=GOOD) == ["why-not-worst"]


def test_two_inadequate_safety_domains_ask_whether_the_whole_is_inadequate(full):
    rails = scoring.guard_rails(full, {"plan": BAD, "visits": BAD, "record": RI, "impact": RI}, RI, rules=FIRST)
    assert [(rail.code, rail.domains) for rail in rails] == [("several-worst", ("plan", "visits"))]


def test_an_inadequate_overall_is_never_capped(full):
    assert codes(full, BAD, plan=BAD, visits=BAD, record=BAD, impact=BAD) == []


def test_an_inadequate_domain_that_is_not_about_safety_sets_no_cap(full):
    assert codes(full, GOOD, plan=GOOD, visits=GOOD, record=BAD, impact=GOOD) == []


def test_outstanding_needs_good_everywhere_and_outstanding_impact(full):
    assert codes(full, BEST, plan=GOOD, visits=BEST, record=GOOD, impact=BEST) == []
    rails = scoring.guard_rails(full, {"plan": GOOD, "visits": BEST, "record": RI, "impact": GOOD}, BEST, rules=FIRST)
    assert [(rail.code, rail.domains) for rail in rails] == [("best-needs-all", ("record", "impact"))]


def test_exactly_one_step_from_the_median_is_not_far(full):
    assert codes(full, RI, plan=GOOD, visits=GOOD, record=GOOD, impact=GOOD) == []
    assert codes(full, RI, plan=BEST, visits=GOOD, record=BEST, impact=GOOD) == ["far-from-median"]
    assert codes(full, BAD, plan=GOOD, visits=GOOD, record=GOOD, impact=GOOD) == ["far-from-median"]


def test_domains_not_applicable_are_left_out(full):
    assert codes(full, GOOD, plan=None, visits=GOOD, record=None, impact=None) == []


def test_an_overall_grade_is_held_against_no_grade_where_none_is_given(full):
    for overall in (BAD, RI, GOOD, BEST):
        assert codes(full, overall) == codes(full, overall, plan=None) == []


def test_grades_on_another_scale_than_the_overall_one_are_not_compared(full):
    ends = full.overall_grade.model_copy(update={"scale": "yes-partly-no"})
    assert codes(full.model_copy(update={"overall_grade": ends}), "yes", plan=BAD, visits=BAD) == []


PLAN = "“The plan” is graded Inadequate, and this domain is about safety."
BOTH = "“The plan” and “Visits” are graded Inadequate, and these domains are about safety."
NEEDS = "The overall grade is Outstanding. That would need at least Good in every domain and Outstanding for impact."
ALL = "“The plan”, “Visits”, “The record” and “Impact”"


@pytest.mark.parametrize(
    ("overall", "grades", "words"),
    [
        (GOOD, {"plan": BAD}, f"{PLAN} Should the overall grade be Requires improvement or Inadequate rather than Go"),
        (RI, {"plan": BAD}, f"{PLAN} What makes the child's position overall Requires improvement and not Inadequate?"),
        (RI, {"plan": BAD, "visits": BAD},
         f"{BOTH} Should the overall grade be Inadequate rather than Requires improvement? If not, say why."),
        (BEST, {"plan": BEST, "record": RI, "visits": RI, "impact": BEST},
         f"{NEEDS} What outweighs “Visits” and “The record”?"),
        (BEST, {"plan": RI, "visits": RI, "record": RI, "impact": RI}, f"{NEEDS} What outweighs {ALL}?"),
        (BEST, {"plan": GOOD, "visits": RI}, "more than one step higher than the middle"),
        (BAD, {"plan": GOOD, "visits": GOOD}, "more than one step lower than the middle"),
    ],
)  # fmt: skip
def test_the_first_rule_asks_in_these_words(full, overall, grades, words):
    asked = [rail.question for rail in scoring.guard_rails(full, grades, overall, rules=FIRST)]
    assert any(words in question for question in asked), asked


def test_no_overall_grade_means_no_question(full):
    assert codes(full, None, plan=BAD, visits=BAD) == []
    without = full.model_copy(update={"overall_grade": None})
    assert codes(without, GOOD, plan=BAD, visits=BAD) == []


def test_every_guard_rail_is_put_as_a_question(full):
    seen = [
        *scoring.guard_rails(full, {"plan": BAD, "visits": BAD}, BEST, rules=FIRST),
        *scoring.guard_rails(full, {"plan": BAD, "visits": BEST, "record": BEST}, GOOD, rules=FIRST),
        *scoring.guard_rails(full, {"plan": BAD}, RI, rules=FIRST),
    ]
    assert {rail.code for rail in seen} == {
        *("several-worst", "best-needs-all", "far-from-median", "worst-caps", "why-not-worst")
    }
    assert all("?" in rail.question for rail in seen)


def test_a_grade_of_an_unknown_domain_or_off_the_scale_is_refused(full):
    with pytest.raises(UnknownQuestion):
        scoring.guard_rails(full, {"planning": GOOD}, GOOD)
    with pytest.raises(OffScale):
        scoring.guard_rails(full, {"plan": "satisfactory"}, GOOD)


def test_the_median_of_an_even_number_may_lie_between_two_grades(full):
    scale = full.scale("four-point")
    assert scoring.median_grade(scale, [GOOD, BAD, GOOD]) == (GOOD,)
    assert scoring.median_grade(scale, [GOOD, RI, None]) == (RI, GOOD)
    assert scoring.median_position(scale, [GOOD, RI]) == 1.5
    assert scoring.median_grade(scale, [None]) == ()
    assert scoring.median_position(scale, []) is None


def test_not_applicable_leaves_the_denominator(full):
    answers = [
        Answer(key="plan/specific", code=GOOD),
        Answer(key="plan/in-time", not_applicable=True, reason="No plan yet"),
        Answer(key="visits/story", text="  "),
    ]
    found = scoring.coverage(full, answers)
    assert (found.answered, found.applicable) == (1, 6)
    found = scoring.coverage(full, answers, [DomainAnswer(domain="visits", not_applicable=True, reason="None due")])
    assert (found.answered, found.applicable, found.share) == (1, 4, 0.25)


def test_coverage_of_nothing_applicable_has_no_share(full):
    away = [DomainAnswer(domain=domain.id, not_applicable=True, reason="x") for domain in full.domains]
    assert scoring.coverage(full, [], away).share is None


def test_an_answer_must_be_a_point_of_its_own_scale(full):
    for bad in (Answer(key="plan/specific", code="yes"), Answer(key="visits/story", code="good")):
        with pytest.raises(OffScale):
            scoring.coverage(full, [bad])
    with pytest.raises(UnknownQuestion):
        scoring.coverage(full, [Answer(key="plan/specifics", code="good")])


WHY = "We saw a plan that changed after each visit and he now sleeps through the night at home."


def complete(**changes):
    domains = {name: DomainAnswer(domain=name, grade=GOOD, rationale=WHY) for name in ("plan", "visits", "record")}
    domains["impact"] = DomainAnswer(domain="impact", grade=GOOD, rationale=WHY)
    answers = {
        "plan/specific": Answer(key="plan/specific", code=GOOD),
        "visits/seen": Answer(key="visits/seen", code="yes"),
        "impact/safe-today": Answer(key="impact/safe-today", code="nothing_seen"),
    }
    for key, value in changes.items():
        (domains if isinstance(value, DomainAnswer) else answers)[key.replace("__", "/").replace("_", "-")] = value
    return list(answers.values()), list(domains.values())


GIVEN = OverallAnswer(grade=GOOD, rationale=WHY)


def missing(full, overall=GIVEN, **changes):
    found = scoring.missing_answers(full, *complete(**changes), overall)
    return [(one.part, one.key, one.code) for one in found]


def test_grades_rationales_starred_and_safety_answers_are_enough(full):
    assert missing(full) == []


def test_an_empty_audit_lists_everything_in_order(full):
    found = [(one.key, one.code) for one in scoring.missing_answers(full, [], [])]
    assert found == [
        *[("plan", "grade"), ("plan", "rationale"), ("plan/specific", "answer")],
        *[("visits", "grade"), ("visits", "rationale"), ("visits/seen", "answer")],
        *[("record", "grade"), ("record", "rationale")],
        *[("impact", "grade"), ("impact", "rationale"), ("impact/safe-today", "answer")],
        *[("overall", "grade"), ("overall", "rationale")],
    ]


def test_a_whole_domain_is_not_applicable_once_with_one_reason(full):
    away = DomainAnswer(domain="visits", not_applicable=True, reason="None was due yet")
    answers, domains = complete(visits=away)
    answers = [one for one in answers if one.key != "visits/seen"]
    overall = OverallAnswer(grade=GOOD, rationale=WHY)
    assert scoring.missing_answers(full, answers, domains, overall) == ()
    assert missing(full, visits=DomainAnswer(domain="visits", not_applicable=True)) == [("domain", "visits", "reason")]


def test_the_safety_question_is_asked_even_when_its_domain_does_not_apply(full):
    away = DomainAnswer(domain="impact", not_applicable=True, reason="Too early")
    unanswered = Answer(key="impact/safe-today", not_applicable=True, reason="No")
    assert missing(full, impact=away, impact__safe_today=unanswered) == [("question", "impact/safe-today", "answer")]


def test_two_safety_answers_need_words(full):
    for code in ("being_acted_on", "cannot_tell"):
        bare = Answer(key="impact/safe-today", code=code)
        assert missing(full, impact__safe_today=bare) == [("question", "impact/safe-today", "words")]
        told = Answer(key="impact/safe-today", code=code, text="The night team is there")
        assert missing(full, impact__safe_today=told) == []


def test_a_starred_question_may_be_not_applicable_with_a_reason(full):
    bare = Answer(key="plan/specific", not_applicable=True)
    assert missing(full, plan__specific=bare) == [("question", "plan/specific", "reason")]
    told = Answer(key="plan/specific", not_applicable=True, reason="Closed before a plan")
    assert missing(full, plan__specific=told) == []


def test_a_short_rationale_is_a_prompt_and_never_stops_anyone(full):
    short = DomainAnswer(domain="plan", grade=GOOD, rationale="Fine.")
    assert missing(full, plan=short) == []
    assert [one.key for one in scoring.prompts(complete(plan=short)[1])] == ["plan"]
    answers = [
        DomainAnswer(domain=name, grade=grade, rationale="word " * words, not_applicable=away)
        for name, grade, words, away in [
            ("a", GOOD, 15, False), ("b", GOOD, 14, False), ("c", GOOD, 1, False), ("d", GOOD, 0, False),
            ("e", None, 3, False), ("f", GOOD, 3, True),
        ]
    ]  # fmt: skip
    assert [(one.part, one.key, one.code) for one in scoring.prompts(answers)] == [
        ("domain", "b", "short-rationale"),
        ("domain", "c", "short-rationale"),
    ]
    overall = OverallAnswer(grade=GOOD, rationale="word " * 3)
    assert [(one.part, one.key) for one in scoring.prompts([], overall)] == [("overall", "overall")]
    assert "in at least 15 words" in scoring.prompts([], overall)[0].message
    assert scoring.prompts([], overall, at_least=3) == scoring.prompts([], OverallAnswer(rationale="Fine.")) == ()


def test_a_set_without_overall_grade_asks_for_none(full):
    without = full.model_copy(update={"overall_grade": None})
    assert missing(without, overall=None) == []


@pytest.mark.parametrize(
    ("required", "overall", "wanted"),
    [
        (True, None, ["grade", "rationale"]),
        (True, OverallAnswer(rationale=WHY), ["grade"]),
        (True, OverallAnswer(grade=GOOD, rationale=" "), ["rationale"]),
        (False, None, []),
        (False, OverallAnswer(rationale=WHY), []),
        (False, OverallAnswer(grade=GOOD), ["rationale"]),
        (False, OverallAnswer(grade=GOOD, rationale=WHY), []),
    ],
)
def test_an_overall_grade_is_wanted_where_it_is_required_and_its_reason_wherever_it_is_given(required, overall, wanted):
    asked = full_with(required)
    assert missing(asked, overall=overall) == [("overall", "overall", code) for code in wanted]


def full_with(required):
    values = reader.read_files("small-1", FILES, lambda other: None).question_sets[1]
    ends = values.overall_grade.model_copy(update={"required": required})
    return values.model_copy(update={"overall_grade": ends})


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (None, ["grade", "rationale"]),
        (DomainAnswer(domain="plan", grade=GOOD), ["rationale"]),
        (DomainAnswer(domain="plan", grade=GOOD, rationale=" "), ["rationale"]),
        (DomainAnswer(domain="plan", rationale=WHY), ["grade"]),
    ],
)
def test_each_domain_wants_its_grade_and_its_reason(full, answer, wanted):
    answers, domains = complete()
    domains = [one for one in domains if one.domain != "plan"] + ([answer] if answer else [])
    found = scoring.missing_answers(full, answers, domains, GIVEN)
    assert [(one.key, one.code) for one in found] == [("plan", code) for code in wanted]


def test_a_domain_without_a_grade_wants_none_and_a_grade_off_the_scale_is_refused(full):
    answers, domains = complete()
    rest = [one for one in domains if one.domain != "record"]
    assert scoring.missing_answers(full.model_copy(update={"domain_scale": None}), answers, [], GIVEN) == ()
    ungraded = tuple(each.model_copy(update={"graded": each.id != "record"}) for each in full.domains)
    assert scoring.missing_answers(full.model_copy(update={"domains": ungraded}), answers, rest, GIVEN) == ()
    for off in ([*rest, DomainAnswer(domain="record", grade="fine", rationale=WHY)], domains):
        overall = OverallAnswer(grade="fine", rationale=WHY) if off is domains else GIVEN
        with pytest.raises(OffScale):
            scoring.missing_answers(full, answers, off, overall)


def test_points_are_offered_best_first_or_as_they_stand_where_none_is_better(full):
    scale = full.scale("yes-partly-no")
    assert [point.code for point in scale.as_offered] == ["yes", "partly", "no"]
    kinds = scale.model_copy(update={"ordered": False})
    assert [point.code for point in kinds.as_offered] == ["no", "partly", "yes"]
    assert Point.model_validate({"code": "a", "name": "A", "points": 0}).points == 0
    worth = Scale(id="w", points=tuple(Point(code=code, name=code, points=at) for at, code in enumerate("ab")))
    assert (worth.worth, scale.worth) == ({"a": 0, "b": 1}, {})
