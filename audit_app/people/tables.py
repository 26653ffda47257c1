"""Tables of authorities, their services, teams, posts and people, each with the dates between which it held."""

from datetime import date, datetime
from enum import Enum, StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from findings.metadata import one_of
from findings.references import new_id


class Role(StrEnum):
    """What a person does in an authority; a person may hold several roles."""

    admin = auto()
    qa_manager = auto()
    auditor = auto()
    moderator = auto()
    team_manager = auto()
    leader = auto()
    inspector = auto()
    practitioner = auto()
    business_support = auto()
    elected_member = auto()
    guest = auto()


class AccountState(StrEnum):
    invited = auto()
    active = auto()
    disabled = auto()


class TeamChangeKind(Enum):
    """How a team came to be what it is. No StrEnum: a text that has `split` as a member could not be split."""

    opened = "opened"
    renamed = "renamed"
    moved = "moved"
    split = "split"
    merged = "merged"
    closed = "closed"


class InvitationPurpose(StrEnum):
    first_administrator = auto()
    invitation = auto()
    reset = auto()


def own_key(*columns: str, to: str, target: tuple[str, ...] = ("authority_id", "id")) -> sa.ForeignKeyConstraint:
    """A foreign key within one authority: (authority_id, column) to (authority_id, id) of another table."""
    return sa.ForeignKeyConstraint(["authority_id", *columns], [f"{to}.{name}" for name in target])


class Authority(SQLModel, table=True):
    """A council. Its `key` stands first in each address: /greenwich/…"""

    __tablename__ = "authority"
    __table_args__ = (sa.CheckConstraint("length(name) between 1 and 200", name="name_length"),)

    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    key: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=200)
    reference_pattern: str = Field(default="", max_length=200)
    reference_example: str = Field(default="", max_length=60)
    logo_sha256: str = Field(default="", max_length=64)
    marking: str = Field(default="OFFICIAL-SENSITIVE", max_length=60)
    set_up_at: datetime | None = None
    fictional: bool = False
    revision: int = 1


