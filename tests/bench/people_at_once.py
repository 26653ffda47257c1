"""So many people at once on so many web processes: what requests take, what fails and what is lost; asserts nothing.

    python -m tests.bench.people_at_once --people 50 200 --minutes 5
    python -m tests.bench.people_at_once --people 200 --think 0 0 --server waitress:1x8 waitress:2x8 gunicorn:2x8 \\
        --gunicorn /tmp/gunicorn --database postgresql sqlite --minutes 1

They think 5 to 15 seconds between pages and a fifth of what they do saves. With no time to think it says how much each
way of serving can carry: pages a second. The people are another process on the same machine. How busy it was besides
is printed too, because on a busy machine only rows of one run compare. Each page was shown a few times before. gunicorn
is not needed to run the product: unpack it somewhere with `pip install --target`.
"""

import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from audit_app import create_app, database, migrations, tables
from audit_app.people.access import system_scope, web_session
from tests import builders, servers
from tests.bench import kept_towns, people, town
from tests.bench.servers import memory_mib, serving
from tests.bench.test_saving import domain_of_twelve, fields, path_of
from tests.conftest import TEST_SETTINGS

HOME = f"/{builders.AUTHORITY_KEY}/"
FORMS, WARM_ROUNDS = 4, 3


@contextmanager
def council(kind, audits, folder):
    """The address of a database with a large council in it."""
    if kind == "sqlite":
        shutil.copyfile(kept_towns.kept(audits)[0], folder / "town.db")
        yield f"sqlite:///{folder / 'town.db'}"
        return
    tables.load()
    with servers.postgres_url() as server, servers.fresh_database(server) as url:
        engine = database.make_engine(url)
        migrations.create_all(engine)
        town.fill(engine, audits)
        engine.dispose()
        yield url


def plan_for(url, folder, count, given):
    """Who they are, signed in, each with an audit in hand of their own; the engine stays open for what was kept."""
    engine = database.make_engine(url)
    app = create_app({**TEST_SETTINGS, "DATA_FOLDER": str(folder / "data")}, engine=engine)
    domain, everybody = domain_of_twelve(), []
    with engine.begin() as connection:
        in_hand = sa.text("SELECT number, auditor_id FROM case_audit WHERE stage <> 'submitted' ORDER BY number")
        rows = connection.execute(in_hand).all()[:count]
        connection.execute(
            sa.text(
                "UPDATE case_audit SET stage = 'in_progress', overall_grade = '', version = 0, submitted_at = NULL, "
                "agreed_at = NULL WHERE number <= :last"
            ),
            {"last": rows[-1].number},
        )
    with database.session_for(engine, system_scope("people for a benchmark")) as session:
        for row in rows:
            token = web_session.start(
                session, row.auditor_id, now=datetime.now(UTC), address="127.0.0.1", browser="a benchmark"
            )
            path = path_of(row.number, domain)
            csrf = {"csrf_token": web_session.csrf_token(app.config["SECRET_KEY"], token)}
            forms = [fields(domain, turn, 0) | csrf for turn in range(FORMS)]
            pages = [HOME, f"{HOME}audits", path, path, f"{HOME}audits/AUD-{row.number:04d}"]
            cookie = f"{app.config['SESSION_COOKIE']}={token}"
            everybody.append({"cookie": cookie, "path": path, "forms": forms, "pages": pages, "revision": 1})
    plan = {"people": everybody, "think": given.think, "saves": given.saves, "seconds": given.minutes * 60}
    return plan, engine, [row.number for row in rows]


def lost(engine, numbers, revisions):
    """How many saves were shown as done and are not in the rows, read past everything that wrote them."""
    read = sa.text("SELECT audit_number, revision FROM domain_answer WHERE domain_id = :domain")
    with engine.connect() as connection:
        kept = dict(connection.execute(read, {"domain": domain_of_twelve().id}).all())
    return sum(max(revision - kept[number], 0) for number, revision in zip(numbers, revisions, strict=True))


def show_each_page(port, plan, processes):
    """Each page once or twice in each process, so that what a process does once in its life is over."""
    first = plan["people"][0]
    for _ in range(WARM_ROUNDS * processes):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        for page in first["pages"]:
            connection.request("GET", page, headers={"Cookie": first["cookie"]})
            connection.getresponse().read()
        connection.close()


def one_run(kind, server, count, given):
    """A line of the table."""
    name, _, shape = server.partition(":")
    processes, threads = (int(part) for part in shape.split("x"))
    with tempfile.TemporaryDirectory() as place, council(kind, given.audits, Path(place)) as url:
        folder = Path(place)
        plan, engine, numbers = plan_for(url, folder, count, given)
        ways = {"processes": processes, "threads": threads, "database_url": url, "data": folder / "data"}
        with serving(name, **ways, gunicorn=given.gunicorn) as (port, pids):
            show_each_page(port, plan, processes)
            ran = subprocess.run(
                [sys.executable, people.__file__], input=json.dumps(plan | {"port": port}), capture_output=True,
                text=True, check=True,
            )  # fmt: skip
            held = max(memory_mib(pids))
        told = json.loads(ran.stdout)
        missing = lost(engine, numbers, told["revisions"])
        engine.dispose()
    return line(f"{kind}, {name} {processes} x {threads}, {count} people", told["asked"], missing, held, given)


def line(name, asked, missing, held, given):
    """What somebody reads."""
    failed = [one for one in asked if not one[2]]
    parts = [name, f"{len(asked) / (given.minutes * 60):.1f} requests/s"]
    for kind in ("read", "save"):
        took = [one[1] * 1000 for one in asked if one[0] == kind and one[2]]
        if len(took) > 1:
            cuts = statistics.quantiles(took, n=100)
            parts.append(f"{kind}s p50 {cuts[49]:.0f} p95 {cuts[94]:.0f} p99 {cuts[98]:.0f} ms (n={len(took)})")
    parts += [f"failed {len(failed)}", f"lost {missing}", f"{held:.0f} MiB"]
    for what in sorted({str(one[3:]) for one in failed})[:3]:
        parts.append(what)
    return " | ".join(parts)


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, nargs="+", default=[50, 200])
    asked.add_argument("--minutes", type=float, default=5)
    asked.add_argument("--think", type=float, nargs=2, default=[5, 15])
    asked.add_argument("--saves", type=float, default=0.2)
    asked.add_argument("--audits", type=int, default=10_000)
    asked.add_argument("--server", nargs="+", default=["waitress:1x8"], help="kind:processes x threads")
    asked.add_argument("--database", nargs="+", default=["sqlite"], choices=["sqlite", "postgresql"])
    asked.add_argument("--gunicorn", default="", help="the folder gunicorn was unpacked into")
    given = asked.parse_args()
    print(f"{given.minutes:g} minutes a line, {given.audits:,} audits, think {given.think}, {given.saves:.0%} save")
    for kind in given.database:
        for count in given.people:
            for server in given.server:
                before = os.getloadavg()[0]
                print(f"{one_run(kind, server, count, given)} | load before {before:.1f}", flush=True)


if __name__ == "__main__":
    main()
