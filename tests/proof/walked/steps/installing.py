"""install.md, from a bare machine to a page by https."""

from tests.proof.walked.walk import NAME

READY = "install / 4. Start / 1"


def install(walk, machine, wheel, *, extra=""):
    """Steps 1 and 2 of the page: the program and the service; what the command printed."""
    machine.put(f"/root/{wheel.name}", wheel.read_bytes())
    for one in walk.wheels.iterdir():
        machine.put(f"/root/wheels/{one.name}", one.read_bytes())
    changes = {"inspection_readiness-*.whl": f"'{wheel.name}[{extra}]'"} if extra else {}
    walk.type(machine, "install / 1. The program / 2", changes)
    printed = walk.type(machine, "install / 2. The service / 1")
    walk.expect(printed, "Made the account audit-app", "server {")
    return printed


def behind_nginx(walk, machine, printed):
    """Step 3, with the block that was printed and a certificate of the walk's authority."""
    block = printed[printed.index("server {") : printed.rindex("}\n") + 2]
    machine.put("/etc/nginx/sites-available/audit-app", block)
    put_certificate(walk, machine, f"/etc/ssl/{NAME}.pem", f"/etc/ssl/private/{NAME}.key")
    walk.note(f"{machine.name}: the printed block, the certificate and its key put where they are named")
    walk.type(machine, "install / 3. nginx / 1")


def put_certificate(walk, machine, certificate_path, key_path):
    """A certificate for the name people type, and its key."""
    certificate, key = walk.authority.signs(NAME)
    machine.put(certificate_path, certificate.read_bytes())
    machine.put(key_path, key.read_bytes(), 0o600)


def start(walk, machine):
    """Step 4: the units, and what /ready says."""
    walk.expect(walk.type(machine, READY), "ready")
    for unit in ("audit-app-web", "audit-app-worker"):
        machine.type(f"systemd-analyze verify /etc/systemd/system/{unit}.service")
    exposure = machine.type("systemd-analyze security --no-pager audit-app-web | tail -1")
    walk.note(f"systemd-analyze verify: nothing to say; security: {exposure.strip()}")
    walk.expect(exposure, " OK ")
    walk.expect(machine.type("ps -o user:20= -C audit-app | sort -u"), "audit-app")
