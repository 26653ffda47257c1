"""Honest percentages: intervals, sample sizes, shares of a sample, weighted rates, and rules for small numbers."""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from statistics import NormalDist
from typing import Literal

NUMBERS_ONLY_BELOW = 10
SUPPRESS_BELOW = 5
NARROWER_IN_HUNDREDTHS = 0.1
DIGITS = 80  # of logarithms, far more than any share or confidence is written with
RUN_LENGTH = 8


class BadCount(ValueError):
    """Counts that cannot be: more found than looked at, a negative number, a sample larger than its population."""


@dataclass(frozen=True)
class Interval:
    """A lower and an upper bound, each a share from 0.0 to 1.0."""

    low: float
    high: float


@dataclass(frozen=True)
class Stratum:
    """One part of a service: how many there are, how many were audited, how many of those have the feature."""

    population: int
    n: int
    x: int


@dataclass(frozen=True)
class Rate:
    """A share with its standard error, both from 0.0 to 1.0; the error is None where it cannot be estimated.

    Then `why_no_error` says why: a stratum was known from one audit, or none that was read in part showed any spread.
    `without_spread` counts the strata read in part in which all audits agreed: they add nothing to the error, so with
    any of them it is too small.
    """

    rate: float
    standard_error: float | None
    why_no_error: Literal["", "one_audit", "no_spread"] = ""
    without_spread: int = 0


def wilson(x: int, n: int, population: int | None = None, confidence: float = 0.95) -> Interval | None:
    """The range in which the true share plausibly lies, from a random sample.

    Args:
        x: How many of the sample have the feature.
        n: The size of the sample.
        population: All there are; a sample that is much of them tells more, so the range narrows.
        confidence: How sure, above 0 and below 1.

    Returns:
        Two shares from 0.0 to 1.0. None when nothing was looked at. When all there are were looked at, both
        bounds are the share itself. Only meaningful for a random sample.

    Raises:
        BadCount: x is not between 0 and n, or n is larger than the population.

    Source:
        Wilson (1927), Journal of the American Statistical Association 22, 209–212; the effective sample
        n(N−1)/(N−n) for a finite population, as in case audit practice, section 15.3.
    """
    _check(x, n, population)
    if n == 0:
        return None
    share = x / n
    if population == n:
        return Interval(share, share)
    size = n if population is None else n * (population - 1) / (population - n)
    z2 = _z(confidence) ** 2
    middle = (share + z2 / (2 * size)) / (1 + z2 / size)
    half = math.sqrt(z2 * (share * (1 - share) / size + z2 / (4 * size * size))) / (1 + z2 / size)
    # At 0 in n and n in n rounding could leave a hair outside the share itself.
    return Interval(0.0 if x == 0 else max(0.0, middle - half), 1.0 if x == n else min(1.0, middle + half))


def zero_bound(n: int, confidence: float = 0.95) -> float | None:
    """How common a thing may still be when none was found in a random sample of n.

    Returns:
        A share from 0.0 to 1.0: were it more common, a sample like this would almost surely have met one. None
        when nothing was looked at.

    Raises:
        BadCount: n is negative, or the confidence is not above 0 and below 1: no share is beyond all doubt.

    Source:
        Clopper and Pearson (1934), Biometrika 26, 404–413, one-sided bound at zero: 1 − (1 − confidence)^(1/n).
    """
    _check(0, n, None)
    _check_confidence(confidence)
    # The same as the formula, without losing the last digits of a small share.
    return None if n == 0 else -math.expm1(math.log1p(-confidence) / n)


def sample_size(margin: float, share: float = 0.5, population: int | None = None, confidence: float = 0.95) -> int:
    """How many to draw at random so that a share is known to within a margin.

    Args:
        margin: Half the width wanted, as a share: 0.05 for five points either way.
        share: The share expected; 0.5 is the most cautious.
        population: All there are, when known.
        confidence: How sure, above 0 and below 1.

    Returns:
        A whole number, rounded up, never more than the population.

    Raises:
        BadCount: The margin or the share is not between 0 and 1, or the population is below 1.

    Source:
        Cochran (1977), Sampling Techniques, third edition, section 4.4: z²p(1−p)/e² with finite correction.
    """
    if not (0 < margin < 1 and 0 < share < 1) or (population is not None and population < 1):
        raise BadCount("The margin and the share must lie between 0 and 1, and there must be someone to draw from.")
    first = _z(confidence) ** 2 * share * (1 - share) / margin**2
    if population is None:
        return math.ceil(first)
    return min(population, math.ceil(first / (1 + (first - 1) / population)))


