"""Whether questions and domains that depend on earlier answers can ever be asked: what must hold of conditions."""

from collections.abc import Iterator, Mapping

from frameworks.files.faults import Path
from frameworks.files.shapes import WrittenSet
from frameworks.questions import ShowIf, WrittenDomain, WrittenQuestion
from frameworks.schema import Edition

Complaint = tuple[Path, str]


def condition_complaints(
    listed: Mapping[str, WrittenQuestion],
    where: Path,
    written: WrittenSet,
    edition: Edition,
    domains: Mapping[str, WrittenDomain],
) -> Iterator[Complaint]:
    """What is wrong with the conditions of one length of a set.

    Args:
        listed: The questions of the length by key, in the order they are asked.
        where: The place in the set's file that lists them.
        written: The set, for the scale of each type of question.
        edition: The edition, for the points of each scale.
        domains: The domains by id: a whole domain may wait for an answer.
    """
    for key, question in listed.items():
        for condition in question.conditions:
            wrong = _wrong(key, condition, listed, written, edition)
            if wrong:
                yield (*where, "questions", key), f"{_said(key, listed)} {wrong}"
    for domain_id, first in _first_of_each(listed).items():
        domain = domains.get(domain_id)
        if domain is None or domain.show_if is None:
            continue
        if any(question.safety for question in domain.questions):
            yield (*where, "questions", first), f"“{domain.title}” holds the safety question, so it is always asked."
        wrong = _wrong(first, domain.show_if, listed, written, edition)
        if wrong:
            yield (*where, "questions", first), f"The whole of “{domain.title}” {wrong}"


def _first_of_each(listed: Mapping[str, WrittenQuestion]) -> dict[str, str]:
    """The first question of each domain."""
    first: dict[str, str] = {}
    for key in listed:
        first.setdefault(key.partition("/")[0], key)
    return first


def _wrong(
    key: str,
    condition: ShowIf,
    listed: Mapping[str, WrittenQuestion],
    written: WrittenSet,
    edition: Edition,
) -> str:
    """Why what stands at a place could never be asked after that answer, and what to do; empty when it can be."""
    named = condition.question
    never = _never_asked(key, named, listed)
    if never:
        return never
    names = _names(listed[named], written, edition)
    strange = [code for code in condition.answers if code not in names]
    if not strange:
        return ""
    known = "; ".join(names.values()) or "none: it has no points to choose from"
    unanswerable = f"is shown if {_said(named, listed)} is “{strange[0]}”, which is no answer to it."
    return f"{unanswerable} Answers: {known}."


def _never_asked(key: str, named: str, listed: Mapping[str, WrittenQuestion]) -> str:
    if named == key or key in _behind(named, listed):
        return "is shown only after its own answer: the conditions run in a circle. Take one of them out."
    if named not in listed:
        missing = f"is shown only after {_said(named, listed)}, which is not asked here."
        return f"{missing} Ask that question too, or take the condition out."
    order = list(listed)
    if order.index(named) > order.index(key):
        later = "which is asked later. Move that question before this one."
        return f"is shown only after {_said(named, listed)}, {later}"
    return ""


def _behind(key: str, listed: Mapping[str, WrittenQuestion]) -> set[str]:
    """Every question that must be answered before this one is shown, itself included."""
    behind: set[str] = set()
    waiting = [key]
    while waiting:
        next_key = waiting.pop()
        if next_key in behind or next_key not in listed:
            continue
        behind.add(next_key)
        waiting += [condition.question for condition in listed[next_key].conditions]
    return behind


def _said(key: str, listed: Mapping[str, WrittenQuestion]) -> str:
    """A question as people see it: its number and its words; its key only where it is nowhere."""
    question = listed.get(key)
    return f"{question.number} “{question.text}”" if question else f"“{key}”"


def _names(question: WrittenQuestion, written: WrittenSet, edition: Edition) -> Mapping[str, str]:
    """The names of the answers a question may be given, by their codes."""
    scale_id = written.answer_scales.scale_id_of(question)
    points = next((scale.points for scale in edition.scales if scale.id == scale_id), ())
    return {point.code: point.name for point in points}
