"""What is answered to a question set: answers, domain grades and the overall grade, each with its words."""

from frameworks.shapes import Shape


class Answer(Shape):
    """What was answered to one question: a point of its scale, words, or *not applicable* with a reason.

    `given` is what no single point says: several codes with commas between, a date (2026-03-27), a number (12.5).
    `second` is the point of the second answer, where the question has one.
    """

    key: str
    code: str | None = None
    text: str = ""
    given: str = ""
    second: str | None = None
    not_applicable: bool = False
    reason: str = ""

    @property
    def codes(self) -> frozenset[str]:
        """Every point that was chosen: one, several, or none."""
        return frozenset({self.code} if self.code else filter(None, self.given.split(",")))


class DomainAnswer(Shape):
    """The grade of one domain with its rationale, or the whole domain not applicable with one reason."""

    domain: str
    grade: str | None = None
    rationale: str = ""
    not_applicable: bool = False
    reason: str = ""


class OverallAnswer(Shape):
    """The overall grade as the auditor's own judgement, with its rationale."""

    grade: str | None = None
    rationale: str = ""
