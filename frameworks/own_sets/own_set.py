"""A council's own question set checked and built: what stands between it and being published, and what it then is."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from pydantic import ValidationError

from frameworks.checks import edition as checks
from frameworks.files import faults
from frameworks.files.faults import Path
from frameworks.files.shapes import Bank, Length, WrittenSet
from frameworks.own_sets import scale_order
from frameworks.own_sets.shape import OwnDomain, OwnQuestion, OwnSet
from frameworks.questions import WrittenDomain, WrittenQuestion
from frameworks.reader import HeldEdition, built_sets
from frameworks.schema import Edition, Source
from frameworks.shapes import carried_into

__all__ = ["NO_DAY", "OwnDomain", "OwnQuestion", "OwnSet", "built", "complaints", "shaped"]

CORE, FULL = "core", "full"
# For sets that are only compared or shown, never used.
NO_DAY = date(2000, 1, 1)
LONGEST_CODE = 40
OF_A_CHILD = frozenset({"child", "sibling_group"})
NO_SAFETY = (
    "The safety question is missing. Every audit of a child asks whether something must be done today: "
    "add it, marked as the safety question."
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
Complaint = tuple[Path, str]
# Gives the judgement areas of an edition, or None if there is no such edition.
AreasOf = Callable[[str], frozenset[str] | None]


def shaped(value: object) -> tuple[OwnSet | None, list[Complaint]]:
    """Plain values (from YAML, JSON or a workbook; tuples for lists) in their shape, or every complaint about them."""
    try:
        return OwnSet.model_validate(tidied(value)), []
    except ValidationError as error:
        return None, faults.complaints_of(error)


def tidied(value: object) -> object:
    """The same values with one kind of line end and without characters nobody types and no spreadsheet can hold.

    Every way in passes here, so that a set that left as a workbook and comes back is the same set.
    """
    if isinstance(value, str):
        return _CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, Mapping):
        return {key: tidied(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return tuple(tidied(inner) for inner in value)
    return value


def complaints(own: OwnSet, areas_of: AreasOf) -> tuple[Complaint, ...]:
    """What stands between a set and being published, each with its place in the document and a remedy.

    Args:
        own: The set.
        areas_of: Gives the judgement areas of another edition, or None if there is no such edition.
    """
    of_the_document = tuple(_own_complaints(own))
    if of_the_document:
        # The rest would only say the same again in other words.
        return of_the_document
    edition, bank, written = _parts(own, "own-set", NO_DAY)
    of_its_parts = [
        *(complaint for complaint in checks.edition_complaints(edition, edition.id) if _is_the_councils(complaint)),
        *_bank_complaints(own, edition, bank, areas_of),
        *((_place(own, path), message) for path, message in checks.set_complaints(written, own.id, bank, edition)),
    ]
    return tuple(dict.fromkeys(of_its_parts))


def _is_the_councils(complaint: Complaint) -> bool:
    """Of the edition a document stands for, only its scales and rules are the council's to mend."""
    path, _ = complaint
    return path[0] in ("scales", "rules")


def built(own: OwnSet, edition_id: str, valid_from: date) -> HeldEdition:
    """The edition and question sets a published document stands for, under the id it was published with.

    The document must have no complaint; what it gives does not depend on any file or setting.
    """
    edition, bank, written = _parts(own, edition_id, valid_from)
    return HeldEdition(edition, tuple(built_sets(edition, bank, written)), (edition,))


def _parts(own: OwnSet, edition_id: str, valid_from: date) -> tuple[Edition, Bank, WrittenSet]:
    edition = Edition(
        id=edition_id,
        title=own.title,
        publisher=own.publisher or "The council",
        type="case_audit",
        valid_from=valid_from,
        source=Source(
            document=own.source or "The council’s own questions", date=valid_from.isoformat(), place=own.title
        ),
        licence=own.licence or "The council’s own.",
        verified="verified",
        wording="ours",
        rules=own.rules,
        informs_edition=own.informs_edition,
        scales=own.scales,
    )
    domains = tuple(_bank_domain(domain) for domain in own.domains if _is_asked(domain))
    bank = Bank(informs_edition=own.informs_edition, domains=domains)
    return edition, bank, _written_set(own)


def _is_asked(domain: OwnDomain) -> bool:
    return not domain.retired and any(not question.retired for question in domain.questions)


def _bank_domain(domain: OwnDomain) -> WrittenDomain:
    asked = (question for question in domain.questions if not question.retired)
    return carried_into(
        WrittenDomain, domain, questions=tuple(carried_into(WrittenQuestion, question) for question in asked)
    )


