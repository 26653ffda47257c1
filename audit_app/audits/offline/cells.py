"""The two cells of a row of the offline form as columns of an answer: read as people write them. Pure."""

from collections.abc import Sequence

from audit_app import sheets, words
from audit_app.audits.question_sets import NOT_APPLICABLE, codes_for
from audit_app.library import asking
from audit_app.library.own_sets import matching
from audit_app.library.sets.offline import ACTION, DUE, EVIDENCE, OWNER, SECOND
from frameworks import Question, QuestionSet
from frameworks.kinds import answered as kinds
from frameworks.kinds import record_facts
from frameworks.schema import Point

AWAY_WORDS = frozenset(
    matching.plain(text) for text in (asking.NOT_APPLICABLE_WORDS, "Does not apply", "Not applicable", "N/A", "NA")
)
OF_ACTION = (ACTION, OWNER, DUE)


class Unread(ValueError):
    """What a cell says is no answer; the message says what to write."""


def answer_in(questions: QuestionSet, key: str, part: str, answer: str, saw: str) -> dict[str, str]:
    """The columns that a row fills: of the question itself, or of what stands beside it.

    Raises:
        Unread: The answer is none of those offered, no day or no number.
    """
    question = questions.question(key)
    if part == SECOND:
        scale = questions.scale(question.second.scale if question.second else "")
        text = {"text": saw} if saw else {}
        return {**text, **({"second": one_of(answer, scale.as_offered)} if answer else {})}
    if part == EVIDENCE:
        return {"evidence": " ".join(joined(answer, saw).split())}
    if part in OF_ACTION:
        return _of_action(part, joined(answer, saw))
    if kinds.answered_with(question) == "words":
        return {"text": joined(answer, saw)}
    return {**_given(questions, question, answer), **({"text": saw} if saw else {})}


def fact_in(questions: QuestionSet, fact_id: str, answer: str, saw: str) -> dict[str, str]:
    """What a row gives to a fact about the record, by its id.

    Raises:
        Unread: It is none of the choices, no day or no number, or too long.
    """
    fact = next(fact for fact in questions.facts if fact.id == fact_id)
    match fact.kind:
        case "choice":
            given = _choice(fact.choices, joined(answer, saw))
        case "date":
            given = _day(joined(answer, saw))
        case "number":
            given = _number(joined(answer, saw))
        case _:
            given = joined(answer, saw)
    if why := record_facts.why_not(fact, given):
        raise Unread(f"“{fact.title}”: {why[0].lower()}{why[1:]}.")
    return {fact_id: given}


def _choice(choices: Sequence[str], answer: str) -> str:
    wanted = matching.plain(answer)
    for choice in choices:
        if matching.plain(choice) == wanted:
            return choice
    names = words.listing([f"“{choice}”" for choice in choices], "or")
    raise Unread(f"“{answer[:80]}” is not one of the choices. Choose {names}.")


def _of_action(part: str, text: str) -> dict[str, str]:
    if part == DUE:
        return {"action_due": _day(text)}
    return {"action": text} if part == ACTION else {"action_owner": " ".join(text.split())}


def _given(questions: QuestionSet, question: Question, answer: str) -> dict[str, str]:
    """The answer alone; whatever it is, it stands instead of what was answered before."""
    if not answer:
        return {}
    if matching.plain(answer) in AWAY_WORDS and NOT_APPLICABLE in codes_for(questions, question):
        return {"code": NOT_APPLICABLE, "given": ""}
    match kinds.answered_with(question):
        case "point":
            return {"code": one_of(answer, _points(questions, question)), "given": ""}
        case "points":
            return {"code": "", "given": ",".join(_ticked(answer, _points(questions, question)))}
        case "date":
            return {"code": "", "given": _day(answer)}
        case _:
            return {"code": "", "given": _number(answer)}


def one_of(answer: str, points: Sequence[Point]) -> str:
    """The code of the one answer that a cell names."""
    codes, strange = matching.answers_named(answer, points)
    if strange or len(codes) != 1:
        names = words.listing([f"“{point.name}”" for point in points], "or")
        why = "is more than one answer" if len(codes) > 1 else "is not one of the answers"
        raise Unread(f"“{answer[:80]}” {why}. Choose {names}.")
    return codes[0]


def _ticked(answer: str, points: Sequence[Point]) -> list[str]:
    codes, strange = matching.answers_named(answer, points)
    if strange:
        names = "; ".join(point.name for point in points)
        raise Unread(f"“{strange[0][:80]}” is none of what may be ticked. Write one or more of: {names}.")
    return [point.code for point in points if point.code in codes]


def _day(answer: str) -> str:
    try:
        return sheets.as_date(answer).isoformat()
    except ValueError as no_day:
        raise Unread(str(no_day)) from None


def _number(answer: str) -> str:
    figures = kinds.as_figures(answer)
    if not kinds.is_number(figures):
        raise Unread(f"“{answer[:80]}” is no number. {kinds.NO_NUMBER}.")
    return figures


def joined(answer: str, saw: str) -> str:
    """Words that may stand in either cell, or go on in the second."""
    return "\n".join(filter(None, (answer, saw)))


def _points(questions: QuestionSet, question: Question) -> Sequence[Point]:
    scale = questions.scale_for(question)
    return asking.offered(scale, question) if scale else ()
