"""A typed plan as its preview shows it: each thing with what was read of it, and how dates are understood. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from audit_app import words
from audit_app.improvement import wording
from audit_app.improvement.plans.outline import labels
from audit_app.improvement.plans.outline.labels import Kind, Label
from audit_app.improvement.plans.outline.nodes import Node
from audit_app.improvement.plans.outline.reading import Fault, Outline
from findings import plan_words
from findings.references import AREA, reference
from findings.states import Titled


@dataclass(frozen=True)
class Branch:
    """One thing: what it is, its words, its line, and each value with its label."""

    sort: str
    text: str
    line: int
    stands: bool  # in the plan already: it is shown because something is added to it
    values: tuple[tuple[str, str], ...]
    inside: tuple["Branch", ...]


def tree(node: Node) -> Branch:
    """A thing as it is shown, with whatever it holds; of what stands in the plan already only what is added to it."""
    stands = node.row is not None
    return Branch(
        sort=node.thing.name,
        text=str(getattr(node.row, node.thing.column)) if stands else node.text,
        line=node.line,
        stands=stands,
        values=() if stands else tuple(_values(node)),
        inside=tuple(tree(under) for under in node.inside if under.adds),
    )


def _values(node: Node) -> Iterator[tuple[str, str]]:
    for label in node.thing.labels:
        if label is labels.DUE:
            due = _due(node)
            if due:
                yield label.name, due
        elif label is not labels.DUE_PRINTED and label.column in node.values:
            yield label.name, _text(label, node.values[label.column])


def _due(node: Node) -> str:
    """31 March 2017; March 2017 (read as 31 March 2017)."""
    day, printed = node.values.get("due_on"), str(node.values.get("due_text", ""))
    if isinstance(day, date):
        return words.date_words(day) + (f", printed as “{printed}”" if printed else "")
    read_as = wording.read_as(printed)
    return f"{printed} ({read_as})" if read_as else printed


def _text(label: Label, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return words.date_words(value)
    if isinstance(value, tuple):
        return "; ".join(reference(AREA, x) if label.column == "areas" else _title(x) for x in value)
    if isinstance(value, Titled):
        return value.title
    if isinstance(value, float):
        return f"{value:g}"
    kept = _title(value)
    return "; ".join(plan_words.lines(kept)) if label.kind is Kind.several else kept


def _title(value: Any) -> str:
    return value if isinstance(value, str) else str(value.title)


FREE = frozenset({Kind.line, Kind.text, Kind.several})


def free_words(outline: Outline) -> str:
    """Whatever of a plan is free text, to be read for words about a person; its dates and figures are not."""
    texts = []
    for node in outline.plan.every() if outline.plan else ():
        if node.row is not None:
            continue
        free = {label.column for label in node.thing.labels if label.kind in FREE} | {node.thing.column}
        texts += [value for name, value in node.values.items() if name in free and isinstance(value, str)]
    return "\n\n".join(texts)


def grouped(notes: Iterable[Fault]) -> list[tuple[str, str]]:
    """What is kept otherwise than somebody might expect, each sentence once, with the lines it is about."""
    lines: dict[str, list[int]] = {}
    for note in notes:
        lines.setdefault(note.message, []).append(note.line)
    return [
        (f"{'Line' if len(numbers) == 1 else 'Lines'} {words.listing(list(map(str, numbers)))}", message)
        for message, numbers in lines.items()
    ]


def counted(outline: Outline) -> str:
    """2 themes, 6 actions and 12 milestones."""
    parts = (
        (outline.count(labels.THEME, labels.SUBTHEME), "theme"),
        (outline.count(labels.ACTION), "action"),
        (outline.count(labels.MILESTONE), "milestone"),
        (outline.count(labels.MEASURE), "measure"),
        (outline.count(labels.PLAN_RISK, labels.THEME_RISK), "risk"),
        (outline.count(labels.REVIEW), "review"),
        *([(outline.count(labels.AIM), "aim")] if outline.plan and outline.plan.row is not None else []),
    )
    return words.listing([words.count(number, noun) for number, noun in parts if number]) or "a plan with nothing in it"


def explained() -> Iterable[tuple[str, tuple[str, ...]]]:
    """Each thing with the labels that may stand under it, for the page that explains the shape."""
    return [(thing.name, tuple(label.name for label in thing.labels)) for thing in labels.THINGS]
