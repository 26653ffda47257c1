"""What must hold between the parts of an edition and between its files, checked after each file's own shape."""

from collections.abc import Callable, Iterable, Iterator

from frameworks import scoring
from frameworks.checks import by_type, show_if
from frameworks.files.faults import Path
from frameworks.files.shapes import Bank, Length, WrittenSet
from frameworks.kinds import answered as kinds
from frameworks.kinds import record_facts
from frameworks.questions import WrittenDomain, WrittenQuestion
from frameworks.schema import AnswerScales, Edition

Complaint = tuple[Path, str]
# Gives the judgement areas of another edition, or None if there is no such edition.
AreasOf = Callable[[str], frozenset[str] | None]
BRIEF, CORE = "brief", "core"
LIMITS = {BRIEF: 17, CORE: 40}
CORE_LIMIT = LIMITS[CORE]
# ALL means every child; files and meetings that are not a child's have question banks of their own.
OF_NO_CHILD = {"SUP", "CARER", "OBS"}


def edition_complaints(edition: Edition, name: str) -> Iterator[Complaint]:
    """What is wrong inside edition.yaml; `name` is the folder it lies in."""
    if edition.id != name:
        yield ("id",), f"The edition calls itself “{edition.id}” but its folder is “{name}”. Make the two the same."
    if edition.valid_to and edition.valid_to < edition.valid_from:
        yield ("valid_to",), "The edition ends before it begins. Correct one of the two dates."
    if edition.superseded_by and not edition.end_checked_on:
        yield ("superseded_by",), "“end_checked_on” is missing. Say on which day it was found that something follows."
    if edition.found_in_force and (not edition.end_checked_on or edition.superseded_by or edition.valid_to):
        yield ("found_in_force",), "Only with “end_checked_on”, and with no last day, can it be said to be in force."
    if edition.verified != "verified" and not edition.not_verified:
        yield ("not_verified",), "“not_verified” is missing. Say in plain words what was not read or checked."
    if edition.rules and edition.rules not in scoring.RULES:
        yield ("rules",), f"There is no scoring rule “{edition.rules}”. Known: {', '.join(scoring.RULES)}."
    for key in ("scales", "areas", "statements", "checks", "facts"):
        yield from _repeated((key,), "id", [entry.id for entry in getattr(edition, key)])
    yield from _repeated(("timescales",), "code", [entry.code for entry in edition.timescales])
    yield from _scale_complaints(edition)
    yield from by_type.type_complaints(edition)
    yield from _reference_complaints(edition)


def version_complaints(edition: Edition) -> Iterator[Complaint]:
    """What an edition.yaml may not say of itself: its version, which its corrections make."""
    for key in ("version", "corrections"):
        if key in edition.model_fields_set:
            yield (key,), f"“{key}” is not written here. A file correction-2.yaml beside this one makes version 2."


def bank_complaints(
    bank: Bank, edition: Edition, areas: frozenset[str], areas_of: AreasOf | None = None
) -> Iterator[Complaint]:
    """What is wrong inside bank.yaml; `areas` are the judgement areas its domains may inform."""
    yield from _repeated(("domains",), "id", [domain.id for domain in bank.domains])
    yield from _repeated(("domains",), "number", [domain.number for domain in bank.domains])
    safety: list[str] = []
    for place, domain in enumerate(bank.domains):
        where: Path = ("domains", place)
        yield from _domain_complaints(domain, where, edition, areas)
        yield from _named_area_complaints(domain, where, edition, areas_of)
        # Printed numbers may begin anew in each domain; inside one they tell its questions apart.
        numbers: set[str] = set()
        for index, question in enumerate(domain.questions):
            here = (*where, "questions", index)
            if question.number in numbers:
                twice = f"The number “{question.number}” is used twice in this domain. Give each question its own."
                yield (*here, "number"), twice
            numbers.add(question.number)
            if question.safety:
                safety.append(question.id)
                if len(safety) > 1:
                    yield (*here, "safety"), "There is a safety question already. Only one question may be it."


def set_complaints(written: WrittenSet, name: str, bank: Bank, edition: Edition) -> Iterator[Complaint]:
    """What is wrong inside one question set's file; `name` is the file's name without its ending."""
    if written.id != name:
        yield ("id",), f"The set calls itself “{written.id}” but its file is “{name}.yaml”. Make the two the same."
    if "full" not in written.lengths:
        yield ("lengths",), "The length “full” is missing. Every set has one; “core” and “brief” may stand beside it."
    yield from record_facts.complaints(written)
    yield from _set_scale_complaints(written, edition)
    yield from _reading_complaints(written, bank)
    domains = {domain.id: domain for domain in bank.domains}
    for place, left in enumerate(written.leaves_out):
        if left.domain not in domains:
            yield ("leaves_out", place, "domain"), f"The bank has no domain “{left.domain}”. Check the spelling."
    for length_id, length in written.lengths.items():
        where: Path = ("lengths", length_id)
        yield from _listing_complaints(length, where, written, domains)
        listed = listed_questions(length, written, domains)
        yield from _length_complaints(length_id, listed, where, written, bank)
        yield from _unanswerable(listed, where, written, edition)
        yield from show_if.condition_complaints(listed, where, written, edition, domains)


