"""Which sections a self-assessment has: the areas of its edition, agency by agency where several write, and headings of
the council's own. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import frameworks
from findings.metadata import TITLE_LENGTH

MOST_SECTIONS = 80
MOST_PERIOD_DAYS = 3 * 366


@dataclass(frozen=True)
class Part:
    """One section to be: what it is about and which agency writes it."""

    area_id: str
    heading: str
    agency_id: str = ""
    agency_name: str = ""


@dataclass(frozen=True)
class Layout:
    """What somebody asks a self-assessment to be."""

    title: str
    edition_id: str
    period_from: date
    period_to: date
    theme_id: str = ""
    areas: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    prompts: str = ""
    lead_id: int | None = None
    due_on: date | None = None
    previous_number: int | None = None
    shape_id: int | None = None  # the shape of the council’s own it begins from
    carry: bool = False  # whether the texts of the one before are the beginning of this one's


def assessable(edition: frameworks.Edition) -> list[tuple[str, str]]:
    """What a self-assessment may speak of under an edition: its areas, and the overall judgement where it has one."""
    areas = [(area.id, area.name) for area in edition.areas]
    overall = edition.overall
    return [*areas, (overall.id, overall.name)] if overall else areas


def graded(edition: frameworks.Edition | None, area_id: str) -> frameworks.Scale | None:
    """The scale on which an area may be self-assessed; None where the edition has no grades for it."""
    if edition is None:
        return None
    if edition.overall and edition.overall.id == area_id:
        return edition.scale(edition.overall.scale)
    area = next((area for area in edition.areas if area.id == area_id), None)
    return edition.scale(area.scale) if area and area.scale else None


def agencies_of(edition: frameworks.Edition, theme_id: str = "") -> list[tuple[str, str]]:
    """The agencies an edition looks at together: those of the theme where one is chosen, else all."""
    theme = next((theme for theme in edition.themes if theme.id == theme_id), None)
    among = set(theme.agencies) if theme else {agency.id for agency in edition.agencies}
    return [(agency.id, agency.name) for agency in edition.agencies if agency.id in among]


def parts(
    edition: frameworks.Edition | None, areas: Collection[str], agencies: Collection[str], headings: Sequence[str]
) -> list[Part]:
    """The sections in order: each area that was chosen, by agency where several write, then the headings."""
    made: list[Part] = []
    if edition is not None:
        named = [(key, name) for key, name in agencies_of(edition) if key in agencies]
        writers = named or [("", "")]
        made = [
            Part(area_id, name, agency_id, agency_name)
            for area_id, name in assessable(edition)
            if area_id in areas
            for agency_id, agency_name in writers
        ]
    return made + [Part("", heading[:TITLE_LENGTH]) for heading in headings]


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that say something, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
