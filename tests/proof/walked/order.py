"""The steps in their order: one server from the wheel to its bad days, a second, an upgrade, several servers."""

import subprocess

from tests.proof.walked import outside, trees
from tests.proof.walked.machines import HERE
from tests.proof.walked.steps import backups, broken, installing, people, provider, several, upgrade
from tests.proof.walked.walk import NAME

ONE, TWO, THREE, FRONT, WEB_1, WEB_2, DB_1, DB_2 = (f"10.0.0.{end}" for end in (31, 32, 33, 10, 11, 12, 21, 22))
NAMES = {HERE: [outside.PROVIDER, outside.MAIL], DB_1: ["db-1"], DB_2: ["db-2"]}
BY_ITSELF = {**NAMES, "127.0.1.1": [NAME]}
A_DAY_BACK = "/etc/systemd/system/audit-app-worker.service.d/clock.conf"
PROGRAM, DATA = "/opt/audit-app", "/var/lib/audit-app"
DISK_MB = 3000


def all_of(walk):
    """Every step."""
    post = outside.MailServer(walk.authority, "audits", broken.MAIL_PASSWORD)
    with outside.provider(walk.folder, walk.authority, people.ADDRESS, {"quinn": provider.QUINN}) as there:
        try:
            saved = one_server(walk, there, post)
            a_second(walk, saved)
            an_upgrade(walk)
            several_servers(walk)
            with walk.step("8b the mail that had waited"):
                broken.mail_has_gone(walk, walk.machines["one"], post)
        finally:
            post.close()


def one_server(walk, there, post):
    """Installed, an administrator, the provider, a night, and what breaks; the audit that was saved."""
    with walk.step("1 install from the wheel: program, service, nginx with TLS, start"):
        disk = walk.folder / "disk-of-one"
        trees.small_disk(walk.folder, DISK_MB, disk)
        one = walk.machine("one", ONE, names=BY_ITSELF, binds=[f"--bind={disk}:{DATA}"])
        printed = installing.install(walk, one, walk.this_release)
        set_back(walk, one)
        installing.behind_nginx(walk, one, printed)
        installing.start(walk, one)
    with walk.step("2 first administrator by link, with a second factor"):
        walk.people_reach(ONE)
        ada = people.first_administrator(walk, one)
        people.set_up_council(walk, ada)
    with walk.step("3 sign-in through the provider, and an audit saved"):
        provider.set_up(walk, one)
        quinn = provider.comes_by_invitation(walk, people.invited(walk, ada, "Quinn Avery", BOTH, team="Duty Team"))
        people.names_a_contact(walk, ada, "Quinn Avery")
        audit = people.sets_up_an_audit(walk, quinn, "Quinn Avery", "M-200001")
        link = people.answers(walk, quinn, audit)
    with walk.step("4 the key of the backups, a night, a trial"):
        backups.make_the_key(walk, one)
        backups.copies_kept_elsewhere(walk, one)
        backups.a_night_comes(walk, one, A_DAY_BACK)
        backups.by_hand_and_for_trial(walk, one)
    with walk.step("8 killed, key lost, disk full, provider down, mail down"):
        broken.killed(walk, one)
        broken.key_is_lost(walk, one)
        broken.disk_is_full(walk, one, quinn, audit, link)
        broken.provider_is_down(walk, there, quinn)
        broken.mail_is_set(walk, one)
        broken.mail_is_down(walk, one, ada, post)
    return link


BOTH = ["QA manager", "Auditor"]


def a_second(walk, link):
    """The first is not asked any more: what was carried off it is restored on another."""
    with walk.step("5 restore on a second machine"):
        two = walk.machine("two", TWO, names=BY_ITSELF)
        program_of(walk, "one", two)
        two.put("/etc/audit-app/oidc-secret", provider.SECRET)
        two.put(provider.AUTHORITY, walk.authority.root.read_bytes())
        printed = backups.restored(walk, two)
        installing.behind_nginx(walk, two, printed[printed.index("server {") : printed.index("Then:")])
        installing.start(walk, two)
        walk.people_reach(TWO)
        quinn = provider.signs_in(walk)
        people.reads(walk, quinn, link)
        backups.with_another_key(walk, two)
        two.lose_power()


def an_upgrade(walk):
    """An earlier release with an administrator and a council in it, brought to this one."""
    with walk.step("6 upgrade from the previous release"):
        three = walk.machine("three", THREE, names=BY_ITSELF)
        printed = installing.install(walk, three, walk.earlier_release)
        installing.behind_nginx(walk, three, printed)
        installing.start(walk, three)
        walk.people_reach(THREE)
        ada = people.first_administrator(walk, three)
        people.set_up_council(walk, ada)
        upgrade.upgrade(walk, three)
        upgrade.still_there(walk, ada)
        three.lose_power()


def several_servers(walk):
    """PostgreSQL and its copy, two web servers with one shared folder, nginx in front."""
    with walk.step("7 two web servers with PostgreSQL, and its copy promoted"):
        first, copy = (
            walk.machine(name, where, names=NAMES, tree=walk.with_database)
            for name, where in (("db-1", DB_1), ("db-2", DB_2))
        )
        password = several.pair(walk, first, copy)
        shared = walk.folder / "shared"
        shared.mkdir()
        web = [
            walk.machine(name, where, names={**NAMES, FRONT: [NAME]}, binds=[f"--bind={shared}:{DATA}"])
            for name, where in (("web-1", WEB_1), ("web-2", WEB_2))
        ]
        for machine in web:
            program_of(walk, "one", machine)
            walk.type(machine, "install / 2. The service / 1")
        several.settings(walk, web, password)
        for machine in web:
            several.units(walk, machine)
        several.front(walk, walk.machine("front", FRONT, names=NAMES))
        several.start(walk, *web)
        walk.people_reach(FRONT)
        ada = people.first_administrator(walk, web[0])
        several.saved_at_one_read_at_the_other(walk, *web, ada)
        several.first_database_is_lost(walk, first, copy, ada)


def program_of(walk, name, machine):
    """Step 1 of install.md was typed on another; what it made is copied, as a council would copy a disk."""
    subprocess.run(["cp", "-a", f"{walk.machines[name].tree}{PROGRAM}", f"{machine.tree}/opt/"], check=True)
    walk.note(f"{machine.name}: {PROGRAM} copied from {name}, where step 1 of install was typed")


def set_back(walk, machine):
    """The worker begins a day back, so that a night can come while somebody looks on: no part of the pages."""
    library = machine.type("ls /usr/lib/*/faketime/libfaketime.so.1").strip()
    clock = f"Environment=LD_PRELOAD={library} FAKETIME=-1d FAKETIME_DONT_FAKE_MONOTONIC=1"
    machine.put(A_DAY_BACK, f"[Service]\n{clock}\n")
    walk.note(f"{machine.name}: the worker’s clock stands a day back until its night is to come")
