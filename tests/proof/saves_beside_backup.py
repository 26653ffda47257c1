"""How much a backup of a large store disturbs saves: p95 of saves beside it, divided by p95 of saves alone.

    python -m tests.proof.saves_beside_backup --megabytes 2000 --rounds 3

Alone and beside a backup take turns in one run, so that what else the machine does falls on both. The goal is a ratio
below 1.33. Prints each round and the ratio of all of them; it asserts nothing.
"""

import argparse
import multiprocessing
import os
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from audit_app import clock, database, migrations
from audit_app.evidence.states import Held
from audit_app.people.access import system_scope
from audit_app.people.tables import Person
from tests import builders, builders_evidence
from tests.audit_app.backups import rehearsals
from tests.audit_app.backups.conftest import make_council, make_key

FILE_MB = 20
ALONE_SECONDS = 20


def store(app, megabytes):
    """Files that no packing makes smaller, each named by a piece of evidence."""
    with database.session_for(app.extensions["engine"], system_scope("a proof", builders.AUTHORITY_ID)) as session:
        session.info["log_key"] = app.config["LOG_KEY"].encode()
        person = session.exec(select(Person.id)).first()
        for _ in range(megabytes // FILE_MB):
            data = os.urandom(FILE_MB * 1024 * 1024)
            file = replace(builders_evidence.a_file(b"A report."), data=data)
            builders_evidence.add(session, by=person, held=Held.here, file=file, config=app.config)


def p95(seconds):
    return statistics.quantiles(seconds, n=20)[-1]


def taken(writer, still_on):
    """The seconds of every save while something goes on."""
    before = len(writer.seconds)
    while still_on():
        writer.read_one()
    return writer.seconds[before:]


def rounds(app, folder, times):
    alone, beside = [], []
    with rehearsals.writing(app) as writer:
        for number in range(times):
            ends = time.monotonic() + ALONE_SECONDS
            alone += taken(writer, lambda ends=ends: time.monotonic() < ends)
            now = clock.now() + timedelta(minutes=number)
            process = multiprocessing.get_context("spawn").Process(target=rehearsals.make_one, args=(folder, now))
            process.start()
            beside += taken(writer, process.is_alive)
            process.join()
            assert process.exitcode == 0
            print(
                f"round {number + 1}: p95 alone {p95(alone) * 1000:.1f} ms, beside {p95(beside) * 1000:.1f} ms",
                flush=True,
            )
    return alone, beside


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--megabytes", type=int, default=2000)
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        template = Path(place) / "template.db"
        engine = database.make_engine(f"sqlite:///{template}")
        migrations.create_all(engine)
        engine.dispose()
        app = make_council(folder, template)
        make_key(app, Path(place))
        store(app, given.megabytes)
        alone, beside = rounds(app, folder, given.rounds)
    ratio = p95(beside) / p95(alone)
    print(f"{len(alone)} saves alone, {len(beside)} beside {given.rounds} backups of {given.megabytes} MB:")
    print(f"p95 {p95(alone) * 1000:.1f} ms and {p95(beside) * 1000:.1f} ms, ratio {ratio:.2f}; the goal is below 1.33")


if __name__ == "__main__":
    main()
