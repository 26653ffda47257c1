"""Which answers speak to which judgement areas of which editions, and how printed tags of a framework are read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from frameworks.crosswalk_file import Crossing
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


def area_named(reference: str) -> AreaReference:
    """The area a stored reference names: `ilacs-2026/HP`."""
    edition_id, _, area = reference.partition("/")
    return AreaReference(edition_id, area)


def areas_of_domain(question_set: QuestionSet, domain_id: str) -> tuple[AreaReference, ...]:
    """The judgement areas a domain names, of whatever edition, in the file's order; raises UnknownQuestion."""
    edition_id = question_set.informs_edition or question_set.edition_id
    domain = question_set.domain(domain_id)
    own = (AreaReference(edition_id, area) for area in domain.informs)
    return tuple(dict.fromkeys((*own, *(area_named(reference) for reference in domain.also_informs))))


def areas_of_question(question_set: QuestionSet, key: str) -> tuple[AreaReference, ...]:
    """The judgement areas a question speaks to: those it names itself, else those of its domain.

    Raises:
        UnknownQuestion: The set holds no such question.
    """
    question = question_set.question(key)
    own = tuple(area_named(reference) for reference in question.informs)
    return own or areas_of_domain(question_set, key.partition("/")[0])


def reached(
    question_set: QuestionSet, domain_id: str, edition_id: str, crossings: Iterable[Crossing]
) -> tuple[AreaReference, ...]:
    """The areas of one edition that a domain informs: those it names, and those the crosswalk leads to.

    A crossing is followed from what the domain names (or from the domain itself) one step: "same" areas in either
    direction, "part of" from the part to the whole and never back, because what is said of children in care and care
    leavers together says nothing of either alone. "Overlaps" is shown to readers and never followed.

    Raises:
        UnknownQuestion: The set holds no such domain.
    """
    domain = f"{question_set.edition_id}/{domain_id}"
    return reached_from(domain, areas_of_domain(question_set, domain_id), edition_id, crossings)


def reached_from(
    domain: str, names: Iterable[AreaReference], edition_id: str, crossings: Iterable[Crossing]
) -> tuple[AreaReference, ...]:
    """The same from a domain's reference (`case-audit-1/plan`) and the areas it names, as a frozen audit has them."""
    names = tuple(names)
    areas = [name for name in names if name.edition_id == edition_id]
    starts = {domain, *(str(name) for name in names)}
    for crossing in crossings:
        areas += [area_named(end) for end in _ends(crossing, starts) if end.startswith(f"{edition_id}/")]
    return tuple(dict.fromkeys(areas))


def _ends(crossing: Crossing, starts: set[str]) -> list[str]:
    ends = []
    if crossing.relation in ("same", "part_of", "speaks_to") and crossing.from_ in starts:
        ends.append(crossing.to)
    if crossing.relation == "same" and crossing.to in starts:
        ends.append(crossing.from_)
    return ends


def domains_for_area(question_set: QuestionSet, edition_id: str, area: str) -> tuple[Domain, ...]:
    """The domains of a set that name one area of one edition; none when the set speaks to another edition."""
    wanted = AreaReference(edition_id, area)
    return tuple(domain for domain in question_set.domains if wanted in areas_of_domain(question_set, domain.id))


def questions_for_area(question_set: QuestionSet, edition_id: str, area: str) -> tuple[Question, ...]:
    """The questions of a set that speak to one area of one edition."""
    wanted = AreaReference(edition_id, area)
    return tuple(
        question for question in question_set.questions if wanted in areas_of_question(question_set, question.key)
    )


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
    keys = {f"{kind[0].upper()}{_NUMBERS.get(number.lower(), number)}" for kind, number in _TAG.findall(text)}
    plain = text.strip().strip("()").strip()
    keys |= {area.id for area in edition.areas if plain.upper() == area.id or _same(area.name, plain)}
    known = [key for key in keys if _is_area(key, edition)]
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
