"""Which things of a typed text stand in a plan already, and which it adds; nothing that stands is changed. Pure.

A thing is known by its words, where it stands: a theme of that title, an action of those words in that theme, or of
that reference. What is said under one that stands must be what the plan says: a text that says otherwise is a fault.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit_app.improvement.plans.outline import labels
from audit_app.improvement.plans.outline.labels import Kind, Thing
from audit_app.improvement.plans.outline.nodes import Node
from audit_app.improvement.plans.outline.reading import Fault
from findings import plan_words
from findings.plan_shapes import PlannedAction, PlannedTheme, WholePlan
from findings.references import ACTION, number_of

ELSEWHERE = "Here things are only added. Change it on its own page, or take the line away"
# Columns that are typed under another label, so that a fault is told at the line that was typed.
TYPED_AS = {
    "due_on": ("due",),
    "due_text": ("due_text", "due"),
    "lead_printed": ("lead_printed", "lead"),
    "owner_printed": ("owner_printed", "owner"),
}


@dataclass(frozen=True)
class Standing:
    """Something the plan holds: of which sort, its row, and the whole of it where it holds more."""

    thing: Thing
    row: Any
    whole: Any = None


def recognise(typed: Node, plan: WholePlan) -> tuple[Fault, ...]:
    """Name the row of everything in a typed plan that stands already, posts having been named before.

    Returns:
        What cannot be: words that several things of the plan have, and sayings that differ from what the plan says.
    """
    typed.row = plan.row
    actions = {action.row.number: Standing(labels.ACTION, action.row, action) for action in plan.every_action}
    return (*_differing(typed, plan.row, plan), *_recognise(typed, _of_plan(plan), actions))


def _of_plan(plan: WholePlan) -> list[Standing]:
    return [
        *(Standing(labels.REVIEW, row) for row in plan.reviews),
        *(Standing(labels.PLAN_RISK, row) for row in plan.risks),
        *(Standing(labels.MEASURE, measure.row) for measure in plan.measures),
        *(Standing(labels.ACTION, action.row, action) for action in plan.loose),
        *(Standing(labels.THEME, theme.row, theme) for theme in plan.themes),
    ]


def _held_by(whole: Any) -> list[Standing]:
    if isinstance(whole, PlannedTheme):
        return [
            *(Standing(labels.AIM, aim) for aim in whole.aims),
            *(Standing(labels.THEME_RISK, row) for row in whole.risks),
            *(Standing(labels.ACTION, action.row, action) for action in whole.actions),
            *(Standing(labels.SUBTHEME, theme.row, theme) for theme in whole.subthemes),
        ]
    if isinstance(whole, PlannedAction):
        return [
            *(Standing(labels.MEASURE, measure.row) for measure in whole.measures),
            *(Standing(labels.MILESTONE, step.row) for step in whole.milestones),
        ]
    return []


def _recognise(home: Node, standing: Sequence[Standing], actions: Mapping[int, Standing]) -> Iterator[Fault]:
    for node in home.inside:
        number = number_of(node.text.strip(), ACTION) if node.thing is labels.ACTION else None
        called = [each for each in standing if each.thing is node.thing and _called_so(node, each.row)]
        known = [each for each in called if _says_the_same(node, each)] or called
        if number is not None:
            known = [actions[number]] if number in actions else []
        if number is not None and not known:
            yield Fault(node.line, f"{node.text.strip()} is no action of this plan. Look its reference up")
        elif node.thing is labels.REVIEW and known and not _says_the_same(node, known[0]):
            continue  # the same review again, on another day
        elif len(known) > 1 and node.thing in (labels.ACTION, labels.THEME, labels.SUBTHEME):
            sort = node.thing.name.casefold()
            yield Fault(node.line, f"The plan has more than one {sort} of these words. {_told_apart(node.thing)}")
        elif known:
            node.row = known[0].row
            yield from _differing(node, known[0].row, known[0].whole)
            yield from _recognise(node, _held_by(known[0].whole), actions)


def _told_apart(thing: Thing) -> str:
    if thing is labels.ACTION:
        return "Write its reference instead, like “Action: ACT-0012”"
    return "Say under it which one is meant, with “Label:”, or give one of them another title first"


def _called_so(node: Node, row: Any) -> bool:
    return _plain(node.text) == _plain(getattr(row, node.thing.column))


def _says_the_same(node: Node, standing: Standing) -> bool:
    return not any(_differing(node, standing.row, standing.whole))


def _differing(node: Node, row: Any, whole: Any) -> Iterator[Fault]:
    """What is said under a thing that stands and is not what the plan says of it."""
    kinds = {label.column: label.kind for label in node.thing.labels}
    for name, value in node.values.items():
        if name != node.thing.column and not _same(value, kinds.get(name), _kept(row, whole, name)):
            line = next((node.entries[column].line for column in _columns(name) if column in node.entries), node.line)
            sort = node.thing.name.casefold()
            yield Fault(
                line, f"This {sort} stands in the plan already, and the plan says something else here. {ELSEWHERE}"
            )


def _columns(name: str) -> tuple[str, ...]:
    return TYPED_AS.get(name, (name,))


def _kept(row: Any, whole: Any, name: str) -> Any:
    """What the plan says under a label."""
    if name in ("lead", "owner"):
        return getattr(row, f"{name}_post_id")
    if name == "delivered_by":
        return {lead.post_id or lead.post_title for lead in whole.leads}
    if name == "areas":
        return {area.number for area in whole.areas}
    return getattr(row, name)


def _same(value: Any, kind: Kind | None, kept: Any) -> bool:
    if kind is Kind.post and not isinstance(value, str):
        return bool(value.id == kept)
    if kind is Kind.posts:
        return {each if isinstance(each, str) else each.id for each in value} <= kept
    if kind is Kind.areas:
        return set(value) <= kept
    if kind is Kind.several:
        return set(plan_words.lines(value)) <= set(plan_words.lines(kept))
    return bool(_plain(value) == _plain(kept) if isinstance(value, str) else value == kept)


def _plain(text: Any) -> str:
    return " ".join(str(text).split()).casefold()
