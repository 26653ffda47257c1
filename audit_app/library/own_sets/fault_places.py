"""Where in a document something stands, as a person says it, and which page mends it. Pure."""

from dataclasses import dataclass

from frameworks.files.faults import Path
from frameworks.own_sets.shape import OwnSet

WORDS = {
    "id": "Short name",
    "informs_edition": "Framework its domains inform",
    "overall_grade": "Overall grade",
    "domain_scale": "Scale for domain grades",
    "answer_scales": "Scales for answers",
    "scales": "Scales",
    "rules": "Guard rails",
    "subjects": "What is audited",
    "cohorts": "Groups of children",
    "leaves_out": "What the core leaves out",
    "domains": "The set as a whole",
    "expected_minutes": "Expected minutes",
    "facts": "Facts about the record",
}


@dataclass(frozen=True)
class Place:
    """A part of a document: in words, and the domain and question it belongs to (empty for the set's own details)."""

    words: str
    domain_id: str = ""
    question_id: str = ""
    details: bool = False
    fact_id: str = ""


def place_of(own: OwnSet, path: Path) -> Place:
    """Domain D2 “The plan”, question D2.3; or the part of the set's details."""
    if len(path) > 1 and path[0] == "domains" and isinstance(path[1], int) and path[1] < len(own.domains):
        domain = own.domains[path[1]]
        named = f"Domain {domain.number} “{domain.title}”"
        if len(path) > 3 and path[2] == "questions" and isinstance(path[3], int):
            question = domain.questions[path[3]]
            return Place(f"{named}, question {question.number}", domain.id, question.id)
        return Place(named, domain.id)
    if len(path) > 1 and path[0] == "facts" and isinstance(path[1], int) and path[1] < len(own.facts):
        fact = own.facts[path[1]]
        return Place(f"Fact “{fact.title}”", fact_id=fact.id)
    first = str(path[0]) if path else ""
    return Place(
        WORDS.get(first, first.replace("_", " ").capitalize() or "The set"),
        details=first not in ("domains", "id", "facts"),
    )