def _written_set(own: OwnSet) -> WrittenSet:
    full = tuple(f"{domain.id}/{question.id}" for domain, question in own.asked)
    core = tuple(f"{domain.id}/{question.id}" for domain, question in own.asked if question.core)
    lengths = {CORE: Length(expected_minutes=own.expected_minutes.core, questions=core)} if core else {}
    lengths[FULL] = Length(expected_minutes=own.expected_minutes.full, questions=full)
    return carried_into(WrittenSet, own, lengths=lengths)


def _own_complaints(own: OwnSet) -> Iterator[Complaint]:
    if not own.asked:
        yield ("domains",), "The set asks nothing yet. Add a domain and a question to it."
    elif OF_A_CHILD & set(own.subjects) and not any(question.safety for _, question in own.asked):
        yield ("domains",), NO_SAFETY
    for key in ("subjects", "cohorts"):
        if not getattr(own, key):
            yield (key,), f"“{key}” is empty. Choose at least one."
    for place, domain in enumerate(own.domains):
        if not domain.retired and not domain.questions:
            yield ("domains", place, "questions"), f"“{domain.title}” has no question. Add one, or retire the domain."
    yield from _repeated_ids(own)
    yield from _scale_complaints(own)


def _scale_complaints(own: OwnSet) -> Iterator[Complaint]:
    for place, scale in enumerate(own.scales):
        for at, point in enumerate(scale.points):
            if len(point.code) > LONGEST_CODE:
                where: Path = ("scales", place, "points", at, "code")
                yield where, f"“{point.code}” is too long for a code: at most {LONGEST_CODE} characters. Shorten it."
            if scale_order.is_not_applicable(point.name):
                none_of_it = f"“{point.name}” is no point of a scale: beside every answer people are offered “Does not"
                yield ("scales", place, "points", at, "name"), f"{none_of_it} apply”. Take it out of “{scale.id}”."
    ordered = {scale.id: scale.ordered for scale in own.scales}
    for key, scale_id in (("domain_scale", own.domain_scale), ("overall_grade", own.overall_grade_scale)):
        if ordered.get(scale_id or "") is False:
            yield (
                (key,),
                f"“{scale_id}” has no better and worse end, so nothing can be graded on it. Say which is best.",
            )


def _repeated_ids(own: OwnSet) -> Iterator[Complaint]:
    """An id is never used again, not even one of a retired question: old answers are kept under it."""
    domains: set[str] = set()
    for place, domain in enumerate(own.domains):
        if domain.id in domains:
            yield ("domains", place, "id"), f"The id “{domain.id}” is used by two domains. Give each its own."
        domains.add(domain.id)
        questions: set[str] = set()
        for index, question in enumerate(domain.questions):
            if question.id in questions:
                where = ("domains", place, "questions", index, "id")
                yield where, f"The id “{question.id}” is used by two questions of this domain. Give each its own."
            questions.add(question.id)


def _bank_complaints(own: OwnSet, edition: Edition, bank: Bank, areas_of: AreasOf) -> list[Complaint]:
    areas = areas_of(own.informs_edition)
    if areas is None:
        return [(("informs_edition",), f"There is no edition “{own.informs_edition}”. Choose one of the library.")]
    places = _bank_places(own)
    complaints_of_bank = checks.bank_complaints(bank, edition, areas, areas_of)
    return [(_in_document(path, places), message) for path, message in complaints_of_bank]


def _bank_places(own: OwnSet) -> Mapping[Path, Path]:
    """Where the bank's domains and questions stand in the document, which holds retired ones as well."""
    places: dict[Path, Path] = {}
    in_use = ((place, domain) for place, domain in enumerate(own.domains) if _is_asked(domain))
    for at, (place, domain) in enumerate(in_use):
        in_bank, written = ("domains", at), ("domains", place)
        asked = [index for index, question in enumerate(domain.questions) if not question.retired]
        places[in_bank] = written
        places |= {(*in_bank, "questions", nth): (*written, "questions", index) for nth, index in enumerate(asked)}
    return places


def _in_document(path: Path, places: Mapping[Path, Path]) -> Path:
    """The same place in the document: of a question where it is one's, else of its domain."""
    known = next((part for part in (path[:4], path[:2]) if part in places), ())
    return (*places.get(known, ()), *path[len(known) :])


def _place(own: OwnSet, path: Path) -> Path:
    """Lengths are worked out from marks on questions: what is wrong in one is said of its question, or of the set."""
    if path[:1] != ("lengths",):
        return path
    for place, domain in enumerate(own.domains):
        for at, question in enumerate(domain.questions):
            if path[-1] == f"{domain.id}/{question.id}":
                return ("domains", place, "questions", at, "show_if")
    return ("domains",)
