"""What only some types of framework have: outcomes with consequences, points and bands, themes, patterns of grades."""

from datetime import date

from pydantic import Field

from frameworks.shapes import Code, Key, Shape, Slug, Text, Verified


class Agency(Shape):
    """A body that may be responsible for a finding, where a framework looks at several together."""

    id: Slug
    name: Text


class Theme(Shape):
    """A theme an inspection takes for a time, such as *serious youth violence*; `period` is as the source tells it."""

    id: Slug
    name: Text
    period: Text
    valid_from: date | None = None
    valid_to: date | None = None
    agencies: tuple[Slug, ...] = ()
    scope: Text | None = None
    verified: Verified
    source: Text


class Consequence(Shape):
    """What follows an outcome: `code` is a point of the overall judgement's scale, `months` about when, if set."""

    code: Code
    says: Text
    months: int | None = Field(default=None, ge=0, le=240)
    source: Text


class PointsFor(Shape):
    """How many points one grade is worth."""

    code: Code
    points: int = Field(ge=0, le=1_000)


class Band(Shape):
    """The overall grade for a total, both ends included; `seen` says which totals were met in published reports."""

    grade: Code
    lowest: int = Field(ge=0, le=100_000)
    highest: int = Field(ge=0, le=100_000)
    seen: Text | None = None


class Scoring(Shape):
    """How a scored framework turns grades into points and a total into its overall rating, with where that was read."""

    scale: Slug
    points: tuple[PointsFor, ...]
    bands: tuple[Band, ...]
    # That a report may leave a standard unrated, and what becomes of it; nothing where none may be.
    not_rated: Text | None = None
    verified: Verified
    source: Text


class Pattern(Shape):
    """A pattern of grades that a check speaks about.

    It is met when at least `at_least` of `areas` have one of the grades in `graded` and, where `overall` names any, the
    overall grade is one of them. Where `overall` is empty the overall grade does not matter. Where `others` names
    areas, each of them must have a grade, and not one of `graded`: what is said of one area alone is not said before
    the rest are known.
    """

    areas: tuple[Key, ...] = Field(min_length=1)
    graded: tuple[Code, ...] = Field(min_length=1)
    at_least: int = Field(default=1, ge=1, le=100)
    overall: tuple[Code, ...] = ()
    others: tuple[Key, ...] = ()
