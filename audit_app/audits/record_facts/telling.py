"""How facts about the record are written into an audit's document and read out of it: pure, no row and no session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from audit_app import words
from frameworks import QuestionSet
from frameworks.kinds import record_facts
from frameworks.kinds.record_facts import TYPED, RecordFact
from frameworks.scoring import Missing

TITLE = words.Ours("Facts about the record")
KEPT_BACK, NOT_GIVEN = words.Ours("Given"), words.Ours("Not given")
Told = Mapping[str, Any]


@dataclass(frozen=True)
class FactsProgress:
    """How many facts are asked, given, and still needed."""

    asked: int
    given: int
    left: int


def in_words(fact: RecordFact, given: str) -> str:
    """What is given, as people read it: 27 March 2026; 3 moves."""
    if not given:
        return ""
    if fact.kind == "date":
        return words.date_words(date.fromisoformat(given))
    return f"{given} {fact.unit}" if fact.unit else given


def written_down(questions: QuestionSet, given: Mapping[str, str]) -> dict[str, Any]:
    """The facts as an audit's document holds them; nothing where its set asks none, so that others read as before."""
    if not questions.facts:
        return {}
    return {"facts": [_written(fact, given.get(fact.id, "")) for fact in questions.facts]}


def _written(fact: RecordFact, given: str) -> dict[str, Any]:
    whole = {"id": fact.id, "title": fact.title, "kind": fact.kind, "given": given, "in_words": in_words(fact, given)}
    return {**whole, "typed": fact.kind in TYPED}


def without_words(document: Told) -> dict[str, Any]:
    """The facts for a reader who sees none of the text typed about the child: choices stand, the rest was given."""
    if "facts" not in document:
        return {}
    return {"facts": [_wordless(fact) for fact in document["facts"]]}


def _wordless(fact: Told) -> dict[str, Any]:
    kept_back = fact["typed"] and fact["given"]
    return {**fact, "given": "", "in_words": KEPT_BACK} if kept_back else dict(fact)


def lines(document: Told | None) -> tuple[tuple[str, str], ...]:
    """Each fact with what is given to it, in its order."""
    facts = document.get("facts", ()) if document else ()
    return tuple((fact["title"], fact["in_words"] or NOT_GIVEN) for fact in facts)


def pairs(old: Told, new: Told) -> list[tuple[str, str, str]]:
    """What a later version gives otherwise: the title, what it was, what it is."""
    before = {fact["id"]: fact["in_words"] for fact in old.get("facts", ())}
    both = [(fact["title"], before.get(fact["id"], ""), fact["in_words"]) for fact in new.get("facts", ())]
    return [(title, was, now) for title, was, now in both if was != now]


def missing(questions: QuestionSet, given: Mapping[str, str]) -> tuple[Missing, ...]:
    """The needed facts that must still be given before the audit can be submitted."""
    left = record_facts.missing(questions.facts, given)
    return tuple(
        Missing("fact", fact.id, fact.kind, f"Fill in “{fact.title}”, a fact about the record.") for fact in left
    )


def progress(questions: QuestionSet, given: Mapping[str, str]) -> FactsProgress | None:
    """How far the facts are; None where the set asks none."""
    if not questions.facts:
        return None
    filled = sum(bool(given.get(fact.id)) for fact in questions.facts)
    return FactsProgress(len(questions.facts), filled, len(record_facts.missing(questions.facts, given)))


def carried(older: QuestionSet, newer: QuestionSet, given: Mapping[str, str]) -> Sequence[tuple[str, str, bool]]:
    """What becomes of each fact in a move: its title, what is given, and whether that is carried over."""
    stays = record_facts.carried(older, newer, given)
    filled = [(fact, given[fact.id]) for fact in older.facts if given.get(fact.id)]
    return [(fact.title, in_words(fact, value), fact.id in stays) for fact, value in filled]


def choices_of(questions: QuestionSet) -> list[tuple[str, str]]:
    """What audits may be narrowed to: each choice of each fact that has some, as an address names it and in words."""
    return [
        (f"{fact.id}/{place}", f"{fact.title}: {choice}")
        for fact in questions.facts
        for place, choice in enumerate(fact.choices)
    ]


def chosen(questions: QuestionSet, named: str) -> tuple[str, str]:
    """The fact and the choice that an address names; nothing of either where this set asks no such thing."""
    fact_id, _, place = named.partition("/")
    for fact in questions.facts:
        if fact.id == fact_id and place in {str(each) for each in range(len(fact.choices))}:
            return fact_id, fact.choices[int(place)]
    return "", ""
