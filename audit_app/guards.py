"""Which rows each guarded table shows to whom: the plain rule for most, a feature's own for the rest (OB-1)."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

import findings.tables as thread
from audit_app import database
from audit_app.audits import guards as audit_guards
from audit_app.drafts import KeptForm
from audit_app.evidence import guards as evidence_guards
from audit_app.home.morning.tables import MorningMail
from audit_app.jobs.tables import Job
from audit_app.library import tables as library
from audit_app.notices.tables import Notice, OutgoingMail
from audit_app.packs import guards as pack_guards
from audit_app.people import tables as people
from audit_app.people.access.scope import Scope, same_authority
from audit_app.people.exports import guards as export_guards
from audit_app.people.provider.tables import ProviderRole
from audit_app.people.tables import Role
from audit_app.records import guards as records_guards
from audit_app.records.papers.tables import CouncilStatement
from audit_app.records.subject_access import guards as subject_guards
from audit_app.self_assessment import guards as self_assessment_guards

PLAIN: tuple[type[SQLModel], ...] = (
    people.Service,
    people.Team,
    people.TeamSpell,
    people.TeamChange,
    people.Membership,
    people.TeamMember,
    people.ManagerSpell,
    people.Post,
    people.PostHolding,
    people.EscalationContact,
    people.BragMeaning,
    people.Joining,
    people.RegisterExport,
    ProviderRole,
    library.OwnSet,
    library.OwnSetVersion,
    library.OwnTerm,
    library.MapDoubt,
    CouncilStatement,
    Job,
    Notice,
    OutgoingMail,
)


def own_row(scope: Scope, columns: Any) -> Any:
    """A person's own choice in a council is theirs alone to see."""
    return sa.and_(
        same_authority(scope, columns), sa.true() if scope.everything else columns.person_id == scope.person_id
    )


def own_kept_form(scope: Scope, columns: Any) -> Any:
    """Unsaved text is visible to its author alone (FO-2)."""
    return sa.true() if scope.everything else columns.person_id == scope.person_id


THREAD_READERS = (Role.qa_manager, Role.auditor, Role.moderator, Role.team_manager, Role.leader)


def thread_seen(scope: Scope, columns: Any) -> Any:
    """Findings and plans hold nothing of one child; those who work on them see those of their council."""
    if scope.everything or scope.has(*THREAD_READERS) or scope.own_posts:
        return same_authority(scope, columns)
    return sa.false()


def guard_tables() -> None:
    """Say the guard of every table of a council's data."""
    for table in PLAIN:
        database.guard(table, same_authority)
    for table in thread_tables():
        database.guard(table, thread_seen)
    database.guard(KeptForm, own_kept_form)
    database.guard(MorningMail, own_row)
    audit_guards.guard_tables()
    self_assessment_guards.guard_tables()
    evidence_guards.guard_tables()
    pack_guards.guard_tables()
    records_guards.guard_tables()
    subject_guards.guard_tables()
    export_guards.guard_tables()


def thread_tables() -> list[type[SQLModel]]:
    """Every table of the thread."""
    names = [name for name in thread.__all__ if name != "metadata"]
    return [getattr(thread, name) for name in names]
