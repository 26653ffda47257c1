"""The judgement areas of a pack: the edition's own in its order, then what was recorded under other frameworks. Pure.

Nothing is translated from one framework into another: what is tied to an area of 2012 keeps its name of 2012.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import frameworks
from audit_app import words
from audit_app.packs.composing import by_type, grades
from audit_app.packs.composing.found_sentences import where_found
from audit_app.packs.composing.material import Material
from audit_app.packs.composing.telling import Telling, quoted
from audit_app.packs.contents import AreaPart, InspectorsGrade, Strength
from findings.references import AREA, FINDING, reference
from findings.thread_shapes import FindingStrand, Thread, judgement_areas_of
from frameworks.crosswalk import AreaReference

Place = tuple[str, str]
NOWHERE: Place = ("", "")
NOT_TIED = "The questions of the period’s audits are not tied to this framework, so no audit is counted here."


@dataclass(frozen=True)
class Areas:
    """The areas of a pack, and the order in which its areas for improvement are printed."""

    overall_name: str
    overall_says: tuple[str, ...]
    overall: tuple[InspectorsGrade, ...]
    own: tuple[AreaPart, ...]
    elsewhere: tuple[AreaPart, ...]
    elsewhere_note: str
    order: tuple[str, ...]


def compose(material: Material, telling: Telling) -> Areas:
    """Every judgement area that has something to say, in print order."""
    edition = material.edition
    own_places = [(edition.id, area.id) for area in edition.areas]
    own = tuple(area_part(place, material, telling) for place in own_places)
    others = [place for place in _other_places(material) if place not in own_places]
    elsewhere = tuple(area_part(place, material, telling) for place in others)
    overall = inspectors_grades(material, edition.id, edition.overall.id) if edition.overall else ()
    named = [name for part in (*own, *elsewhere) for name, _ in part.threads]
    order = dict.fromkeys([*named, *(reference(AREA, thread.area.number) for thread in material.threads)])
    name = edition.overall.name if edition.overall else ""
    return Areas(
        name, _overall_says(material), overall, own, elsewhere, _elsewhere_note(material, others), tuple(order)
    )


def _overall_says(material: Material) -> tuple[str, ...]:
    """What the latest inspection under the pack's framework means by the framework's type."""
    under = [one for one in material.inspections.values() if one.edition_id == material.edition.id]
    judged = {one.inspection_number for one in material.judgements}
    under = [one for one in under if one.number in judged]
    if not under:
        return ()
    latest = max(under, key=lambda one: (str(one.published_on or ""), one.number))
    given = {
        one.judgement_area_id: one.grade_code
        for one in material.judgements
        if one.inspection_number == latest.number and one.judgement_area_id and one.grade_code
    }
    return by_type.said(material.edition, given, latest.published_on)


def _other_places(material: Material) -> list[Place]:
    """Areas of other editions that audits speak to, or that carry what is tied to none of this edition's areas."""
    met: dict[Place, None] = {}
    for area in grades.areas_with_audits(material.records):
        met[area.edition_id, area.area] = None
    tied = [judgement_areas_of(thread) for thread in material.threads]
    tied += [_tied(strand) for strand in material.strengths]
    for places in tied:
        if not any(edition_id == material.edition.id for edition_id, _ in places):
            met.update(dict.fromkeys(sorted(places) or [NOWHERE]))
    order = {place: at for at, place in enumerate(met)}
    return sorted(met, key=lambda place: (place == NOWHERE, place[0], _printed_at(place), order[place]))


def _printed_at(place: Place) -> int:
    """Where an edition prints an area; unknown areas come last."""
    known = [area.id for area in _areas_of(place[0])]
    return known.index(place[1]) if place[1] in known else len(known)


def _areas_of(edition_id: str) -> Sequence[frameworks.JudgementArea]:
    try:
        return frameworks.edition(edition_id).areas
    except frameworks.UnknownEdition:
        return ()


def _tied(strand: FindingStrand) -> frozenset[Place]:
    return frozenset((one.edition_id, one.judgement_area_id) for one in strand.judgement_areas)


