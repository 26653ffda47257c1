"""What is different in a newer edition of a framework: areas, statements, and the rest in sentences. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from frameworks.changes import Kind
from frameworks.corrections import Correction
from frameworks.crosswalk_file import Crossing
from frameworks.schema import Edition, JudgementArea


@dataclass(frozen=True)
class AreaChange:
    """What happened to one judgement area or statement of a framework between two of its editions."""

    id: str
    kind: Kind
    before: str | None
    after: str | None
    to: tuple[str, ...] = ()


@dataclass(frozen=True)
class EditionChanges:
    """What is different in a newer edition of a framework, in parts a reader can take in one at a time."""

    areas: tuple[AreaChange, ...]
    statements: tuple[AreaChange, ...]
    sentences: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()


def edition_changes(older: Edition, newer: Edition, crossings: Sequence[Crossing] = ()) -> EditionChanges:
    """What is different in a newer edition: areas by the crosswalk (or by id), statements by id, the rest in words.

    An area is split when the crosswalk says that several of the newer areas are parts of it. Between two versions of
    one edition the areas are the same, and what was corrected is told.
    """
    same = older.id == newer.id
    return EditionChanges(
        areas=tuple(_area_changes(older, newer, () if same else _between(older.id, newer.id, crossings))),
        statements=tuple(_statement_changes(older, newer)),
        sentences=tuple(_sentences(older, newer)),
        corrections=tuple(each for each in newer.corrections if same and each.version > older.version),
    )


def _between(older: str, newer: str, crossings: Sequence[Crossing]) -> list[Crossing]:
    """The lines that tie the two editions; where there is none their areas are told by id."""
    ends = {older, newer}
    return [each for each in crossings if {each.from_.partition("/")[0], each.to.partition("/")[0]} == ends]


def _area_changes(older: Edition, newer: Edition, crossings: Sequence[Crossing]) -> Iterable[AreaChange]:
    after = {area.id: area for area in newer.areas}
    arrived: set[str] = set()
    for area in older.areas:
        to = [after[key] for key in _leads_to(older.id, area.id, crossings) if key in after]
        if not to and not crossings and area.id in after:
            to = [after[area.id]]
        arrived.update(later.id for later in to)
        yield _area_change(area, to)
    for area_id, area in after.items():
        if area_id not in arrived:
            yield AreaChange(area_id, "new", None, area.name, (area_id,))


def _leads_to(older: str, area: str, crossings: Sequence[Crossing]) -> list[str]:
    """The newer areas that lines between the two editions tie to an older one as the same, or as a part of it."""
    here = f"{older}/{area}"
    newer_areas = []
    for crossing in crossings:
        ends = {crossing.from_, crossing.to}
        if crossing.relation in ("same", "part_of") and here in ends:
            (other,) = ends - {here}
            newer_areas.append(other.partition("/")[2])
    return newer_areas


def _area_change(area: JudgementArea, to: list[JudgementArea]) -> AreaChange:
    ids = tuple(later.id for later in to)
    if not to:
        return AreaChange(area.id, "retired", area.name, None)
    if len(to) > 1:
        return AreaChange(area.id, "split", area.name, " / ".join(later.name for later in to), ids)
    kind: Kind = "kept" if to[0].name == area.name else "reworded"
    return AreaChange(area.id, kind, area.name, to[0].name, ids)


def _statement_changes(older: Edition, newer: Edition) -> Iterable[AreaChange]:
    after = {statement.id: statement for statement in newer.statements}
    for before in older.statements:
        later = after.pop(before.id, None)
        if later is None:
            yield AreaChange(before.id, "retired", before.text, None)
        else:
            kind: Kind = "kept" if later.text == before.text else "reworded"
            yield AreaChange(before.id, kind, before.text, later.text, (before.id,))
    for statement in after.values():
        yield AreaChange(statement.id, "new", None, statement.text, (statement.id,))


def _sentences(older: Edition, newer: Edition) -> Iterable[str]:
    if older.overall and not newer.overall:
        yield "The overall grade is gone: none can be entered, shown or printed under the newer edition."
    if newer.overall and not older.overall:
        yield f"There is an overall judgement now: “{newer.overall.name}”."
    yield from _sentences_on_scales(older, newer)
    if newer.tags_edition and not older.tags_edition:
        yield f"Findings carry a printed tag now, from {newer.tags_edition}."
    yield from _sentence_on_kinds("Reports no longer list", older, newer)
    yield from _sentence_on_kinds("Reports now also list", newer, older)


def _sentences_on_scales(older: Edition, newer: Edition) -> Iterable[str]:
    before = {scale.id: scale for scale in older.scales}
    for scale in newer.scales:
        if scale.id not in before:
            yield f"There is a new scale: {', '.join(point.name for point in reversed(scale.points))}."
        elif scale.codes != before[scale.id].codes:
            yield f"The scale “{scale.id}” has other points. Grades are never turned from one into the other."
        elif [point.name for point in scale.points] != [point.name for point in before[scale.id].points]:
            yield f"Points of the scale “{scale.id}” have other printed names."
    for scale_id in sorted(before.keys() - {scale.id for scale in newer.scales}):
        yield f"The scale “{scale_id}” is gone. Grades given on it stay as they were given."


def _sentence_on_kinds(words: str, has: Edition, lacks: Edition) -> Iterable[str]:
    kinds = [kind.replace("_", " ") for kind in has.finding_kinds if kind not in lacks.finding_kinds]
    if kinds:
        yield f"{words}: {', '.join(kinds)}."
