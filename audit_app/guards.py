"""Which rows each guarded table shows to whom: the plain rule for most, a feature's own for the rest (OB-1)."""

from typing import Any

import findings.tables as thread
import sqlalchemy as sa
from audit_app import database
from audit_app.audits import guards as audit_guards
from audit_app.drafts import KeptForm
from audit_app.jobs.tables import Job
from audit_app.people import tables as people
from audit_app.people.access.scope import Scope, same_authority
from sqlmodel import SQLModel

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
    Job,
)


def own_kept_form(scope: Scope, columns: Any) -> Any:
    """Unsaved text is visible to its author alone (FO-2)."""
    return sa.true() if scope.everything else columns.person_id == scope.person_id


def register() -> None:
    """Say the guard of every table of a council's data."""
    for table in (*PLAIN, *thread_tables()):
        database.guard(table, same_authority)
    database.guard(KeptForm, own_kept_form)
    audit_guards.register()


def thread_tables() -> list[type[SQLModel]]:
    """Every table of the thread."""
    names = [name for name in thread.__all__ if name != "metadata"]
    return [getattr(thread, name) for name in names]
