"""What the service removes by itself: after its time, never before, and not what a hold keeps."""

from datetime import timedelta

import pytest
from sqlmodel import select

from audit_app import clock
from audit_app.errors import Invalid
from audit_app.jobs.periodic import PeriodicContext
from audit_app.notices.tables import Notice
from audit_app.people.access import system_scope
from audit_app.people.accounts import service as accounts
from audit_app.people.factors.tables import RecoveryCode
from audit_app.people.tables import AccountState, Membership, Person, Role, WebSession
from audit_app.records.by_itself import queries, service
from audit_app.records.holds import service as holds
from audit_app.records.tables import HeldKind
from tests import builders
from tests.audit_app.records import planted
from tests.audit_app.records.planted import COUNCIL

DAY = timedelta(days=1)


@pytest.fixture
def clear(app, engine):
    """The daily task, run now."""
    return lambda: service.clear(PeriodicContext(engine, app.config, system_scope("a test")))


def leave(session, person, days):
    """Somebody’s roles ended so many days ago."""
    for role in session.exec(select(Membership).where(Membership.person_id == person.id)).all():
        role.to_on = clock.today() - timedelta(days=days)
        session.add(role)


def test_a_leavers_account_is_emptied_after_its_time_and_the_name_stays(app, session, clear, people):
    people_who = {
        name: builders.make_person(session, roles=(Role.auditor,), name=name, password_hash="x")
        for name in ("Long gone", "Just gone", "Held", "Works on", "Disabled", "Back elsewhere")
    }
    for name, days in (("Long gone", 400), ("Just gone", 300), ("Held", 400), ("Back elsewhere", 400)):
        leave(session, people_who[name], days)
    other = builders.make_authority(id=2, key="otherham", name="Otherham")
    session.add(other)
    session.flush()
    session.add(Membership(authority_id=2, person_id=people_who["Back elsewhere"].id, role=Role.auditor,
                           from_on=clock.today()))  # fmt: skip
    disabled = people_who["Disabled"]
    disabled.state, disabled.disabled_at = AccountState.disabled, clock.now() - timedelta(days=400)
    gone = people_who["Long gone"]
    session.add(RecoveryCode(person_id=gone.id, code_hash="h" * 64, made_at=clock.now()))
    holds.place(session, COUNCIL, held=HeldKind.person, target=str(people_who["Held"].id), reason="A claim",
                held_from=clock.today(), review_on=clock.today() + DAY, by=people.first, now=clock.now())  # fmt: skip
    ids = {name: person.id for name, person in people_who.items()}
    session.commit()
    clear()  # no period is set
    session.expire_all()
    assert all("@" in name for name in session.exec(select(Person.user_name)).all())
    app.config["LEAVER_MONTHS"] = 12
    going = queries.next_to_go(session, COUNCIL, app.config, clock.now())
    assert (going.counts["accounts"], going.accounts_held) == (2, 1)
    session.rollback()
    clear()
    session.expire_all()
    rows = {person.name: person for person in session.exec(select(Person)).all()}
    emptied = {name for name, person in rows.items() if "@" not in person.user_name}
    assert emptied == {"Long gone", "Disabled"}
    assert (rows["Long gone"].password_hash, rows["Long gone"].state) == ("", AccountState.disabled)
    assert session.exec(select(RecoveryCode)).all() == []
    with pytest.raises(Invalid, match="Add the person anew"):
        accounts.enable(session, ids["Long gone"], by=people.first, now=clock.now())


def test_old_notices_and_sessions_go_and_those_of_something_held_stay(app, session, clear, people):
    now = clock.now()
    old, newer = now - timedelta(days=366), now - timedelta(days=360)
    for reference, at in (("EVD-0001", old), ("EVD-0002", newer), ("AUD-0001", old)):
        session.add(Notice(authority_id=COUNCIL, person_id=people.first, code="x", reference=reference, at=at,
                           next_try_at=at, mail_state="not_needed"))  # fmt: skip

    planted.plant_audit(session, people)
    holds.place(session, COUNCIL, held=HeldKind.thing, target="AUD-0001", reason="A claim", held_from=clock.today(),
                review_on=clock.today() + DAY, by=people.first, now=now)  # fmt: skip
    for name, ended, seen in (("a", now - timedelta(days=181), old), ("b", None, now), ("c", None, old)):
        session.add(WebSession(id_hash=name * 64, person_id=people.first, started_at=old, seen_at=seen, proved_at=old,
                               ended_at=ended))  # fmt: skip
    session.commit()
    clear()
    session.expire_all()
    left = {notice.reference for notice in session.exec(select(Notice).where(Notice.code == "x")).all()}
    assert left == {"EVD-0002", "AUD-0001"}
    assert [row.id_hash[0] for row in session.exec(select(WebSession)).all()] == ["b"]
