"""What wants attention: evidence that is stale or to be renewed, empty entries, and what nothing proves."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.evidence import uses
from audit_app.evidence.folder import queries as folder
from audit_app.evidence.register import queries as register
from audit_app.evidence.register.queries import EvidenceFilter, Listed
from audit_app.evidence.states import EntryStatus, Freshness
from audit_app.evidence.tables import FOLDER, Evidence, EvidenceUse, FolderEntry
from audit_app.people.access.scope import Scope, widened
from findings.references import ACTION, AREA, reference
from findings.states import ActionStatus
from findings.tables import Action, ImpactJudgement

MOST_LISTED = 50
MOST_NEEDED = 100
DONE = (ActionStatus.completed, ActionStatus.verified)


@dataclass(frozen=True)
class Bare:
    """A thing that was called done or judged while nothing is attached that proves it."""

    reference: str
    title: str
    since: date | None


@dataclass(frozen=True)
class WaitingEntry:
    """An entry of the folder that has nothing under it, or whose day of refresh has come."""

    row: FolderEntry

    @property
    def reference(self) -> str:
        """FOL-0004."""
        return reference(FOLDER, self.row.number)


@dataclass(frozen=True)
class Attention:
    """Everything that wants attention; each list is cut at fifty, and its total is told."""

    stale: Listed
    due: Listed
    missing: tuple[WaitingEntry, ...]
    to_refresh: tuple[WaitingEntry, ...]
    actions: tuple[Bare, ...]
    areas: tuple[Bare, ...]


def attention_of(
    session: Session, authority_id: int, *, today: date, grace_days: int, own_posts: tuple[int, ...] | None = None
) -> Attention:
    """What wants attention of everybody, or of whoever holds some posts."""

    def listed(stands: Freshness) -> Listed:
        wanted = EvidenceFilter(stands=stands, owner_post_ids=own_posts)
        return register.list_evidence(
            session, authority_id, wanted, today=today, grace_days=grace_days, size=MOST_LISTED
        )

    entries = folder.list_entries(session, authority_id)
    mine = [WaitingEntry(row) for row in entries if own_posts is None or row.owner_post_id in own_posts]
    filled = folder.references_filled(session, authority_id)
    due = {row.number for row in session.exec(entries_due(authority_id, today)).all()}
    return Attention(
        stale=listed(Freshness.stale),
        due=listed(Freshness.due),
        missing=tuple(
            entry
            for entry in mine
            if entry.reference not in filled and entry.row.status is not EntryStatus.not_applicable
        ),
        to_refresh=tuple(entry for entry in mine if entry.row.number in due),
        actions=done_unproved(session, authority_id, own_posts),
        areas=judged_unproved(session, authority_id) if own_posts is None else (),
    )


def to_renew(session: Session, scope: Scope, today: date) -> list[Evidence]:
    """The evidence that is this person's to renew and whose day has come, the longest overdue first."""
    mine = sa.or_(
        col(Evidence.owner_post_id).in_(sorted(scope.own_posts)),
        sa.and_(col(Evidence.owner_post_id).is_(None), col(Evidence.added_by) == scope.person_id),
    )
    wanted = select(Evidence).where(
        Evidence.authority_id == scope.authority_id, mine, col(Evidence.withdrawn_at).is_(None),
        col(Evidence.renew_by) < today,
    )  # fmt: skip
    return list(session.exec(wanted.order_by(col(Evidence.renew_by), col(Evidence.number)).limit(MOST_NEEDED)).all())


def to_refresh(session: Session, scope: Scope, today: date) -> list[FolderEntry]:
    """The entries of the folder that one's post owns and whose day of refresh has come."""
    if not scope.own_posts:
        return []
    wanted = entries_due(scope.authority_id or 0, today).where(
        col(FolderEntry.owner_post_id).in_(sorted(scope.own_posts))
    )
    return list(session.exec(wanted.order_by(col(FolderEntry.refresh_on))).all())


def entries_due(authority_id: int, today: date) -> Any:
    """The entries that stand and are to be refreshed by a day."""
    return select(FolderEntry).where(
        FolderEntry.authority_id == authority_id,
        col(FolderEntry.removed_at).is_(None),
        col(FolderEntry.status) != EntryStatus.not_applicable,
        col(FolderEntry.refresh_on) <= today,
    )


def done_unproved(session: Session, authority_id: int, own_posts: tuple[int, ...] | None = None) -> tuple[Bare, ...]:
    """The actions that were called done and have nothing attached, the latest first."""
    statement: Any = sa.select(*(getattr(Action, name) for name in ("number", "what", "completed_on"))).where(
        col(Action.authority_id) == authority_id, col(Action.status).in_(DONE)
    )
    if own_posts is not None:
        statement = statement.where(col(Action.lead_post_id).in_(own_posts))
    proved = _proved(session, authority_id, ACTION)
    rows = session.execute(statement.order_by(col(Action.completed_on).desc(), col(Action.number))).all()
    return tuple(
        Bare(reference(ACTION, row.number), row.what, row.completed_on) for row in rows if row.number not in proved
    )


def judged_unproved(session: Session, authority_id: int) -> tuple[Bare, ...]:
    """The areas whose impact was judged while nothing is attached to them, the latest judgement first."""
    proved = _proved(session, authority_id, AREA)
    statement: Any = (
        sa.select(*(getattr(ImpactJudgement, name) for name in ("area_number", "different_for_children", "judged_on")))
        .where(col(ImpactJudgement.authority_id) == authority_id)
        .order_by(col(ImpactJudgement.judged_on).desc(), col(ImpactJudgement.id).desc())
    )
    latest: dict[int, Bare] = {}
    for number, different, judged_on in session.execute(statement).all():
        if number not in proved and number not in latest:
            latest[number] = Bare(reference(AREA, number), different, judged_on)
    return tuple(latest.values())


def _proved(session: Session, authority_id: int, prefix: str) -> set[int]:
    """The numbers of the things of one kind that something is attached to, whoever may see it."""
    statement: Any = select(EvidenceUse.reference).where(
        EvidenceUse.authority_id == authority_id,
        col(EvidenceUse.reference).startswith(f"{prefix}-"),
        col(EvidenceUse.detached_at).is_(None),
    )
    with widened(session, "which things have evidence at all"):
        return {uses.number_in(named) for named in session.exec(statement.distinct()).all()}
