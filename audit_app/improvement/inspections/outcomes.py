"""What the judgements of an inspection say by the type of its framework: advice, what follows, points. Pure.

Nothing here decides anything: grades are those people entered from the report, and each sentence is a question to check
the entry against it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from audit_app import words
from frameworks import Edition, advice, points
from frameworks.points import NOT_RATED, Total
from frameworks.schema import Check, OffScale, UnknownArea


@dataclass(frozen=True)
class Follow:
    """One thing that follows an outcome, about when, and where that was read."""

    says: str
    when: str
    source: str


@dataclass(frozen=True)
class Points:
    """The points of a scored framework in words, beside the rating people entered."""

    total: Total
    percent: str
    band: str
    missing: tuple[str, ...]
    not_counted: tuple[str, ...]
    firm: str
    source: str
    disagreement: str
    not_rated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """What there is to say of an inspection's judgements; empty parts are left out of the page and of packs."""

    advice: tuple[Check, ...] = ()
    follows: tuple[Follow, ...] = ()
    points: Points | None = None
    strangers: tuple[str, ...] = ()


def of_judgements(edition: Edition, given: Mapping[str, str], published_on: date | None) -> Judged:
    """What the grades entered give rise to.

    Args:
        edition: The edition the inspection was carried out under.
        given: Area or overall id to the code entered.
        published_on: The day of publication, from which dates are counted; None when it is not known.

    Judgements the edition does not give (an overall grade where there is none) are named as strangers and left out.
    """
    known = {area.id for area in edition.areas if area.scale}
    overall_id = edition.overall.id if edition.overall else ""
    strangers = tuple(key for key in given if key not in known and key != overall_id)
    grades = {key: code for key, code in given.items() if key in known}
    overall = given.get(overall_id) if overall_id else None
    return Judged(
        advice=_advice(edition, grades, overall),
        follows=_follows(edition, overall, published_on),
        points=_points(edition, grades, overall) if edition.scoring and grades else None,
        strangers=strangers,
    )


def _advice(edition: Edition, grades: Mapping[str, str], overall: str | None) -> tuple[Check, ...]:
    try:
        return advice.raised(edition, {area: code for area, code in grades.items() if code != NOT_RATED}, overall)
    except (OffScale, UnknownArea):
        # A grade kept from an earlier choice of edition: the page shows it as it is and advises nothing.
        return ()


def _follows(edition: Edition, overall: str | None, published_on: date | None) -> tuple[Follow, ...]:
    return tuple(
        Follow(consequence.says, _when(consequence.months, published_on), consequence.source)
        for consequence in edition.consequences
        if consequence.code == overall
    )


def _when(months: int | None, published_on: date | None) -> str:
    if months is None:
        return ""
    if published_on is None:
        return "counted from publication, whose day is not entered"
    month = published_on.month - 1 + months
    return f"about {words.month_words(date(published_on.year + month // 12, month % 12 + 1, 1))}"


def _points(edition: Edition, grades: Mapping[str, str], overall: str | None) -> Points | None:
    try:
        total = points.total(edition, grades)
        disagreement = points.disagrees(edition, total, overall)
    except OffScale:
        return None
    names = {area.id: area.name for area in edition.areas}
    scoring = edition.scoring
    scale = edition.scale(scoring.scale) if scoring else None
    return Points(
        total=total,
        percent=points.percent_as_published(total.points, total.out_of) if total.out_of else "",
        band=scale.name_of(total.band.grade) if total.band and scale else "",
        missing=tuple(names[area] for area in total.missing),
        not_counted=tuple(area.name for area in edition.areas if not area.counts),
        firm="" if total.verified == "verified" else "Neither the points nor the table is verified.",
        source=scoring.source if scoring else "",
        disagreement=disagreement,
        not_rated=tuple(names[area] for area in total.unrated),
    )


def belonging(edition: Edition | None, areas: Iterable[str]) -> frozenset[str]:
    """Which of these areas an edition gives judgements on; none for an edition nobody knows."""
    if edition is None:
        return frozenset()
    known = {area.id for area in edition.areas if area.scale} | ({edition.overall.id} if edition.overall else set())
    return frozenset(known & set(areas))