def _elsewhere_note(material: Material, others: Sequence[Place]) -> str:
    if not others:
        return ""
    say = material.own.say
    said = "What follows was recorded under another framework, or under none. It is printed under the names it was"
    said += " recorded with; nothing is translated from one framework into another."
    speaks = {area.edition_id for area in grades.areas_with_audits(material.records)}
    if speaks and material.edition.id not in speaks:
        said += say(
            " The questions of the audits inform another framework than this pack’s, so their grades stand here."
        )
    return said


def name_of(place: Place, material: Material) -> str:
    """An area's printed name; with its framework where that is not the pack's own."""
    edition_id, area_id = place
    if place == NOWHERE:
        return "Not tied to a judgement area"
    name = next((area.name for area in _areas_of(edition_id) if area.id == area_id), area_id)
    if edition_id == material.edition.id:
        return name
    return f"{name} ({words.sentence_case(edition_id)})"


def names_of_places(thread: Thread, material: Material) -> list[str]:
    """The judgement areas an area for improvement hangs on, the pack's own edition first."""
    places = sorted(judgement_areas_of(thread), key=lambda one: (one[0] != material.edition.id, one))
    return [name_of(place, material) for place in places]


def area_part(place: Place, material: Material, telling: Telling) -> AreaPart:
    """One judgement area with everything said of it."""
    area = AreaReference(*place)
    records = [record for record in material.records if area in record.graded]
    threads = [thread for thread in material.threads if _belongs(judgement_areas_of(thread), place, material)]
    strengths = [strand for strand in material.strengths if _belongs(_tied(strand), place, material)]
    leaving = material.show.leaving
    informed = records or place[0] in {one.edition_id for one in grades.areas_with_audits(material.records)}
    return AreaPart(
        key=f"{place[0]}-{place[1]}" if place != NOWHERE else "no-area",
        name=name_of(place, material),
        inspectors=inspectors_grades(material, *place),
        says=grades.says(records, leaving=leaving, own=material.own) if informed else (_not_informed(place, material),),
        tables=grades.tables(area, records, leaving=leaving, own=material.own),
        strengths=tuple(_strength(strand, telling) for strand in strengths),
        threads=tuple((reference(AREA, thread.area.number), thread.area.heading) for thread in threads),
    )


def _belongs(places: frozenset[Place], place: Place, material: Material) -> bool:
    """Whether something is printed under a place: under this edition's areas first, elsewhere only if under none."""
    if place[0] != material.edition.id and any(edition_id == material.edition.id for edition_id, _ in places):
        return False
    return place in places if places else place == NOWHERE


def _not_informed(place: Place, material: Material) -> str:
    if place == NOWHERE or not material.records:
        return material.own.say(grades.NO_AUDIT)
    return material.own.say(NOT_TIED)


def _strength(strand: FindingStrand, telling: Telling) -> Strength:
    finding = strand.finding
    text = finding.text.strip() or finding.title
    where = where_found(strand, telling)
    return Strength(reference(FINDING, finding.number), quoted(text) if finding.verbatim else text, where)


def inspectors_grades(material: Material, edition_id: str, area_id: str) -> tuple[InspectorsGrade, ...]:
    """The grades inspecting bodies printed for an area, the latest first."""
    found = []
    for judgement in material.judgements:
        inspection = material.inspections.get(judgement.inspection_number)
        if inspection is None or inspection.edition_id != edition_id or judgement.judgement_area_id != area_id:
            continue
        day = f", published {words.date_words(inspection.published_on)}" if inspection.published_on else ""
        body = f"{inspection.body}: " if inspection.body else ""
        where = f"{body}{inspection.document_title or inspection.title}{day}"
        grade = _grade_name(edition_id, judgement.grade_code)
        made = InspectorsGrade(where, judgement.printed_name, grade, judgement.grade_code)
        found.append((str(inspection.published_on or ""), made))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True))


def _grade_name(edition_id: str, code: str) -> str:
    for scale in frameworks.edition(edition_id).scales:
        if code in scale.codes:
            return scale.name_of(code)
    return words.sentence_case(code)