def size_to_meet_one(share: float, population: int | None = None, confidence: float = 0.95) -> int | None:
    """How many to draw at random to be sure of meeting at least one of a kind.

    Args:
        share: How common the kind is taken to be, above 0 and at most 1.
        population: All there are; the number of the kind among them is then rounded to a whole number, a half to the
            even one.
        confidence: How sure, above 0 and below 1.

    Returns:
        The smallest whole number that does: from 1 to the population. None when the population is so small that the
        kind would not be there at all. Both decimals are taken as written, so that 0.05 is one in twenty and the
        answer is right at the boundary too.

    Raises:
        BadCount: The share is not above 0 and at most 1, the population is below 1, or the confidence is not above 0
            and below 1: without end no draw is certain.

    Source:
        Binomial for a very large population; hypergeometric for a finite one: of C(N, n) samples C(N − K, n) miss.
    """
    if not 0 < share <= 1 or (population is not None and population < 1):
        raise BadCount("The share must lie above 0 and be at most 1, and there must be someone to draw from.")
    _check_confidence(confidence)
    common, doubt = Fraction(str(share)), 1 - Fraction(str(confidence))
    if population is None:
        return _draws_without_end(common, doubt)
    kind = round(population * common)
    return _draws_from(population, kind, doubt) if kind else None


