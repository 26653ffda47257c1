"""several-servers.md: PostgreSQL and its copy, two web servers, nginx in front; then the first database is lost."""

import re
import secrets

from tests.proof.walked import docs_blocks
from tests.proof.walked.steps import installing, people

PAGE = "several-servers"
POSTGRESQL, SETTINGS = f"{PAGE} / 1. PostgreSQL and its copy", f"{PAGE} / 2. Settings, the same on every server / 1"
SHARED = "What all servers share, and what each has for itself"
CONFIG, DATA = "/etc/postgresql/15/main", "/var/lib/postgresql/15/main"


def in_psql(walk, machine, words):
    """Statements of a page, in psql as the user postgres."""
    return walk.type_lines(machine, f"runuser -u postgres -- psql -v ON_ERROR_STOP=1 <<'END'\n{words}\nEND", folder="/")


def pair(walk, first, second):
    """A database server and a copy that follows it; the password of the product's role."""
    password = secrets.token_hex(8)
    for machine in (first, second):
        for number, file in ((1, "postgresql.conf"), (2, "pg_hba.conf")):
            lines = walk.block(f"{POSTGRESQL} / {number}")
            walk.type_lines(machine, f"cat >>{CONFIG}/{file} <<'END'\n{lines}\nEND")
        walk.type_lines(machine, "systemctl restart postgresql")
    in_psql(walk, first, walk.block(f"{POSTGRESQL} / 3", {"'…'": f"'{password}'"}))
    walk.type_lines(second, f"systemctl stop postgresql; rm -rf {DATA}/*")
    changes = {"password=…": f"password={password}", "/var/lib/postgresql/…": DATA}
    walk.type(second, f"{POSTGRESQL} / 4", changes, user="postgres", folder="/")
    walk.type_lines(second, "systemctl start postgresql")
    follows = "SELECT application_name, state FROM pg_stat_replication"
    first.wait_for(f"cd /; runuser -u postgres -- psql -Atc '{follows}' | grep 'copy|streaming'")
    in_psql(walk, first, walk.block(f"{POSTGRESQL} / 5"))
    return password


def settings(walk, machines, password):
    """The same on both: a shared folder instead of an object store, so the lines of that are left out."""
    keys = {name: secrets.token_hex(32) for name in ("AUDIT_SECRET_KEY", "AUDIT_LOG_KEY", "AUDIT_FACTOR_KEY")}
    lines = []
    for line in walk.block(SETTINGS, {"PASSWORD": password}).splitlines():
        name, _, value = re.split(r"\s{3,}", line)[0].partition("=")
        if "_STORE_" not in name:
            lines.append(f"{name}={keys.get(name, value)}")
    for machine in machines:
        walk.settings(machine, "\n".join(lines))


def units(walk, machine):
    """Its own address instead of this machine's alone, and no update at the start."""
    unit = "/etc/systemd/system/audit-app-web.service"
    change = f"sed -i 's/--host 127.0.0.1/--host {machine.address}/; /^ExecStartPre=/d' {unit}"
    walk.type_lines(machine, f"{change}; systemctl daemon-reload")


def front(walk, machine):
    """nginx with the block of the page as it stands."""
    machine.put("/etc/nginx/sites-available/readiness", walk.block(f"{PAGE} / 3. nginx in front / 1"))
    installing.put_certificate(walk, machine, "/etc/ssl/readiness.pem", "/etc/ssl/private/readiness.key")
    words = "ln -s /etc/nginx/sites-available/readiness /etc/nginx/sites-enabled/; nginx -t; systemctl reload nginx"
    walk.type_lines(machine, words)


def start(walk, first, second):
    """In the order of the page: each line on the servers it names."""
    migrate, worker, web, ask = (
        re.split(r"\s{3,}", line)[0] for line in walk.block(f"{PAGE} / 4. Start, in this order / 1").splitlines()
    )
    walk.type_lines(first, migrate)
    walk.type_lines(first, worker)
    for machine in (first, second):
        walk.type_lines(machine, web)
        walk.expect(walk.type_lines(machine, ask.replace("10.0.0.11", machine.address)), "ready")
        walk.type_words(machine, PAGE, SHARED, "audit-app-admin alike")


def saved_at_one_read_at_the_other(walk, first, second, visitor):
    """With one web server stopped something is saved; with the other stopped it is read."""
    second.type("systemctl stop audit-app-web")
    people.set_up_council(walk, visitor)
    second.type(
        "systemctl start audit-app-web; curl --retry 60 --retry-delay 2 --retry-connrefused -sS http://10.0.0.12:8000/ready"
    )
    first.type("systemctl stop audit-app-web")
    visitor.go("/greenhaven/council").see("1 team")
    walk.note("browser: what was saved through web-1 is read through web-2, in the same session")
    first.type(
        "systemctl start audit-app-web; curl --retry 60 --retry-delay 2 --retry-connrefused -sS http://10.0.0.11:8000/ready"
    )


def first_database_is_lost(walk, first, copy, visitor):
    """Its power is cut; the copy is promoted as the page says, and both web servers go on."""
    first.lose_power()
    walk.note(f"{first.name}: no power any more")
    section = "When the first database is lost"
    for beginning in ("SELECT pg_promote", "ALTER SYSTEM SET synchronous_standby_names"):
        in_psql(walk, copy, docs_blocks.in_words(PAGE, section, beginning))
    visitor.go("/greenhaven/council").see("1 team")
    walk.note("browser: the copy promoted; the council is as it was")
