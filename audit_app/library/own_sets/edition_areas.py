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
    editions = [edition for edition in frameworks.editions() if edition.areas and edition.type != "case_audit"]
    editions.sort(key=lambda edition: (edition.valid_from, edition.id), reverse=True)
    return [(edition.id, edition.title) for edition in editions]


def area_choices(edition_id: str) -> list[tuple[str, str]]:
    """An edition's areas by id with their printed names; none for an edition nobody knows."""
    try:
        return [(area.id, area.name) for area in frameworks.edition(edition_id).areas]
    except frameworks.UnknownEdition:
        return []
