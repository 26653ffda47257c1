"""From an extract of the register to the contents of a pack. Pure: the same extract gives the same contents each time.

Each field is asked of the pack's level by one narrator, who is new for each composing and asked last what was left out.
"""

from dataclasses import replace
from typing import Any

from audit_app.improvement import colour_words
from audit_app.packs.composing import (
    areas,
    audit_parts,
    grades,
    in_short,
    inspectors,
    placing,
    plan_sheets,
    report_parts,
    source_parts,
    thread_parts,
)
from audit_app.packs.composing.answers import page
from audit_app.packs.composing.extract import Council, Extract
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.contents import Colour, EvidencePack, GapPart
from audit_app.packs.disclosure import accounts
from audit_app.packs.disclosure.levels import NAMES
from audit_app.packs.exhibits import composing as exhibits
from findings.states import Standing


def compose(extract: Extract) -> EvidencePack:
    """The contents of a pack."""
    narrator = Narrator(extract.about.level, extract.about.today, extract.audits.names, extract.council.own)
    pack = _told_by(narrator, extract)
    withheld = accounts.left_out(
        extract.register,
        extract.inspections,
        extract.audits.records,
        each_audit=extract.about.each_audit,
        narrator=narrator,
    )
    shown_behind = exhibits.parts(extract.exhibits, pack, extract.register, narrator)
    return replace(pack, withheld=withheld, accounted=True, exhibits=shown_behind)


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
    overall = inspectors.overall_grades(inspections, edition, narrator)
    graded = [(overall_name, overall), *((area.name, area.inspectors) for area in own)]
    reports = report_parts.report_parts(register, inspections, narrator)
    words_of = _words_of(council)
    return EvidencePack(
        **_of_itself(extract),
        summary=(
            *in_short.summary(extract.about, counted, register, narrator),
            *report_parts.in_short(reports),
            *in_short.latest_grades(graded),
        ),
        audits_note=in_short.audits_note(audits, order, narrator),
        overall=overall,
        overall_name=overall_name,
        overall_says=inspectors.what_latest_means(inspections, edition),
        areas=own,
        elsewhere_note=areas.elsewhere_note(places, narrator),
        elsewhere=tuple(areas.area_part(place, inspections, order, narrator) for place in places.elsewhere),
        reports=reports,
        threads=tuple(thread_parts.thread_part(thread, edition, narrator) for thread in register.threads),
        loose_findings=report_parts.loose_findings(register, narrator),
        sheets=plan_sheets.sheets(register, words_of, narrator),
        actions=tuple(thread_parts.action_part(strand, words_of, narrator) for strand in register.actions),
        audits=audit_parts.lines(audits, narrator),
        details=audit_parts.details(audits, narrator) if extract.about.each_audit else (),
        gaps=tuple(GapPart(gap.reference, gap.sentence, gap.next_step) for gap in register.gaps),
        not_yet=tuple(
            pair for thread in register.threads for pair in thread_parts.not_yet_good_enough(thread, narrator)
        ),
        sources=source_parts.sources(extract.about, audits.records, register, order, narrator),
        answers=page.answers(extract, register, narrator, areas=own, reports=reports, counted=counted),
        withheld=(),
    )


def _words_of(council: Council) -> dict[Standing, colour_words.Colour]:
    """How each standing of an action reads in this council."""
    return colour_words.standings({colour.colour: (colour.word, colour.meaning) for colour in council.colours})


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
        "edition_version": about.edition.version,
        "edition_version_on": about.edition.corrections[-1].published_on if about.edition.corrections else None,
        "period_from": about.period_from,
        "period_to": about.period_to,
        "as_at": about.as_at,
        "control": about.control,
        "log_head": about.log_head,
        "colours": tuple(Colour(x.code, x.word, x.meaning) for x in colour_words.legend(_words_of(council))),
        "fictional": council.fictional,
        "terms": council.own.written(),
    }
