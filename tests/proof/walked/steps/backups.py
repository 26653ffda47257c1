"""back-up-and-restore.md: the key, a night, the trial, and the bad day on a second machine."""

import re

from tests.proof.walked.machines import Stopped

FOLDER = "/var/lib/audit-app/backups"
SECTION = "Before the first backup: the key"
EXAMPLE = "audit-20261130T020000Z.tar.age"
ON_A_SERVER = {"audit-app ": "audit-app-admin "}


def make_the_key(walk, machine):
    """The sheet, printed once; its three keys are carried away."""
    sheet = walk.type(machine, f"back-up-and-restore / {SECTION} / 1", ON_A_SERVER)
    walk.kept["key 1"] = re.search(r"AGE-SECRET-KEY-\S+", sheet)[0]
    second, third = re.findall(r"^ +([0-9a-f]{64})$", sheet, re.MULTILINE)
    walk.kept |= {"key 2": second, "key 3": third}
    if machine.try_to(f"grep -r {walk.kept['key 1']} /var/lib/audit-app /etc/audit-app /var/log")[0] == 0:
        raise Stopped("Key 1 lies on the server, and the page says that it does not.")
    walk.note("the sheet was printed; key 1 is in no file of the server")


def copies_kept_elsewhere(walk, machine):
    """Step 6 of install.md: settings and keys, carried off the server."""
    walk.kept["settings.env"] = machine.take("/etc/audit-app/settings.env")
    walk.note("settings.env and the sheet carried off the server")


def a_night_comes(walk, machine, a_day_back):
    """The worker's clock moves on by a day; it makes a backup by itself."""
    if machine.try_to(f"ls {FOLDER}/*.age")[0] == 0:
        raise Stopped("There was a backup before the night came.")
    machine.type(f"rm {a_day_back}; systemctl daemon-reload; systemctl restart audit-app-worker")
    made = machine.wait_for(f"ls {FOLDER}/*.age", 300).split()
    walk.note(f"the worker made {', '.join(one.rsplit('/', 1)[1] for one in made)} by itself")


def by_hand_and_for_trial(walk, machine):
    """A backup by hand, the list, and a restore for trial with key 1 held in memory alone."""
    listed = walk.type(machine, "back-up-and-restore / A backup by hand / 1", ON_A_SERVER)
    walk.expect(listed, "enciphered")
    changes = {"audit-app restore": "audit-app-admin restore", "nano ": f"echo {walk.kept['key 1']} >"}
    tried = walk.type(machine, "back-up-and-restore / Try it, each month / 1", changes)
    walk.expect(tried, "Verified whole")
    walk.note(tried.strip())
    newest = machine.type(f"ls {FOLDER}/*.age | tail -1").strip()
    walk.kept["backup"] = newest.rsplit("/", 1)[1], machine.take(newest)


def restored(walk, machine):
    """On another server, from what was carried off the first."""
    name, data = walk.kept["backup"]
    machine.put(f"/root/{name}", data)
    machine.put("/root/settings.env", walk.kept["settings.env"])
    machine.put("/root/key-1.txt", walk.kept["key 1"])
    machine.put("/root/key-2.txt", walk.kept["key 2"])
    into = "--into /var/lib/audit-app"
    changes = {
        EXAMPLE: name, into: f"{into} --identity-file key-1.txt --log-key-file key-2.txt",
        "nano ": f"echo {walk.kept['key 3']} >",
    }  # fmt: skip
    printed = walk.type(machine, "back-up-and-restore / On another server / 1", changes)
    walk.expect(printed, "Every file was compared", "and hold", "server {")
    if "BROKEN" in printed:
        raise Stopped(f"check is not content with what was restored:\n{printed}")
    return printed


def with_another_key(walk, machine):
    """A key that is not the backup's opens nothing and leaves nothing behind."""
    name, data = walk.kept["backup"]
    machine.put(f"/root/{name}", data)
    other = machine.type(
        "/opt/audit-app/bin/python -c 'import pyrage.x25519; print(pyrage.x25519.Identity.generate())'"
    ).strip()
    machine.put("/root/other.txt", other)
    refused = machine.type(
        f"cd /root; /opt/audit-app/bin/audit-app restore {name} --into /srv/none --identity-file other.txt "
        "--log-key-file other.txt",
        status=1,
    )
    walk.expect(refused, "This is not the key the backup was made for")
    if machine.try_to("ls -d /srv/none /srv/.none*")[0] == 0:
        raise Stopped("A refused restore left something behind.")
    walk.note("key lost: with another key restore says so, ends with 1 and leaves nothing behind")
