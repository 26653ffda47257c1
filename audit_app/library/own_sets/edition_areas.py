"""The judgement areas of each edition that comes with the product, as choices and as checks ask for them. Pure."""

from datetime import date

import frameworks
from audit_app.library import product_editions


def areas_of(edition_id: str) -> frozenset[str] | None:
    """The ids of an edition's judgement areas; None when there is no such edition."""
    try:
        return frozenset(area.id for area in frameworks.edition(edition_id).areas)
    except frameworks.UnknownEdition:
        return None


def informable(on: date) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The editions a set's domains may inform, newest first, the earlier ones apart: those with areas of their own."""
    editions = [edition for edition in frameworks.editions() if edition.areas and edition.type != "case_audit"]
    of_today, earlier = product_editions.apart(editions, on)
    return [(each.id, each.title) for each in of_today], [(each.id, each.title) for each in earlier]


def area_choices(edition_id: str) -> list[tuple[str, str]]:
    """An edition's areas by id with their printed names; none for an edition nobody knows."""
    try:
        return [(area.id, area.name) for area in frameworks.edition(edition_id).areas]
    except frameworks.UnknownEdition:
        return []
