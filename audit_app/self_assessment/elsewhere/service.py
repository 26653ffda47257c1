"""Writes that take words of another self-assessment over into a draft, with where they were written."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlmodel import Session

from audit_app import forms
from audit_app.errors import Invalid, NotFound
from audit_app.self_assessment.claims import queries_cited
from audit_app.self_assessment.claims import service as claims_service
from audit_app.self_assessment.claims.given import Cited, Said
from audit_app.self_assessment.elsewhere import events, offers, queries
from audit_app.self_assessment.elsewhere.offers import SectionOffered, TextOffered
from audit_app.self_assessment.places import Place
from audit_app.self_assessment.sections import service as sections_service
from audit_app.self_assessment.sections.service import Typed
from audit_app.self_assessment.service_draft import tell_log, writable
from audit_app.self_assessment.tables import Citation, Claim
from findings.metadata import TEXT_LENGTH


@dataclass(frozen=True)
class Taken:
    """A claim that was taken over, and how much of what it cites could not be."""

    claim: Claim
    cited: int
    left_out: int


def take_text(
    session: Session, at: Place, section_id: int, question: str, *, today: date, by: int, now: datetime
) -> TextOffered:
    """Put a text of another section after what this one says already, with where it was written.

    Args:
        at: The section that is written.
        section_id: The section the text stands in, one of those offered here.
        question: The question it stands under there.
        today: The day it is done.
        by: Who does it.
        now: When.

    Raises:
        NotFound: it is not offered (any more).
        Invalid: it stands here already, or the two together are too long.
    """
    row, section = writable(session, at)
    offered = _offered(session, at, section_id, today)
    text = next((text for text in offered.texts if text.question == question), None)
    if text is None:
        raise NotFound("That text is not there any more.")
    if text.is_here:
        raise Invalid("text", "These words stand in this section already.")
    there = sections_service.texts_of(session, at.authority_id, section.id)
    before = there[text.goes_under].text if text.goes_under in there else ""
    after = offers.added(before, offers.with_origin(text.text, offered.origin.words))
    if len(after) > TEXT_LENGTH:
        raise Invalid("text", f"With it the text would be longer than {TEXT_LENGTH:,} characters. Shorten yours first.")
    typed = [Typed(text.goes_under, after, forms.mark_of(before))]
    sections_service.save_section(session, at, typed, None, by=by, now=now)
    _tell_writers(session, at, offered, "a text", by=by, now=now)
    tell_log(session, row, events.TAKEN_OVER, by=by, now=now, what="a text", origin=offered.origin.reference)
    return text


def take_claim(
    session: Session, at: Place, section_id: int, claim_id: int, *, today: date, by: int, now: datetime
) -> Taken:
    """Make a claim of another section this section's too, with what it cites; how firm it is here is decided anew.

    What it cites that this person may not see, or that is there no longer, is left out and counted.

    Raises:
        NotFound: it is not offered (any more).
        Invalid: it stands here already, or the section has as many claims as it may have.
    """
    row, _section = writable(session, at)
    offered = _offered(session, at, section_id, today)
    claim = next((claim for claim in offered.claims if claim.claim_id == claim_id), None)
    if claim is None:
        raise NotFound("That claim is not there any more.")
    if claim.is_here:
        raise Invalid("text", "This section claims that already.")
    citations = queries_cited.citations_of(session, at.authority_id, [claim_id])
    sound = [cited for citation in citations if (cited := _may_cite(session, at.authority_id, citation))]
    taken = claims_service.add_claim(
        session, at, Said(claim.goes_under, claim.text, claim.stance), sound, by=by, now=now
    )
    _tell_writers(session, at, offered, f"the claim “{claim.text[:200]}”", by=by, now=now)
    tell_log(session, row, events.TAKEN_OVER, by=by, now=now, what="a claim", origin=offered.origin.reference)
    return Taken(taken, len(sound), len(citations) - len(sound))


def _offered(session: Session, at: Place, section_id: int, today: date) -> SectionOffered:
    elsewhere = queries.written_elsewhere(session, at.authority_id, at.number, at.section_id, today)
    offered = next((section for section in elsewhere.offered if section.origin.section_id == section_id), None)
    if offered is None:
        raise NotFound("Nothing of that section is offered here.")
    return offered


def _may_cite(session: Session, authority_id: int, citation: Citation) -> Cited | None:
    """What a citation names, as this person may cite it; None where they may not."""
    cited = Cited(**{each.name: getattr(citation, each.name) for each in fields(Cited)})
    try:
        claims_service.check_cited(session, authority_id, cited)
    except Invalid:
        return None
    return cited


def _tell_writers(session: Session, at: Place, offered: SectionOffered, what: str, *, by: int, now: datetime) -> None:
    """Keep where it came from beside the section, in a comment that is no part of the document."""
    origin = offered.origin
    join = origin.strength[:1].lower() + origin.strength[1:]
    text = f"{what[:1].upper()}{what[1:]} was taken over from {origin.words} ({origin.title}): {join}"
    sections_service.comment(session, at, text, by=by, now=now)