def _draws_without_end(common: Fraction, doubt: Fraction) -> int:
    """The smallest n with (1 − common)^n at most the doubt."""
    if common == 1:
        return 1
    with localcontext(prec=DIGITS):
        ratio = _decimal(doubt).ln() / _decimal(1 - common).ln()
        nearest = ratio.to_integral_value()
        # Logarithms are never exact: within a hair of a whole number the two are equal.
        is_whole = abs(ratio - nearest) < Decimal(10) ** (-DIGITS // 2)
        return max(1, int(nearest) if is_whole else math.ceil(ratio))


def _draws_from(population: int, kind: int, doubt: Fraction) -> int:
    """The smallest n of which at most the doubt's share of all samples of n holds none of the kind."""
    # Whoever is drawn is not put back: never more are needed than without end.
    enough = min(population, _draws_without_end(Fraction(kind, population), doubt))
    return 1 + bisect_left(range(1, enough), True, key=lambda drawn: _seldom_misses(population, kind, drawn, doubt))


def _seldom_misses(population: int, kind: int, drawn: int, doubt: Fraction) -> bool:
    # Drawing n and missing K is drawing K and missing n: whichever has fewer factors.
    less, more = sorted((kind, drawn))
    missing, all_samples = math.perm(population - more, less), math.perm(population, less)
    return missing * doubt.denominator <= doubt.numerator * all_samples


def allocation(populations: Mapping[str, int], n: int, minimum: int = 0) -> dict[str, int]:
    """How a sample is shared out between teams: a minimum each, the rest in proportion, by largest remainder.

    Args:
        populations: Team to how many there are to draw from.
        n: How many to draw in all.
        minimum: The least each team gets, as far as it has so many.

    Returns:
        Team to how many, adding up to n or, if there are fewer than n in all, to all there are. When the
        minimums alone come to more than n, to the sum of the minimums. Ties go to the larger team, then to the
        one named first.

    Raises:
        BadCount: A number is negative.

    Source:
        Hamilton's method of largest remainders; case audit practice, section 10.
    """
    if n < 0 or minimum < 0 or any(size < 0 for size in populations.values()):
        raise BadCount("Numbers of records cannot be negative.")
    given = {team: min(minimum, size) for team, size in populations.items()}
    # A team that runs out leaves its share to the others: in each round one does, or all is shared out.
    for _round in populations:
        rest = min(n, sum(populations.values())) - sum(given.values())
        open_teams = {team: size for team, size in populations.items() if given[team] < size}
        for team, share in _largest_remainder(open_teams, max(rest, 0)).items():
            given[team] = min(populations[team], given[team] + share)
    return given


def weighted_rate(strata: Sequence[Stratum]) -> Rate | None:
    """The share in a whole service when its teams were sampled unequally: each counts by its true size.

    Returns:
        A share and its standard error, from 0.0 to 1.0, without the strata where nothing was looked at: say so
        beside the figure. The error is None when a stratum was known from a single audit out of several, and when
        within every stratum that was read in part all audits agreed: no spread was seen, which is not the same as
        none being there. It is 0.0 only where all there are were read. None when nothing was looked at.

    Raises:
        BadCount: Counts of a stratum that cannot be.

    Source:
        Cochran (1977), Sampling Techniques, third edition, sections 5.3–5.4 and 5.10: s² = p(1−p)/(n−1) within
        strata, with finite correction.
    """
    for stratum in strata:
        _check(stratum.x, stratum.n, stratum.population)
    seen = [stratum for stratum in strata if stratum.n]
    everyone = sum(stratum.population for stratum in seen)
    if not everyone:
        return None
    rate = sum(stratum.population / everyone * stratum.x / stratum.n for stratum in seen)
    in_part = [stratum for stratum in seen if stratum.n < stratum.population]
    without_spread = sum(stratum.x in (0, stratum.n) for stratum in in_part)
    if any(stratum.n == 1 for stratum in in_part):
        return Rate(rate, None, "one_audit", without_spread)
    if in_part and without_spread == len(in_part):
        return Rate(rate, None, "no_spread", without_spread)
    variance = sum(_variance(stratum) * (stratum.population / everyone) ** 2 for stratum in seen)
    return Rate(rate, math.sqrt(variance), "", without_spread)


def control_limits(baseline: float, n: int) -> Interval | None:
    """Where a share from n audits falls by chance alone while nothing has changed.

    Returns:
        Three standard errors either side of the baseline, kept within 0.0 and 1.0; None when n is 0.

    Raises:
        BadCount: The baseline is not from 0 to 1, or n is negative.

    Source:
        Shewhart's p-chart; case audit practice, section 15.3.
    """
    if not 0 <= baseline <= 1 or n < 0:
        raise BadCount("The baseline must lie from 0 to 1, and the number of audits cannot be negative.")
    if n == 0:
        return None
    reach = 3 * math.sqrt(baseline * (1 - baseline) / n)
    return Interval(max(0.0, baseline - reach), min(1.0, baseline + reach))


def run_of_one_side(shares: Sequence[float], baseline: float, length: int = RUN_LENGTH) -> bool:
    """Whether the latest shares lie all on one side of the baseline, eight in a row by default.

    Returns:
        True when they do; False with fewer points, or when one lies on the baseline.

    Source:
        The run rule of case audit practice, section 15.3.
    """
    last = shares[-length:]
    return len(last) == length and (all(share > baseline for share in last) or all(share < baseline for share in last))


def may_show_percentage(n: int) -> bool:
    """Whether n is large enough for a percentage; below ten only numbers are shown.

    Returns:
        True from n = 10 upwards.

    Source:
        Case audit practice, section 15.2.
    """
    return n >= NUMBERS_ONLY_BELOW


def must_suppress(count: int, leaving: bool) -> bool:
    """Whether a count is too small to leave the service, because someone could be recognised.

    A zero is suppressed as well: it tells what is true of everyone. Whoever suppresses one cell of a table must
    suppress another, or the total gives it away.

    Returns:
        True for counts below five that leave the service; always False inside it.

    Source:
        Case audit practice, section 15.2 (below five).
    """
    return leaving and count < SUPPRESS_BELOW


def in_words(x: int, n: int, population: int | None = None, confidence: float = 0.95) -> str | None:
    """The range in which the true share plausibly lies, as people say it: 9 of 14 is “between 3 and 9 in every 10”.

    The one wording of a range. The lower bound is rounded down and the upper one up, so that the words always hold
    the whole interval. Tenths, as the figure rests on few; a range narrower than a tenth is told in hundredths.

    Args:
        x: How many of the sample have the feature.
        n: The size of the sample.
        population: All there are, where known.
        confidence: How sure, above 0 and below 1.

    Returns:
        Words. “None” is a possibility only where nobody in the sample has the feature, “all” only where everybody
        has; a range that reaches an end which somebody in the sample rules out says “some” or “not all”. None when
        nothing was looked at.

    Raises:
        BadCount: As `wilson`.

    Source:
        Wording of this product; the interval is Wilson's (1927, see `wilson`).
    """
    interval = wilson(x, n, population, confidence)
    if interval is None:
        return None
    parts = 100 if interval.high - interval.low < NARROWER_IN_HUNDREDTHS else 10
    # Fractions, because a product of floats could round a bound up onto a whole number and cut the range.
    least, most = math.floor(Fraction(interval.low) * parts), math.ceil(Fraction(interval.high) * parts)
    return _range_words(least, most, parts, none_seen=x == 0, all_seen=x == n)


def _range_words(least: int, most: int, parts: int, *, none_seen: bool, all_seen: bool) -> str:
    if least == most:
        return {0: "none", parts: "all"}.get(least, f"{least} in every {parts}")
    if least == 0 and most == parts:
        return "none or some, but not all" if none_seen else "some or all" if all_seen else "some, but not all"
    if least == 0:
        return f"between none and {most} in every {parts}" if none_seen else f"some, at most {most} in every {parts}"
    if most == parts:
        return (
            f"between {least} in every {parts} and all" if all_seen else f"at least {least} in every {parts}, not all"
        )
    return f"between {least} and {most} in every {parts}"


def _check(x: int, n: int, population: int | None) -> None:
    if not 0 <= x <= n or (population is not None and n > population):
        raise BadCount(f"{x} of {n}" + (f" from {population}" if population is not None else "") + " cannot be.")


def _check_confidence(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise BadCount("The confidence must lie between 0 and 1.")


def _decimal(fraction: Fraction) -> Decimal:
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def _z(confidence: float) -> float:
    _check_confidence(confidence)
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _variance(stratum: Stratum) -> float:
    if stratum.n == stratum.population:
        return 0.0
    share = stratum.x / stratum.n
    return share * (1 - share) / (stratum.n - 1) * (1 - stratum.n / stratum.population)


def _largest_remainder(populations: Mapping[str, int], n: int) -> dict[str, int]:
    everyone = sum(populations.values())
    # Fractions, because two remainders that are equal must not be told apart by rounding.
    exact = {team: Fraction(n * size, everyone) for team, size in populations.items()}
    shares = {team: math.floor(share) for team, share in exact.items()}
    by_remainder = sorted(exact, key=lambda team: (shares[team] - exact[team], -populations[team]))
    for team in by_remainder[: n - sum(shares.values())]:
        shares[team] += 1
    return shares
