"""Editions and their judgement areas as pages choose and name them; an unknown one never breaks a page. Pure."""

from collections.abc import Collection
from contextlib import suppress
from datetime import date

import frameworks
from audit_app import words
from audit_app.library import product_editions
from findings.register import SpeaksTo

# What a children's service is inspected under, and what government expects of it in between.
USUAL_FAMILIES = ("ilacs", "national-framework")


def tied_editions() -> list[frameworks.Edition]:
    """The editions whose judgement areas a finding may speak to, newest first."""
    tied = [edition for edition in frameworks.editions() if edition.type != "case_audit"]
    return sorted(tied, key=lambda edition: (edition.valid_from, edition.id), reverse=True)


def usual_editions(today: date) -> list[str]:
    """The editions of today that every council works to, whatever it has on record."""
    usual = []
    for family in USUAL_FAMILIES:
        with suppress(frameworks.NoneInForce):
            usual.append(frameworks.in_force(family, today).id)
    return usual


def inspection_editions(today: date | None = None) -> list[frameworks.Edition]:
    """The editions an inspection or review may have been carried out under: those in force first, then newest first.

    Expectations are used as tags; nobody inspects under them.
    """
    inspected = [edition for edition in tied_editions() if edition.type != "expectations"]
    return sorted(inspected, key=lambda edition: _ended(edition, today))


def _ended(edition: frameworks.Edition, today: date | None) -> bool:
    """Whether an edition has ended by a day, or, with no day given, is known to end at all."""
    return product_editions.is_earlier(edition, today or date.min)


def find_edition(edition_id: str) -> frameworks.Edition | None:
    """The edition, or None when this version does not know it."""
    try:
        return frameworks.edition(edition_id)
    except frameworks.UnknownEdition:
        return None


def short_name(edition_id: str) -> str:
    """ILACS 2026, Ofsted 2012."""
    return words.sentence_case(edition_id)


def edition_choices(today: date | None = None) -> list[tuple[str, str]]:
    """Editions by id with their full titles."""
    return [(edition.id, edition.title) for edition in inspection_editions(today)]


def earlier_ids(today: date | None = None) -> frozenset[str]:
    """Those editions that have ended, or in whose place a newer one is used."""
    return frozenset(edition.id for edition in inspection_editions(today) if _ended(edition, today))


def theme_choices() -> list[tuple[str, str]]:
    """Every theme of every framework that takes one, as "edition/theme", newest first."""
    return [
        (f"{edition.id}/{theme.id}", f"{theme.name} ({theme.period})")
        for edition in inspection_editions()
        for theme in reversed(edition.themes)
    ]


def theme_name(edition_id: str, theme_id: str) -> str:
    """The name of a theme; its code where no edition knows it."""
    edition = find_edition(edition_id)
    return next((theme.name for theme in (edition.themes if edition else ()) if theme.id == theme_id), theme_id)


def agency_choices(edition_id: str) -> list[tuple[str, str]]:
    """The bodies an edition looks at together; none for a framework that looks at one."""
    edition = find_edition(edition_id)
    return [(agency.id, agency.name) for agency in (edition.agencies if edition else ())]


def agency_names(edition_id: str, kept: str) -> list[str]:
    """The names of the bodies a finding is for, as they are kept: ids separated by commas."""
    names = dict(agency_choices(edition_id))
    return [names.get(agency, agency) for agency in kept.split(",") if agency]


def area_choices(edition_id: str = "", among: Collection[str] | None = None) -> list[tuple[str, str]]:
    """Every judgement area as "edition/area": of one edition, of those `among`, or of all."""
    editions = [
        edition
        for edition in tied_editions()
        if (not edition_id or edition.id == edition_id) and (among is None or edition.id in among)
    ]
    return [
        (f"{edition.id}/{area.id}", area.name if edition_id else f"{short_name(edition.id)}: {area.name}")
        for edition in editions
        for area in edition.areas
    ]


def speaks_to(choice: str, criterion: str = "") -> SpeaksTo | None:
    """What "ofsted-2012/PRAC" means; None for nothing chosen."""
    edition_id, _, area_id = choice.partition("/")
    return SpeaksTo(edition_id, area_id, criterion) if area_id else None


def judged_areas(edition: frameworks.Edition) -> list[tuple[str, str, frameworks.Scale]]:
    """What an edition grades, each with its own scale: its areas, and the overall judgement only where it has one."""
    graded = [(area.id, area.name, edition.scale(area.scale)) for area in edition.areas if area.scale]
    overall = edition.overall
    return [*graded, (overall.id, overall.name, edition.scale(overall.scale))] if overall else graded


def meanings(edition: frameworks.Edition | None) -> dict[str, dict[str, str]]:
    """What each outcome of an outcome framework means, for the form that asks for it; grades speak for themselves."""
    if edition is None or edition.overall is None or edition.type != "outcome":
        return {}
    points = edition.scale(edition.overall.scale).points
    return {edition.overall.id: {point.code: point.meaning for point in points if point.meaning}}


def area_name(edition_id: str, area_id: str, *, with_edition: bool = True) -> str:
    """The printed name of a judgement area and its edition."""
    edition = find_edition(edition_id)
    named = {area.id: area.name for area in edition.areas} if edition else {}
    if edition and edition.overall:
        named[edition.overall.id] = edition.overall.name
    name = named.get(area_id, area_id)
    return f"{name} ({short_name(edition_id)})" if with_edition and edition_id else name


def grade_name(edition_id: str, area_id: str, code: str) -> str:
    """The printed name of a grade on the scale of its own edition."""
    edition = find_edition(edition_id)
    for judged, _name, scale in judged_areas(edition) if edition else []:
        if judged == area_id and code in scale.codes:
            return scale.name_of(code)
    return words.sentence_case(code)
