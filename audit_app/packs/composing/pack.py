"""From an extract of the register to the contents of a pack. Pure: the same extract gives the same contents each time.

Each field is asked of the pack's level by one narrator, who is new for each composing and asked last what was left out.
"""

from dataclasses import replace
from typing import Any

from audit_app.packs.composing import (
    areas,
    audit_parts,
    grades,
    in_short,
    inspectors,
    placing,
    source_parts,
    thread_parts,
)
from audit_app.packs.composing.extract import Extract
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.contents import EvidencePack, GapPart
from audit_app.packs.disclosure.levels import NAMES


def compose(extract: Extract) -> EvidencePack:
    """The contents of a pack."""
    narrator = Narrator(extract.about.level, extract.about.today, extract.audits.names, extract.council.own)
    pack = _told_by(narrator, extract)
    return replace(pack, withheld=narrator.withheld())


def _told_by(narrator: Narrator, extract: Extract) -> EvidencePack:
    """Everything but what was left out."""
    edition, council, audits = extract.about.edition, extract.council, extract.audits
    inspections = extract.inspections
    places = placing.places_of(edition, audits.records, extract.register)
    register = replace(extract.register, threads=places.in_print_order(extract.register.threads))
    order = grades.PrintOrder({place.area: place.name for place in (*places.own, *places.elsewhere)})
    counted = grades.counted_apart(audits.records, order, narrator)
    own = tuple(areas.area_part(place, inspections, order, narrator) for place in places.own)
    overall_name = edition.overall.name if edition.overall else ""
    overall = inspectors.overall_grades(inspections, edition)
    graded = [(overall_name, overall), *((area.name, area.inspectors) for area in own)]
    colour_words = {colour.colour: colour.word for colour in council.colours}
    return EvidencePack(
        **_of_itself(extract),
        summary=(*in_short.summary(extract.about, counted, register, narrator), *in_short.latest_grades(graded)),
        audits_note=in_short.audits_note(audits, order, narrator),
        overall=overall,
        overall_name=overall_name,
        overall_says=inspectors.what_latest_means(inspections, edition),
        areas=own,
        elsewhere_note=areas.elsewhere_note(places, narrator),
        elsewhere=tuple(areas.area_part(place, inspections, order, narrator) for place in places.elsewhere),
        threads=tuple(thread_parts.thread_part(thread, edition, narrator) for thread in register.threads),
        actions=tuple(thread_parts.action_part(strand, colour_words, narrator) for strand in register.actions),
        audits=audit_parts.lines(audits, narrator),
        details=audit_parts.details(audits, narrator) if extract.about.each_audit else (),
        gaps=tuple(GapPart(gap.reference, gap.sentence, gap.next_step) for gap in register.gaps),
        not_yet=tuple(pair for thread in register.threads for pair in thread_parts.not_yet_good_enough(thread)),
        sources=source_parts.sources(edition, audits.records, register, order, narrator),
        withheld=(),
    )


def _of_itself(extract: Extract) -> dict[str, Any]:
    """What a pack says of itself: whose it is, for whom, under which framework, of which period and moment."""
    about, council = extract.about, extract.council
    return {
        "reference": about.reference,
        "title": about.title,
        "council": council.name,
        "logo_sha256": council.logo_sha256,
        "marking": about.marking,
        "level": about.level,
        "audience": NAMES[about.level],
        "edition_id": about.edition.id,
        "edition_title": about.edition.title,
        "edition_note": source_parts.edition_note(about.edition),
        "period_from": about.period_from,
        "period_to": about.period_to,
        "as_at": about.as_at,
        "control": about.control,
        "log_head": about.log_head,
        "colours": council.colours,
        "fictional": council.fictional,
        "terms": council.own.written(),
    }
