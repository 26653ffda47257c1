"""Under which judgement area each thing of a pack is printed. Pure.

The edition's own areas come in its order, then those under which something was recorded in other frameworks. Nothing is
translated from one framework into another: what is tied to an area of 2012 keeps its name of 2012.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import frameworks
from audit_app import words
from audit_app.packs.composing.extract import AuditRecord, Register
from findings.thread_shapes import FindingStrand, Thread, judgement_areas_of
from frameworks import Edition
from frameworks.crosswalk import AreaReference

NOWHERE = AreaReference("", "")


@dataclass(frozen=True)
class Place:
    """One judgement area with everything that is printed under it."""

    area: AreaReference
    name: str
    records: tuple[AuditRecord, ...]
    strengths: tuple[FindingStrand, ...]
    threads: tuple[Thread, ...]
    untied: bool  # whether there are audits, and their questions are not tied to this area's framework

    @property
    def key(self) -> str:
        """The name of the area in addresses."""
        return f"{self.area.edition_id}-{self.area.area}" if self.area != NOWHERE else "no-area"


@dataclass(frozen=True)
class Places:
    """The judgement areas of a pack in print order, and whether its audits speak to other frameworks only."""

    own: tuple[Place, ...]
    elsewhere: tuple[Place, ...]
    audits_speak_elsewhere: bool

    def in_print_order(self, threads: Sequence[Thread]) -> list[Thread]:
        """Threads as their areas follow one another, then those that hang on none."""
        printed = [thread.area.number for place in (*self.own, *self.elsewhere) for thread in place.threads]
        order = {number: at for at, number in enumerate(dict.fromkeys(printed))}
        return sorted(threads, key=lambda thread: order.get(thread.area.number, len(order)))


def places_of(edition: Edition, records: Sequence[AuditRecord], register: Register) -> Places:
    """Every judgement area that has something to say, in print order."""
    own = [AreaReference(edition.id, area.id) for area in edition.areas]
    spoken_to = areas_with_audits(records)
    speaking = {area.edition_id for area in spoken_to}
    other = [area for area in _other_areas(edition, spoken_to, register) if area not in own]
    made = [_place(area, edition, records, register, speaking) for area in (*own, *other)]
    return Places(tuple(made[: len(own)]), tuple(made[len(own) :]), bool(speaking) and edition.id not in speaking)


def _place(
    area: AreaReference,
    edition: Edition,
    records: Sequence[AuditRecord],
    register: Register,
    speaking: Collection[str],
) -> Place:
    return Place(
        area=area,
        name=name_of(area, edition),
        records=tuple(record for record in records if area in record.graded),
        strengths=tuple(strand for strand in register.strengths if _belongs(_areas_of_finding(strand), area, edition)),
        threads=tuple(thread for thread in register.threads if _belongs(_areas_of_thread(thread), area, edition)),
        untied=bool(records) and area != NOWHERE and area.edition_id not in speaking,
    )


def areas_with_audits(records: Sequence[AuditRecord]) -> list[AreaReference]:
    """The judgement areas some audit speaks to, in order of edition and then as first met."""
    met = dict.fromkeys(area for record in records for area in record.graded)
    return sorted(met, key=lambda area: area.edition_id)


def _other_areas(edition: Edition, spoken_to: Sequence[AreaReference], register: Register) -> list[AreaReference]:
    """Areas of other editions that audits speak to, or that carry what is tied to none of this edition's areas."""
    met = dict.fromkeys(spoken_to)
    tied = [_areas_of_thread(thread) for thread in register.threads]
    tied += [_areas_of_finding(strand) for strand in register.strengths]
    for areas in tied:
        if not any(area.edition_id == edition.id for area in areas):
            met.update(dict.fromkeys(sorted(areas) or [NOWHERE]))
    order = {area: at for at, area in enumerate(met)}
    return sorted(met, key=lambda area: (area == NOWHERE, area.edition_id, _printed_at(area), order[area]))


def _printed_at(area: AreaReference) -> int:
    """Where an edition prints an area; unknown areas come last."""
    known = [printed.id for printed in _areas_of_edition(area.edition_id)]
    return known.index(area.area) if area.area in known else len(known)


def _areas_of_edition(edition_id: str) -> Sequence[frameworks.JudgementArea]:
    try:
        return frameworks.edition(edition_id).areas
    except frameworks.UnknownEdition:
        return ()


def _areas_of_thread(thread: Thread) -> frozenset[AreaReference]:
    return frozenset(AreaReference(*tied) for tied in judgement_areas_of(thread))


def _areas_of_finding(strand: FindingStrand) -> frozenset[AreaReference]:
    return frozenset(AreaReference(tied.edition_id, tied.judgement_area_id) for tied in strand.judgement_areas)


def _belongs(tied: frozenset[AreaReference], area: AreaReference, edition: Edition) -> bool:
    """Whether something is printed under an area: under this edition's areas first, elsewhere only if under none."""
    if area.edition_id != edition.id and any(other.edition_id == edition.id for other in tied):
        return False
    return area in tied if tied else area == NOWHERE


def name_of(area: AreaReference, edition: Edition) -> str:
    """An area's printed name; with its framework where that is not the pack's own."""
    if area == NOWHERE:
        return "Not tied to a judgement area"
    known = _areas_of_edition(area.edition_id)
    name = next((printed.name for printed in known if printed.id == area.area), area.area)
    return name if area.edition_id == edition.id else f"{name} ({words.sentence_case(area.edition_id)})"


def names_of(thread: Thread, edition: Edition) -> list[str]:
    """The judgement areas an area for improvement hangs on, the pack's own edition first."""
    areas = sorted(_areas_of_thread(thread), key=lambda area: (area.edition_id != edition.id, area))
    return [name_of(area, edition) for area in areas]
