"""when-something-breaks.md: a key lost, the disk full, the mail down, the provider down, both processes killed."""

from tests.proof.walked.browser import Visitor
from tests.proof.walked.machines import Stopped
from tests.proof.walked.steps import people, provider

MAIL_PASSWORD = "post-4-us"
KEY = "/var/lib/audit-app/keys/log_key"
DATA = "/var/lib/audit-app"


def mail_is_set(walk, machine):
    """The settings of e-mail.md; the authority of the mail server is one that this machine trusts."""
    machine.put("/usr/local/share/ca-certificates/walk.crt", walk.authority.root.read_bytes())
    machine.type("update-ca-certificates")
    changes = {"PASSWORD=…": f"PASSWORD={MAIL_PASSWORD}"}
    walk.settings(machine, walk.block("e-mail / Over the council's mail server / 1", changes))
    machine.type("systemctl restart audit-app-web audit-app-worker")
    provider.ready(walk, machine)


def killed(walk, machine):
    """SIGKILL to the web process and to the worker; systemd starts both, and what was saved is there."""
    for unit in ("audit-app-web", "audit-app-worker"):
        before = machine.type(f"systemctl show -P MainPID {unit}").strip()
        machine.type(f"kill -9 {before}")
        machine.wait_for(f'now=$(systemctl show -P MainPID {unit}); test "$now" != 0 -a "$now" != {before}')
    provider.ready(walk, machine)
    walk.note("kill -9 of web and worker: systemd started both again; nothing was typed")


def key_is_lost(walk, machine):
    """The key of the log is gone: the start refuses, makes no other, and goes on when it is put back."""
    machine.type(f"mv {KEY} /root/log_key; systemctl stop audit-app-web audit-app-worker")
    machine.type("systemctl start audit-app-web", status=1)
    walk.expect(machine.type("journalctl -u audit-app-web -n 8 --no-pager"), "The key of the history log is missing")
    if machine.try_to(f"ls {KEY}")[0] == 0:
        raise Stopped("Another key of the log was made in its place.")
    machine.type(
        f"systemctl stop audit-app-web; mv /root/log_key {KEY}; systemctl start audit-app-web audit-app-worker"
    )
    provider.ready(walk, machine)
    walk.note("log_key lost: the start refuses and makes no other; put back, it goes on")


def disk_is_full(walk, machine, quinn, audit, link):
    """Little room: read-only, and what was saved can be read; with room again saving goes on by itself."""
    free = int(machine.type(f"df --output=avail -m {DATA} | tail -1"))
    machine.type(f"fallocate -l {free - 200}M {DATA}/filled")
    machine.wait_for("curl -sS -o /dev/null http://127.0.0.1:8000/ready")
    quinn.go("/greenhaven/")
    read_only = "This service is read-only at present"
    for _look in range(40):
        if read_only in quinn.go("/greenhaven/").words:
            break
        machine.type("sleep 1")
    quinn.see(read_only)
    people.reads(walk, quinn, link)
    quinn.filled["rationale"] = "Typed while the disk was full."
    quinn.press("Save").see("Typed while the disk was full.")
    walk.note("disk full: the page says read-only, what was saved is read, what is typed stays on the page")
    machine.type(f"rm {DATA}/filled")
    for _look in range(40):
        if read_only not in quinn.go("/greenhaven/").words:
            break
        machine.type("sleep 1")
    people.answers(walk, quinn, audit)
    walk.note("disk full: with room again saving went on; nothing was started again")


def mail_is_down(walk, machine, ada, post):
    """Nobody answers at the mail server: the invitation waits, and the state page says so; then it is back."""
    people.invited(walk, ada, "Wren Hale", ["Auditor"])
    for _look in range(90):
        if "to be sent again" in ada.go("/greenhaven/state").words:
            break
        machine.type("sleep 1")
    ada.see("to be sent again", "the mail server, or GOV.UK Notify, cannot be reached")
    walk.note("mail down: the state page says what waits and why; the mail server is back from now on")
    post.open()


def mail_has_gone(walk, machine, post):
    """What had waited was sent by itself, and holds no word about a case."""
    for _look in range(400):
        if any("wren@greenhaven.gov.uk" in to for to, _letter in post.taken):
            walk.note(f"mail down: {len(post.taken)} letters that had waited went by themselves")
            return
        machine.type("sleep 1")
    raise Stopped("The letter that waited was not sent again.")


def provider_is_down(walk, there, quinn):
    """Nobody answers there: a sign-in is told so, and who is signed in reads on."""
    there.between.down = True
    visitor = Visitor(people.ADDRESS, walk.authority.root).go("/sign-in").press("Sign in with Greenhaven Council")
    if visitor.answer.status_code < 400:
        raise Stopped(f"A provider that is down was to be told: {visitor.words[:600]}")
    quinn.go("/greenhaven/").see("Quinn Avery")
    walk.note(f"provider down ({visitor.answer.status_code}): {visitor.page.findtext('.//h1').strip()}; Quinn reads on")
    there.between.down = False
