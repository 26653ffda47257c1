"""guard-rails-2: hand-worked cases of every limit, the words it asks in, and what holds of any grades and answers."""

import random

import pytest

from frameworks import question_set, reader, scoring
from frameworks.answers import Answer, DomainAnswer
from frameworks.questions import ShowIf
from frameworks.rails import second
from frameworks.schema import OffScale, Point, Scale, UnknownQuestion
from tests.chosen import WHOLE

GOOD, RI, BAD, BEST = "good", "requires_improvement", "inadequate", "outstanding"
GRADES = (BAD, RI, GOOD, BEST)


@pytest.fixture
def full(small):
    return next(one for one in reader.read_edition(small).question_sets if one.length == "full")


@pytest.fixture
def protection():
    return question_set("case-audit-1", "child-protection")


def answered(**codes):
    """Answers by key, written plan__specific for plan/specific."""
    return [Answer(key=key.replace("__", "/").replace("_", "-"), code=code) for key, code in codes.items()]


def asked(questions, overall=None, answers=(), domains=(), **grades):
    """What is asked: by key, why."""
    rails = scoring.guard_rails(questions, grades, overall, answers, domains)
    return {rail.key: rail.because for rail in rails}


def whole_audit(questions, code_of):
    """An answer to every question that has a scale, by what `code_of` gives for its place."""
    answers = []
    for question in questions.questions:
        scale = questions.scale_for(question)
        if scale is not None:
            answers.append(Answer(key=question.key, code=code_of(question, scale)))
    return answers


def test_a_child_not_seen_and_every_protection_answer_at_its_worst_are_asked_about(protection):
    def worst_of_protection(question, scale):
        bad = question.safety or question.key.startswith("protection/") or question.key == "child-voice/seen-alone"
        return scale.codes[0] if bad else scale.codes[-1]

    answers = whole_audit(protection, worst_of_protection)
    grades = {domain.id: GOOD for domain in protection.domains if domain.graded}
    rails = {rail.key: rail for rail in scoring.guard_rails(protection, grades, BEST, answers)}
    assert set(rails) == {"domain-grade/child-voice", "domain-grade/protection", "overall-grade"}
    about_domain = rails["domain-grade/protection"].question
    assert about_domain.startswith("“The child protection response” is graded Good.")
    assert "D7.1 “Was a strategy discussion held without delay each time one was needed?”" in about_domain
    assert "Its 10 answers are the lowest there is. Why is it Good?" in about_domain
    whole = rails["overall-grade"]
    assert "The safety question is answered “Yes, act now”." in whole.question
    assert "on their own where that was right?” is answered “No”." in whole.question
    assert whole.because == ("safety-answer", "starred-lowest", "best-needs-all", "above-every-domain")
    # Graded as the answers are, nothing has to be defended.
    honest = {**grades, "protection": BAD, "child-voice": RI}
    assert scoring.guard_rails(protection, honest, BAD, answers) == ()


# Worked by hand on four grades (places 0 to 3). An answer is taken at the upper edge of its band: judged points reach
# 1/6, 1/2, 5/6 and 1; check points 1/4, 3/4 and 1. The middle times 3, rounded down, is the place borne; with one or
# two answers one place more.
MIDDLES = [
    # answers to plan/specific, plan/in-time                        the highest grade that is not asked about
    ({"plan__specific": GOOD, "plan__in_time": "in_time"}, BEST),   # (5/6 + 1) / 2 * 3 = 2.75 -> 2, few: 3
    ({"plan__specific": RI, "plan__in_time": "late_with_reason"}, GOOD),  # (1/2 + 3/4) / 2 * 3 = 1.9 -> 1, few: 2
    ({"plan__specific": RI, "plan__in_time": "late"}, GOOD),        # (1/2 + 1/4) / 2 * 3 = 1.1 -> 1, few: 2
    ({"plan__in_time": "late"}, RI),                                # all lowest: 0, few: 1
    ({"plan__in_time": "late_with_reason"}, BEST),                  # 3/4 * 3 = 2.25 -> 2, few: 3
    ({}, BEST),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "borne"), MIDDLES)
