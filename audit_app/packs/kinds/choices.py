"""What somebody chose for one pack, and the kind as it stood then; written down with the pack. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from pydantic import TypeAdapter

from audit_app import words
from audit_app.improvement import judgement_areas
from audit_app.packs.kinds.kind import WHOLE, Kind
from audit_app.packs.kinds.sections import OF_THE_REGISTER, SECTIONS, TWO_PAGES, Asks
from audit_app.packs.kinds.shipped import whole
from findings.references import reference


@dataclass(frozen=True)
class Choices:
    """What goes into one pack."""

    kind: str = WHOLE
    name: str = ""
    what_for: str = ""
    asks: tuple[Asks, ...] = ()
    sections: tuple[str, ...] = ()  # in print order
    offered: tuple[str, ...] = ()  # what its kind offered, ticked or not
    areas: tuple[str, ...] = ()  # judgement areas of the framework; all where none is named
    audits: tuple[int, ...] = ()  # in full, by number
    unanswered: bool = False  # whether questions without an answer are printed
    theme: str = ""  # edition and question set: case-audit-1/core
    self_assessment: int | None = None
    since: date | None = None

    @property
    def two_pages(self) -> bool:
        """Whether it is a paper of two pages, without cover and contents."""
        return TWO_PAGES[0] in self.sections

    @property
    def not_chosen(self) -> tuple[str, ...]:
        """What the kind offered and was not ticked, and what of the register it has not, in the register's order."""
        wanted = (*OF_THE_REGISTER, *self.offered)
        return tuple(dict.fromkeys(key for key in wanted if key not in self.sections and not SECTIONS[key].fixed))

    @property
    def is_whole(self) -> bool:
        """Whether the register is told whole: no section of it, and no area, was left out by choice."""
        return not (self.areas or self.asks) and all(key in self.sections for key in OF_THE_REGISTER)


_shape: TypeAdapter[Choices] = TypeAdapter(Choices)


def of_kind(kind: Kind, **chosen: object) -> Choices:
    """The choices for a kind with its standard sections, and what else was chosen."""
    made = Choices(
        kind=kind.key,
        name=kind.name,
        what_for=kind.what_for,
        asks=kind.asks,
        sections=kind.standard,
        offered=(*kind.standard, *kind.further),
    )
    return replace(made, **chosen)  # type: ignore[arg-type]


def written(choices: Choices) -> str:
    """The choices as text."""
    return _shape.dump_json(choices).decode("utf-8")


def read(text: str) -> Choices:
    """The choices as they were kept; packs asked for before there were kinds are whole inspection packs."""
    return _shape.validate_json(text) if text else of_kind(whole())


def in_words(chosen: Choices, edition_id: str) -> list[tuple[str, str]]:
    """What was chosen beside the sections, each as name and value."""
    pairs = []
    if chosen.areas:
        pairs.append(("Judgement areas", words.listing([_area(edition_id, area) for area in chosen.areas])))
    if chosen.audits:
        pairs.append(("Audits in full", words.listing([reference("AUD", number) for number in chosen.audits])))
        pairs.append(("Questions nobody answered", "Printed" if chosen.unanswered else "Left out"))
    if chosen.theme:
        pairs.append(("Question set", chosen.theme))
    if chosen.self_assessment:
        pairs.append(("Self-assessment", reference("SAS", chosen.self_assessment)))
    if chosen.since:
        pairs.append(("Since the board of", words.date_words(chosen.since)))
    return pairs


def _area(edition_id: str, area: str) -> str:
    return judgement_areas.area_name(edition_id, area, with_edition=False)
