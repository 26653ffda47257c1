"""Reads, in one go, everything a pack is composed of; composing it asks the database nothing more."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

import frameworks
from audit_app import clock, history
from audit_app.library.terms import queries as terms
from audit_app.packs import pseudonyms, queries
from audit_app.packs.composing.grades import AuditRecord
from audit_app.packs.composing.material import Material
from audit_app.packs.levels import INSPECTOR, Disclosure
from audit_app.packs.tables import PACK, EvidencePackRow
from audit_app.people import queries as people
from findings import queries as thread_queries
from findings import thread as threads
from findings.gaps import gaps
from findings.references import reference
from findings.states import FindingKind
from findings.thread_shapes import FindingStrand, Thread, Woven, audits_of


def gather(session: Session, row: EvidencePackRow, *, now: datetime, evidence_months: int) -> Material:
    """Everything of one pack as it stands at this moment."""
    authority_id, today = row.authority_id, clock.london_day(now)
    records = queries.list_audits(session, authority_id, row.period_from, row.period_to, row.edition_id)
    woven = threads.weave(thread_queries.load_everything(session, authority_id))
    alive = [thread for thread in woven.threads if is_alive(thread, row.period_from, row.period_to)]
    strengths = list_strengths(woven, row.period_to)
    pack = reference(PACK, row.number)
    return Material(
        row=row,
        reference=pack,
        now=now.replace(microsecond=0),
        today=today,
        settings=people.authority_settings(session),
        edition=frameworks.edition(row.edition_id),
        records=records,
        waiting=queries.count_waiting(session, authority_id, row.period_from, row.period_to),
        woven=woven,
        threads=alive,
        strengths=strengths,
        judgements=thread_queries.list_judgements(session, authority_id),
        inspections={one.number: one for one in thread_queries.list_inspections(session, authority_id)},
        gaps=gaps(woven, today, evidence_months=evidence_months),
        brag=people.brag_words(session),
        names=names_of(row, pack, records, alive, strengths),
        head=history.head_of(session),
        show=Disclosure(row.level),
        own=terms.own_words(session, authority_id),
    )


def is_alive(thread: Thread, first: date, last: date) -> bool:
    """Whether an area for improvement was open at any time of the period."""
    area = thread.area
    return clock.london_day(area.opened_at) <= last and (area.closed_on is None or area.closed_on >= first)


def list_strengths(woven: Woven, last: date) -> list[FindingStrand]:
    """The strengths that stand and were raised by the end of the period, each once, by reference."""
    strands = {strand.finding.number: strand for strand in woven.loose_findings}
    strands |= {strand.finding.number: strand for thread in woven.threads for strand in thread.findings}
    return [
        strands[number]
        for number in sorted(strands)
        if strands[number].stands
        and strands[number].finding.kind is FindingKind.strength
        and clock.london_day(strands[number].finding.raised_at) <= last
    ]


def names_of(
    row: EvidencePackRow,
    pack: str,
    records: Sequence[AuditRecord],
    alive: Sequence[Thread],
    strengths: Sequence[FindingStrand],
) -> dict[str, str]:
    """What the pack calls each audit: its reference inside the council, a name of the pack's own for an inspector.

    A publishable pack names no audit at all.
    """
    found = {record.reference for record in records}
    for thread in alive:
        found |= audits_of(thread)
    found |= {source.audit_reference for strand in strengths for source in strand.sources if source.audit_reference}
    if row.level > INSPECTOR:
        return {}
    if row.level == INSPECTOR:
        return pseudonyms.names_for(row.pseudonym_key, pack, found)
    return {one: one for one in found}