def test_a_domain_grade_is_asked_about_above_the_middle_of_its_answers(full, answers, borne):
    for grade in GRADES:
        expected = {"domain-grade/plan": ("answers-lower",)} if GRADES.index(grade) > GRADES.index(borne) else {}
        assert asked(full, answers=answered(**answers), plan=grade) == expected, grade


# Three judged answers and more: the middle itself.
@pytest.mark.parametrize(
    ("codes", "borne"),
    [
        ((BAD, BAD, BAD), BAD),      # all lowest
        ((BAD, BAD, RI), BAD),       # 1/6 * 3 = 0.5 -> 0
        ((BAD, RI, BEST), RI),       # 1/2 * 3 = 1.5 -> 1
        ((RI, RI, GOOD, GOOD), GOOD),  # (1/2 + 5/6) / 2 * 3 = 2
        ((RI, GOOD, GOOD), GOOD),    # 5/6 * 3 = 2.5 -> 2
        ((GOOD, BEST, BEST), BEST),  # 1 * 3
        ((BAD, BAD, BEST, BEST), RI),  # (1/6 + 1) / 2 * 3 = 1.75 -> 1
    ],
)  # fmt: skip
def test_the_middle_of_three_and_more_answers(protection, codes, borne):
    keys = [question.key for question in protection.domain("identity").questions if question.type == "judged"]
    given = [Answer(key=key, code=code) for key, code in zip(keys, codes, strict=False)]
    assert len(given) == len(codes)
    for grade in GRADES:
        expected = ("answers-lower",) if GRADES.index(grade) > GRADES.index(borne) else None
        assert asked(protection, answers=given, identity=grade).get("domain-grade/identity") == expected, grade


def test_a_starred_question_at_its_lowest_bears_the_lower_half(full):
    unseen = answered(visits__seen="no")
    assert asked(full, answers=unseen, visits=GOOD)["domain-grade/visits"] == ("starred-lowest", "answers-lower")
    assert asked(full, answers=unseen, visits=RI) == {}
    partly = answered(visits__seen="partly")
    assert asked(full, answers=partly, visits=BEST) == {}


def test_a_starred_answer_that_its_domain_has_taken_up_is_not_held_against_the_whole(full):
    unseen = answered(visits__seen="no", plan__specific=GOOD, record__clear=GOOD)
    assert asked(full, GOOD, unseen, visits=GOOD)["overall-grade"] == ("starred-lowest",)
    assert "overall-grade" not in asked(full, GOOD, unseen, visits=RI, plan=GOOD, record=GOOD)


@pytest.mark.parametrize(
    ("answer", "asked_from"), [("act_now", RI), ("cannot_tell", GOOD), ("being_acted_on", None), ("nothing_seen", None)]
)
def test_the_safety_answer_limits_the_overall_grade(full, answer, asked_from):
    for grade in GRADES:
        because = asked(full, grade, answered(impact__safe_today=answer)).get("overall-grade", ())
        expected = asked_from is not None and GRADES.index(grade) >= GRADES.index(asked_from)
        assert ("safety-answer" in because) is expected, grade


def test_the_safety_answer_counts_in_a_domain_that_does_not_apply(full):
    away = [DomainAnswer(domain="impact", not_applicable=True, reason="New")]
    answers = answered(impact__safe_today="act_now", impact__safer=BAD)
    assert asked(full, GOOD, answers, away) == {"overall-grade": ("safety-answer",)}


def test_somebody_must_act_today_is_asked_of_the_best_grade_of_a_domain_about_safety(full):
    act_now = answered(impact__safe_today="act_now")
    assert asked(full, answers=act_now, plan=BEST, record=BEST) == {"domain-grade/plan": ("safety-answer",)}
    assert asked(full, answers=act_now, plan=GOOD) == {}


def test_without_an_overall_grade_the_safety_answer_is_held_against_the_domains_about_safety(full):
    without = full.model_copy(update={"overall_grade": None})
    act_now, unsure = answered(impact__safe_today="act_now"), answered(impact__safe_today="cannot_tell")
    assert asked(without, answers=act_now, plan=GOOD, record=GOOD) == {"domain-grade/plan": ("safety-answer",)}
    assert asked(without, answers=act_now, plan=RI) == {}
    assert asked(without, answers=unsure, plan=GOOD) == {}
    assert asked(without, answers=unsure, plan=BEST) == {"domain-grade/plan": ("safety-answer",)}
    assert asked(full, answers=unsure, plan=BEST) == {}, "beside an overall grade that one answers for it"


