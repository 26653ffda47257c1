"""What the service removes by itself: how much of it there is to go next, and what a hold keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock
from audit_app.drafts import KeptForm
from audit_app.evidence.batches.tables import EvidenceBatch
from audit_app.notices.sending import FAILURE_KEPT_FOR
from audit_app.notices.tables import Notice, OutgoingMail
from audit_app.people.access.scope import widened
from audit_app.people.accounts import queries_left
from audit_app.people.tables import Invitation, Membership, RegisterExport, WebSession
from audit_app.records.by_itself.spans import Spans, spans_of
from audit_app.records.subject_access.tables import SubjectRequest
from audit_app.records.tables import HeldKind, LegalHold

DAY = timedelta(days=1)


@dataclass(frozen=True)
class NextToGo:
    """How many of each sort go within a day, by the code of its line; of accounts also how many a hold keeps."""

    counts: Mapping[str, int]
    accounts_held: int = 0


def next_to_go(session: Session, authority_id: int, config: Mapping[str, Any], now: datetime) -> NextToGo:
    """What of a council will have been removed by this time tomorrow."""
    spans = spans_of(config)
    with widened(session, "what the service removes by itself"):
        return _next_to_go(session, authority_id, spans, now)


def _next_to_go(session: Session, authority_id: int, spans: Spans, now: datetime) -> NextToGo:
    leavers = _of_council(session, authority_id, past_leavers(session, spans, now))
    held = held_people(session)
    soon = now + DAY
    counts = {
        "unsaved": _count(session, KeptForm, authority_id, col(KeptForm.kept_at) < soon - spans.unsaved),
        "batches": _count(session, EvidenceBatch, authority_id, col(EvidenceBatch.touched_at) < soon - spans.batches),
        "copies": _count(session, SubjectRequest, authority_id, col(SubjectRequest.expires_at) < soon),
        "mail": _count(session, OutgoingMail, authority_id, col(OutgoingMail.at) < soon - FAILURE_KEPT_FOR),
        "notices": _count(session, Notice, authority_id, past_notices(session, soon - spans.notices)),
        "exports": _count(session, RegisterExport, authority_id, col(RegisterExport.at) < soon - spans.sessions),
        "accounts": len([person for person in leavers if person not in held]),
    }
    return NextToGo(counts, len(leavers) - counts["accounts"])


def _count(session: Session, table: Any, authority_id: int, condition: Any) -> int:
    statement = select(sa.func.count()).select_from(table).where(table.authority_id == authority_id, condition)
    return int(session.exec(statement).one())


def _of_council(session: Session, authority_id: int, people: Sequence[int]) -> list[int]:
    """Those of them who ever had a role in this council: what there is in another is not told."""
    belongs = select(Membership.person_id).where(
        Membership.authority_id == authority_id, col(Membership.person_id).in_(people)
    )
    return sorted(set(session.exec(belongs).all())) if people else []


def past_notices(session: Session, before: datetime) -> Any:
    """Notices older than a moment; those about something under legal hold stay."""
    held = select(LegalHold.target).where(
        LegalHold.authority_id == Notice.authority_id,
        col(LegalHold.lifted_at).is_(None),
        LegalHold.held == HeldKind.thing,
    )
    return sa.and_(col(Notice.at) < before, col(Notice.reference).not_in(held))


def past_sessions(before: datetime) -> tuple[tuple[Any, Any], ...]:
    """Tables of signing in, each with the condition for rows that are over since before a moment."""
    return (
        (WebSession, sa.func.coalesce(col(WebSession.ended_at), col(WebSession.seen_at)) < before),
        (Invitation, col(Invitation.expires_at) < before),
        (RegisterExport, col(RegisterExport.at) < before),
    )


def past_leavers(session: Session, spans: Spans, now: datetime) -> Sequence[int]:
    """Accounts whose time has come, held or not; none where no period is set."""
    if not spans.leaver_months:
        return []
    today = clock.london_day(now)
    return queries_left.left_by(session, spans.last_leaving_day(today), today)


def held_people(session: Session) -> set[int]:
    """People whom a legal hold keeps: of any council for the daily task, of their own for a page."""
    targets = select(LegalHold.target).where(
        LegalHold.held == HeldKind.person, col(LegalHold.lifted_at).is_(None), LegalHold.target != ""
    )
    return {int(target) for target in session.exec(targets).all() if target.isdigit()}
