"""What a guard rail looks at, and what it asks: the shapes that every rule shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from frameworks.schema import Domain, Question, QuestionSet, Scale

Graded = list[tuple[Domain, int]]
OVERALL = "overall-grade"
DOMAIN = "domain-grade"


@dataclass(frozen=True)
class GuardRail:
    """A pattern of grades worth a second thought, put as a question to the auditor; never a verdict.

    `domains` are those that pull against the grade; `about` is the domain whose grade is asked about, empty for the
    overall grade; `because` names each reason the question gives.
    """

    code: str
    question: str
    domains: tuple[str, ...] = ()
    about: str = ""
    because: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is known by in one audit: `overall-grade`, `domain-grade/plan`."""
        return f"{self.code}/{self.about}" if self.about else self.code


@dataclass(frozen=True)
class Given:
    """An answer as a place on its scale, which has two points or more."""

    question: Question
    scale: Scale
    place: int

    @property
    def name(self) -> str:
        """The printed name of the answer."""
        return self.scale.points[self.place].name

    @property
    def upper_edge(self) -> Fraction:
        """How far up its scale an answer reaches: half a step above its own share of the way.

        Returns:
            A share of the way from above 0 to 1, which is the top of the scale; exact, never rounded.

        Source:
            Our own definition: a point of a coarse scale stands for the band around it.
        """
        return min(Fraction(1), Fraction(2 * self.place + 1, 2 * (len(self.scale.points) - 1)))


@dataclass(frozen=True)
class Judged:
    """One audit as a rule reads it: grades as places on their scales, and the answers that count, by key.

    An answer counts while its question is asked and applies and it is a point of a scale with an order. The answer to
    the safety question stands by itself and counts even in a domain that does not apply.
    """

    question_set: QuestionSet
    graded: tuple[tuple[Domain, int], ...]
    overall: int | None
    answers: Mapping[str, Given]
    safety: tuple[Given, ...] = ()

    @property
    def domain_scale(self) -> Scale | None:
        """The scale of the domains' grades."""
        return self.question_set.scale(self.question_set.domain_scale) if self.question_set.domain_scale else None

    @property
    def overall_scale(self) -> Scale | None:
        """The scale of the overall grade."""
        ends = self.question_set.overall_grade
        return self.question_set.scale(ends.scale) if ends else None


def quoted(titles: list[str]) -> str:
    """Titles in a sentence: “The plan”, “Visits” and “Impact”."""
    marked = [f"“{title}”" for title in titles]
    return marked[0] if len(marked) == 1 else f"{', '.join(marked[:-1])} and {marked[-1]}"
