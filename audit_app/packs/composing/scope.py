"""What is left of an extract once judgement areas, one audit or one question set were chosen. Pure.

Cut is what the pack tells of, never what is looked through for what was left out.
"""

from dataclasses import replace

from audit_app.packs.composing.choosing import actions_of
from audit_app.packs.composing.extract import Asked, AuditRecord, Audits, Extract, Register
from audit_app.packs.kinds.sections import Asks
from findings.references import ACTION, AREA, FINDING, PLAN, reference
from findings.thread_shapes import FindingStrand, Thread, audits_of, judgement_areas_of
from frameworks.crosswalk import AreaReference

NOTHING = Register(threads=(), strengths=(), actions=(), gaps=())


def cut(extract: Extract) -> Extract:
    """The extract with no more than was chosen."""
    chosen = extract.chosen
    if Asks.self_assessment in chosen.asks:
        return replace(extract, register=NOTHING, audits=replace(extract.audits, records=(), waiting=0))
    if Asks.audit in chosen.asks:
        records = extract.audits.in_full or ()
        return replace(extract, register=NOTHING, audits=replace(extract.audits, records=records, waiting=0))
    if chosen.theme:
        extract = _of_theme(extract)
    return _of_areas(extract) if chosen.areas else extract


def _of_theme(extract: Extract) -> Extract:
    """The audits on one question set, and what was raised from them."""
    records = [record for record in extract.audits.records if record.set_key == extract.chosen.theme]
    names = {record.reference for record in records}
    register = extract.register
    threads = [thread for thread in register.threads if audits_of(thread) & names]
    kept = _told(register, threads, [strand for strand in register.strengths if _rests_on(strand, names)])
    kept = replace(kept, loose_findings=[x for x in register.loose_findings if _rests_on(x, names)], asked=())
    return replace(extract, audits=_only(extract.audits, records), register=kept)


def _rests_on(strand: FindingStrand, names: set[str]) -> bool:
    return any(source.audit_reference in names for source in strand.sources)


def _only(audits: Audits, records: list[AuditRecord]) -> Audits:
    """Some audits; how many are not agreed yet is known of the whole period alone."""
    return replace(audits, records=records, waiting=0)


def _of_areas(extract: Extract) -> Extract:
    """What is tied to the chosen judgement areas of the pack's framework."""
    edition_id, chosen = extract.about.edition.id, set(extract.chosen.areas)
    areas = {AreaReference(edition_id, area) for area in chosen}
    records = [record for record in extract.audits.records if areas & set(record.graded)]
    register = extract.register

    def tied(strand: FindingStrand) -> bool:
        return any(x.edition_id == edition_id and x.judgement_area_id in chosen for x in strand.judgement_areas)

    threads = [x for x in register.threads if any(AreaReference(*tie) in areas for tie in judgement_areas_of(x))]
    kept = _told(register, threads, [strand for strand in register.strengths if tied(strand)])
    asked = [Asked(x.inspection, [y for y in x.findings if tied(y)], x.answering) for x in register.asked]
    kept = replace(
        kept,
        asked=[part for part in asked if part.findings],
        loose_findings=[strand for strand in register.loose_findings if tied(strand)],
    )
    return replace(extract, audits=_only(extract.audits, records), register=kept)


def _told(register: Register, threads: list[Thread], strengths: list[FindingStrand]) -> Register:
    """The register of some threads: their actions, the plans and themes of those, and their gaps."""
    actions = actions_of(threads, ())
    plans = {strand.action.plan_number for strand in actions if strand.action.plan_number}
    themes = {strand.action.theme_id for strand in actions}
    above = {theme.parent_id for theme in register.themes if theme.id in themes}
    known = {reference(AREA, thread.area.number) for thread in threads}
    known |= {reference(ACTION, strand.action.number) for strand in actions}
    known |= {reference(FINDING, strand.finding.number) for thread in threads for strand in thread.findings}
    known |= {reference(PLAN, number) for number in plans}
    return replace(
        register,
        threads=threads,
        strengths=strengths,
        actions=actions,
        gaps=[gap for gap in register.gaps if gap.reference in known],
        plans=[plan for plan in register.plans if plan.number in plans],
        themes=[theme for theme in register.themes if theme.id in themes | above],
        reviews=[review for review in register.reviews if review.plan_number in plans],
        risks=[risk for risk in register.risks if risk.plan_number in plans],
        measures=[measure for measure in register.measures if measure.plan_number in plans],
    )
