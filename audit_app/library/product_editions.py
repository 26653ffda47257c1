"""Which editions are of today and which are earlier, and what each is called; worked out from their files. Pure."""

from collections.abc import Iterable
from datetime import date

import frameworks
from audit_app.words import sentence_case
from frameworks import reader

CASE_AUDITS = "case-audit"  # the family of editions new audits are made from, beside the council's own sets


def editions_begun(on: date) -> list[str]:
    """The product's editions that audits may have been made from by a day, the newest first.

    On a day before the first of them begins it is the first: nobody is left without questions.
    """
    editions = frameworks.editions_of(CASE_AUDITS)
    begun = [edition.id for edition in editions if edition.valid_from <= on]
    return begun[::-1] or [editions[0].id]


def edition_for_new(on: date) -> str:
    """The product's edition that audits set up on a day are made from: the newest in force, as its files say.

    Where none is in force, the last that began.
    """
    try:
        return frameworks.in_force(CASE_AUDITS, on).id
    except frameworks.NoneInForce:
        return editions_begun(on)[0]


def is_earlier(edition: frameworks.Edition, on: date) -> bool:
    """Whether an edition has ended by a day, or a newer one of its family is used in its place."""
    if on < edition.valid_from:
        return edition.valid_to is not None or edition.superseded_by is not None
    family = next(each.editions for each in reader.crosswalk_file().families if edition.id in each.editions)
    newer = (frameworks.edition(edition_id) for edition_id in family[family.index(edition.id) + 1 :])
    return not edition.in_force(on) or any(each.in_force(on) for each in newer)


def apart(
    editions: Iterable[frameworks.Edition], on: date
) -> tuple[list[frameworks.Edition], list[frameworks.Edition]]:
    """The editions of a day and, apart from them, the earlier ones; each the newest first."""
    newest_first = sorted(editions, key=lambda edition: (edition.valid_from, edition.id), reverse=True)
    earlier = [edition for edition in newest_first if is_earlier(edition, on)]
    return [edition for edition in newest_first if edition not in earlier], earlier


def area_named(reference: str, edition_id: str = "") -> str:
    """A judgement area by its printed name and its edition in short, from `ilacs-2026/CIC` or an area of an edition."""
    edition_id, _, area_id = reference.rpartition("/") if "/" in reference else (edition_id, "", reference)
    try:
        names = {area.id: area.name for area in frameworks.edition(edition_id).areas}
    except frameworks.UnknownEdition:
        return reference
    return f"{names.get(area_id, area_id)} ({sentence_case(edition_id)})"


def edition_named(edition_id: str) -> str:
    """What an edition is called where its set is named already: its title, or which version of a council's own set."""
    if edition_id.startswith("draft-"):
        return "draft"
    if edition_id.startswith("own-"):
        return f"version {edition_id.rpartition('-')[2]}"
    try:
        return frameworks.edition_named(edition_id).title
    except frameworks.UnknownEdition:
        return edition_id
