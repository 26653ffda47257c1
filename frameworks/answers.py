"""What is answered to a question set: answers, domain grades and the overall grade, each with its words."""

from frameworks.shapes import Shape


class Answer(Shape):
    """What was answered to one question: a point of its scale, words, or *not applicable* with a reason."""

    key: str
    code: str | None = None
    text: str = ""
    not_applicable: bool = False
    reason: str = ""


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
