"""The judgement areas of each edition that comes with the product, as choices and as checks ask for them. Pure."""

import frameworks


def areas_of(edition_id: str) -> frozenset[str] | None:
    """The ids of an edition's judgement areas; None when there is no such edition."""
    try:
        return frozenset(area.id for area in frameworks.edition(edition_id).areas)
    except frameworks.UnknownEdition:
        return None


def informable() -> list[tuple[str, str]]:
    """The editions a set's domains may inform, newest first: those with areas that are not case-audit questions."""
    found = [one for one in frameworks.editions() if one.areas and one.type != "case_audit"]
    found.sort(key=lambda one: (one.valid_from, one.id), reverse=True)
    return [(one.id, one.title) for one in found]


def area_choices(edition_id: str) -> list[tuple[str, str]]:
    """An edition's areas by id with their printed names; none for an edition nobody knows."""
    try:
        return [(area.id, area.name) for area in frameworks.edition(edition_id).areas]
    except frameworks.UnknownEdition:
        return []
