"""How far two or more graders agree, beyond what chance would give and in which direction they differ."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from frameworks.schema import Scale

Weights = Literal["none", "linear", "quadratic"]
Grades = Sequence[str]
# What a difference between two grades weighs: all alike, by what lies between them, or by steps of the scale.
Level = Literal["nominal", "ordinal", "interval"]
NOTHING_BELOW = 10
INDICATIVE_BELOW = 30


class UnequalGrades(ValueError):
    """Two lists of grades differ in length, or cases were rated by different numbers of people."""


@dataclass(frozen=True)
class Agreement:
    """All the measures that belong side by side on a page; each share runs from 0.0 to 1.0."""

    n: int
    exact: float | None
    within_one: float | None
    weighted_kappa: float | None
    gwet: float | None
    mean_difference: float | None
    raised: int
    lowered: int

    @property
    def standing(self) -> Literal["too_few", "indicative", "firm"]:
        """Below 10 audits show no measure; from 10 to 29 call it indicative (case audit practice, section 15.4)."""
        if self.n < NOTHING_BELOW:
            return "too_few"
        return "indicative" if self.n < INDICATIVE_BELOW else "firm"


def agreement(first: Grades, second: Grades, scale: Scale) -> Agreement:
    """Every measure of how far an auditor and a moderator agree, to be shown together.

    Args:
        first: The auditor's grades, one per audit.
        second: The moderator's first-hand grades, same audits, same order.
        scale: The ordered scale both used.

    Returns:
        The measures, each None where it has no meaning. Kappa and Gwet's coefficient are linearly weighted.

    Raises:
        UnequalGrades: The two lists differ in length.
        OffScale: A grade is not a point of the scale.

    Source:
        Case audit practice, section 15.4.
    """
    pairs = _pairs(first, second, scale)
    return Agreement(
        n=len(pairs),
        exact=exact_agreement(first, second, scale),
        within_one=within_one(first, second, scale),
        weighted_kappa=weighted_kappa(first, second, scale),
        gwet=gwet(first, second, scale, "linear"),
        mean_difference=mean_difference(first, second, scale),
        raised=sum(theirs > ours for ours, theirs in pairs),
        lowered=sum(theirs < ours for ours, theirs in pairs),
    )


def exact_agreement(first: Grades, second: Grades, scale: Scale) -> float | None:
    """The share of audits in which both gave the same grade.

    Returns:
        From 0.0 to 1.0; None when there is nothing to compare.

    Raises:
        UnequalGrades: The two lists differ in length.
        OffScale: A grade is not a point of the scale.

    Source:
        Case audit practice, section 15.4.
    """
    return _mean([float(ours == theirs) for ours, theirs in _pairs(first, second, scale)])


def within_one(first: Grades, second: Grades, scale: Scale) -> float | None:
    """The share of audits in which the two grades were the same or neighbours.

    Returns:
        From 0.0 to 1.0; None when there is nothing to compare.

    Raises:
        UnequalGrades: The two lists differ in length.
        OffScale: A grade is not a point of the scale.

    Source:
        Case audit practice, section 15.4.
    """
    return _mean([float(abs(ours - theirs) <= 1) for ours, theirs in _pairs(first, second, scale)])


def mean_difference(first: Grades, second: Grades, scale: Scale) -> float | None:
    """In which direction two graders differ, in steps of the scale.

    Returns:
        The mean of the first less the second: above 0.0 the first grader (the auditor) is kinder. None when
        there is nothing to compare.

    Raises:
        UnequalGrades: The two lists differ in length.
        OffScale: A grade is not a point of the scale.

    Source:
        Case audit practice, section 15.4.
    """
    return _mean([float(ours - theirs) for ours, theirs in _pairs(first, second, scale)])


def cohens_kappa(first: Grades, second: Grades, scale: Scale) -> float | None:
    """How far two graders give the same grade, beyond what chance would give; every difference counts alike.

    Returns:
        At most 1.0 (full agreement); 0.0 is what chance would give. None when there is nothing to compare, or
        when both graders used one same point throughout: show that as words, never as 0 or 1.

    Raises:
        UnequalGrades: The two lists differ in length.
        OffScale: A grade is not a point of the scale.

    Source:
        Cohen (1960), Educational and Psychological Measurement 20(1), 37–46, doi:10.1177/001316446002000104.
    """
    return weighted_kappa(first, second, scale, "none")


def weighted_kappa(first: Grades, second: Grades, scale: Scale, weights: Weights = "linear") -> float | None:
    """How far two graders agree on an ordered scale, beyond what chance would give.

    Linear weights: grades two points apart count as twice as wrong as grades one point apart; quadratic: four
    times as wrong.

    Args:
        first: The auditor's grades, points of the scale, one per audit.
        second: The moderator's first-hand grades, same audits, same order.
        scale: The ordered scale both of them used.
        weights: How wrong a difference is: none, linear or quadratic.

    Returns:
        A plain number, at most 1.0 (full agreement); 0.0 is what chance would give; below 0.0 is worse than
        chance. None when there is nothing to compare, or when both graders used one same point throughout:
        chance alone would then agree fully and the measure has no meaning. Show that as words, never as 0 or 1.

    Raises:
        UnequalGrades: The two lists differ in length.
        OffScale: A grade is not a point of the scale.

    Source:
        Cohen (1968), Psychological Bulletin 70(4), 213–220, doi:10.1037/h0026256.
    """
    pairs = _pairs(first, second, scale)
    if not pairs:
        return None
    points = range(len(scale.points))
    ours, theirs = _shares([a for a, _ in pairs], len(points)), _shares([b for _, b in pairs], len(points))
    seen = sum(_closeness(a, b, len(points), weights) for a, b in pairs) / len(pairs)
    chance = sum(_closeness(a, b, len(points), weights) * ours[a] * theirs[b] for a in points for b in points)
    return _beyond_chance(seen, chance)


def gwet(first: Grades, second: Grades, scale: Scale, weights: Weights = "none") -> float | None:
    """How far two graders agree beyond chance, by a measure that stays steady when most audits share one grade.

    Without weights this is Gwet's AC1; with linear or quadratic weights, AC2.

    Returns:
        At most 1.0 (full agreement); 0.0 is what chance would give. None when there is nothing to compare. When
        both used one same point throughout it is 1.0 by its own arithmetic; say beside it that one grade was used.

    Raises:
        UnequalGrades: The two lists differ in length.
        OffScale: A grade is not a point of the scale.

    Source:
        Gwet (2008), British Journal of Mathematical and Statistical Psychology 61(1), 29–48,
        doi:10.1348/000711006X126600.
    """
    pairs = _pairs(first, second, scale)
    points = range(len(scale.points))
    if not pairs or len(points) < 2:
        return None
    ours, theirs = _shares([a for a, _ in pairs], len(points)), _shares([b for _, b in pairs], len(points))
    seen = sum(_closeness(a, b, len(points), weights) for a, b in pairs) / len(pairs)
    total = sum(_closeness(a, b, len(points), weights) for a in points for b in points)
    spread = sum(share * (1 - share) for share in ((a + b) / 2 for a, b in zip(ours, theirs, strict=True)))
    return _beyond_chance(seen, total / (len(points) * (len(points) - 1)) * spread)


def fleiss_kappa(counts: Sequence[Sequence[int]]) -> float | None:
    """How far several people agree who all graded the same cases, beyond what chance would give.

    Args:
        counts: One row per case: how many people gave each point of the scale.

    Returns:
        At most 1.0 (full agreement); 0.0 is what chance would give. None without cases, with fewer than two
        people, or when only one point was used throughout.

    Raises:
        UnequalGrades: Rows differ in length, hold a negative number, or add up to different numbers of people.

    Source:
        Fleiss (1971), Psychological Bulletin 76(5), 378–382, doi:10.1037/h0031619.
    """
    raters = {sum(row) for row in counts}
    if len(raters) > 1 or len({len(row) for row in counts}) > 1 or any(count < 0 for row in counts for count in row):
        raise UnequalGrades("Every case must be graded by the same number of people on the same scale.")
    people = next(iter(raters), 0)
    if people < 2:
        return None
    seen = sum(sum(count * (count - 1) for count in row) for row in counts) / (len(counts) * people * (people - 1))
    shares = [sum(column) / (len(counts) * people) for column in zip(*counts, strict=True)]
    return _beyond_chance(seen, sum(share * share for share in shares))


def krippendorff_alpha(ratings: Sequence[Sequence[str | None]], scale: Scale, level: Level = "ordinal") -> float | None:
    """How far any number of graders agree beyond chance, when not everyone graded every case.

    A case that fewer than two people graded tells nothing of agreement and is left out; everything else counts.

    Args:
        ratings: One row per grader, each with an entry per case, same cases, same order: a point of the scale, or None
            where that grader did not grade the case.
        scale: The ordered scale all of them used.
        level: What a difference weighs. Ordinal, the one for grades: by how many of all grades given lie between the
            two. Nominal: every difference alike. Interval: by the square of the steps between them.

    Returns:
        At most 1.0 (full agreement); 0.0 is what chance would give; below 0.0 is worse than chance. None when no case
        was graded twice, or when one same point was used throughout: the measure has no meaning then. Show that as
        words, never as 0 or 1.

    Raises:
        UnequalGrades: The rows differ in length.
        OffScale: A grade is not a point of the scale.

    Source:
        Krippendorff (2011), Computing Krippendorff's alpha-reliability, University of Pennsylvania,
        repository.upenn.edu/asc_papers/43, sections C and D (missing data; metrics of differences).
    """
    if len({len(row) for row in ratings}) > 1:
        raise UnequalGrades("Every grader needs an entry for every case; leave one that was not graded empty.")
    cases = [[scale.position(grade) for grade in case if grade is not None] for case in zip(*ratings, strict=True)]
    pairable = [case for case in cases if len(case) > 1]
    given = Counter(place for case in pairable for place in case)
    differences = _squared_differences(given, level)
    seen = sum(
        (Fraction(sum(differences[a, b] for a in case for b in case), len(case) - 1) for case in pairable), Fraction(0)
    )
    by_chance = sum(given[a] * given[b] * differences[a, b] for a in given for b in given)
    return float(1 - (given.total() - 1) * seen / by_chance) if by_chance else None


def _squared_differences(given: Counter[int], level: Level) -> dict[tuple[int, int], Fraction]:
    """What each pair of places on the scale weighs, by how often each place was given."""
    return {(a, b): _squared_difference(given, min(a, b), max(a, b), level) for a in given for b in given}


def _squared_difference(given: Counter[int], low: int, high: int, level: Level) -> Fraction:
    if level == "nominal":
        return Fraction(low != high)
    if level == "interval":
        return Fraction((high - low) ** 2)
    between = sum(given[place] for place in range(low, high + 1))
    return (between - Fraction(given[low] + given[high], 2)) ** 2


def _pairs(first: Grades, second: Grades, scale: Scale) -> list[tuple[int, int]]:
    if len(first) != len(second):
        raise UnequalGrades(f"There are {len(first)} grades from one grader and {len(second)} from the other.")
    return [(scale.position(ours), scale.position(theirs)) for ours, theirs in zip(first, second, strict=True)]


def _shares(places: list[int], points: int) -> list[float]:
    return [places.count(point) / len(places) for point in range(points)]


def _closeness(ours: int, theirs: int, points: int, weights: Weights) -> float:
    if ours == theirs:
        return 1.0
    if weights == "none":
        return 0.0
    return 1.0 - (abs(ours - theirs) / (points - 1)) ** (2 if weights == "quadratic" else 1)


def _beyond_chance(seen: float, chance: float) -> float | None:
    # When chance alone would agree fully there is nothing left to measure.
    return None if math.isclose(chance, 1.0, abs_tol=1e-12) else (seen - chance) / (1 - chance)


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
