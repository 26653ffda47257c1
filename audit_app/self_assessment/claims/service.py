"""Writes of claims and of what they cite."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime

from sqlmodel import Session, col, select

from audit_app import clock, evidence
from audit_app.errors import Invalid, NotFound
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from audit_app.self_assessment import events, ladder_words
from audit_app.self_assessment.claims import queries_cited, queries_figures
from audit_app.self_assessment.claims.given import Cited, Said
from audit_app.self_assessment.places import Place
from audit_app.self_assessment.service_draft import note_writer, require, tell_log, writable
from audit_app.self_assessment.tables import Citation, Cites, Claim, SelfAssessment
from audit_app.self_assessment.who import may_write
from findings import queries as thread
from findings.errors import Stale
from findings.metadata import TEXT_LENGTH
from findings.references import INSPECTION, number_of
from findings.tables import Measure

MOST_CLAIMS = 60
MOST_CITED = 30
ASSEMBLED = (Cites.evidence, Cites.voice, Cites.data, Cites.policy, Cites.other)


def add_claim(
    session: Session,
    at: Place,
    wording: Said,
    cited: Sequence[Cited] = (),
    *,
    by: int,
    now: datetime,
) -> Claim:
    """Add a claim to a section, with what it cites already.

    Raises:
        Invalid: it says nothing, is too long, or the section has as many claims as it may have.
    """
    row, _section = writable(session, at)
    check(wording.text)
    query = select(Claim).where(
        Claim.authority_id == at.authority_id, Claim.section_id == at.section_id, col(Claim.taken_out_at).is_(None)
    )
    there = session.exec(query).all()
    if len(there) >= MOST_CLAIMS:
        raise Invalid("text", f"A section makes {MOST_CLAIMS} claims or fewer. Take one out, or say two as one.")
    claim = Claim(
        authority_id=at.authority_id,
        section_id=at.section_id,
        question=wording.question,
        position=max((each.position for each in there), default=0) + 1,
        text=wording.text,
        stance=wording.stance,
        written_by=by,
        written_at=now,
    )
    session.add(claim)
    session.flush()
    note_writer(session, row, by=by, now=now)
    tell_log(session, row, events.CLAIMED, by=by, now=now, count=1)
    for each in cited:
        _cite(session, row, claim, each, by=by, now=now)
    return claim


def check(text: str) -> None:
    """Refuse a claim that says nothing or is longer than can be kept.

    Raises:
        Invalid: which it is.
    """
    if not text.strip():
        raise Invalid("text", "Say what you claim.")
    if len(text) > TEXT_LENGTH:
        raise Invalid("text", f"A claim must be {TEXT_LENGTH:,} characters or fewer.")


def claim_of(session: Session, at: Place, claim_id: int) -> Claim:
    """A claim of this very section that was not taken out, as the database has it now.

    Raises:
        NotFound: there is none.
    """
    query = select(Claim).where(Claim.authority_id == at.authority_id, Claim.id == claim_id)
    claim = session.exec(query.execution_options(populate_existing=True)).first()
    if claim is None or claim.section_id != at.section_id or claim.taken_out_at is not None:
        raise NotFound("There is no such claim in this section. Somebody may have taken it out.")
    return claim


def change_claim(
    session: Session,
    at: Place,
    claim_id: int,
    wording: Said,
    *,
    revision: int,
    by: int,
    now: datetime,
) -> Claim:
    """Change what a claim says; Stale when somebody else has changed it meanwhile."""
    row, _section = writable(session, at)
    claim = claim_of(session, at, claim_id)
    if claim.revision != revision:
        raise Stale(claim)
    check(wording.text)
    claim.question, claim.text, claim.stance = wording.question, wording.text, wording.stance
    claim.written_by, claim.written_at = by, now
    claim.revision += 1
    session.add(claim)
    note_writer(session, row, by=by, now=now)
    tell_log(session, row, events.CLAIM_CHANGED, by=by, now=now)
    return claim


def decide_rung(
    session: Session,
    at: Place,
    claim_id: int,
    *,
    rung: int,
    reason: str,
    revision: int,
    by: int,
    now: datetime,
) -> Claim:
    """Decide how firm a claim is, with the reason: a person does, whatever is proposed."""
    row, _section = writable(session, at)
    claim = claim_of(session, at, claim_id)
    if claim.revision != revision:
        raise Stale(claim)
    if rung not in ladder_words.rungs():
        raise Invalid("rung", "Choose a rung of the ladder.")
    if not reason.strip():
        raise Invalid("rung_reason", "Say why it is this firm: what agrees, how many, how recent.")
    claim.rung, claim.rung_reason, claim.rung_by, claim.rung_on = rung, reason, by, clock.london_day(now)
    claim.revision += 1
    session.add(claim)
    note_writer(session, row, by=by, now=now)
    tell_log(session, row, events.RUNG_DECIDED, by=by, now=now, rung=rung)
    return claim


def take_out_claim(session: Session, at: Place, claim_id: int, *, by: int, now: datetime) -> None:
    """Take a claim out of a draft; what it cited stays on record with it."""
    row, _section = writable(session, at)
    claim = claim_of(session, at, claim_id)
    claim.taken_out_at = now
    claim.revision += 1
    session.add(claim)
    note_writer(session, row, by=by, now=now)
    tell_log(session, row, events.CLAIM_TAKEN_OUT, by=by, now=now)


def cite(
    session: Session,
    at: Place,
    claim_id: int,
    cited: Cited,
    *,
    by: int,
    now: datetime,
) -> Citation:
    """Cite something for a claim. Business support may attach what is on file or held elsewhere, and no more.

    Raises:
        Invalid: it names nothing this person may see, or the claim cites it already.
    """
    row, section = writable(session, at, assembling=True)
    scope: Scope = session.info["scope"]
    writes = may_write(scope, row, section)
    require(
        writes or cited.kind in ASSEMBLED,
        "Evidence on file can be attached here; figures and findings are for the writers.",
    )
    claim = claim_of(session, at, claim_id)
    return _cite(session, row, claim, cited, by=by, now=now)


def _cite(session: Session, row: SelfAssessment, claim: Claim, cited: Cited, *, by: int, now: datetime) -> Citation:
    cited = replace(cited, reference=cited.reference.strip().upper())
    check_cited(session, row.authority_id, cited)
    there = queries_cited.citations_of(session, row.authority_id, [claim.id])
    if len(there) >= MOST_CITED:
        raise Invalid("reference", f"A claim cites {MOST_CITED} things or fewer.")
    if any(_same(each, cited) for each in there):
        raise Invalid("reference", "This claim cites that already.")
    part = cited.part
    if cited.kind is Cites.evidence:
        about = queries_cited.claim_reference(row.number, claim.id)
        proves = claim.text[:300]
        use = evidence.attach(
            session, row.authority_id, number_of(cited.reference, "EVD") or 0, about, proves=proves, by=by, now=now
        )
        part = str(use.id)
    values = {each.name: getattr(cited, each.name) for each in fields(cited)} | {"part": part}
    citation = Citation(authority_id=row.authority_id, claim_id=claim.id, cited_by=by, cited_at=now, **values)
    session.add(citation)
    note_writer(session, row, by=by, now=now)
    tell_log(session, row, events.CITED, by=by, now=now, kind=cited.kind.value, cited=cited.reference)
    return citation


def _same(there: Citation, cited: Cited) -> bool:
    names = [
        each.name
        for each in fields(cited)
        if each.name not in ("shows", "part" if cited.kind is Cites.evidence else "")
    ]
    return all(getattr(there, name) == getattr(cited, name) for name in names)


def check_cited(session: Session, authority_id: int, cited: Cited) -> None:
    """Refuse what names nothing that this person may see, or what could not be counted.

    Raises:
        Invalid: which value, and what to do.
    """
    if cited.kind in queries_figures.FIGURES:
        _check_figure(session, cited)
        return
    if cited.kind in queries_cited.OUTSIDE:
        _check_outside(cited)
    elif cited.kind is Cites.measure:
        if not cited.part.isdigit() or session.get(Measure, (authority_id, int(cited.part))) is None:
            raise Invalid("reference", "Choose a measure from the list.")
    elif cited.reference not in queries_cited.visible(session, authority_id, [cited.reference]):
        raise Invalid(
            "reference", f"There is no {cited.reference or 'such thing'} that you may see. Check the reference."
        )
    elif cited.kind is Cites.inspection and cited.part:
        number = number_of(cited.reference, INSPECTION)
        if cited.part not in {str(row.id) for row in thread.list_judgements(session, authority_id, number)}:
            raise Invalid("reference", "Choose a judgement of that inspection.")
    elif queries_cited.kind_of(cited.reference) is not cited.kind:
        raise Invalid("reference", f"{cited.reference} is something else. Check the reference.")


def _check_outside(cited: Cited) -> None:
    if not cited.title.strip():
        raise Invalid("title", "Enter what it is called.")
    if cited.dated_on is None:
        raise Invalid("dated_on", "Enter the day it speaks of.")


def _check_figure(session: Session, cited: Cited) -> None:
    scope: Scope = session.info["scope"]
    if not queries_figures.sees_figures(scope):
        raise Invalid("reference", "Only somebody who sees all audits of the council can cite a figure of them.")
    if cited.months is None and (cited.period_from is None or cited.period_to is None):
        raise Invalid("period_from", "Say which period is counted.")
    if cited.period_from and cited.period_to and cited.period_to < cited.period_from:
        raise Invalid("period_to", "The last day must not be before the first.")
    if queries_figures.scale_of(session, cited) is None:
        raise Invalid("counts", "Choose what is counted from the list.")


def uncite(
    session: Session,
    at: Place,
    claim_id: int,
    citation_id: int,
    *,
    by: int,
    now: datetime,
) -> None:
    """Take away what a claim cites."""
    row, section = writable(session, at, assembling=True)
    claim = claim_of(session, at, claim_id)
    matching = [
        each for each in queries_cited.citations_of(session, at.authority_id, [claim.id]) if each.id == citation_id
    ]
    if not matching:
        raise NotFound("This claim does not cite that any more.")
    citation = matching[0]
    scope: Scope = session.info["scope"]
    allowed = may_write(scope, row, section) or (scope.has(Role.business_support) and citation.cited_by == by)
    require(allowed, "What a writer cited is taken away by a writer.")
    if citation.kind is Cites.evidence and citation.part.isdigit():
        why = "The claim does not cite it any more."
        evidence.detach(session, at.authority_id, int(citation.part), reason=why, by=by, now=now)
    session.delete(citation)
    note_writer(session, row, by=by, now=now)
    tell_log(session, row, events.UNCITED, by=by, now=now, kind=citation.kind.value)
