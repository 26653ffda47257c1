"""What inspectors and audits say, judgement area by judgement area: grades, tables, charts, strengths. Pure."""

from collections.abc import Iterable

from audit_app import words
from audit_app.audits.on_paper.tones import tone_of_grade
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.contents import AreaPart, EvidencePack, InspectorsGrade
from audit_app.packs.story import grade_tables
from audit_app.packs.story.blocks import Block, Bullets, Grade, Heading, Link, Paragraph, slug

MAY_BE_MISSING = (("strength", "strengths"), ("area for improvement", "threads"))


def judgement_areas(pack: EvidencePack) -> list[Block]:
    """What inspectors and audits say, judgement area by judgement area."""
    blocks: list[Block] = [
        Heading("Judgement areas", 1, "judgement-areas"),
        Paragraph(" ".join((f"Under: {pack.edition_title}.", *pack.audits_note)), "quiet"),
    ]
    if pack.overall or pack.overall_says:
        name = pack.overall_name
        blocks += [Heading(name, 2, "overall"), *_inspectors(pack.overall, name)]
        blocks += [Paragraph(meaning) for meaning in pack.overall_says]
    for area in pack.areas:
        blocks += judgement_area(area, pack.own)
    if pack.elsewhere:
        blocks += [Heading("Recorded under other frameworks", 1, "elsewhere"), Paragraph(pack.elsewhere_note)]
        for area in pack.elsewhere:
            blocks += judgement_area(area, pack.own)
    return blocks


def judgement_area(area: AreaPart, own: OwnWords = NONE) -> list[Block]:
    """One judgement area."""
    blocks: list[Block] = [Heading(area.name, 2, slug(f"area-{area.key}")), *_inspectors(area.inspectors, area.name)]
    if area.threads:
        references = words.listing([reference for reference, _ in area.threads])
        blocks.append(Link(f"Areas for improvement: {references}", "areas-for-improvement"))
    missing = [own.say(name) for name, there in MAY_BE_MISSING if not getattr(area, there)]
    if missing:
        blocks.append(Paragraph(f"Recorded under this area: no {words.listing(missing, 'and no')}.", "quiet"))
    blocks += [Heading(own.say("What the audits say"), 3, listed=False, small=True), Paragraph(" ".join(area.says))]
    for table in area.tables:
        blocks += [] if table.chosen else grade_tables.grade_table(table)
    if area.strengths:
        strengths = tuple(f"{sentence(part.text)} ({part.reference}: {part.where}.)" for part in area.strengths)
        blocks += [Heading(own.say("Strengths"), 3, listed=False, small=True), Bullets(strengths)]
    return blocks


def _inspectors(grades: Iterable[InspectorsGrade], name: str) -> list[Block]:
    blocks: list[Block] = []
    for given in grades:
        other = not _bare_name(name).startswith(_bare_name(given.printed_name))
        printed = f" (printed as “{given.printed_name}”)" if other else ""
        blocks.append(Grade(f"{given.where}{printed}", given.grade, tone_of_grade(given.grade_code)))
    return blocks


def _bare_name(name: str) -> str:
    """A name without the article and the capitals in which a report may differ."""
    return name.strip().casefold().removeprefix("the ")
