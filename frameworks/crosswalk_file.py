"""The lines of the crosswalk: which area, or domain of ours, corresponds to which area of another edition, and why."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from frameworks.shapes import AreaName, Shape, Slug, Text

# "same": one thing under two editions. "part_of": the first is a part of the second. "overlaps": they share ground, and
# nothing is counted across. "speaks_to": questions of ours in this domain ask about that area.
Relation = Literal["same", "part_of", "overlaps", "speaks_to"]
# "case-audit-1/plan": a domain, or "ilacs-2026/HP": an area.
Place = Annotated[
    str,
    StringConstraints(max_length=161, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/([a-z0-9]+(-[a-z0-9]+)*|[A-Z][A-Za-z0-9-]*)$"),
]


class Crossing(Shape):
    """One line of the map. `why` and `source` say whose reading it is; people may doubt it on a page."""

    from_: Place = Field(alias="from")
    to: AreaName
    relation: Relation
    why: Text
    source: Text

    @property
    def line(self) -> str:
        """The line's own name, by which a doubt is kept: `ilacs-2018/HP ilacs-2023/HP`."""
        return f"{self.from_} {self.to}"


class Family(Shape):
    """A framework and its editions from oldest to newest."""

    id: Slug
    name: Text
    body: Text
    editions: tuple[Slug, ...] = Field(min_length=1)


class CrosswalkFile(Shape):
    """crosswalk.yaml as people write it."""

    families: tuple[Family, ...]
    lines: tuple[Crossing, ...]
