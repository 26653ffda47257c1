"""What each of the three views of a judgement area holds, with its number, its dates and where it was said. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audit_app import words
from audit_app.improvement.findings.suggest import ENOUGH
from frameworks import estimates
from frameworks.crosswalk import AreaReference
from frameworks.joins import Join

Points = tuple[tuple[str, str], ...]  # code and name of each grade, worst first


@dataclass(frozen=True)
class OwnView:
    """What one self-assessment says of the area."""

    reference: str
    area: AreaReference
    area_name: str
    grade_code: str  # empty where no grade was given
    grade_name: str
    codes: tuple[str, ...]  # the scale the grade was given on, worst first
    is_signed: bool
    dated_on: date | None  # the day of the signature, or on which a word was last written
    claims: int
    without_evidence: int
    join: Join

    @property
    def state(self) -> str:
        """Signed, or a draft, with its day."""
        day = words.short_date(self.dated_on, "nothing written yet")
        return f"signed {day}" if self.is_signed else f"draft, {day}"


@dataclass(frozen=True)
class Graded:
    """Agreed overall grades of records of one group on one scale: drawn at random, or chosen, never both."""

    at_random: bool
    points: Points
    counts: tuple[int, ...]
    moderated: int
    first: date
    last: date
    population: int | None = None  # all records there are, where the reader has said it: the range narrows

    @property
    def n(self) -> int:
        """How many records have a grade on this scale."""
        return sum(self.counts)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the scale, worst first."""
        return tuple(code for code, _ in self.points)

    @property
    def best_first(self) -> list[tuple[str, int]]:
        """Each grade by its name with its number, the best first."""
        return [(name, count) for (_, name), count in zip(reversed(self.points), reversed(self.counts), strict=True)]

    def reaching(self, code: str) -> int | None:
        """How many have this grade or a better one; None where the grade is not on this scale."""
        return sum(self.counts[self.codes.index(code) :]) if code in self.codes else None

    @property
    def share(self) -> "Share | None":
        """How many are good enough or better; None on a scale that has no such grade."""
        enough = next((code for code in self.codes if code in ENOUGH), "")
        return share_reaching(self, enough)

    @property
    def speaks_for_service(self) -> bool:
        """Whether they say something of the whole service: drawn at random, and enough of them."""
        return self.at_random and estimates.may_show_percentage(self.n)


@dataclass(frozen=True)
class Judged:
    """A grade that an inspecting body or peers printed."""

    inspection_number: int
    body: str
    title: str
    kind: str
    area_name: str  # as it was printed
    grade_code: str
    grade_name: str
    codes: tuple[str, ...]
    dated_on: date | None  # the day of publication, else the last day on site
    join: Join
    doubts: int = 0  # open doubts about the lines of its join

    @property
    def year(self) -> str:
        """In 2024; nothing where no day is known."""
        return f" in {self.dated_on.year}" if self.dated_on else ""


@dataclass(frozen=True)
class Share:
    """How many records reach a grade, and the range of the whole service where they are enough to say one."""

    x: int
    n: int
    grade_name: str
    percent: str
    range_words: str
    interval: estimates.Interval | None

    @property
    def in_hundreds(self) -> str:
        """The range once more in figures: 30 to 61 in 100; nothing where there is none."""
        if self.interval is None:
            return ""
        return f"{100 * self.interval.low:.0f} to {100 * self.interval.high:.0f} in 100"


def share_reaching(graded: Graded, code: str) -> Share | None:
    """How many of some records reach a grade, with the range of all records there are.

    Returns:
        None where the grade is not on their scale. Percentage and range are empty for chosen records and below ten.
        A population smaller than what was read cannot be all there are, and narrows nothing.
    """
    x = graded.reaching(code)
    if x is None:
        return None
    name = dict(graded.points)[code]
    if not graded.speaks_for_service:
        return Share(x, graded.n, name, "", "", None)
    everybody = graded.population if graded.population is not None and graded.population >= graded.n else None
    return Share(
        x, graded.n, name, words.percent(x, graded.n), estimates.in_words(x, graded.n, everybody) or "",
        estimates.wilson(x, graded.n, everybody),
    )  # fmt: skip


def newest(dated: Sequence[Judged]) -> Judged | None:
    """The latest judgement that says of this very area what it says: the one the other views are held against."""
    same = [judged for judged in dated if judged.join.is_same and judged.grade_code]
    return max(same, key=lambda judged: (judged.dated_on or date.min, judged.inspection_number), default=None)


TIES = words.ours(
    {
        "itself": "",
        "same": "the same under another edition",
        "part_of": "of this area together with others",
        "whole_of": "of a part of this area",
        "overlaps": "of an area that shares ground with this one, so nothing is held against it",
    }
)
