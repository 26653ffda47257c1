"""Which answers speak to which judgement areas, and how printed tags of a framework are read."""

import re
from dataclasses import dataclass

from frameworks.schema import Domain, Edition, Question, QuestionSet, UnknownArea

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_TAG = re.compile(r"\b(outcome|enabler|principle)s?\s+(\d|" + "|".join(_NUMBERS) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class AreaReference:
    """A judgement area of one edition, in words safe to keep: `ilacs-2026` and `HP`."""

    edition_id: str
    area: str

    def __str__(self) -> str:
        """The reference as it is stored: ilacs-2026/HP."""
        return f"{self.edition_id}/{self.area}"


def areas_of_domain(question_set: QuestionSet, domain_id: str) -> tuple[AreaReference, ...]:
    """The judgement areas a domain speaks to, in the file's order; raises UnknownQuestion."""
    edition_id = question_set.informs_edition or question_set.edition_id
    return tuple(AreaReference(edition_id, area) for area in question_set.domain(domain_id).informs)


def areas_of_question(question_set: QuestionSet, key: str) -> tuple[AreaReference, ...]:
    """The judgement areas a question speaks to, which are those of its domain; raises UnknownQuestion."""
    question_set.question(key)
    return areas_of_domain(question_set, key.partition("/")[0])


def domains_for_area(question_set: QuestionSet, edition_id: str, area: str) -> tuple[Domain, ...]:
    """The domains of a set that speak to one area of one edition; none when the set speaks to another edition."""
    wanted = AreaReference(edition_id, area)
    return tuple(domain for domain in question_set.domains if wanted in areas_of_domain(question_set, domain.id))


def questions_for_area(question_set: QuestionSet, edition_id: str, area: str) -> tuple[Question, ...]:
    """The questions of a set that speak to one area of one edition."""
    domains = domains_for_area(question_set, edition_id, area)
    return tuple(question for domain in domains for question in domain.questions)


def areas_spoken_to(question_set: QuestionSet, edition: Edition) -> tuple[str, ...]:
    """The areas of an edition a set says something about, in the order the edition prints them."""
    return tuple(area.id for area in edition.areas if domains_for_area(question_set, edition.id, area.id))


def read_tag(text: str, edition: Edition) -> str | None:
    """The area a printed tag names: “Enabler two”, “(enabler 2, national framework)” and “E2” are all E2.

    Reports print one tag per area for improvement in many forms; some print the area's name instead of its number.

    Args:
        text: The tag as printed, or text that holds it.
        edition: The edition whose areas may be named.

    Returns:
        The key of the area, or None when no tag, or more than one, can be read: a person must then choose.
    """
    found = {f"{kind[0].upper()}{_NUMBERS.get(number.lower(), number)}" for kind, number in _TAG.findall(text)}
    plain = text.strip().strip("()").strip()
    found |= {area.id for area in edition.areas if plain.upper() == area.id or _same(area.name, plain)}
    known = [key for key in found if _is_area(key, edition)]
    return known[0] if len(known) == 1 else None


def _is_area(key: str, edition: Edition) -> bool:
    try:
        return bool(edition.area(key))
    except UnknownArea:
        return False


def _same(name: str, printed: str) -> bool:
    def bare(words: str) -> str:
        return re.sub(r"[^a-z]+", " ", words.lower().replace("national framework", "")).strip()

    return bare(name) == bare(printed)
