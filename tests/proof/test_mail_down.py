"""The mail server goes away in the middle of a round, again and again: no e-mail is lost, and none is sent twice.

A real mail server takes the mails. What it took is compared, address by address, with the people who were to be told.
The controls: a mail that was written down as sent and never went, and one that was sent and is sent again.
"""

from collections import Counter

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller

from audit_app import clock, database, jobs, notices
from audit_app.notices import sending, wording
from audit_app.people.access import Role, system_scope
from tests import builders
from tests.object_stores import free_port

PEOPLE, LEAVES_AFTER = 40, (7, 0, 16, 3)


class LettersTaken:
    """Keeps the addresses of what it took; hangs up, and is gone, when it has taken so many more."""

    def __init__(self):
        self.addresses, self.left = [], None

    async def handle_DATA(self, server, _session, envelope):
        if self.left == 0:
            server.transport.abort()
            return "421 going down"
        if self.left is not None:
            self.left -= 1
        self.addresses += envelope.rcpt_tos
        return "250 taken"


class Office:
    """A mail server that opens and closes at one port."""

    def __init__(self):
        self.port, self.letters, self.controller = free_port(), LettersTaken(), None

    def open(self, leaves_after=None):
        self.letters.left = leaves_after
        self.controller = Controller(self.letters, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def close(self):
        self.controller.stop()


@pytest.fixture
def council(make_app):
    """An application that sends mail, and people who have each been told one thing."""
    office = Office()
    app, engine = make_app(SMTP_HOST="127.0.0.1", SMTP_PORT=office.port, SMTP_STARTTLS=False, MAIL_FROM="a@b.example")
    code = next(code for code in wording._notices if wording.wording_of(code).by_mail)
    with database.session_for(engine, system_scope("a council", builders.AUTHORITY_ID)) as session:
        session.info["log_key"] = app.extensions["log_key"]
        people = [builders.make_person(session, [Role.qa_manager]) for _number in range(PEOPLE)]
        for person in people:
            notices.tell(session, builders.AUTHORITY_ID, person.id, code, "AUD-0001", clock.now())
        told = {person.id: person.user_name for person in people}
    context = jobs.PeriodicContext(engine, app.config, system_scope("sending"))
    return office, engine, context, told


def states(engine):
    """Whose notice stands in which state, by plain SQL."""
    with engine.connect() as connection:
        return dict(connection.execute(sa.text("SELECT person_id, mail_state FROM notice")).all())


def time_passes(engine):
    """The pause before the next try is over."""
    with engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE notice SET next_try_at = '2026-01-01 00:00:00.000000' WHERE mail_state = 'waiting'")
        )


def lost_or_twice(people, rows, taken):
    """Whose mail is written down as sent and was not taken, and who was sent more than one."""
    count = Counter(taken)
    lost = sorted(people[person] for person, state in rows.items() if state == "sent" and not count[people[person]])
    given_up = sorted(people[person] for person, state in rows.items() if state == "failed")
    return lost + given_up, sorted(address for address, number in count.items() if number > 1)


def test_a_mail_server_that_goes_away_in_the_middle_loses_no_mail_and_gets_none_twice(council):
    office, engine, context, people = council
    for leaves_after in LEAVES_AFTER:
        time_passes(engine)
        office.open(leaves_after)
        sending.send_waiting(context)
        office.close()
        rows = states(engine)
        assert lost_or_twice(people, rows, office.letters.addresses) == ([], [])
        assert "waiting" in rows.values()
    # Nobody answers at all, for a night and more.
    for _round in range(6):
        time_passes(engine)
        sending.send_waiting(context)
    assert len(office.letters.addresses) == sum(LEAVES_AFTER)
    # People see in the product what was not mailed yet, and the state page says so.
    with database.session_for(engine, system_scope("looking", builders.AUTHORITY_ID), reading=True) as session:
        assert notices.trouble(session, builders.AUTHORITY_ID, clock.now())
    time_passes(engine)
    office.open()
    sending.send_waiting(context)
    office.close()
    rows, taken = states(engine), office.letters.addresses
    assert set(rows.values()) == {"sent"}
    assert sorted(taken) == sorted(people.values())
    assert lost_or_twice(people, rows, taken) == ([], [])
    # The controls.
    first = taken[0]
    assert lost_or_twice(people, rows, taken[1:])[0] == [first]
    with engine.begin() as connection:
        person = next(person for person, address in people.items() if address == first)
        again = (
            "UPDATE notice SET mail_state = 'waiting', next_try_at = '2026-01-01 00:00:00.000000' WHERE person_id = :p"
        )
        connection.execute(sa.text(again), {"p": person})
    office.open()
    sending.send_waiting(context)
    office.close()
    assert lost_or_twice(people, states(engine), office.letters.addresses)[1] == [first]