@pytest.mark.parametrize(
    ("overall", "grades", "because"),
    [
        (RI, {"plan": BAD, "visits": GOOD}, ("safety-domain-lowest",)),
        (BAD, {"plan": BAD, "visits": BAD}, None),
        (GOOD, {"plan": GOOD, "visits": GOOD, "record": BAD, "impact": GOOD}, None),
        (BEST, {"plan": GOOD, "visits": BEST, "record": GOOD, "impact": BEST}, None),
        (BEST, {"plan": BEST, "visits": BEST, "record": RI, "impact": BEST}, ("best-needs-all",)),
        (GOOD, {"plan": RI, "visits": RI, "record": RI}, ("above-every-domain",)),
        (BEST, {"plan": RI, "visits": RI, "record": RI, "impact": BEST}, ("best-needs-all", "above-others")),
        # A lower grade than the domains suggest is the safer one: rule 1 asked about it, this one never does.
        (BAD, {"plan": BEST, "visits": BEST, "record": BEST, "impact": BEST}, None),
        (RI, {"plan": BEST, "visits": GOOD, "record": BEST, "impact": GOOD}, None),
    ],
)
def test_the_overall_grade_is_asked_about_above_the_domains(full, overall, grades, because):
    assert asked(full, overall, **grades).get("overall-grade") == because


def test_what_the_best_overall_grade_asks_of_the_domains_is_said_with_the_grades_names(full):
    def asked_of(**given):
        grades = {"plan": BEST, "visits": BEST, "record": BEST, "impact": BEST, **given}
        rails = {rail.key: rail for rail in scoring.guard_rails(full, grades, BEST, answered())}
        return rails["overall-grade"].question

    record, visits = (f"“{full.domain(name).title}”" for name in ("record", "visits"))
    needs = "Outstanding asks for at least Good in every domain and Outstanding for impact, and"
    assert f"{needs} {record} is lower." in asked_of(record=RI)
    assert f"{visits} and {record} are lower." in asked_of(record=RI, visits=RI)


def test_a_domain_more_than_one_step_above_the_middle_of_the_others_is_asked_about(full):
    assert asked(full, plan=GOOD, visits=BAD, record=BAD) == {"domain-grade/plan": ("above-others",)}
    assert asked(full, plan=RI, visits=BAD, record=BAD) == {}
    assert asked(full, plan=BEST, visits=BAD) == {}, "one other domain has no middle"


def test_what_does_not_count_is_not_held_against_a_grade(full):
    said_away = [
        Answer(key="plan/specific", not_applicable=True, reason="New"),
        Answer(key="visits/story", text="Grim."),
    ]
    assert asked(full, answers=said_away, plan=BEST, visits=BEST) == {}
    away = [DomainAnswer(domain="visits", not_applicable=True, reason="None due")]
    assert asked(full, GOOD, answered(visits__seen="no"), away) == {}


def test_an_answer_to_a_question_not_asked_is_not_held_against_a_grade(full):
    def hanging(question):
        return question.model_copy(update={"show_if": ShowIf(question="plan/specific", answers=(BAD,))})

    domains = tuple(
        domain.model_copy(
            update={"questions": tuple(hanging(q) if q.key == "visits/seen" else q for q in domain.questions)}
        )
        for domain in full.domains
    )
    conditional = full.model_copy(update={"domains": domains})
    set_aside = answered(plan__specific=BEST, visits__seen="no")
    assert asked(conditional, answers=set_aside, visits=BEST) == {}
    assert asked(conditional, answers=answered(plan__specific=BAD, visits__seen="no"), visits=GOOD)


def scaled(questions, scale_id, many):
    """The set with another scale of so many points under that id."""
    points = tuple(Point(code=f"p{place}", name=f"Point {place}") for place in range(many))
    changed = tuple(Scale(id=scale.id, points=points) if scale.id == scale_id else scale for scale in questions.scales)
    return questions.model_copy(update={"scales": changed})


