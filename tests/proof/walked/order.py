"""The steps in their order, and the names that the walk's own machine knows."""

from tests.proof.walked import outside
from tests.proof.walked.machines import HERE
from tests.proof.walked.steps import installing, people
from tests.proof.walked.walk import NAME

ONE, TWO, THREE, FRONT, WEB_1, WEB_2, DB_1, DB_2 = (f"10.0.0.{end}" for end in (31, 32, 33, 10, 11, 12, 21, 22))
NAMES = {HERE: [outside.PROVIDER, outside.MAIL], DB_1: ["db-1"], DB_2: ["db-2"]}
A_DAY_BACK = "/etc/systemd/system/audit-app-worker.service.d/clock.conf"


def all_of(walk, wanted):
    """Every step, or those that are named by their first word."""
    one_server(walk)


def one_server(walk):
    with walk.step("1 install from the wheel: program, service, nginx with TLS, start"):
        one = walk.machine("one", ONE, names={**NAMES, "127.0.1.1": [NAME]})
        printed = installing.install(walk, one, walk.this_release)
        set_back(walk, one)
        installing.behind_nginx(walk, one, printed)
        installing.start(walk, one)
    with walk.step("2 first administrator by link, with a second factor"):
        ada = people.first_administrator(walk, one)
        people.set_up_council(walk, ada)


def set_back(walk, machine):
    """The worker begins a day back, so that a night can come while somebody looks on: no part of the pages."""
    library = machine.type("ls /usr/lib/*/faketime/libfaketime.so.1").strip()
    clock = f"Environment=LD_PRELOAD={library} FAKETIME=-1d FAKETIME_DONT_FAKE_MONOTONIC=1"
    machine.put(A_DAY_BACK, f"[Service]\n{clock}\n")
    walk.note(f"{machine.name}: the worker’s clock stands a day back until its night is to come")
