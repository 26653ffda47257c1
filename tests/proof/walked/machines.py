"""A machine of the walk: a bare tree, booted with its own systemd in a container, on a network of the walk's own."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from tests.proof.walked import trees

GROUPS = (Path("/sys/fs/cgroup/systemd"), Path("/sys/fs/cgroup/unified"), Path("/sys/fs/cgroup"))
BRIDGE, HERE = "walked0", "10.0.0.1"
PATIENCE_SECONDS = 60
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Stopped(Exception):
    """A command of a page did not do what the page says; the message has all it said."""


def make_network():
    """A bridge that joins the machines; this process is in a network namespace of its own."""
    for words in (
        ("link", "set", "lo", "up"),
        ("link", "add", BRIDGE, "type", "bridge"),
        ("addr", "add", f"{HERE}/24", "dev", BRIDGE),
        ("link", "set", BRIDGE, "up"),
    ):
        trees.run("ip", *words)


class Machine:
    """One of them. `names` is what its /etc/hosts knows, for no DNS is there."""

    def __init__(self, folder, tree, name, address, names):
        self.folder, self.name, self.address = folder / name, name, address
        self.tree = trees.layer_over(tree, self.folder)
        self.process = self.leader = None
        (self.tree / "etc" / "hostname").write_text(f"{name}\n")
        lines = [
            f"{where} {' '.join(called)}\n" for where, called in {"127.0.0.1": ["localhost", name], **names}.items()
        ]
        (self.tree / "etc" / "hosts").write_text("".join(lines))
        self.binds = []

    def start(self):
        """Boot it, give it its address, and wait until systemd says that everything runs."""
        words = [
            "systemd-nspawn", "--register=no", "--keep-unit", "--quiet", "--boot", "--console=pipe",
            f"--directory={self.tree}", f"--machine={self.name}", f"--network-bridge={BRIDGE}",
            "--resolv-conf=off", "--timezone=off", "--link-journal=no", *self.binds,
        ]  # fmt: skip
        self.groups = [group / f"walked-{self.name}" for group in GROUPS if (group / "cgroup.procs").exists()]
        for group in self.groups:
            group.mkdir(exist_ok=True)
        entering = "".join(f"echo $$ >{group}/cgroup.procs; " for group in self.groups)
        with (self.folder / "console.log").open("ab") as log:
            self.process = subprocess.Popen(
                ["sh", "-c", f'{entering}exec "$@"', "sh", *words],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._is_up():
            if self.process.poll() is not None or time.monotonic() > until:
                raise Stopped(f"{self.name} did not boot: {(self.folder / 'console.log').read_text()[-2000:]}")
            time.sleep(0.2)
        self.type(f"ip addr add {self.address}/24 dev host0; ip link set host0 up")

    def _is_up(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        with contextlib.suppress(OSError, IndexError, ValueError):
            self.leader = int(children.read_text().split()[0])
            return self.try_to("systemctl is-system-running")[1].strip() in ("running", "degraded")
        return False

    def try_to(self, script, *, user="", folder="/root"):
        """Type lines there; the status of the last and all that was said."""
        before = ["runuser", "-u", user, "--"] if user else []
        words = ["nsenter", "-t", str(self.leader), "-a", "env", "-i", f"PATH={PATH}", "HOME=/root", "LC_ALL=C.UTF-8"]
        done = subprocess.run(
            [*words, *before, "bash", "-e", "-c", f"cd {folder}\n{script}"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def type(self, script, *, status=0, **how):
        """Type lines that must end with a status; what was said.

        Raises:
            Stopped: They ended with another.
        """
        code, words = self.try_to(script, **how)
        if code != status:
            raise Stopped(f"On {self.name}, ended with {code}, not {status}:\n{script}\n{words[-4000:]}")
        return words

    def put(self, path, data, mode=0o644):
        """A file that was carried there, or written with an editor."""
        place = self.tree / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data if isinstance(data, bytes) else data.encode())
        place.chmod(mode)

    def take(self, path):
        """What a file there holds, carried off the machine."""
        words = ["nsenter", "-t", str(self.leader), "-a", "cat", path]
        return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=True).stdout

    def wait_for(self, script, seconds=90):
        """Until lines end well; what they said then."""
        until = time.monotonic() + seconds
        while (answer := self.try_to(script))[0]:
            if time.monotonic() > until:
                raise Stopped(f"On {self.name}, after {seconds} seconds still not:\n{script}\n{answer[1][-3000:]}")
            time.sleep(1)
        return answer[1]

    def lose_power(self):
        """Everything on it ends at once."""
        if self.leader:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.leader, signal.SIGKILL)
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
        self.process = self.leader = None


def remove_group(group):
    """A machine's control group and those below it, once nothing runs in them."""
    for folder, _folders, _files in os.walk(group, topdown=False):
        with contextlib.suppress(OSError):
            os.rmdir(folder)
