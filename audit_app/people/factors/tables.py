"""Second factors of accounts: authenticator apps, passkeys and recovery codes. They belong to the person alone."""

from datetime import datetime
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from findings.references import new_id

LONGEST_LABEL = 60


class Factor(StrEnum):
    """By what somebody proved a second time that it is them; the word stands in the session and in the log."""

    app = auto()
    passkey = auto()
    recovery = auto()
    provider = auto()


class AuthenticatorApp(SQLModel, table=True):
    """The secret an authenticator app shares with us, enciphered; it counts once a first code was right."""

    __tablename__ = "authenticator_app"

    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    person_id: int = Field(foreign_key="person.id", sa_type=sa.BigInteger, index=True)
    secret: str = Field(max_length=400)
    made_at: datetime
    confirmed_at: datetime | None = None
    # The newest 30 seconds of which a code was accepted: that code, and earlier ones, are never accepted again.
    last_step: int = Field(default=0, sa_type=sa.BigInteger)


class Passkey(SQLModel, table=True):
    """One passkey: its public half. The private half never leaves the person's device."""

    __tablename__ = "passkey"
    __table_args__ = (sa.CheckConstraint(f"length(label) between 1 and {LONGEST_LABEL}", name="label_length"),)

    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    person_id: int = Field(foreign_key="person.id", sa_type=sa.BigInteger, index=True)
    credential_id: str = Field(max_length=1400, unique=True)  # base64url; the standard allows 1,023 bytes
    public_key: str = Field(max_length=3000)  # base64url
    sign_count: int = Field(default=0, sa_type=sa.BigInteger)
    label: str = Field(max_length=LONGEST_LABEL)
    made_at: datetime
    used_at: datetime | None = None


class RecoveryCode(SQLModel, table=True):
    """One of the codes kept on paper: its hash alone, and when it was used up."""

    __tablename__ = "recovery_code"

    code_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", sa_type=sa.BigInteger, index=True)
    made_at: datetime
    used_at: datetime | None = None
