"""Facts about the record: what a council's own set asks above its questions, as a tool's head does. Pure.

A fact is no question: it is never graded, counted into coverage or left out of a length, and it speaks of no judgement
area. What is given is kept as text: the words, a day like 2026-03-27, figures, or the choice as it reads.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

from pydantic import StringConstraints

from frameworks.kinds.answered import LONGEST_GIVEN, NO_NUMBER, is_day, is_number
from frameworks.shapes import Shape, Text

Path = tuple[str | int, ...]
FactKind = Literal["text", "date", "number", "choice"]
FactId = Annotated[str, StringConstraints(max_length=30, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
FactChange = Literal["kept", "reworded", "retired", "new"]
MOST_FACTS, MOST_CHOICES = 12, 40
LONGEST_TITLE, LONGEST_HINT, LONGEST_UNIT, LONGEST_CHOICE = 120, 500, 40, 120
# Typed words may tell of a person; a choice is one of the set's own words.
TYPED: frozenset[FactKind] = frozenset({"text", "date", "number"})


class RecordFact(Shape):
    """One fact about the record: what it is called, how it is given, and whether an audit can go without it."""

    id: FactId
    title: Text
    hint: Text | None = None
    kind: FactKind
    unit: Text | None = None
    choices: tuple[Text, ...] = ()
    needed: bool = False


class HoldsFacts(Protocol):
    """A set, written or built, that may ask facts."""

    @property
    def facts(self) -> tuple[RecordFact, ...]:
        """Its facts, in the order they are asked."""


@dataclass(frozen=True)
class FactChanged:
    """What happened to one fact between two versions of a set: its title before and after, None where it was not."""

    id: str
    kind: FactChange
    before: str | None
    after: str | None


def complaints(holder: HoldsFacts) -> Iterator[tuple[Path, str]]:
    """What is wrong with the facts of a set, each with its place and a remedy."""
    if len(holder.facts) > MOST_FACTS:
        yield ("facts",), f"A set asks at most {MOST_FACTS} facts about the record. Ask the rest as questions."
    ids: set[str] = set()
    titles: set[str] = set()
    for place, fact in enumerate(holder.facts):
        where: Path = ("facts", place)
        if fact.id in ids:
            yield (*where, "id"), f"The id “{fact.id}” is used by two facts. Give each its own."
        elif _plain(fact.title) in titles:
            yield (*where, "title"), f"Two facts are called “{fact.title}”. Give each its own title."
        ids.add(fact.id)
        titles.add(_plain(fact.title))
        yield from (((*where, key), why) for key, why in complaints_of(fact))


def complaints_of(fact: RecordFact) -> Iterator[tuple[str, str]]:
    """What is wrong with one fact taken by itself: the key that must be mended, and how."""
    lengths = (("title", LONGEST_TITLE), ("hint", LONGEST_HINT), ("unit", LONGEST_UNIT))
    for key, most in lengths:
        if len(getattr(fact, key) or "") > most:
            yield key, f"“{fact.title[:60]}”: this is longer than {most} characters. Shorten it."
    if "\n" in fact.title:
        yield "title", f"“{fact.title[:60]}”: a title stands on one line. Put the rest into the help."
    if fact.unit and fact.kind != "number":
        yield "unit", f"“{fact.title[:60]}” has a unit, and only a number has one. Take it out, or make it a number."
    yield from (("choices", f"“{fact.title[:60]}” {why}") for why in _wrong_with_choices(fact))


def _wrong_with_choices(fact: RecordFact) -> Iterator[str]:
    if fact.kind != "choice":
        if fact.choices:
            yield "has choices, and is none. Take them out, or make it a choice."
        return
    if len(fact.choices) < 2:
        yield "has too few choices to choose from. Name at least two."
    if len(fact.choices) > MOST_CHOICES:
        yield f"has more than {MOST_CHOICES} choices. Name fewer, or ask for words."
    if any(len(choice) > LONGEST_CHOICE or "\n" in choice for choice in fact.choices):
        yield f"has a choice longer than a line of {LONGEST_CHOICE} characters. Shorten it."
    if len({_plain(choice) for choice in fact.choices}) < len(fact.choices):
        yield "has one choice twice. Take one out."


def why_not(fact: RecordFact, given: str) -> str:
    """What is wrong with what is given, with the remedy; empty when it can be kept, or where nothing is given."""
    if not given:
        return ""
    if len(given) > LONGEST_GIVEN:
        return f"Write {LONGEST_GIVEN:,} characters or fewer. It is {len(given) - LONGEST_GIVEN:,} too long"
    match fact.kind:
        case "date":
            return "" if is_day(given) else "Enter a real date, like 27 3 2026"
        case "number":
            return "" if is_number(given) else NO_NUMBER
        case "choice":
            return "" if given in fact.choices else "Choose one of the answers on the page"
        case _:
            return "It holds a character that cannot be kept" if "\x00" in given else ""


def missing(facts: Sequence[RecordFact], given: Mapping[str, str]) -> tuple[RecordFact, ...]:
    """The needed facts that are not given yet, in their order."""
    return tuple(fact for fact in facts if fact.needed and not given.get(fact.id, "").strip())


def carried(older: HoldsFacts, newer: HoldsFacts, given: Mapping[str, str]) -> dict[str, str]:
    """What can stand in another version of a set: given to a fact of the same id and kind, and possible there.

    A number whose unit is now another is not the same number, so it does not stand.
    """
    before = {fact.id: fact for fact in older.facts}
    return {
        fact.id: given[fact.id]
        for fact in newer.facts
        if given.get(fact.id)
        and fact.id in before
        and _same(before[fact.id], fact)
        and not why_not(fact, given[fact.id])
    }


def _same(before: RecordFact, after: RecordFact) -> bool:
    return (before.kind, before.unit) == (after.kind, after.unit)


def changes(older: HoldsFacts, newer: HoldsFacts) -> tuple[FactChanged, ...]:
    """What happened to each fact between two versions of a set.

    Kept means that the title, the kind, the unit and the choices are the same; reworded, that one of these differs;
    where it stands, its help and whether it is needed change nothing of what was given.

    Returns:
        One for each fact of the older set, in its order, then one for each that is new.

    Source:
        Our own definition.
    """
    before = {fact.id: fact for fact in older.facts}
    after = {fact.id: fact for fact in newer.facts}
    return (
        *(_change(fact, after.get(fact.id)) for fact in before.values()),
        *(FactChanged(fact.id, "new", None, in_words(fact)) for fact in after.values() if fact.id not in before),
    )


def _change(before: RecordFact, after: RecordFact | None) -> FactChanged:
    if after is None:
        return FactChanged(before.id, "retired", in_words(before), None)
    same = _says(before) == _says(after)
    return FactChanged(before.id, "kept" if same else "reworded", in_words(before), in_words(after))


def _says(fact: RecordFact) -> tuple[object, ...]:
    return fact.title, fact.kind, fact.unit, fact.choices


def in_words(fact: RecordFact) -> str:
    """A fact with how it is given: Placement type (one of: Foster care; Children’s home)."""
    match fact.kind:
        case "choice":
            return f"{fact.title} (one of: {'; '.join(fact.choices)})"
        case "number":
            return f"{fact.title} (a number, {fact.unit})" if fact.unit else f"{fact.title} (a number)"
        case "date":
            return f"{fact.title} (a day)"
        case _:
            return f"{fact.title} (in words)"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
