"""A whole plan written out in the shape in which it is typed: typed again, it is the same plan. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from audit_app import words
from audit_app.improvement.plans.outline import labels, reading
from audit_app.improvement.plans.outline.labels import Kind, Label, Thing
from audit_app.improvement.plans.outline.values import shown_as_a_day
from findings import plan_words
from findings.plan_shapes import PlannedAction, PlannedTheme, WholePlan
from findings.references import AREA, reference
from findings.states import Titled


@dataclass(frozen=True)
class Titles:
    """What posts are called today, by their ids; a post since closed goes by the title that was kept."""

    today: Mapping[int, str]

    def of(self, post_id: int | None, kept: str) -> str:
        """The title to write."""
        return self.today.get(post_id or 0, kept)


def write(plan: WholePlan, posts: Mapping[int, str]) -> str:
    """The plan as text, what was planned of it and nothing of how it went."""
    titles = Titles(posts)
    lines = [*_thing(labels.PLAN, plan.row, titles)]
    for review in plan.reviews:
        lines += ["", *_thing(labels.REVIEW, review, titles)]
    for risk in plan.risks:
        lines += ["", *_thing(labels.PLAN_RISK, risk, titles)]
    for measure in plan.measures:
        lines += ["", *_thing(labels.MEASURE, measure.row, titles)]
    for action in plan.loose:
        lines += ["", *_action(action, titles)]
    for theme in plan.themes:
        lines += ["", *_theme(labels.THEME, theme, titles)]
    return "\n".join(lines) + "\n"


def _theme(thing: Thing, theme: PlannedTheme, titles: Titles) -> Iterator[str]:
    yield from _thing(thing, theme.row, titles)
    for aim in theme.aims:
        yield from _thing(labels.AIM, aim, titles)
    for risk in theme.risks:
        yield from _thing(labels.THEME_RISK, risk, titles)
    for action in theme.actions:
        yield ""
        yield from _action(action, titles)
    for under in theme.subthemes:
        yield ""
        yield from _theme(labels.SUBTHEME, under, titles)


def _action(action: PlannedAction, titles: Titles) -> Iterator[str]:
    delivered = [titles.of(lead.post_id, lead.post_title) for lead in action.leads]
    more = {"delivered_by": "\n".join(delivered), "areas": [reference(AREA, area.number) for area in action.areas]}
    yield from _thing(labels.ACTION, action.row, titles, more)
    for measure in action.measures:
        yield from _thing(labels.MEASURE, measure.row, titles)
    for step in action.milestones:
        yield from _thing(labels.MILESTONE, step.row, titles)


def _thing(thing: Thing, row: Any, titles: Titles, more: Mapping[str, Any] | None = None) -> Iterator[str]:
    yield from _labelled(thing.name, getattr(row, thing.column), thing.kind)
    for label in thing.labels:
        value = more[label.column] if more and label.column in more else _value(label, row, titles)
        if value not in (None, "", False, []):
            yield from _labelled(label.name, value, label.kind)


def _value(label: Label, row: Any, titles: Titles) -> Any:
    """What a row says under a label, as it would be typed."""
    if label.kind is Kind.post:
        return titles.of(getattr(row, f"{label.column}_post_id"), getattr(row, f"{label.column}_post_title"))
    if label.kind is Kind.due:
        return row.due_on or ("" if shown_as_a_day(row.due_text) else row.due_text)
    if label is labels.DUE_PRINTED:
        return row.due_text if row.due_on or shown_as_a_day(row.due_text) else ""
    return getattr(row, label.column)


def _labelled(name: str, value: Any, kind: Kind) -> Iterator[str]:
    """One value with its label: several one by one, long texts over as many lines as they have."""
    if kind is Kind.areas:
        yield from (f"{name}: {each}" for each in value)
    elif kind in labels.REPEATED:
        yield from (f"{name}: {each}" for each in plan_words.lines(value))
    else:
        yield from _lines(name, _typed(value).split("\n"))


def _lines(name: str, parts: Iterable[str]) -> Iterator[str]:
    first, *rest = parts
    if first != first.strip():
        yield f"{name}:"
        rest = [first, *rest]
    else:
        yield f"{name}: {first}"
    for line in rest:
        yield line if reading.stands_alone(line) else f"{reading.CARRIES_ON} {line}"


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return words.date_words(value)
    if isinstance(value, Titled):
        return value.title
    return f"{value:.10g}" if isinstance(value, float) else str(value)