class Service(SQLModel, table=True):
    """A part of children's services with teams in it."""

    __tablename__ = "service"

    authority_id: int = Field(primary_key=True, foreign_key="authority.id", sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    name: str = Field(max_length=120)
    from_on: date
    to_on: date | None = None


class Team(SQLModel, table=True):
    """A team's lasting identity; its name and service hold between dates (TeamSpell)."""

    __tablename__ = "team"

    authority_id: int = Field(primary_key=True, foreign_key="authority.id", sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    opened_on: date
    closed_on: date | None = None


class TeamSpell(SQLModel, table=True):
    """What a team was called and where it sat, from a date."""

    __tablename__ = "team_spell"
    __table_args__ = (
        own_key("team_id", to="team"),
        own_key("service_id", to="service"),
        sa.CheckConstraint("to_on is null or to_on >= from_on", name="dates_in_order"),
        sa.CheckConstraint("length(name) between 1 and 120", name="name_length"),
    )

    authority_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    team_id: int = Field(sa_type=sa.BigInteger, index=True)
    service_id: int = Field(sa_type=sa.BigInteger)
    name: str = Field(max_length=120)
    from_on: date
    to_on: date | None = None


class TeamChange(SQLModel, table=True):
    """That a team came from another: renamed, moved, split or merged on a day."""

    __tablename__ = "team_change"
    __table_args__ = (own_key("team_id", to="team"),)

    authority_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    kind: TeamChangeKind = Field(sa_type=one_of(TeamChangeKind, "kind"))
    on_date: date
    team_id: int = Field(sa_type=sa.BigInteger)
    other_team_id: int | None = Field(default=None, sa_type=sa.BigInteger)


class Person(SQLModel, table=True):
    """Somebody with an account. Accounts belong to the installation; roles belong to an authority."""

    __tablename__ = "person"
    __table_args__ = (
        sa.CheckConstraint("length(name) between 1 and 120", name="name_length"),
        sa.CheckConstraint("length(user_name) between 3 and 254", name="user_name_length"),
    )

    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    user_name: str = Field(max_length=254, unique=True)  # an e-mail address, lower case
    name: str = Field(max_length=120)
    password_hash: str = Field(default="", max_length=300)
    state: AccountState = Field(default=AccountState.invited, sa_type=one_of(AccountState, "state"))
    made_at: datetime
    disabled_at: datetime | None = None
    revision: int = 1


class Membership(SQLModel, table=True):
    """That a person holds a role in an authority, from a date and perhaps until one."""

    __tablename__ = "membership"
    __table_args__ = (sa.UniqueConstraint("authority_id", "person_id", "role", "from_on"),)

    authority_id: int = Field(primary_key=True, foreign_key="authority.id", sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    person_id: int = Field(foreign_key="person.id", sa_type=sa.BigInteger, index=True)
    role: Role = Field(sa_type=one_of(Role, "role"))
    from_on: date
    to_on: date | None = None
    given_by: int | None = Field(default=None, sa_type=sa.BigInteger)


class TeamMember(SQLModel, table=True):
    """That a person belongs to a team, or manages it, between dates."""

    __tablename__ = "team_member"
    __table_args__ = (own_key("team_id", to="team"),)

    authority_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    team_id: int = Field(sa_type=sa.BigInteger, index=True)
    person_id: int = Field(foreign_key="person.id", sa_type=sa.BigInteger, index=True)
    manages: bool = False
    from_on: date
    to_on: date | None = None


class ManagerSpell(SQLModel, table=True):
    """Who managed a person, between dates."""

    __tablename__ = "manager_spell"
    __table_args__ = (sa.CheckConstraint("person_id <> manager_id", name="not_own_manager"),)

    authority_id: int = Field(primary_key=True, foreign_key="authority.id", sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    person_id: int = Field(foreign_key="person.id", sa_type=sa.BigInteger, index=True)
    manager_id: int = Field(foreign_key="person.id", sa_type=sa.BigInteger)
    from_on: date
    to_on: date | None = None


class Post(SQLModel, table=True):
    """A job in the structure, such as Head of Safeguarding: plans name posts, people hold them."""

    __tablename__ = "post"
    __table_args__ = (sa.CheckConstraint("length(title) between 1 and 120", name="title_length"),)

    authority_id: int = Field(primary_key=True, foreign_key="authority.id", sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    title: str = Field(max_length=120)
    service_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    team_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    closed_on: date | None = None


class PostHolding(SQLModel, table=True):
    """Who held a post, between dates."""

    __tablename__ = "post_holding"
    __table_args__ = (own_key("post_id", to="post"),)

    authority_id: int = Field(primary_key=True, sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    post_id: int = Field(sa_type=sa.BigInteger, index=True)
    person_id: int = Field(foreign_key="person.id", sa_type=sa.BigInteger, index=True)
    from_on: date
    to_on: date | None = None


class EscalationContact(SQLModel, table=True):
    """Who is told at once when an auditor raises a concern about a child's safety."""

    __tablename__ = "escalation_contact"

    authority_id: int = Field(primary_key=True, foreign_key="authority.id", sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    person_id: int = Field(foreign_key="person.id", sa_type=sa.BigInteger)
    service_id: int | None = Field(default=None, sa_type=sa.BigInteger)  # None: for every service
    telephone: str = Field(default="", max_length=40)
    position: int = 1


class BragMeaning(SQLModel, table=True):
    """What one of the council's BRAG colours means, in its own words."""

    __tablename__ = "brag_meaning"

    authority_id: int = Field(primary_key=True, foreign_key="authority.id", sa_type=sa.BigInteger)
    colour: str = Field(primary_key=True, max_length=10)  # blue, green, amber, red, grey
    word: str = Field(max_length=60)
    meaning: str = Field(max_length=500)


class Invitation(SQLModel, table=True):
    """A one-time link: only the hash of its token is kept (AU-12)."""

    __tablename__ = "invitation"

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", sa_type=sa.BigInteger, index=True)
    purpose: InvitationPurpose = Field(sa_type=one_of(InvitationPurpose, "purpose"))
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class Joining(SQLModel, table=True):
    """That somebody with an account already was asked to join another council.

    Their roles there rest until they have opened the link and proved whose account it is: whoever was first to invite
    an address, and may hold its password, gets nothing by it in the second council. No row: nothing rests.
    """

    __tablename__ = "joining"

    authority_id: int = Field(primary_key=True, foreign_key="authority.id", sa_type=sa.BigInteger)
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=sa.BigInteger)
    asked_by: int | None = Field(default=None, sa_type=sa.BigInteger)
    asked_at: datetime
    token_hash: str = Field(default="", max_length=64, index=True)
    expires_at: datetime
    joined_at: datetime | None = None


class WebSession(SQLModel, table=True):
    """A signed-in browser: only the hash of its id is kept (AU-7)."""

    __tablename__ = "web_session"

    id_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", sa_type=sa.BigInteger, index=True)
    started_at: datetime
    seen_at: datetime
    proved_at: datetime
    ended_at: datetime | None = None
    end_reason: str = Field(default="", max_length=30)
    address: str = Field(default="", max_length=60)
    browser: str = Field(default="", max_length=120)
    messages: str = Field(default="[]", max_length=4000)
    # By what a second factor was given in this session; empty where the password alone was. A half session has the
    # password behind it and the second step before it, and opens nothing but that step.
    factor: str = Field(default="", max_length=10)
    is_half: bool = False
    # The identity at the council's provider that it began with, and the provider's own name for its session there: the
    # provider may end it by either (back-channel logout). Kept when the id is renewed.
    identity_id: int | None = Field(default=None, sa_type=sa.BigInteger, index=True)
    provider_sid: str = Field(default="", max_length=255)


class RegisterExport(SQLModel, table=True):
    """One register taken out as a workbook: counted, because a whole register leaves in one file (EX-6)."""

    __tablename__ = "register_export"
    __table_args__ = (sa.Index("ix_register_export_person", "authority_id", "person_id", "at"),)

    authority_id: int = Field(primary_key=True, foreign_key="authority.id", sa_type=sa.BigInteger)
    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    person_id: int = Field(foreign_key="person.id", sa_type=sa.BigInteger)
    what: str = Field(max_length=40)
    is_whole: bool = False
    at: datetime


class WrongTry(SQLModel, table=True):
    """One failed sign-in, counted against an account and an address (AU-4)."""

    __tablename__ = "wrong_try"

    id: int = Field(default_factory=new_id, primary_key=True, sa_type=sa.BigInteger)
    account_hash: str = Field(max_length=64, index=True)
    address: str = Field(max_length=60, index=True)
    at: datetime
