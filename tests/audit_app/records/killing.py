"""A removal whose worker is killed again and again, at moments drawn by seed, each time looked at and begun anew."""

import os
import random
import signal
import time

import sqlalchemy as sa

from audit_app import checking, database
from audit_app.audits.tables import CaseAudit
from audit_app.people.access import system_scope
from audit_app.records.erasure import queries, service_removing
from audit_app.records.tables import LineState, RemovalState
from tests.audit_app.records.planted import COUNCIL

GONE = (LineState.rows_gone, LineState.gone)


def start(url, config, number):
    """The worker’s part in a process of its own; its id."""
    child = os.fork()
    if child == 0:
        try:
            service_removing.carry_out(database.make_engine(url), config, COUNCIL, number)
        finally:
            os._exit(0)
    return child


def removed_though_killed(engine, url, config, number, *, kills, seed):
    """Kill the worker so often, or until it was quicker; gives how often it was killed before it had finished."""
    draw, killed = random.Random(seed), 0
    for _ in range(kills):
        child = start(url, config, number)
        time.sleep(draw.uniform(0.0, 0.25))
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        look(engine, config, number)
        if state_of(engine, number) is RemovalState.done:
            break
    os.waitpid(start(url, config, number), 0)
    look(engine, config, number)
    return killed


def state_of(engine, number):
    """How far the removal is."""
    with database.session_for(engine, system_scope("a look", COUNCIL), reading=True) as session:
        return queries.get_removal(session, COUNCIL, number).state


def look(engine, config, number):
    """Each thing is there whole or gone whole, and the log tells of each row."""
    with database.session_for(engine, system_scope("a look", COUNCIL), reading=True) as session:
        lines = queries.lines_of(session, queries.get_removal(session, COUNCIL, number))
        states = {int(line.reference[4:]): line.state for line in lines}
        there = set(session.execute(sa.select(CaseAudit.number)).scalars().all())
    assert {audit for audit, state in states.items() if state not in GONE} <= there
    assert not {audit for audit, state in states.items() if state in GONE} & there
    for invariant in checking.INVARIANTS:
        if invariant.of == "records" or "sealed" in invariant.words or "row points" in invariant.words:
            assert checking.look_at(engine, config, invariant).broken == (), invariant.words
