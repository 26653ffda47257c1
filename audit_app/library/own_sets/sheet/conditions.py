"""Which earlier question a row of the workbook means, and which of its answers: named as people see them. Pure."""

from collections.abc import Iterator
from typing import Any

from audit_app.library import asking
from audit_app.library.own_sets import matching, question_keys
from audit_app.library.own_sets.sheet.cells import Path, Reading
from frameworks.own_sets.shape import OwnSet
from frameworks.schema import AnswerScales, Point

Asked = tuple[Path, str, dict[str, Any]]


def resolve(reading: Reading) -> None:
    """Put keys and codes where the rows have numbers, words and names; each that means nothing is a fault."""
    every = list(_every(reading))
    for place, (path, domain_id, question) in enumerate(every):
        for key in question_keys.CONDITIONS:
            if question[key]:
                question[key] = _resolved(question[key], reading, (*path, key), domain_id, (every[:place], every))
    for at, domain in enumerate(reading.value["domains"]):
        if domain.get("show_if"):
            place = next((nth for nth, each in enumerate(every) if each[1] == domain["id"]), len(every))
            domain["show_if"] = _resolved(
                domain["show_if"], reading, ("domains", at, "show_if"), "", (every[:place], every)
            )


def _resolved(
    condition: dict[str, Any], reading: Reading, path: Path, home: str, asked: tuple[list[Asked], list[Asked]]
) -> dict[str, Any] | None:
    """The condition with key and codes: of the questions asked before, and only then of all, the one that is meant."""
    where = reading.place_of(path)
    named = condition["question"]
    earlier = _meant(named, home, asked[0]) or _meant(named, home, asked[1])
    if isinstance(earlier, str) or earlier is None:
        reading.faults.append(f"{where}: {earlier or _nothing(named)}")
        return None
    codes, strange = matching.answers_named(condition["answers"], _points(reading, earlier[2]))
    if strange or not codes:
        reading.faults.append(f"{where}: {_no_answer(reading, earlier[2], strange)}")
        return None
    return {"question": f"{earlier[1]}/{earlier[2]['id']}", "answers": codes}


def _every(reading: Reading) -> Iterator[Asked]:
    for at, domain in enumerate(reading.value["domains"]):
        for nth, question in enumerate(domain["questions"]):
            yield ("domains", at, "questions", nth), domain["id"], question


def _meant(named: str, home: str, asked: list[Any]) -> Any:
    """The question somebody named; words of a fault where several are meant; None where none is."""
    wanted = matching.plain(named)
    for names in (_key, _words, _number_and_words, _number):
        fitting = [each for each in asked if wanted in names(each)]
        here = [each for each in fitting if each[1] == home]
        if len(fitting) == 1 or len(here) == 1:
            return (here or fitting)[0]
        if fitting:
            return f"“{named.strip()[:60]}” names {len(fitting)} questions. Name the one you mean by its own words."
    return None


def _key(each: Any) -> tuple[str, ...]:
    return (f"{each[1]}/{each[2]['id']}",)


def _words(each: Any) -> tuple[str, ...]:
    return (matching.plain(each[2]["text"]),)


def _number_and_words(each: Any) -> tuple[str, ...]:
    return (matching.plain(f"{each[2]['number']} {each[2]['text']}"),)


def _number(each: Any) -> tuple[str, ...]:
    return (matching.plain(each[2]["number"]),)


def _points(reading: Reading, question: dict[str, Any]) -> tuple[Point, ...]:
    """The points of the scale a question is answered on, as far as the sheets say."""
    named = AnswerScales(**{key: scale for key, scale in reading.value["answer_scales"].items() if scale})
    scale_id = question["scale"] or (named.safety if question["safety"] else getattr(named, question["type"], None))
    points = next((scale["points"] for scale in reading.value["scales"] if scale["id"] == scale_id), ())
    return tuple(Point.model_construct(**point) for point in points)


def _nothing(named: str) -> str:
    return f"there is no question “{named.strip()[:60]}”. Write its words as they stand in “Question”, or its number."


def _no_answer(reading: Reading, question: dict[str, Any], strange: tuple[str, ...]) -> str:
    names = "; ".join(point.name for point in _points(reading, question))
    what = f"“{strange[0][:40]}” is no answer to {question['number']}" if strange else "no answer is named"
    return f"{what}. Its answers: {names or 'none, it is answered in words'}."


def reference_in(own: OwnSet, key: str) -> str:
    """The other way: an earlier question by its number, or by its words where the number is used again."""
    asked = [question for _, question in asking.every(own)]
    question = asking.find(own, key)
    if question is None:
        return key
    for name in (question.number, question.text):
        alike = [
            each for each in asked if matching.plain(name) in (matching.plain(each.number), matching.plain(each.text))
        ]
        if len(alike) == 1:
            return name
    return key
