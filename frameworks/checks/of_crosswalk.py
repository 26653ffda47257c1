"""What must hold of crosswalk.yaml: every edition in one family, every line between places that are there."""

from collections.abc import Iterator, Mapping

from frameworks import families
from frameworks.crosswalk_file import CrosswalkFile
from frameworks.files.faults import Path
from frameworks.schema import Edition

Complaint = tuple[Path, str]


def line_complaints(crosswalk: CrosswalkFile, places: Mapping[str, frozenset[str]]) -> Iterator[Complaint]:
    """What is wrong with the lines; `places` are the areas and domains of each edition there is."""
    seen: set[str] = set()
    for at, crossing in enumerate(crosswalk.lines):
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


def family_complaints(crosswalk: CrosswalkFile, editions: Mapping[str, Edition]) -> Iterator[Complaint]:
    """What is wrong with the families; `editions` are all there are, by id."""
    family_of: dict[str, str] = {}
    for at, family in enumerate(crosswalk.families):
        where: Path = ("families", at, "editions")
        for edition_id in family.editions:
            if edition_id not in editions:
                yield where, f"There is no edition “{edition_id}”. Check its name."
            if edition_id in family_of:
                known = family_of[edition_id]
                yield where, f"“{edition_id}” is in the family “{known}” already. An edition has one family."
            family_of[edition_id] = family.id
        pair = families.out_of_order([editions[edition_id] for edition_id in family.editions if edition_id in editions])
        if pair:
            former, later = pair
            yield where, f"“{later.id}” began before “{former.id}” but stands after it. Put the oldest first."
    for edition_id in sorted(editions.keys() - family_of.keys()):
        yield ("families",), f"The edition “{edition_id}” is in no family. Add it to one."