@pytest.mark.parametrize(("many", "lower"), [(1, 0), (2, 0), (3, 1), (4, 1), (5, 2), (11, 5)])
def test_a_scale_of_any_length_has_its_lower_half(full, many, lower):
    questions = scaled(full, "four-point", many)
    assert second.lower_half(questions.scale("four-point")) == lower
    unseen = answered(visits__seen="no")
    for place in range(many):
        because = asked(questions, answers=unseen, visits=f"p{place}").get("domain-grade/visits", ())
        assert ("starred-lowest" in because) is (place > lower)


def test_on_a_scale_of_two_points_grades_are_compared_and_on_one_of_one_point_nothing_is(full):
    one, two = scaled(full, "four-point", 1), scaled(full, "four-point", 2)
    assert asked(one, "p0", plan="p0") == {}
    assert asked(two, "p1", plan="p0") == {"overall-grade": ("safety-domain-lowest", "above-every-domain")}
    assert asked(two, "p1", plan="p1", impact="p0") == {"overall-grade": ("best-needs-all",)}
    assert asked(two, "p0", plan="p0") == {}


def test_an_answer_on_a_scale_of_one_point_or_of_no_order_says_nothing_and_of_two_points_it_does(full):
    seen = answered(visits__seen="p0")
    assert asked(scaled(full, "yes-partly-no", 1), answers=seen, visits=BEST) == {}
    two = scaled(full, "yes-partly-no", 2)
    assert asked(two, answers=seen, visits=BEST) == {"domain-grade/visits": ("starred-lowest", "answers-lower")}
    unordered = tuple(scale.model_copy(update={"ordered": scale.id != "yes-partly-no"}) for scale in two.scales)
    assert asked(two.model_copy(update={"scales": unordered}), answers=seen, visits=BEST) == {}


def test_an_overall_grade_on_another_scale_is_compared_by_its_share_of_the_way(full):
    points = tuple(Point(code=f"p{place}", name=str(place)) for place in range(11))
    ten = full.model_copy(
        update={
            "scales": (*full.scales, Scale(id="ten", points=points)),
            "overall_grade": full.overall_grade.model_copy(update={"scale": "ten"}),
        }
    )
    # The middle of the domains is RI, a third of the way, 3.3 of 10: one step above is 4; the highest, 3.3, bears 4.
    lows = {"plan": RI, "visits": RI, "record": RI}
    assert asked(ten, "p4", **lows) == {}
    assert asked(ten, "p5", **lows) == {"overall-grade": ("above-others", "above-every-domain")}


def test_without_a_rule_nothing_is_asked_and_a_rule_may_be_named(full):
    bare = full.model_copy(update={"rules": None})
    assert scoring.rule_in_use(bare) is None
    assert scoring.guard_rails(bare, {"plan": GOOD}, GOOD, answered(plan__specific=BAD)) == ()
    assert (full.rules, scoring.rule_in_use(full)) == ("guard-rails-1", "guard-rails-2")
    # Rule 1 asks about a lower grade, and about no answers: audits judged by it read as they did.
    highs = {"plan": BEST, "visits": BEST, "record": BEST, "impact": BEST}
    by_first = scoring.guard_rails(full, highs, BAD, answered(visits__seen="no"), rules="guard-rails-1")
    assert [rail.code for rail in by_first] == ["far-from-median"]
    assert scoring.guard_rails(full, highs, BAD) == ()


def test_every_rule_that_is_superseded_leads_to_one_that_is_not():
    assert set(scoring.SUPERSEDED) | set(scoring.SUPERSEDED.values()) <= set(scoring.RULES)
    assert not set(scoring.SUPERSEDED) & set(scoring.SUPERSEDED.values()) or len(scoring.SUPERSEDED) > 1


def test_unknown_domains_and_answers_off_their_scale_are_refused(full):
    with pytest.raises(UnknownQuestion):
        scoring.guard_rails(full, {"planning": GOOD}, GOOD)
    with pytest.raises(UnknownQuestion):
        scoring.guard_rails(full, {}, GOOD, [Answer(key="plan/specifics", code=GOOD)])
    with pytest.raises(OffScale):
        scoring.guard_rails(full, {"plan": GOOD}, GOOD, [Answer(key="plan/specific", code="yes")])


