"""Reads, in one go, everything a pack is composed of; composing it asks the database nothing more."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

import frameworks
from audit_app import clock, history
from audit_app.library.terms import queries as terms
from audit_app.packs import queries
from audit_app.packs.composing import choosing
from audit_app.packs.composing.extract import AboutPack, Audits, Council, Extract, Inspections, OfItself, Register
from audit_app.packs.contents import Colour, Control, LogHead
from audit_app.packs.disclosure import pseudonyms
from audit_app.packs.exhibits import queries as exhibits
from audit_app.packs.kinds import choices
from audit_app.packs.kinds import queries_gathering as of_kinds
from audit_app.packs.tables import PACK, EvidencePackRow
from audit_app.people import queries as people
from audit_app.self_assessment import queries_standing as self_assessments
from findings import queries as thread_queries
from findings import thread as threads
from findings.gaps import gaps, review_gaps
from findings.references import reference
from findings.tables import PlanReview, PlanRisk
from findings.thread_shapes import Woven


def gather_texts(session: Session, row: EvidencePackRow, *, now: datetime, evidence_months: int) -> Extract:
    """The same without the audits, whose texts stay in the council: enough to look a pack's typed texts over."""
    inspections = _inspections(session, row.authority_id)
    woven = threads.weave(thread_queries.load_everything(session, row.authority_id))
    register = _register(session, row, inspections, woven, now=now, evidence_months=evidence_months)
    return Extract(
        about=_about(session, row, now=now),
        council=_council(session, row.authority_id),
        audits=Audits(records=(), waiting=0, names={}),
        register=register,
        inspections=inspections,
        of_itself=_of_itself(session, row, now=now),
        exhibits=exhibits.exhibits_of(session, row, register),
        chosen=choices.read(row.choices),
        for_kind=of_kinds.for_kind(session, row, register),
    )


def gather(session: Session, row: EvidencePackRow, *, now: datetime, evidence_months: int) -> Extract:
    """Everything of one pack as it stands at this moment."""
    inspections = _inspections(session, row.authority_id)
    woven = threads.weave(thread_queries.load_everything(session, row.authority_id))
    register = _register(session, row, inspections, woven, now=now, evidence_months=evidence_months)
    return Extract(
        about=_about(session, row, now=now),
        council=_council(session, row.authority_id),
        audits=_audits(session, row, register),
        register=register,
        inspections=inspections,
        of_itself=_of_itself(session, row, now=now),
        exhibits=exhibits.exhibits_of(session, row, register),
        chosen=choices.read(row.choices),
        for_kind=of_kinds.for_kind(session, row, register),
        every_thread=woven.threads,
    )


def _of_itself(session: Session, row: EvidencePackRow, *, now: datetime) -> OfItself:
    """What the council signed of itself in this framework by now; a leader's words where they are of this period."""
    sections = [
        section
        for section in self_assessments.standing(session, row.authority_id)
        if section.is_signed and section.edition_id == row.edition_id
    ]
    spoken = self_assessments.leaders_words(session, row.authority_id)
    of_period = spoken is not None and row.period_from <= spoken.signed_on
    return OfItself(tuple(sections), spoken if of_period else None)


def _about(session: Session, row: EvidencePackRow, *, now: datetime) -> AboutPack:
    head = history.head_of(session)
    return AboutPack(
        reference=reference(PACK, row.number),
        title=row.title,
        marking=row.marking,
        level=row.level,
        each_audit=row.each_audit,
        edition=frameworks.edition(row.edition_id),
        period_from=row.period_from,
        period_to=row.period_to,
        control=Control(
            row.author_post,
            row.owner_post,
            row.approvals,
            row.circulation,
            row.review_on,
            row.destroy_on,
            row.purpose,
        ),
        as_at=now.replace(microsecond=0),
        today=clock.london_day(now),
        log_head=LogHead(head.sequence, head.count, head.hash),
    )


def _council(session: Session, authority_id: int) -> Council:
    settings = people.authority_settings(session)
    colours = people.brag_words(session)
    return Council(
        name=settings.name,
        logo_sha256=settings.logo_sha256,
        fictional=settings.fictional,
        colours=tuple(Colour(colour, word, meaning) for colour, (word, meaning) in colours.items()),
        own=terms.own_words(session, authority_id),
    )


def _register(
    session: Session,
    row: EvidencePackRow,
    inspections: Inspections,
    woven: Woven,
    *,
    now: datetime,
    evidence_months: int,
) -> Register:
    today, reviews = clock.london_day(now), queries.list_parts(session, row.authority_id, PlanReview)
    return choosing.for_period(
        woven,
        (*gaps(woven, today, evidence_months=evidence_months), *review_gaps(reviews, today)),
        row.period_from,
        row.period_to,
        inspections=list(inspections.by_number.values()),
        plans=thread_queries.list_plans(session, row.authority_id),
        themes=thread_queries.list_themes(session, row.authority_id),
        reviews=reviews,
        risks=queries.list_parts(session, row.authority_id, PlanRisk),
        measures=queries.list_measures_of_plans(session, row.authority_id),
    )


def _audits(session: Session, row: EvidencePackRow, register: Register) -> Audits:
    records = queries.list_audits(session, row.authority_id, row.period_from, row.period_to, row.edition_id)
    chosen = choices.read(row.choices)
    in_full = queries.list_audits_by_number(session, row.authority_id, chosen.audits, row.edition_id)
    named = choosing.audits_named([*records, *in_full], register)
    before = period_before(row.period_from, row.period_to)
    return Audits(
        records=records,
        waiting=queries.count_waiting(session, row.authority_id, row.period_from, row.period_to),
        names=pseudonyms.names_at(row.level, row.pseudonym_key, reference(PACK, row.names_from or row.number), named),
        before=queries.overall_grades_at_random(session, row.authority_id, *before),
        before_period=before,
        in_full=in_full if chosen.audits else None,
        year_before=queries.list_audits(session, row.authority_id, *before) if compares(chosen) else (),
    )


def compares(chosen: choices.Choices) -> bool:
    """Whether a section needs the audits of the period before, document by document."""
    return bool({"year-in-numbers", "moderation"} & set(chosen.sections))


def period_before(first: date, last: date) -> tuple[date, date]:
    """The days before a period, as many as it has itself."""
    ends = first - timedelta(days=1)
    return ends - (last - first), ends


def _inspections(session: Session, authority_id: int) -> Inspections:
    return Inspections(
        by_number={row.number: row for row in thread_queries.list_inspections(session, authority_id)},
        judgements=thread_queries.list_judgements(session, authority_id),
    )
