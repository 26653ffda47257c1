"""Whom the provider means, sign-ins that are under way there, and roles that come from its groups."""

from datetime import datetime
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from audit_app.people.tables import own_key
from findings.metadata import one_of
from findings.references import new_id

LONGEST_ISSUER, LONGEST_SUBJECT = 400, 255


class Purpose(StrEnum):
    """What somebody was sent to the provider for."""

    sign_in = auto()
    link = auto()
    invitation = auto()
    prove = auto()


class ProviderIdentity(SQLModel, table=True):
    """That a subject at an issuer is this person: known by one confirmed link, never by an e-mail address."""

    __tablename__ = "provider_identity"
    __table_args__ = (sa.UniqueConstraint("issuer", "subject"), sa.UniqueConstraint("issuer", "person_id"))

    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    person_id: int = Field(foreign_key="person.id", sa_type=sa.BigInteger, index=True)
    issuer: str = Field(max_length=LONGEST_ISSUER)
    subject: str = Field(max_length=LONGEST_SUBJECT)
    made_at: datetime
    used_at: datetime | None = None


class ProviderSignIn(SQLModel, table=True):
    """Somebody who was sent to the provider and may come back once, in the same browser, within some minutes.

    The state that comes back with them is kept as its hash alone. The nonce and the verifier of PKCE are made anew from
    the state and our secret key (`request.py`), so nothing kept here lets anybody finish what another began.
    """

    __tablename__ = "provider_sign_in"

    state_hash: str = Field(primary_key=True, max_length=64)
    browser_hash: str = Field(max_length=64)
    purpose: Purpose = Field(sa_type=one_of(Purpose, "purpose"))
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=sa.BigInteger)
    invitation_hash: str = Field(default="", max_length=64)
    target: str = Field(default="", max_length=500)
    made_at: datetime = Field(index=True)
    used_at: datetime | None = None
    # Whom the provider named, until the person has looked at it and confirmed the link.
    issuer: str = Field(default="", max_length=LONGEST_ISSUER)
    subject: str = Field(default="", max_length=LONGEST_SUBJECT)
    named: str = Field(default="", max_length=400)
    sid: str = Field(default="", max_length=LONGEST_SUBJECT)
    factor: str = Field(default="", max_length=10)
    confirmed_at: datetime | None = None


class ProviderRole(SQLModel, table=True):
    """That a role was given because of a group at the provider: leaving the group takes it, and no other role."""

    __tablename__ = "provider_role"
    __table_args__ = (own_key("membership_id", to="membership"),)

    authority_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    membership_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    made_at: datetime
