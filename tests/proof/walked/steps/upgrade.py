"""upgrade.md: an earlier release on a machine of its own, with something saved in it, brought to this one."""

from tests.proof.walked.machines import Stopped
from tests.proof.walked.steps import people

DATABASE = "/var/lib/audit-app/database/audit.db"
STEP = (
    '/opt/audit-app/bin/python -c "import sqlite3; '
    f"print(sqlite3.connect('{DATABASE}').execute('SELECT version_num FROM alembic_version').fetchone()[0])\""
)


def upgrade(walk, machine):
    """Everything below *One server*, with the new wheel in the folder one is in; both steps of the database."""
    before = machine.type(STEP).strip()
    machine.type("rm -f inspection_readiness-*.whl")
    machine.put(f"/root/{walk.this_release.name}", walk.this_release.read_bytes())
    printed = walk.type(machine, "upgrade / One server / 1", {"--upgrade": "--upgrade --no-index --find-links wheels"})
    after = machine.type(STEP).strip()
    walk.expect(printed, f"to step {after}", "ready")
    if before == after or "BROKEN" in printed:
        raise Stopped(f"From {before} to {after}:\n{printed}")
    walk.note(f"the database went from step {before} to {after}; check holds; the copy lies in backups")
    walk.expect(machine.type("ls /var/lib/audit-app/backups"), "before-step-")


def still_there(walk, ada):
    """Whoever had an account signs in with the same password and the same app."""
    ada.session.cookies.clear()
    ada.signs_in(people.ADA, people.PASSWORD)
    ada.go("/greenhaven/council").see("1 team")
    walk.note("browser: the administrator of before signs in with password and app; the council is as it was")
