"""guard-rails-2: each grade beside its own answers, the safety answer, the starred questions and the other domains.

Every piece of evidence bears a grade up to some place on its scale. A grade above that place is asked about, in one
question that names all the evidence below it. So the lowest grade is never asked about, and a grade lower than the
answers suggest is not either: the safer judgement does not have to defend itself.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from statistics import median

from frameworks.rails.shapes import DOMAIN, OVERALL, Given, GuardRail, Judged, quoted
from frameworks.schema import Domain, Question, Scale

CANNOT_TELL = "cannot_tell"
# With fewer answers than this the middle is thin, and what was not asked may well carry one step more.
ENOUGH_ANSWERS = 3
ENOUGH_OTHERS = 2
MOST_NAMED = 3


@dataclass(frozen=True)
class Limit:
    """How high a grade one piece of evidence bears without a question: a place on the grade's scale, and why."""

    place: int
    code: str
    because: str
    domains: tuple[str, ...] = ()


def guard_rails_2(judged: Judged) -> tuple[GuardRail, ...]:
    """At most one question about each domain's grade, in the order of the set, then one about the overall grade.

    Returns:
        A question for each grade that stands above what some evidence bears. Its `because` says which:
        `safety-answer` (somebody must act today, or the record does not tell), `starred-lowest` (a starred question
        has its lowest answer), `answers-lower` (the middle of the answers is lower), `above-others` (more than one
        step above the middle of the other domains); and of the overall grade also `safety-domain-lowest` (a domain
        about safety has the lowest grade), `best-needs-all` (the best grade asks for the second best everywhere and
        the best for impact) and `above-every-domain`.

        While the same questions are asked: a higher grade keeps every question about itself, a worse answer keeps
        every question, and a lower grade of another domain keeps every question about a domain.

    Source:
        Case audit practice, sections 5.2 (what each grade means in a case: a child who may be unsafe is inadequate),
        5.3 (limiting judgements; the safety-critical domains) and 7 (a grade has to match the written evidence).
        Where the lines are drawn is our choice: see each limit.
    """
    asked = [_about_domain(judged, domain, place) for domain, place in judged.graded]
    return tuple(rail for rail in (*asked, _about_overall(judged)) if rail is not None)


def lower_half(scale: Scale) -> int:
    """The highest place in the lower half of a scale: requires improvement of four grades, the middle one of three.

    Returns:
        A place from 0.

    Source:
        Case audit practice, section 5.3, rule 1: a limiting judgement caps a grade at requires improvement.
    """
    return (len(scale.points) - 1) // 2


def _about_domain(judged: Judged, domain: Domain, place: int) -> GuardRail | None:
    scale = judged.domain_scale
    if scale is None:
        return None
    limits = [
        *_safety_of_domain(judged, domain, scale),
        *_starred(judged, domain.questions, scale),
        *_middle(judged, domain.questions, scale, "Its"),
        *_others(judged, domain, scale),
    ]
    return _question(limits, place, scale, DOMAIN, f"“{domain.title}” is graded", domain.id)


def _about_overall(judged: Judged) -> GuardRail | None:
    scale = judged.overall_scale
    if scale is None or judged.overall is None:
        return None
    everything = judged.question_set.questions
    limits = [
        *_safety(judged, scale, highest=0, unsure=lower_half(scale)),
        *_starred(judged, _not_taken_up(judged), scale),
        *_middle(judged, everything, scale, "All"),
        *_of_domains(judged, scale),
    ]
    return _question(limits, judged.overall, scale, OVERALL, "The whole is graded")


def _question(  # noqa: PLR0917 - what is asked, of which grade, in which words
    limits: Iterable[Limit], place: int, scale: Scale, code: str, opening: str, about: str = ""
) -> GuardRail | None:
    passed = [limit for limit in limits if place > limit.place]
    if not passed:
        return None
    grade = scale.points[place].name
    because = " ".join(limit.because for limit in passed)
    pulling = dict.fromkeys(domain for limit in passed for domain in limit.domains)
    codes = tuple(limit.code for limit in passed)
    return GuardRail(code, f"{opening} {grade}. {because} Why is it {grade}?", tuple(pulling), about, codes)


def _safety(judged: Judged, scale: Scale, *, highest: int, unsure: int) -> Iterator[Limit]:
    """Up to `highest` while somebody must act today; up to `unsure` while the record does not tell."""
    for given in judged.safety:
        act_now = given.place == 0
        if act_now or given.scale.codes[given.place] == CANNOT_TELL:
            because = f"The safety question is answered “{given.name}”."
            yield Limit(highest if act_now else unsure, "safety-answer", because)


def _safety_of_domain(judged: Judged, domain: Domain, scale: Scale) -> Iterator[Limit]:
    """Beside an overall grade, which answers for the child's safety, only the best grade of a domain is asked about."""
    if domain.safety_critical:
        alone = judged.question_set.overall_grade is None
        bears = lower_half(scale) if alone else max(lower_half(scale), len(scale.points) - 2)
        yield from _safety(judged, scale, highest=bears, unsure=len(scale.points) - 2 if alone else len(scale.points))