def test_the_middle_of_mixed_answers_is_told_with_all_of_them(full):
    mixed = answered(plan__specific=RI, plan__in_time="late", record__clear=BEST, visits__seen="partly")
    rails = {rail.key: rail.question for rail in scoring.guard_rails(full, {"plan": BEST}, BEST, mixed)}
    # Two answers bear Good at most; the four together too: (1/2 + 3/4) / 2 * 3 = 1.9, Requires improvement.
    assert "The middle of its 2 answers is lower: 1 “Requires improvement” and 1 “Late”." in rails["domain-grade/plan"]
    every = "1 “Requires improvement”, 1 “Late”, 1 “Partly” and 1 “Outstanding”"
    assert f"The middle of all 4 answers is lower: {every}." in rails["overall-grade"]


def test_many_starred_answers_are_named_as_far_as_a_reader_follows(protection):
    answers = whole_audit(protection, lambda question, scale: scale.codes[0])
    grades = {domain.id: GOOD for domain in protection.domains if domain.graded}
    whole = {rail.key: rail for rail in scoring.guard_rails(protection, grades, GOOD, answers)}["overall-grade"]
    assert whole.question.count("” is answered “") == 3
    starred = sum(question.starred and not question.safety for question in protection.questions)
    assert f"{starred - 3} more starred questions have their lowest answer." in whole.question
    assert len(whole.question) < 1_000
    keys = [question.key for question in protection.questions if question.starred and not question.safety]
    for few, more in ((3, ""), (4, "1 more starred question has its lowest answer.")):
        low = set(keys[:few])
        answers = whole_audit(protection, lambda asked, scale, low=low: scale.codes[0 if asked.key in low else -1])
        whole = {rail.key: rail for rail in scoring.guard_rails(protection, grades, GOOD, answers)}["overall-grade"]
        assert (whole.question.count("” is answered “"), "more starred" in whole.question) == (3, few > 3)
        assert more in whole.question


def drawn(chance, questions):
    """Any grades, any answers, some domains away, some questions open."""
    away = {domain.id for domain in questions.domains if chance.random() < 0.15}
    domains = [DomainAnswer(domain=key, not_applicable=True, reason="None") for key in away]
    graded = [domain.id for domain in questions.domains if domain.graded and domain.id not in away]
    grades = {key: chance.choice(GRADES) for key in graded if chance.random() < 0.9}
    codes = {}
    for question in questions.questions:
        scale = questions.scale_for(question)
        if scale is not None and chance.random() < 0.8:
            codes[question.key] = chance.choice(scale.codes)
    return grades, chance.choice((None, *GRADES)), codes, domains


def reasons(questions, grades, overall, codes, domains):
    answers = [Answer(key=key, code=code) for key, code in codes.items()]
    rails = scoring.guard_rails(questions, grades, overall, answers, domains)
    return {(rail.key, because) for rail in rails for because in rail.because}


def about(key, pairs):
    return {pair for pair in pairs if pair[0] == key}


@pytest.mark.parametrize(("length", "times"), [("core", 25), ("full", 6 if WHOLE else 3)])
def test_no_better_grade_and_no_worse_answer_ever_takes_a_question_away(length, times):
    questions = question_set("case-audit-1", "child-protection", length)
    assert not any(question.show_if for question in questions.questions)
    chance = random.Random(2026)
    for _ in range(times):
        grades, overall, codes, domains = drawn(chance, questions)
        before = reasons(questions, grades, overall, codes, domains)
        for key, grade in grades.items():
            if grade == BAD:
                assert not about(f"domain-grade/{key}", before)
                continue
            lower = reasons(questions, {**grades, key: GRADES[GRADES.index(grade) - 1]}, overall, codes, domains)
            own = f"domain-grade/{key}"
            assert about(own, lower) <= about(own, before), "a higher grade keeps every question about itself"
            others = {pair for pair in before if pair[0] not in (own, "overall-grade")}
            assert others <= lower, "a lower grade of another domain keeps every question"
        if overall == BAD:
            assert not about("overall-grade", before)
        for better in GRADES[GRADES.index(overall) + 1 :] if overall else ():
            assert before <= reasons(questions, grades, better, codes, domains)
        for key, code in codes.items():
            scale = questions.scale_for(questions.question(key))
            place = scale.position(code)
            if place:
                worse = {**codes, key: scale.codes[place - 1]}
                assert before <= reasons(questions, grades, overall, worse, domains), key
