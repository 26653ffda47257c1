"""Whom and what a typed plan names, held against the council's posts and open areas. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from audit_app.improvement.plans.outline import labels
from audit_app.improvement.plans.outline.nodes import Node
from audit_app.improvement.plans.outline.reading import Fault, Outline
from findings.references import AREA, reference


class Post(Protocol):
    """A post as the outline needs it."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def holder_id(self) -> int | None:
        """Who holds it."""


@dataclass(frozen=True)
class Named:
    """What a typed plan names: faults that stop it, and what is kept otherwise than somebody might expect."""

    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]


def name_posts(outline: Outline, posts: Iterable[Post], open_areas: Collection[int]) -> Named:
    """Put posts in the place of their titles; a lead who is no post is kept as the plan prints it, and that is said."""
    known: dict[str, list[Post]] = {}
    for post in posts:
        known.setdefault(post.title.casefold(), []).append(post)
    faults: list[Fault] = []
    notes: list[Fault] = []
    for node in outline.plan.every() if outline.plan else ():
        for is_fault, fault in (*_led(node, known), *_delivered(node, known)):
            (faults if is_fault else notes).append(fault)
        faults += _answering(node, open_areas)
    return Named(tuple(faults), tuple(notes))


def _post(known: Mapping[str, Sequence[Post]], title: str) -> Post | None:
    there = known.get(title.casefold(), ())
    return there[0] if len(there) == 1 else None


def _led(node: Node, known: Mapping[str, Sequence[Post]]) -> Iterator[tuple[bool, Fault]]:
    for column, printed in (("lead", "lead_printed"), ("owner", "owner_printed")):
        title = node.values.get(column)
        if not isinstance(title, str):
            continue
        line = node.entries[column].line
        post = _post(known, title)
        if post is not None:
            node.values[column] = post
        elif node.thing is labels.PLAN:
            yield (
                True,
                Fault(line, f"No post here is called “{title}”. Name one of the council’s posts, or leave it out"),
            )
        elif printed in node.values:
            yield (
                True,
                Fault(line, f"No post here is called “{title}”. Take this line away: its owner or lead is printed too"),
            )
        else:
            node.values[printed] = title
            del node.values[column]
            yield (
                False,
                Fault(line, f"No post here is called “{title}”. It is kept as printed, and no post answers for it"),
            )


def _delivered(node: Node, known: Mapping[str, Sequence[Post]]) -> Iterator[tuple[bool, Fault]]:
    titles = node.values.get("delivered_by")
    if not isinstance(titles, tuple):
        return
    node.values["delivered_by"] = tuple(_post(known, title) or title for title in titles)
    for title in titles:
        if _post(known, title) is None:
            yield (
                False,
                Fault(node.entries["delivered_by"].line, f"No post here is called “{title}”. It is kept as printed"),
            )


def _answering(node: Node, open_areas: Collection[int]) -> Iterator[Fault]:
    areas = node.values.get("areas")
    for number in areas if isinstance(areas, tuple) else ():
        if number not in open_areas:
            name = reference(AREA, number)
            yield Fault(node.entries["areas"].line, f"{name} is no open area for improvement here. Name an open one")
