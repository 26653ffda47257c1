"""Changes to a council's own set as a document: added, replaced, moved, retired, split. Pure: gives a new document.

A question that moves to another domain keeps its id but not its key, so whatever named the key follows it, and the
question says where it came from.
"""

from collections.abc import Callable, Mapping
from typing import Any

from audit_app.library import asking
from audit_app.library.own_sets import defaults, short_names
from findings.errors import Invalid, NotFound
from frameworks.own_sets import own_set
from frameworks.own_sets.shape import OwnDomain, OwnQuestion, OwnSet

Values = dict[str, Any]
SHORT_NAME = f"A short name has at most {short_names.MOST} small letters, digits and single dashes, such as visits-2026"
MOST_DOMAINS, MOST_QUESTIONS = 60, 400


class NotShaped(Invalid):
    """Values that do not fit the document's shape; `complaints` say where."""

    def __init__(self, complaints: list[own_set.Complaint]) -> None:
        super().__init__("contents", complaints[0][1] if complaints else "This cannot be kept.")
        self.complaints = complaints


def made(value: Mapping[str, Any]) -> OwnSet:
    """Plain values as a document; raises NotShaped."""
    own, complaints = own_set.shaped(value)
    if own is None:
        raise NotShaped(complaints)
    return own


def empty(title: str, purpose: str, key: str, publisher: str) -> OwnSet:
    """A new set that asks nothing yet, with the product's scales."""
    names = {"id": key, "title": title, "purpose": purpose, "publisher": publisher}
    return made({**defaults.whole(), **names})


def with_details(own: OwnSet, changed: Values) -> OwnSet:
    """The set with other details."""
    return made({**own.model_dump(), **changed})


def renamed(own: OwnSet, key: str) -> OwnSet:
    """The same document under another short name.

    Raises:
        Invalid: it is no short name; the field is `id`.
    """
    try:
        return made({**own.model_dump(), "id": key})
    except NotShaped as fault:
        raise Invalid("id", SHORT_NAME) from fault


def domain_of(own: OwnSet, domain_id: str) -> OwnDomain:
    """A domain of the document, retired ones too; raises NotFound."""
    for domain in own.domains:
        if domain.id == domain_id:
            return domain
    raise NotFound("The set has no such domain.")


def question_of(own: OwnSet, domain_id: str, question_id: str) -> OwnQuestion:
    """A question of the document, retired ones too; raises NotFound."""
    for question in domain_of(own, domain_id).questions:
        if question.id == question_id:
            return question
    raise NotFound("The set has no such question.")


def with_domain(own: OwnSet, domain_id: str, changed: Values) -> OwnSet:
    """A domain changed, or added at the end where `domain_id` is empty."""
    contents = own.model_dump()
    domains = list(contents["domains"])
    if domain_id:
        place = _place(own.domains, domain_id)
        domains[place] = {**domains[place], **changed}
    else:
        if len(domains) >= MOST_DOMAINS:
            raise Invalid("title", f"A set has at most {MOST_DOMAINS} domains")
        taken = {domain["id"] for domain in domains}
        number = changed.get("number") or _next({domain["number"] for domain in domains}, "D")
        made_id = short_names.slug_of(changed["title"], 20, taken)
        domains.append({**changed, "id": made_id, "number": number, "questions": ()})
    return made({**contents, "domains": tuple(domains)})


def with_question(own: OwnSet, domain_id: str, question_id: str, changed: Values) -> OwnSet:
    """A question changed, or added at the end of its domain where `question_id` is empty."""
    domain = domain_of(own, domain_id)
    count = sum(len(written.questions) for written in own.domains)

    def change(questions: list[Values]) -> list[Values]:
        if question_id:
            place = _place(domain.questions, question_id)
            questions[place] = {**questions[place], **changed}
            return questions
        number = changed.get("number") or _next(_numbers(own), f"{domain.number}.")
        made_id = short_names.slug_of(changed["text"], 30, {question["id"] for question in questions})
        return [*questions, {**changed, "id": made_id, "number": number}]

    if not question_id and count >= MOST_QUESTIONS:
        raise Invalid("text", f"A set has at most {MOST_QUESTIONS} questions")
    return _in_domain(own, domain_id, change)


def with_safety(own: OwnSet, domain_id: str) -> OwnSet:
    """The question every audit of a child asks, added to a domain."""
    question = defaults.safety_question()
    fields = question.model_dump(exclude={"key", "id", "number"})
    return with_question(own, domain_id, "", {**fields, "core": True, "show_if": None, "informs": (), "was": ()})


def moved_domain(own: OwnSet, domain_id: str, step: int) -> OwnSet:
    """A domain one place up (-1) or down (+1), past retired ones."""
    return own.model_copy(update={"domains": _moved(own.domains, domain_id, step)})


def moved_question(own: OwnSet, domain_id: str, question_id: str, step: int) -> OwnSet:
    """A question one place up (-1) or down (+1) in its domain, past retired ones."""
    domain = domain_of(own, domain_id)
    changed = domain.model_copy(update={"questions": _moved(domain.questions, question_id, step)})
    domains = tuple(changed if domain.id == domain_id else domain for domain in own.domains)
    return own.model_copy(update={"domains": domains})


def to_domain(own: OwnSet, domain_id: str, question_id: str, other: str) -> OwnSet:
    """A question moved to the end of another domain; what named its key follows it."""
    question = question_of(own, domain_id, question_id)
    target = domain_of(own, other)
    if other == domain_id:
        return own
    new_id = short_names.slug_of(question_id, 30, _ids(target.questions))
    old_key, new_key = f"{domain_id}/{question_id}", f"{other}/{new_id}"
    arriving = {**question.model_dump(), "id": new_id, "was": question.was or (old_key,)}
    left = _in_domain(own, domain_id, lambda rows: [row for row in rows if row["id"] != question_id])
    moved = _in_domain(left, other, lambda rows: [*rows, arriving])
    return _renamed(moved, old_key, new_key)


