"""What hangs on a question or domain of a draft, and the draft without it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from audit_app.library.own_sets.editing import Values, domain_of, made, question_of
from frameworks.own_sets.shape import OwnDomain, OwnQuestion, OwnSet

CONDITIONS = ("show_if", "and_if")


@dataclass(frozen=True)
class Hanging:
    """What goes with it, and what would wait for an answer that is no longer asked for."""

    questions: tuple[OwnQuestion, ...]
    waiting_questions: tuple[OwnQuestion, ...]
    waiting_domains: tuple[OwnDomain, ...]
    was_safety: bool


def keys_of(own: OwnSet) -> frozenset[str]:
    """Every domain of a document by its id, and every question by domain and id, retired ones too."""
    questions = {f"{domain.id}/{question.id}" for domain in own.domains for question in domain.questions}
    return frozenset(questions | {domain.id for domain in own.domains})


def deletable(own: OwnSet, published: Collection[str]) -> frozenset[str]:
    """What of a draft was in no published version: such questions, and such domains with none of the others in them."""
    new = keys_of(own) - set(published)
    kept = {key.partition("/")[0] for key in keys_of(own) - new if "/" in key}
    return frozenset(key for key in new if "/" in key or key not in kept)


def hanging_on(own: OwnSet, domain_id: str, question_id: str) -> Hanging:
    """What hangs on a question, or on a whole domain where no question is named; raises NotFound."""
    domain = domain_of(own, domain_id)
    going = (question_of(own, domain_id, question_id),) if question_id else domain.questions
    keys = {f"{domain_id}/{question.id}" for question in going}
    staying = [
        (place, question)
        for place in own.domains
        for question in place.questions
        if f"{place.id}/{question.id}" not in keys
    ]
    return Hanging(
        questions=() if question_id else domain.questions,
        waiting_questions=tuple(question for _place, question in staying if _names(question, keys)),
        waiting_domains=tuple(
            place for place in own.domains if _names(place, keys) and (question_id or place.id != domain_id)
        ),
        was_safety=any(question.safety for question in going),
    )


def _names(holder: OwnDomain | OwnQuestion, keys: Collection[str]) -> bool:
    conditions = (getattr(holder, name, None) for name in CONDITIONS)
    return any(condition is not None and condition.question in keys for condition in conditions)


def without(own: OwnSet, domain_id: str, question_id: str) -> OwnSet:
    """The document without a question, or without a domain and all in it; whatever waited for an answer there no longer
    does; raises NotFound."""
    domain = domain_of(own, domain_id)
    going = (question_of(own, domain_id, question_id),) if question_id else domain.questions
    keys = {f"{domain_id}/{question.id}" for question in going}
    contents = own.model_dump()
    domains = [each for each in contents["domains"] if question_id or each["id"] != domain_id]
    for each in domains:
        stay = [question for question in each["questions"] if f"{each['id']}/{question['id']}" not in keys]
        each["questions"] = tuple(_freed(question, keys) for question in stay)
    return made({**contents, "domains": tuple(_freed(each, keys) for each in domains)})


def _freed(holder: Values, keys: Collection[str]) -> Values:
    """Without the conditions that name a deleted question; the other one stands first then."""
    held = [holder.get(name) for name in CONDITIONS if name in holder]
    stay = [each for each in held if each and each["question"] not in keys]
    filled = dict(zip(CONDITIONS, [*stay, None, None], strict=False))
    return {**holder, **{name: value for name, value in filled.items() if name in holder}}
