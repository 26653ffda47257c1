"""What a question set calls the people it is about: a bank written of a child, read of a young person. Pure.

Law and guidance are called by their names, so limits and the basis of a question are never touched.
"""

import re
from collections.abc import Mapping

from frameworks.questions import Domain, Question
from frameworks.schema import Scale

Nouns = Mapping[str, str]


def put_into(text: str, nouns: Nouns) -> str:
    """The text with each noun said the set's own way, whole words only, a capital where one stood.

    So `child’s` becomes `young person’s` and `childhood` stays.
    """
    for noun, instead in nouns.items():
        text = re.sub(rf"\b{re.escape(noun)}\b", instead, text)
        text = re.sub(rf"\b{re.escape(_capital(noun))}\b", _capital(instead), text)
    return text


def of_question(question: Question, nouns: Nouns) -> Question:
    """A question in the set's nouns: what it asks and what helps to answer it."""
    hint = put_into(question.hint, nouns) if question.hint else None
    return question.model_copy(update={"text": put_into(question.text, nouns), "hint": hint}) if nouns else question


def of_domain(domain: Domain, nouns: Nouns) -> Domain:
    """A domain in the set's nouns: its title, what each grade looks like, and its questions."""
    if not nouns:
        return domain
    values = domain.model_dump() | {
        "title": put_into(domain.title, nouns),
        "guidance": {code: put_into(words, nouns) for code, words in domain.guidance.items()},
        "questions": tuple(of_question(question, nouns).model_dump() for question in domain.questions),
    }
    return Domain.model_validate(values)


def of_scale(scale: Scale, nouns: Nouns) -> Scale:
    """A scale in the set's nouns: what each point means. Its codes and names stay, so it is the same scale."""
    meanings = ((point, put_into(point.meaning, nouns) if point.meaning else None) for point in scale.points)
    points = tuple(point.model_copy(update={"meaning": meaning}) for point, meaning in meanings)
    return scale.model_copy(update={"points": points})


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