def retired(own: OwnSet, domain_id: str, question_id: str, *, away: bool) -> OwnSet:
    """A question, or a whole domain where no question is named, retired or brought back."""
    if not question_id:
        return with_domain(own, domain_id, {"retired": away})
    question_of(own, domain_id, question_id)
    return with_question(own, domain_id, question_id, {"retired": away})


def split(own: OwnSet, domain_id: str, question_id: str) -> OwnSet:
    """A question retired in favour of two that come from it, to be reworded."""
    question = question_of(own, domain_id, question_id)
    key = f"{domain_id}/{question_id}"
    taken = set(_ids(domain_of(own, domain_id).questions))
    numbers = _numbers(own)
    parts: list[Values] = []
    for _ in range(2):
        part_id = short_names.slug_of(question_id, 30, taken)
        number = _next(numbers, f"{question.number}.")
        parts.append({**question.model_dump(), "id": part_id, "number": number, "was": (key,), "safety": False})
        taken.add(part_id)
        numbers.add(number)

    def change(questions: list[Values]) -> list[Values]:
        place = _place(domain_of(own, domain_id).questions, question_id)
        old = {**questions[place], "retired": True}
        return [*questions[:place], old, *parts, *questions[place + 1 :]]

    return _in_domain(own, domain_id, change)


def with_scale(own: OwnSet, scale_id: str, points: tuple[Values, ...], *, ordered: bool) -> OwnSet:
    """A scale with other names and meanings, or a new one where the set has none of that id."""
    contents = own.model_dump()
    scales = [scale for scale in contents["scales"] if scale["id"] != scale_id]
    place = next((at for at, scale in enumerate(contents["scales"]) if scale["id"] == scale_id), len(scales))
    scales.insert(place, {"id": scale_id, "points": points, "ordered": ordered})
    return made({**contents, "scales": tuple(scales)})


def with_best_end(own: OwnSet, scale_id: str, end: str) -> OwnSet:
    """A scale turned so that the end that is best stands last; “neither” where none of its points is better."""
    scale = next((scale for scale in own.scales if scale.id == scale_id), None)
    if scale is None:
        raise NotFound("The set has no such scale.")
    points = scale.points[::-1] if end == "first" else scale.points
    changed = scale.model_copy(update={"points": points, "ordered": end != "neither"})
    return own.model_copy(update={"scales": tuple(changed if each.id == scale_id else each for each in own.scales)})


def earlier_questions(own: OwnSet, domain_id: str, question_id: str) -> list[tuple[str, str]]:
    """The questions asked before one that are answered on a scale: key and words; all of them for a new question."""
    earlier = []
    for domain, question in own.asked:
        if (domain.id, question.id) == (domain_id, question_id):
            break
        near = domain.id == domain_id or _before(own, domain.id, domain_id)
        if near and asking.scale_of(own, question):
            earlier.append((f"{domain.id}/{question.id}", f"{question.number} {question.text}"))
    return earlier


def before_domain(own: OwnSet, domain_id: str) -> list[tuple[str, str]]:
    """The questions asked before a domain begins that are answered on a scale; all of them for a new domain."""
    asked = [(domain, question) for domain, question in own.asked if asking.scale_of(own, question)]
    return [
        (f"{domain.id}/{question.id}", f"{question.number} {question.text}")
        for domain, question in asked
        if not domain_id or (domain.id != domain_id and _before(own, domain.id, domain_id))
    ]


def _before(own: OwnSet, first: str, second: str) -> bool:
    order = _ids(own.domains)
    return order.index(first) < order.index(second)


def _in_domain(own: OwnSet, domain_id: str, change: Callable[[list[Values]], list[Values]]) -> OwnSet:
    contents = own.model_dump()
    domains = list(contents["domains"])
    place = _place(own.domains, domain_id)
    domains[place] = {**domains[place], "questions": tuple(change(list(domains[place]["questions"])))}
    return made({**contents, "domains": tuple(domains)})


def _ids(things: tuple[Any, ...]) -> list[str]:
    return [thing.id for thing in things]


def _place(things: tuple[Any, ...], thing_id: str) -> int:
    for place, thing in enumerate(things):
        if thing.id == thing_id:
            return place
    raise NotFound("The set has no such domain or question.")


def _moved(things: tuple[Any, ...], thing_id: str, step: int) -> tuple[Any, ...]:
    order = list(things)
    place = _place(things, thing_id)
    other = place + step
    while 0 <= other < len(order) and order[other].retired:
        other += step
    if 0 <= other < len(order):
        order.insert(other, order.pop(place))
    return tuple(order)


def _renamed(own: OwnSet, old_key: str, new_key: str) -> OwnSet:
    contents = own.model_dump()
    for domain in contents["domains"]:
        for holder in (domain, *domain["questions"]):
            for key in ("show_if", "and_if"):
                condition = holder.get(key)
                if condition and condition["question"] == old_key:
                    holder[key] = {**condition, "question": new_key}
    return made(contents)


def _numbers(own: OwnSet) -> set[str]:
    return {question.number for domain in own.domains for question in domain.questions}


def _next(taken: set[str], before: str) -> str:
    at = 1
    while f"{before}{at}" in taken:
        at += 1
    return f"{before}{at}"
