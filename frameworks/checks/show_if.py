"""Whether questions that depend on an earlier answer can ever be asked: what must hold of `show_if`."""

from collections.abc import Iterator, Mapping

from frameworks.files.faults import Path
from frameworks.files.shapes import WrittenSet
from frameworks.questions import WrittenQuestion
from frameworks.schema import Edition

Complaint = tuple[Path, str]


def condition_complaints(
    listed: Mapping[str, WrittenQuestion], where: Path, written: WrittenSet, edition: Edition
) -> Iterator[Complaint]:
    """What is wrong with the conditions of one length of a set.

    Args:
        listed: The questions of the length by key, in the order they are asked.
        where: The place in the set's file that lists them.
        written: The set, for the scale of each type of question.
        edition: The edition, for the points of each scale.
    """
    order = {key: place for place, key in enumerate(listed)}
    for key, question in listed.items():
        if question.show_if is None:
            continue
        named = question.show_if.question
        never = _never_asked(key, named, order, listed)
        if never:
            yield (*where, "questions", key), never
            continue
        names = _names(listed[named], written, edition)
        strange = [code for code in question.show_if.answers if code not in names]
        if strange:
            known = "; ".join(names.values()) or "none: it is answered in words"
            unanswerable = f"{_said(key, listed)} is shown if {_said(named, listed)} is “{strange[0]}”, which is no"
            yield (*where, "questions", key), f"{unanswerable} answer to it. Answers: {known}."


def _never_asked(key: str, named: str, order: Mapping[str, int], listed: Mapping[str, WrittenQuestion]) -> str:
    """Why a question could never be asked after the one its condition names; empty when it can be."""
    if named == key or key in _behind(named, listed):
        circle = "is shown only after its own answer: the conditions run in a circle. Take one of them out."
        return f"{_said(key, listed)} {circle}"
    if named not in order:
        return (
            f"{_said(key, listed)} is shown only after {_said(named, listed)}, which is not asked here. Ask that "
            "question too, or take the condition out."
        )
    if order[named] > order[key]:
        later = "which is asked later. Move that question before this one."
        return f"{_said(key, listed)} is shown only after {_said(named, listed)}, {later}"
    return ""


def _behind(key: str, listed: Mapping[str, WrittenQuestion]) -> set[str]:
    """Every question that must be answered before this one is shown."""
    behind: set[str] = set()
    while key in listed and key not in behind:
        behind.add(key)
        condition = listed[key].show_if
        key = condition.question if condition else ""
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
