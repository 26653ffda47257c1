"""What can be computed from answers: coverage, medians, guard rails, and what is still missing before submitting."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from frameworks import conditions
from frameworks.answers import Answer, DomainAnswer, OverallAnswer
from frameworks.kinds import answered as kinds
from frameworks.rails.first import guard_rails_1
from frameworks.rails.second import guard_rails_2
from frameworks.rails.shapes import Given, GuardRail, Judged
from frameworks.schema import Domain, OffScale, Question, QuestionSet, Scale

# An edition may say how a point is to be explained; these two codes of the safety scale always are.
NEEDS_WORDS = {
    "being_acted_on": "Say how it is being acted on.",
    "cannot_tell": "Say what is missing from the record.",
}
RATIONALE_WORDS = 15


@dataclass(frozen=True)
class Coverage:
    """How many of the applicable questions have been answered."""

    answered: int
    applicable: int

    @property
    def share(self) -> float | None:
        """How much of what applies has been answered.

        Returns:
            Answered over applicable, from 0.0 to 1.0; None when nothing is applicable.

        Source:
            Our own definition; not applicable leaves the denominator (case audit practice, section 3).
        """
        return self.answered / self.applicable if self.applicable else None


@dataclass(frozen=True)
class Missing:
    """One thing still needed (or, as a prompt, worth adding): where it belongs and what to do."""

    part: str
    key: str
    code: str
    message: str


def coverage(question_set: QuestionSet, answers: Iterable[Answer], domains: Iterable[DomainAnswer] = ()) -> Coverage:
    """How much of a question set has been answered.

    Args:
        question_set: The set being answered.
        answers: At most one per question.
        domains: Domain answers; every question of a domain marked not applicable leaves the count.

    Returns:
        Two whole numbers: answered, and applicable. *Not applicable* is in neither, nor is a question whose
        condition does not hold. Both are 0 when the whole set is not applicable.

    Raises:
        UnknownQuestion: An answer is to a question, or about a domain, the set does not hold.
        OffScale: An answer is not a point of its question's scale.

    Source:
        Our own definition; not applicable leaves the denominator (case audit practice, section 3).
    """
    domains = tuple(domains)
    given = _by_key(question_set, answers)
    away = {question_set.domain(answer.domain).id for answer in domains if answer.not_applicable}
    keys = conditions.asked(question_set, given.values(), domains)
    asked = [
        question
        for domain in question_set.domains
        if domain.id not in away
        for question in domain.questions
        if question.key in keys
    ]
    counted = [question for question in asked if not (question.key in given and given[question.key].not_applicable)]
    answered = [question for question in counted if kinds.is_answered(question, given.get(question.key))]
    return Coverage(len(answered), len(counted))


def median_position(scale: Scale, grades: Iterable[str | None]) -> float | None:
    """The middle of several grades as a place on their scale.

    Args:
        scale: The scale all grades are points of.
        grades: Codes; None (not graded, not applicable) is left out.

    Returns:
        A place from 0.0 (worst) upward; half-way between two places when the middle falls there. None without
        a grade. It is a check on an overall grade, never the grade itself.

    Raises:
        OffScale: A grade is not a point of the scale.

    Source:
        The ordinary median, over ordered categories.
    """
    places = [scale.position(grade) for grade in grades if grade is not None]
    return float(median(places)) if places else None


def median_grade(scale: Scale, grades: Iterable[str | None]) -> tuple[str, ...]:
    """The middle of several grades as codes.

    Returns:
        One code; or two, lower first, when an even number of grades has different codes in its middle; or none
        without a grade.

    Raises:
        OffScale: A grade is not a point of the scale.

    Source:
        The ordinary median, over ordered categories.
    """
    places = sorted(scale.position(grade) for grade in grades if grade is not None)
    if not places:
        return ()
    low, high = places[(len(places) - 1) // 2], places[len(places) // 2]
    return tuple(scale.codes[place] for place in dict.fromkeys((low, high)))


RULES: dict[str, Callable[[Judged], tuple[GuardRail, ...]]] = {
    "guard-rails-1": guard_rails_1,
    "guard-rails-2": guard_rails_2,
}
# A published edition is frozen, so it goes on naming the rule it was written with. Which rule stands in its place
# today is said here, once for every edition and every council's own set; an audit keeps the name of the rule that
# judged it, and is read by that one for ever.
SUPERSEDED = {"guard-rails-1": "guard-rails-2"}


def rule_in_use(question_set: QuestionSet) -> str | None:
    """The rule that audits not yet submitted are judged by: the last in the line of the rule the edition names.

    Returns:
        A key of RULES; None when the edition names no rule.

    Source:
        Our own definition: editing a rule in place would judge last year's audits anew.
    """
    rule = question_set.rules
    while rule in SUPERSEDED:
        rule = SUPERSEDED[rule]
    return rule


def guard_rails(
    question_set: QuestionSet,
    domain_grades: Mapping[str, str | None],
    overall: str | None,
    answers: Iterable[Answer] = (),
    domains: Iterable[DomainAnswer] = (),
    *,
    rules: str | None = None,
) -> tuple[GuardRail, ...]:
    """The questions an auditor's grades raise, by a rule with a name.

    Args:
        question_set: The set being answered.
        domain_grades: Domain id to grade; None (or no entry) for one not graded or not applicable.
        overall: The overall grade, or None while it is not given.
        answers: At most one per question; what does not apply, is not asked or is answered in words is left out.
        domains: Domain answers; answers of a domain marked not applicable are left out, the safety answer never is.
        rules: The rule; the one in use today when none is given.

    Returns:
        Zero or more questions; none when the edition names no rule.

    Raises:
        UnknownQuestion: A grade or answer is about a domain or question the set does not hold.
        OffScale: A grade or answer is not a point of its scale.

    Source:
        Case audit practice, section 5.3 (a suggested default of this product); each rule names its own.
    """
    domains = tuple(domains)
    given = _by_key(question_set, answers)
    graded = {question_set.domain(key).id: grade for key, grade in domain_grades.items() if grade is not None}
    rule = RULES.get(rules or rule_in_use(question_set) or "")
    if rule is None:
        return ()
    scale = question_set.scale(question_set.domain_scale) if question_set.domain_scale else None
    ends = question_set.overall_grade
    counted = tuple(_that_count(question_set, given, domains))
    return rule(
        Judged(
            question_set=question_set,
            graded=tuple(
                (domain, scale.position(graded[domain.id]))
                for domain in question_set.domains
                if scale and domain.graded and domain.id in graded
            ),
            overall=question_set.scale(ends.scale).position(overall) if ends and overall is not None else None,
            answers={each.question.key: each for each in counted if not each.question.safety},
            safety=tuple(each for each in counted if each.question.safety),
        )
    )


def _that_count(
    question_set: QuestionSet, given: Mapping[str, Answer], domains: tuple[DomainAnswer, ...]
) -> Iterator[Given]:
    """The answers a rule reads, in the order of the set."""
    away = {question_set.domain(answer.domain).id for answer in domains if answer.not_applicable}
    asked = conditions.asked(question_set, given.values(), domains)
    for domain in question_set.domains:
        for question in domain.questions:
            answer = given.get(question.key)
            applies = question.safety or (question.key in asked and domain.id not in away)
            if not applies or answer is None or answer.code is None or answer.not_applicable:
                continue
            scale = question_set.scale_for(question)
            if scale is not None and scale.ordered and len(scale.points) > 1:
                yield Given(question, scale, scale.position(answer.code))


def missing_answers(
    question_set: QuestionSet,
    answers: Iterable[Answer],
    domains: Iterable[DomainAnswer],
    overall: OverallAnswer | None = None,
) -> tuple[Missing, ...]:
    """What must still be given before an audit can be submitted, in the order of the set.

    Needed are each domain's grade with its rationale (or the whole domain not applicable, with one reason), the
    questions of the applicable domains that must be answered (the starred ones, unless a question says otherwise)
    while they are asked, the safety question always, and the overall grade with its rationale where the set requires
    one. Every other question is a prompt and may stay empty.

    Returns:
        One Missing for each thing, with a sentence that says what to do; empty when the audit is complete.

    Source:
        The defaults of this product; case audit practice, section 3 (what is not applicable needs a reason).

    Raises:
        UnknownQuestion: An answer is to a question, or about a domain, the set does not hold.
        OffScale: An answer or grade is not a point of its scale.
    """
    domains = tuple(domains)
    given = _by_key(question_set, answers)
    asked = conditions.asked(question_set, given.values(), domains)
    answer_to = {question_set.domain(answer.domain).id: answer for answer in domains}
    missing: list[Missing] = []
    for domain in question_set.domains:
        answer = answer_to.get(domain.id)
        if conditions.is_asked(domain, asked):
            missing += _missing_in_domain(question_set, domain, answer)
        away = answer is not None and answer.not_applicable
        for question in domain.questions:
            if question.safety or (question.must_be_answered and not away and question.key in asked):
                missing += _missing_in_question(question, given.get(question.key))
    return (*missing, *_missing_overall(question_set, overall))


def prompts(
    domains: Iterable[DomainAnswer], overall: OverallAnswer | None = None, at_least: int = RATIONALE_WORDS
) -> tuple[Missing, ...]:
    """Rationales so short that a moderator will ask for more; they never stop anyone from submitting.

    Returns:
        One Missing for each rationale of fewer than `at_least` words.

    Source:
        Case audit practice, section 5.4 (at least 15 words; a suggested default of this product).
    """
    graded = (answer for answer in domains if answer.grade and not answer.not_applicable)
    rationales = [("domain", answer.domain, answer.rationale) for answer in graded]
    if overall is not None and overall.grade:
        rationales.append(("overall", "overall", overall.rationale))
    return tuple(
        Missing(part, key, "short-rationale", f"This is short. Say what you saw, and what it meant for the child, in "
                f"at least {at_least} words.")
        for part, key, rationale in rationales
        if 0 < len(rationale.split()) < at_least
    )  # fmt: skip


def _by_key(question_set: QuestionSet, answers: Iterable[Answer]) -> dict[str, Answer]:
    given = {}
    questions = {question.key: question for question in question_set.questions}
    for answer in answers:
        scale = question_set.scale_for(questions.get(answer.key) or question_set.question(answer.key))
        if answer.code is not None:
            if scale is None:
                raise OffScale(f"“{answer.key}” is answered in words, not with “{answer.code}”.")
            scale.position(answer.code)
        given[answer.key] = answer
    return given


def _missing_in_domain(question_set: QuestionSet, domain: Domain, answer: DomainAnswer | None) -> list[Missing]:
    if answer is not None and answer.not_applicable:
        if answer.reason.strip():
            return []
        return [Missing("domain", domain.id, "reason", f"Say why “{domain.title}” does not apply.")]
    if not domain.graded or question_set.domain_scale is None:
        return []
    missing = []
    if answer is None or answer.grade is None:
        missing.append(Missing("domain", domain.id, "grade", f"Give a grade for “{domain.title}”."))
    else:
        question_set.scale(question_set.domain_scale).position(answer.grade)
    if answer is None or not answer.rationale.strip():
        missing.append(Missing("domain", domain.id, "rationale", f"Say why, for the grade of “{domain.title}”."))
    return missing


def _missing_in_question(question: Question, answer: Answer | None) -> list[Missing]:
    if answer is not None and answer.not_applicable and not question.safety:
        if answer.reason.strip():
            return []
        return [Missing("question", question.key, "reason", f"Say why “{question.text}” does not apply.")]
    if not kinds.is_answered(question, answer):
        return [Missing("question", question.key, "answer", f"Answer “{question.text}”")]
    words = NEEDS_WORDS.get((answer.code if answer else None) or "")
    if question.safety and words and answer is not None and not answer.text.strip():
        return [Missing("question", question.key, "words", words)]
    return []


def _missing_overall(question_set: QuestionSet, overall: OverallAnswer | None) -> list[Missing]:
    ends = question_set.overall_grade
    if ends is None:
        return []
    grade = overall.grade if overall else None
    if grade is not None:
        question_set.scale(ends.scale).position(grade)
    missing = []
    if grade is None and ends.required:
        missing.append(Missing("overall", "overall", "grade", "Give the overall grade."))
    if (ends.required or grade is not None) and not (overall and overall.rationale.strip()):
        missing.append(Missing("overall", "overall", "rationale", "Say why, for the overall grade."))
    return missing
