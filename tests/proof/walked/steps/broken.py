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
    walk.settings(machine, walk.block("e-mail / Over the council's mail server / 1", {"PASSWORD=…": f"PASSWORD={MAIL_PASSWORD}"}))
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
    machine.type(f"systemctl stop audit-app-web; mv /root/log_key {KEY}; systemctl start audit-app-web audit-app-worker")
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
    """Nobody answers at the mail server: the invitation waits and the state page says so; it goes when it is back."""
    people.invited(walk, ada, "Wren Hale", ["Auditor"])
    machine.wait_for("journalctl -u audit-app-worker -n 40 --no-pager >/dev/null", 5)
    for _look in range(90):
        if "waiting" in ada.go("/state").words and post.taken == []:
            break
        machine.type("sleep 1")
    walk.note(f"mail down: {sentence(ada, 'mail')}")
    post.open()


def sentence(visitor, word):
    """The part of a page around a word."""
    at = visitor.words.lower().find(word)
    return visitor.words[max(0, at - 40) : at + 160]


def provider_is_down(walk, there, quinn):
    """Nobody answers there: a sign-in is told so, and who is signed in reads on."""
    there.between.down = True
    visitor = Visitor(people.ADDRESS, walk.authority.root).go("/sign-in").press("Sign in with Greenhaven Council")
    if visitor.answer.status_code < 400:
        raise Stopped(f"A provider that is down was to be told: {visitor.words[:600]}")
    quinn.go("/greenhaven/").see("Quinn Avery")
    walk.note(f"provider down ({visitor.answer.status_code}): {visitor.page.findtext('.//h1').strip()}; Quinn reads on")
    there.between.down = False
