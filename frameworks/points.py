"""Points of a scored framework: ratings to points, points to a total, a total to its band. Pure, in whole numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from frameworks.by_type import Band, Scoring
from frameworks.schema import Edition, JudgementArea

# What is entered for a standard that the report leaves without a rating; it is never a point of a scale.
NOT_RATED = "not_rated"


class NotScored(ValueError):
    """The edition does not say how ratings become points."""


@dataclass(frozen=True)
class Total:
    """What the ratings entered add up to; `band` is what the edition's table says of it, never a verdict of ours.

    `missing` standards were not entered yet; `unrated` ones were entered as left without a rating by the report.
    """

    points: int
    out_of: int
    share: Fraction
    counted: int
    missing: tuple[str, ...]
    band: Band | None
    verified: str
    unrated: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every standard that counts has a rating, or is entered as not rated."""
        return not self.missing


def total(edition: Edition, grades: Mapping[str, str | None]) -> Total:
    """The points of the ratings entered, over the standards that count.

    Args:
        edition: A scored edition.
        grades: Area id to rating, or to `NOT_RATED` where the report gives none; None, or no entry, for one not entered
            yet. Areas that do not count are passed over.

    Returns:
        Points and the most there can be, both whole numbers from 0, over the standards that are rated; the share as an
        exact fraction from 0 to 1 of the points there can be (weighted, in percent weights, where the edition gives
        weights); how many standards are counted; which are still missing; which are not rated, and so in neither
        number. The band only when none is missing and none unrated: a table of totals says nothing of a part. Where
        nothing is rated the share is 0.

    Raises:
        NotScored: The edition is not scored.
        OffScale: A rating is not a point of the scale, or one is not rated where the edition knows no such thing.

    Source:
        HM Inspectorate of Probation, published percentages of 83 services, March 2021 to February 2025: 81 resolve to
        whole points out of 36 and one (Ceredigion 2024, four standards not rated) out of 24; Bridgend 2022, 4.56%,
        resolves to nothing. The inspectorate's own rules were not read.
    """
    scoring = _scoring(edition)
    worth = {rating.code: rating.points for rating in scoring.points}
    scale = edition.scale(scoring.scale)
    most = max(worth.values())
    counting = [area for area in edition.areas if area.counts]
    unrated = tuple(area.id for area in counting if _is_unrated(scoring, grades.get(area.id)))
    rated: list[tuple[JudgementArea, int]] = []
    for area in counting:
        grade = grades.get(area.id)
        if grade is not None and area.id not in unrated:
            scale.position(grade)
            rated.append((area, worth[grade]))
    missing = tuple(area.id for area in counting if grades.get(area.id) is None)
    points, out_of = sum(value for _, value in rated), most * len(rated)
    share = _share(rated, most)
    band = None if missing or unrated else band_of(scoring, points)
    return Total(points, out_of, share, len(rated), missing, band, scoring.verified, unrated)


def may_be_unrated(edition: Edition, area_id: str) -> bool:
    """Whether a report under an edition may leave a standard without a rating; never the overall judgement.

    Returns:
        True where it may.

    Source:
        `not_rated` of the edition's scoring, which says where that was seen.
    """
    known = edition.scoring is not None and edition.scoring.not_rated is not None
    return known and any(area.id == area_id for area in edition.areas)


def _is_unrated(scoring: Scoring, grade: str | None) -> bool:
    return grade == NOT_RATED and scoring.not_rated is not None


def band_of(scoring: Scoring, points: int) -> Band | None:
    """The band a total falls in, both its ends included; None when no band holds it.

    Returns:
        The band, or None.

    Source:
        The edition's own table, with the mark of how far it is verified.
    """
    return next((band for band in scoring.bands if band.lowest <= points <= band.highest), None)


def percent_as_published(points: int, out_of: int) -> str:
    """A share of points as the inspectorate prints it: 16 of 36 is 44.44%.

    Returns:
        A percentage with two decimals, halves rounded up; "0.00%" of nothing at all.

    Raises:
        ValueError: The points are below 0 or more than there can be.

    Source:
        HM Inspectorate of Probation, published percentages of 83 services, March 2021 to February 2025.
    """
    if not 0 <= points <= out_of:
        raise ValueError(f"{points} points of {out_of} is not a share.")
    hundredths = (20_000 * points + out_of) // (2 * out_of) if out_of else 0
    return f"{hundredths // 100}.{hundredths % 100:02}%"


def disagrees(edition: Edition, reached: Total, overall: str | None) -> str:
    """Advice in words when the overall rating entered is not the one the table gives for the total; empty otherwise.

    Returns:
        A sentence, or nothing: also when the total is not complete or no overall rating is entered.

    Raises:
        NotScored: The edition is not scored.
        OffScale: The overall rating is not a point of the scale.

    Source:
        The edition's own table of bands.
    """
    scale = edition.scale(_scoring(edition).scale)
    if overall is None or reached.band is None:
        return ""
    entered = scale.name_of(overall)
    expected = scale.name_of(reached.band.grade)
    if entered == expected:
        return ""
    doubt = "" if reached.verified == "verified" else " The table is not verified."
    return (
        f"{reached.points} of {reached.out_of} points stand beside {expected} in the table, and the overall rating "
        f"entered is {entered}. Check both against the report.{doubt}"
    )


def _share(rated: list[tuple[JudgementArea, int]], most: int) -> Fraction:
    weights = [area.weight if area.weight is not None else 1 for area, _ in rated]
    weighted = sum(weight * value for weight, (_, value) in zip(weights, rated, strict=True))
    whole = sum(weights) * most
    return Fraction(weighted, whole) if whole else Fraction(0)


def _scoring(edition: Edition) -> Scoring:
    if edition.scoring is None:
        raise NotScored(f"“{edition.id}” does not say how ratings become points.")
    return edition.scoring