def _starred(judged: Judged, questions: Iterable[Question], scale: Scale) -> Iterator[Limit]:
    """A starred question with its lowest answer bears the lower half of the scale, as a limiting judgement does."""
    lowest = [
        f"{given.question.number} “{given.question.text}” is answered “{given.name}”."
        for given in _given(judged, questions)
        if given.question.starred and given.place == 0
    ]
    if lowest:
        more = len(lowest) - MOST_NAMED
        if more > 0:
            lowest[MOST_NAMED:] = [
                f"{more} more starred {'question has its' if more == 1 else 'questions have their'} lowest answer."
            ]
        yield Limit(lower_half(scale), "starred-lowest", " ".join(lowest))


def _not_taken_up(judged: Judged) -> list[Question]:
    """The questions of domains whose own grade is not in the lower half: there their answers were taken up already."""
    scale = judged.domain_scale
    low = {domain.id for domain, place in judged.graded if scale and place <= lower_half(scale)}
    return [question for domain in judged.question_set.domains if domain.id not in low for question in domain.questions]


def _middle(judged: Judged, questions: Iterable[Question], scale: Scale, whose: str) -> Iterator[Limit]:
    """The middle of the answers, each taken at the upper edge of the band it stands for on its own scale.

    A point of three stands for a third of the way and half a step to either side: “Partly” reaches three quarters, the
    lowest point a quarter. So a coarse scale is not read more finely than it was answered. With all answers at their
    lowest the grade borne is the lowest; with few answers it is one step higher.
    """
    answered = _given(judged, questions)
    if not answered:
        return
    lowest = sum(1 for given in answered if given.place == 0)
    place = floor(median(given.upper_edge for given in answered) * (len(scale.points) - 1))
    if lowest == len(answered):
        place = 0
    if len(answered) < ENOUGH_ANSWERS:
        place += 1
    yield Limit(place, "answers-lower", _answers_in_words(answered, lowest, whose))


def _given(judged: Judged, questions: Iterable[Question]) -> list[Given]:
    """The answers to these questions that count."""
    return [judged.answers[question.key] for question in questions if question.key in judged.answers]


def _answers_in_words(answered: list[Given], lowest: int, whose: str) -> str:
    many = len(answered)
    if many == 1:
        return f"{whose} one answer is “{answered[0].name}”."
    whole = f"{whose.lower()} {many} answers"
    if lowest == many:
        return f"{whose} {many} answers are the lowest there is."
    if 2 * lowest > many:
        return f"{lowest} of {whole} are the lowest there is."
    counts = Counter(given.name for given in answered)
    parts = [f"{count} “{name}”" for name, count in counts.most_common()]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"The middle of {whole} is lower: {listed}."


def _others(judged: Judged, domain: Domain, scale: Scale) -> Iterator[Limit]:
    """One step above the middle of the other domains."""
    others = [place for other, place in judged.graded if other.id != domain.id]
    if len(others) >= ENOUGH_OTHERS:
        middle = median(others)
        name = scale.points[floor(middle)].name
        yield Limit(floor(middle + 1), "above-others", f"The middle of the other domains’ grades is {name}.")


def _of_domains(judged: Judged, scale: Scale) -> Iterator[Limit]:
    """What the domains' grades bear of the overall grade, read as shares of their scale where the scales differ."""
    graded, domains_scale = judged.graded, judged.domain_scale
    if not graded or domains_scale is None or len(domains_scale.points) < 2:
        return
    steps, top = len(domains_scale.points) - 1, len(scale.points) - 1
    worst = [domain for domain, place in graded if domain.safety_critical and place == 0]
    if worst:
        because = f"{_titles(worst)} {'is' if len(worst) == 1 else 'are'} graded {domains_scale.points[0].name}"
        safety = "this domain is" if len(worst) == 1 else "these domains are"
        yield Limit(0, "safety-domain-lowest", f"{because}, and {safety} about safety.", _ids(worst))
    short = [domain for domain, place in graded if place < (steps if domain.impact else steps - 1)]
    if short:
        needs = f"{scale.points[top].name} asks for at least {domains_scale.points[steps - 1].name} in every domain"
        if any(domain.impact for domain, _ in graded):
            needs += f" and {domains_scale.points[steps].name} for impact"
        because = f"{needs}, and {_titles(short)} {'is' if len(short) == 1 else 'are'} lower."
        yield Limit(top - 1, "best-needs-all", because, _ids(short))
    middle = Fraction(median(Fraction(place) for _, place in graded))
    name = domains_scale.points[floor(middle)].name
    yield Limit(floor(middle * top / steps + 1), "above-others", f"The middle of the domain grades is {name}.")
    highest = max(place for _, place in graded)
    because = f"No domain is graded higher than {domains_scale.points[highest].name}."
    yield Limit(-(-highest * top // steps), "above-every-domain", because)


def _titles(domains: list[Domain]) -> str:
    return quoted([domain.title for domain in domains])


def _ids(domains: list[Domain]) -> tuple[str, ...]:
    return tuple(domain.id for domain in domains)
