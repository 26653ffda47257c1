"""The documents walked on bare machines in one go: python -m tests.proof.walked [--keep FOLDER]

As root on Debian or Ubuntu, with debootstrap, systemd-container, iproute2 and the network; otherwise it says what is
missing and ends with 3. It makes bare trees of Debian 12, builds both wheels, then goes into namespaces of its own and
does every step in order. A table at the end says what was typed and how long each step took.
"""

import os
import shutil
import sys
from pathlib import Path

from tests.proof.walked import machines, order, trees, what_is_typed, wheels
from tests.proof.walked.outside import Authority
from tests.proof.walked.walk import Walk

NEEDED = {
    "debootstrap": "debootstrap", "systemd-nspawn": "systemd-container", "unshare": "util-linux", "ip": "iproute2",
    "mkfs.ext4": "e2fsprogs",
}  # fmt: skip
PLACE = wheels.ROOT / "build" / "walked"
INSIDE = "--inside"


def main(words):
    inside = INSIDE in words
    folder = Path(words[words.index("--keep") + 1]) if "--keep" in words else PLACE
    if inside:
        sys.exit(walk(folder))
    if missing := what_is_missing():
        print(f"NOT WALKED: {missing}", file=sys.stderr)
        sys.exit(3)
    folder.mkdir(parents=True, exist_ok=True)
    trees.bare_trees(folder)
    wheels.hand_over(folder)
    apart = ("--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
    again = [sys.executable, "-m", "tests.proof.walked", INSIDE, "--keep", str(folder)]
    os.execvp("unshare", ["unshare", *apart, *again])


def what_is_missing():
    """Why it cannot be walked here, with what to do; nothing when it can."""
    if os.geteuid() != 0:
        return "only root may boot machines: sudo, and the same command."
    lacking = sorted({package for program, package in NEEDED.items() if shutil.which(program) is None})
    if lacking:
        return f"install what boots them: apt-get install {' '.join(lacking)}"
    if not (wheels.ROOT / "build" / "servers" / "node_modules" / "oidc-provider").is_dir():
        return "the sign-in provider is not installed: run make test, or requirements/servers/install.py."
    return ""


def walk(folder):
    """Inside the namespaces: the network, the machines, each step; 0 when all of them went as the pages say."""
    machines.make_network()
    used = wheels.fresh(folder / "machines")
    (used / "hosts").touch()
    trees.run("mount", "--bind", str(used / "hosts"), "/etc/hosts")
    handed = [next((folder / kind).glob("*.whl")) for kind in ("now", "earlier")]
    here = Walk(used, folder / "bare", folder / "bare-with-postgresql", (*handed, folder / "wheels"), Authority(used))
    try:
        order.all_of(here)
        if not_typed := what_is_typed.TYPED - here.typed_places:
            raise SystemExit(f"These were to be typed and were not: {sorted(not_typed)}")
    finally:
        here.print_ledger()
        here.ends()
    return 0


if __name__ == "__main__":
    main(sys.argv[1:])
