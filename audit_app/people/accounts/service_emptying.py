"""Emptying a leaver’s account: what they signed in with goes, the name their work was done under stays."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from audit_app import history
from audit_app.drafts import KeptForm
from audit_app.notices.tables import Notice
from audit_app.people.accounts.leavers import emptied_name
from audit_app.people.accounts.service import get_person
from audit_app.people.factors.tables import AuthenticatorApp, Passkey, RecoveryCode
from audit_app.people.provider.tables import ProviderIdentity, ProviderSignIn
from audit_app.people.tables import AccountState, EscalationContact, Invitation, WebSession

# All that is the person's own and nobody's record of work. Whom to ring goes too: they are not there any more.
THEIRS: tuple[Any, ...] = (
    AuthenticatorApp, Passkey, RecoveryCode, ProviderSignIn, ProviderIdentity, Invitation, WebSession, Notice, KeptForm,
    EscalationContact,
)  # fmt: skip


def empty(session: Session, person_id: int, *, now: datetime) -> None:
    """Remove address, password, second factors, links to the provider, sessions, notices and unsaved text for good."""
    person = get_person(session, person_id)
    for table in THEIRS:
        session.exec(sa.delete(table).where(table.person_id == person_id))
    person.user_name, person.password_hash = emptied_name(person_id), ""
    person.state, person.disabled_at = AccountState.disabled, person.disabled_at or now
    person.revision += 1
    session.add(person)
    history.note(session, "people.emptied", by=None, facts={"person": person_id}, now=now)
