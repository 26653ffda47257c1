"""Tables of what people are told: notices inside the app, and mails to an address that is not yet a person's own."""

from datetime import datetime
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from findings.metadata import at_most, one_of
from findings.references import new_id

CODE_LENGTH = 60
REFERENCE_LENGTH = 120
ADDRESS_LENGTH = 254
PATH_LENGTH = 500


class MailState(StrEnum):
    """Where the e-mail of a notice stands."""

    not_needed = auto()
    waiting = auto()
    sent = auto()
    failed = auto()


class MailTrouble(StrEnum):
    """Why the last try to send did not work."""

    none = auto()
    no_server = auto()
    no_encryption = auto()
    no_sender = auto()
    refused_login = auto()
    refused_address = auto()
    refused_message = auto()
    too_late = auto()
    not_made = auto()


class Notice(SQLModel, table=True):
    """One thing one person is told: a code and a reference; the sentence is made when it is read."""

    __tablename__ = "notice"
    __table_args__ = (
        *at_most(CODE_LENGTH, "code"),
        *at_most(REFERENCE_LENGTH, "reference"),
        sa.CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        sa.Index("ix_notice_authority_id_person_id_read_at", "authority_id", "person_id", "read_at"),
        sa.Index("ix_notice_mail_state_next_try_at", "mail_state", "next_try_at"),
    )

    authority_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    person_id: int = Field(sa_type=sa.BigInteger)
    code: str = Field(max_length=CODE_LENGTH)
    reference: str = Field(max_length=REFERENCE_LENGTH)
    at: datetime
    read_at: datetime | None = None
    mail_state: MailState = Field(default=MailState.waiting, sa_type=one_of(MailState, "mail_state"))
    mail_trouble: MailTrouble = Field(default=MailTrouble.none, sa_type=one_of(MailTrouble, "mail_trouble"))
    attempts: int = 0
    next_try_at: datetime
    mailed_at: datetime | None = None


class OutgoingMail(SQLModel, table=True):
    """An invitation or reset on its way to an address. Its path holds a secret: blanked once sent or given up."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        *at_most(CODE_LENGTH, "kind"),
        *at_most(ADDRESS_LENGTH, "to_address"),
        *at_most(200, "council"),
        *at_most(PATH_LENGTH, "path"),
        sa.CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        sa.CheckConstraint("mail_state = 'waiting' or path = ''", name="secret_only_while_waiting"),
        sa.Index("ix_outgoing_mail_mail_state_next_try_at", "mail_state", "next_try_at"),
    )

    authority_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    kind: str = Field(max_length=CODE_LENGTH)
    to_address: str = Field(max_length=ADDRESS_LENGTH)
    council: str = Field(max_length=200)
    path: str = Field(max_length=PATH_LENGTH)
    at: datetime
    valid_until: datetime
    mail_state: MailState = Field(default=MailState.waiting, sa_type=one_of(MailState, "mail_state"))
    mail_trouble: MailTrouble = Field(default=MailTrouble.none, sa_type=one_of(MailTrouble, "mail_trouble"))
    attempts: int = 0
    next_try_at: datetime
    mailed_at: datetime | None = None
