"""Fills an empty installation with the fictional council, in one transaction: all of it, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select, update

from audit_app import clock, database, history
from audit_app.audits.tables import Answer, AuditAction, AuditActionUpdate, AuditVersion, DomainAnswer, RailReason
from audit_app.demo import council
from audit_app.demo.evidence import Evidence
from audit_app.demo.outputs import Outputs
from audit_app.demo.plans import Plans
from audit_app.demo.programme import Programme
from audit_app.demo.self_assessments import SelfAssessments
from audit_app.demo.texts import texts
from audit_app.demo.thread import Thread
from audit_app.demo.timeline import World
from audit_app.notices.tables import MailState, Notice
from audit_app.people import defaults
from audit_app.people.access import system_scope
from audit_app.people.accounts import passwords
from audit_app.people.first_day import service as first_day
from audit_app.people.tables import Authority, Person, Role

SEED = 20_26
# For everybody in the fictional council. It opens nothing real: no such account can exist in server mode.
PASSWORD = "kettle orchard lantern"  # noqa: S105 - it is printed for everybody to read
NOTICES_READ_AFTER = timedelta(days=6)


class DemoRefused(Exception):
    """The fictional council cannot be made here; the message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """One account to try."""

    role: str
    name: str
    user_name: str
    in_use: bool


@dataclass(frozen=True)
class Filled:
    """What was made, and how to sign in to it."""

    council: str
    address: str
    password: str
    accounts: tuple[Account, ...]

    def lines(self) -> list[str]:
        """The sign-in details, line by line, to be printed."""
        width = max(len(account.role) for account in self.accounts)
        in_use = [f"  {account.role:<{width}}  {account.user_name}" for account in self.accounts if account.in_use]
        later = [f"  {account.role:<{width}}  {account.user_name}" for account in self.accounts if not account.in_use]
        return [
            f"{self.council} is a made-up council for trying this out. None of its people or children exist.",
            f"Open {self.address} and sign in as any of these:",
            *in_use,
            "Roles that have no pages of their own yet:",
            *later,
            f"The password of all of them: {self.password}",
        ]


def details(app: Any) -> Filled:
    """How to sign in to the fictional council."""
    keys_by_role = texts("people")["shown"]
    names = {council.key_of(person["name"]): person["name"] for person in texts("people")["people"]}
    accounts = [
        Account(
            defaults.ROLE_NAMES[Role(role)], names[key], council.address_of(key), Role(role) in defaults.ROLES_IN_USE
        )
        for role, key in keys_by_role.items()
    ]
    return Filled(council.NAME, app.config["PUBLIC_ADDRESS"], PASSWORD, tuple(accounts))


def is_empty(engine: sa.Engine) -> bool:
    """Whether there is no council and nobody with an account."""
    with database.session_for(engine, system_scope("is the installation empty"), reading=True) as session:
        first = [session.exec(select(table.id).limit(1)).first() for table in (Authority, Person)]
    return not any(first)


def holds_fiction(engine: sa.Engine) -> bool:
    """Whether a fictional council is here, whose people must never be able to sign in over a network (ER-2)."""
    with database.session_for(engine, system_scope("is the council fictional"), reading=True) as session:
        return session.exec(select(Authority.id).where(col(Authority.fictional)).limit(1)).first() is not None


def fill(app: Any, *, today: date | None = None, seed: int = SEED) -> Filled:
    """Make the fictional council, with its dates counted back from today.

    Raises:
        DemoRefused: this is a server, or somebody is here already.
    """
    if app.config["SERVER_MODE"]:
        raise DemoRefused("The fictional council is never made in server mode. Use it on one machine only.")
    engine = app.extensions["engine"]
    if not is_empty(engine):
        raise DemoRefused("There is a council here already. The fictional one is only made in an empty data folder.")
    password_hash = passwords.make_hash(app.config, PASSWORD)
    scope = system_scope("make the fictional council")
    with database.session_for(engine, scope) as session:
        session.info["log_key"] = history.key_from(app.config)
        chance = Random(seed)  # noqa: S311 - play, not secrecy
        _fill(session, app.config, password_hash, today or clock.today(), chance)
    return details(app)


def _fill(session: Session, config: Mapping[str, Any], password_hash: str, today: date, chance: Random) -> None:
    authority = first_day.make_authority(session, council.NAME, council.KEY)
    session.info["scope"] = system_scope("make the fictional council", authority.id)
    world = World(session, authority.id, today, chance)
    council.make_council(world, password_hash)
    programme = Programme(world)
    programme.plan()
    thread = Thread(world, programme)
    thread.plan()
    Plans(thread).plan()
    Evidence(thread, config).plan()
    self_assessments = SelfAssessments(thread)
    self_assessments.plan()
    Outputs(self_assessments).plan()
    world.run()
    world.write_rows(DomainAnswer, RailReason, Answer, AuditVersion, AuditAction, AuditActionUpdate)
    session.info["actor"] = None
    _settle_notices(session, authority.id, today)


def _settle_notices(session: Session, authority_id: int, today: date) -> None:
    """Nobody is mailed about what is made up, and what is old has been read."""
    ours = col(Notice.authority_id) == authority_id
    session.exec(update(Notice).where(ours).values(mail_state=MailState.not_needed))
    old = clock.moments(today, today)[0] - NOTICES_READ_AFTER
    session.exec(update(Notice).where(ours, col(Notice.at) < old).values(read_at=col(Notice.at)))
