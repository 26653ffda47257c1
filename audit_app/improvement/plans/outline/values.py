"""The words under each label made into values, each fault with its line and what to do about it. Pure."""

from collections.abc import Callable, Iterator
from datetime import date

from audit_app import forms, words
from audit_app.improvement.plans.outline import labels
from audit_app.improvement.plans.outline.labels import Kind, Label
from audit_app.improvement.plans.outline.nodes import Entry, Node
from findings import plan_words, worded_dates
from findings.references import AREA, number_of
from findings.states import Brag, ImpactTest
from findings.worded_dates import Sort

YES = {"yes": True, "no": False}
FaultAt = tuple[int, str]


class Wrong(Exception):
    """Words that cannot be read; the message says what to write instead."""


def fill(node: Node) -> Iterator[FaultAt]:
    """Read everything said of a thing into its values; whatever cannot be read is a fault."""
    thing = node.thing
    itself = Entry(Label(thing.name, thing.column, thing.kind), node.line, node.words)
    yield from _read(node, itself)
    if not node.words or not "".join(node.words).strip():
        yield node.line, f"Say what the {thing.name.casefold()} is, after “{thing.name}:”"
    for entry in node.entries.values():
        if not "".join(entry.lines).strip():
            yield entry.line, f"Nothing stands after “{entry.label.name}:”. Write it, or take the line away"
        yield from _read(node, entry)
    yield from _dates(node)
    if thing is labels.AIM and plan_words.in_brackets(str(node.values.get("text", ""))):
        yield node.line, "An aim cannot stand in brackets alone: brackets name where it came from. Use “Source:”"


def _read(node: Node, entry: Entry) -> Iterator[FaultAt]:
    kind = entry.label.kind
    text = forms.one_line(" ".join(entry.lines)) if kind in labels.ONE_LINE else forms.clean("\n".join(entry.lines))
    surplus = len(text) - labels.LONGEST.get(kind, labels.LONGEST[Kind.text])
    if surplus > 0:
        yield entry.line, f"“{entry.label.name}:” is {words.count(surplus, 'character')} too long. Shorten it"
        return
    try:
        node.values.update(_value(entry.label.column, kind, text) if text else {})
    except Wrong as wrong:
        yield entry.line, str(wrong)


def _value(column: str, kind: Kind, text: str) -> dict[str, object]:
    if kind is Kind.due:
        return _due(text)
    readers: dict[Kind, Callable[[str], object]] = {
        Kind.day: _day,
        Kind.yes: _yes,
        Kind.colour: _colour,
        Kind.test: _test,
        Kind.figure: _figure,
        Kind.areas: _areas,
        Kind.several: lambda several: "\n".join(plan_words.lines(several)),
        Kind.posts: plan_words.lines,
    }
    return {column: readers[kind](text) if kind in readers else text}


def _day(text: str) -> date:
    reading = worded_dates.read(text)
    if reading.sort is not Sort.date or reading.first != reading.last or reading.last is None or reading.supposed:
        raise Wrong(f"“{text}” is not one day. Write it like 1 April 2026")
    return reading.last


def _due(text: str) -> dict[str, object]:
    """A day written out in full is a day; anything else stays as printed, and is reckoned with as it is read."""
    if shown_as_a_day(text):
        return {"due_on": worded_dates.last_day(text)}
    if len(text) > labels.LONGEST[Kind.code]:
        surplus = words.count(len(text) - labels.LONGEST[Kind.code], "character")
        raise Wrong(f"The words of this date are {surplus} too long. Shorten them")
    return {"due_text": text}


def shown_as_a_day(text: str) -> bool:
    """Whether words about a date are a day just as the product writes it: 31 March 2017."""
    day = worded_dates.last_day(text)
    return day is not None and text == words.date_words(day)


def _yes(text: str) -> bool:
    if text.casefold() not in YES:
        raise Wrong("Write yes or no")
    return YES[text.casefold()]


def _colour(text: str) -> Brag:
    named = {brag.title.casefold(): brag for brag in Brag}
    if text.casefold() not in named:
        raise Wrong(f"“{text}” is not a colour of a plan. Write one of: {', '.join(brag.title for brag in Brag)}")
    return named[text.casefold()]


def _test(text: str) -> ImpactTest:
    named = {name: test for test in ImpactTest for name in (test.title.casefold(), test.title.casefold()[2:])}
    if text.casefold() not in named:
        raise Wrong(f"“{text}” is no test of impact. Write one of: {'; '.join(test.title for test in ImpactTest)}")
    return named[text.casefold()]


def _figure(text: str) -> float:
    plain = text.replace(",", "").replace(" ", "").strip("%£")
    try:
        figure = float(plain)
    except ValueError:
        figure = float("inf")
    if not -1e9 < figure < 1e9:
        raise Wrong(f"“{text}” is not a figure. Write it like 87.5")
    return figure


def _areas(text: str) -> tuple[int, ...]:
    numbers = []
    for part in text.replace(",", "\n").split("\n"):
        number = number_of(part.strip(), AREA)
        if part.strip() and number is None:
            raise Wrong(f"“{part.strip()}” is no area for improvement. Write its reference, like AFI-0003")
        numbers += [number] if number is not None else []
    return tuple(dict.fromkeys(numbers))


def _dates(node: Node) -> Iterator[FaultAt]:
    """A plan cannot end before it begins, and an action is not due before it starts."""
    held = node.values
    for first, last, sentence in (
        ("period_from", "period_to", "The plan cannot end before it begins. Put “From:” or “To:” right"),
        ("start_on", "due_on", "This cannot be due before it starts. Put “Starts:” or “Due:” right"),
    ):
        begins, ends = held.get(first), held.get(last)
        if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
            yield node.line, sentence
    if node.thing is labels.REVIEW and not held.get("due_on") and not held.get("due_text"):
        yield node.line, "Say when this review is to be, with “Due:” under it"