def fits(question: WrittenQuestion, written: WrittenSet) -> bool:
    """Whether a question is meant for one of a set's cohorts."""
    children = set(written.cohorts) - OF_NO_CHILD
    return bool(set(question.cohorts) & set(written.cohorts)) or ("ALL" in question.cohorts and bool(children))


def listed_questions(
    length: Length, written: WrittenSet, domains: dict[str, WrittenDomain]
) -> dict[str, WrittenQuestion]:
    """The questions a length lists, by key and in its order; lines that name nothing are passed over."""
    return {key: question for line in length.questions for key, question in _named(line, written, domains)}


def _named(line: str, written: WrittenSet, domains: dict[str, WrittenDomain]) -> list[tuple[str, WrittenQuestion]]:
    domain_id, _, question_id = line.partition("/")
    domain = domains.get(domain_id)
    if domain is None:
        return []
    return [
        (f"{domain_id}/{question.id}", question)
        for question in domain.questions
        if question.id == question_id or (question_id == "*" and fits(question, written))
    ]


def _repeated(where: Path, key: str, values: Iterable[str]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield (*where, place, key), f"The {key} “{value}” is used twice here. Give each entry its own."
        seen.add(value)


def _scale_complaints(edition: Edition) -> Iterator[Complaint]:
    for place, scale in enumerate(edition.scales):
        where: Path = ("scales", place, "points")
        if len(scale.points) < 2:
            yield where, f"The scale “{scale.id}” needs at least two points, from worst to best."
        if 0 < len(scale.worth) < len(scale.points):
            yield where, f"The scale “{scale.id}” says what some of its points are worth. Say it of each, or of none."
        yield from _repeated(where, "code", scale.codes)


def _reference_complaints(edition: Edition) -> Iterator[Complaint]:
    scales = {scale.id for scale in edition.scales}
    areas = {area.id for area in edition.areas}
    for place, area in enumerate(edition.areas):
        if area.scale is not None and area.scale not in scales:
            yield ("areas", place, "scale"), _no_scale(area.scale, scales)
        if area.scale is None and edition.type == "graded_best_fit":
            yield ("areas", place), f"The area “{area.id}” has no “scale”. A graded framework needs one for each area."
    if edition.overall and edition.overall.scale not in scales:
        yield ("overall", "scale"), _no_scale(edition.overall.scale, scales)
    if edition.overall and edition.overall.id in areas:
        yield ("overall", "id"), f"“{edition.overall.id}” is a judgement area already. Give the overall its own id."
    for place, statement in enumerate(edition.statements):
        if statement.area not in areas:
            yield ("statements", place, "area"), f"There is no area “{statement.area}”. Known: {_list(areas)}."


def _domain_complaints(
    domain: WrittenDomain, where: Path, edition: Edition, areas: frozenset[str]
) -> Iterator[Complaint]:
    yield from _repeated((*where, "questions"), "id", [question.id for question in domain.questions])
    for place, area in enumerate(domain.informs):
        if area not in areas:
            yield (*where, "informs", place), f"There is no judgement area “{area}”. Known: {_list(areas)}."
    codes = {code for scale in edition.scales for code in scale.codes}
    for code in domain.guidance or {}:
        if code not in codes:
            yield (*where, "guidance", code), f"“{code}” is not a point of any scale of this edition. Check the code."
    scales = {scale.id for scale in edition.scales}
    for place, question in enumerate(domain.questions):
        here = (*where, "questions", place)
        if question.scale and question.scale not in scales:
            yield (*here, "scale"), _no_scale(question.scale, scales)
        if question.second and question.second.scale not in scales:
            yield (*here, "second"), _no_scale(question.second.scale, scales)
        unfit = _unfit(question)
        if unfit:
            yield (*here, "scale"), unfit


def _unfit(question: WrittenQuestion) -> str:
    """A scale beside a kind that has no use for one, or the other way round; empty when the two fit."""
    with_what = kinds.answered_with(question)
    if with_what == "points" and not question.scale:
        return "Nothing is named that could be ticked. Name a scale whose points are what may be ticked."
    if with_what in ("date", "number") and question.scale:
        return f"A {question.type} has no scale. Leave it empty, or choose another type."
    return ""


def _named_area_complaints(
    domain: WrittenDomain, where: Path, edition: Edition, areas_of: AreasOf | None
) -> Iterator[Complaint]:
    """Areas named with their edition, by the domain or one of its questions, must be there."""
    named: list[tuple[Path, str]] = [
        ((*where, "also_informs", at), name) for at, name in enumerate(domain.also_informs)
    ]
    for place, question in enumerate(domain.questions):
        named += [((*where, "questions", place, "informs", at), name) for at, name in enumerate(question.informs)]
    for path, name in named:
        edition_id, _, area = name.partition("/")
        own = frozenset(judged.id for judged in edition.areas) if edition_id == edition.id else None
        known = own if own is not None else (areas_of(edition_id) if areas_of else None)
        if known is None:
            yield path, f"There is no edition “{edition_id}”. Write an edition of the library and one of its areas."
        elif area not in known:
            yield path, f"“{edition_id}” has no judgement area “{area}”. Known: {_list(known)}."


def _set_scale_complaints(written: WrittenSet, edition: Edition) -> Iterator[Complaint]:
    scales = {scale.id for scale in edition.scales}
    named: list[tuple[Path, str | None]] = [(("domain_scale",), written.domain_scale)]
    if written.overall_grade:
        named.append((("overall_grade", "scale"), written.overall_grade.scale))
    # The scale of the safety question has a default, and is missed only where that question is listed.
    for kind in (key for key in AnswerScales.model_fields if key != "safety"):
        named.append((("answer_scales", kind), getattr(written.answer_scales, kind)))
    for path, scale in named:
        if scale is not None and scale not in scales:
            yield path, _no_scale(scale, scales)


def _reading_complaints(written: WrittenSet, bank: Bank) -> Iterator[Complaint]:
    """`reads_as` may only name judgement areas that the bank's domains inform."""
    known = {area for domain in bank.domains for area in domain.informs}
    for area, spoken_of in written.reads_as.items():
        for named in (area, spoken_of):
            if named not in known:
                yield ("reads_as", area), f"No domain informs an area “{named}”. Known: {_list(known)}."


def _listing_complaints(
    length: Length, where: Path, written: WrittenSet, domains: dict[str, WrittenDomain]
) -> Iterator[Complaint]:
    seen: set[str] = set()
    for place, line in enumerate(length.questions):
        here = (*where, "questions", place)
        named = _named(line, written, domains)
        if not named:
            yield (
                here,
                f"“{line}” names no question of the bank that fits this set. Write it like plan/specific or plan/*.",
            )
        for key, _ in named:
            if key in seen:
                yield here, f"“{key}” is listed twice. Take one of the two out."
            seen.add(key)


def _length_complaints(
    length_id: str, listed: dict[str, WrittenQuestion], where: Path, written: WrittenSet, bank: Bank
) -> Iterator[Complaint]:
    has_safety = any(question.safety for domain in bank.domains for question in domain.questions)
    is_of_child = bool({"child", "sibling_group"} & set(written.subjects))
    if has_safety and is_of_child and not any(question.safety for question in listed.values()):
        yield (*where, "questions"), "The safety question is not listed. Every audit of a child asks it: add it."
    limit = LIMITS.get(length_id)
    if limit and len(listed) > limit:
        yield (*where, "questions"), f"The {length_id} has {len(listed)} questions; {limit} is the most. Take some out."
    if length_id != CORE:
        return
    present = {key.partition("/")[0] for key in listed}
    excused = {left.domain for left in written.leaves_out}
    for domain in bank.domains:
        applies = domain.safety_critical and any(fits(question, written) for question in domain.questions)
        if applies and domain.id not in present | excused:
            lacking = f"The core lacks the safety-critical domain “{domain.id}”. "
            yield (*where, "questions"), lacking + "List a question of it, or name it under “leaves_out” and say why."


def _unanswerable(
    listed: dict[str, WrittenQuestion], where: Path, written: WrittenSet, edition: Edition
) -> Iterator[Complaint]:
    asked = {question.type for question in listed.values() if not (question.scale or question.safety)}
    for kind in sorted(kind for kind in asked if not kinds.has_no_scale(kind)):
        if getattr(written.answer_scales, kind) is None:
            yield ("answer_scales",), f"“{kind}” is missing: {where[-1]} has such questions. Name the scale they use."
    asks_safety = any(question.safety and not question.scale for question in listed.values())
    safety = written.answer_scales.safety
    if asks_safety and safety not in {scale.id for scale in edition.scales}:
        yield ("answer_scales",), f"The safety question needs the scale “{safety}”. Add it to edition.yaml."
    if written.domain_scale is None and any(question.type == "judged" for question in listed.values()):
        yield ("domain_scale",), "“domain_scale” is missing. Name the scale domains are graded on."


def _no_scale(scale: str, scales: set[str]) -> str:
    return f"There is no scale “{scale}” in this edition. Known: {_list(scales)}."


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
