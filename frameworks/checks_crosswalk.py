"""What must hold of crosswalk.yaml: every edition in one family, every line between places that are there."""

from collections.abc import Iterator, Mapping

from frameworks.crosswalk_file import CrosswalkFile
from frameworks.faults import Path

Complaint = tuple[Path, str]


def crosswalk_complaints(read: CrosswalkFile, places: Mapping[str, frozenset[str]]) -> Iterator[Complaint]:
    """What is wrong; `places` are the areas and domains of each edition there is."""
    yield from _family_complaints(read, places)
    seen: set[str] = set()
    for at, crossing in enumerate(read.lines):
        for key, place in (("from", crossing.from_), ("to", crossing.to)):
            edition_id, _, name = place.partition("/")
            if edition_id not in places:
                yield ("lines", at, key), f"There is no edition “{edition_id}”. Check its name."
            elif name not in places[edition_id]:
                yield ("lines", at, key), f"“{edition_id}” has no area or domain “{name}”. Check the spelling."
        if crossing.line in seen or f"{crossing.to} {crossing.from_}" in seen:
            yield ("lines", at), f"The line from “{crossing.from_}” to “{crossing.to}” stands twice. Take one out."
        seen.add(crossing.line)
        if crossing.from_.partition("/")[2].islower() != (crossing.relation == "speaks_to"):
            yield ("lines", at, "relation"), "“speaks_to” leads from a domain of ours; other relations join two areas."


def _family_complaints(read: CrosswalkFile, places: Mapping[str, frozenset[str]]) -> Iterator[Complaint]:
    of: dict[str, str] = {}
    for at, family in enumerate(read.families):
        for edition_id in family.editions:
            if edition_id not in places:
                yield ("families", at, "editions"), f"There is no edition “{edition_id}”. Check its name."
            if edition_id in of:
                said = f"“{edition_id}” is in the family “{of[edition_id]}” already. An edition has one family."
                yield ("families", at, "editions"), said
            of[edition_id] = family.id
    for edition_id in sorted(places.keys() - of.keys()):
        yield ("families",), f"The edition “{edition_id}” is in no family. Add it to one."
