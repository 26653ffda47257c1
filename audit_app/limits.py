"""Runs the parsers of untrusted files in a child process with little memory, little time and no network.

The only module that may touch what differs between operating systems (resource, unshare, process groups): on Windows
the time limit holds and `not_enforced()` says what does not, until Job Objects are used there.
"""

import contextlib
import ctypes
import importlib
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

if sys.platform == "win32":
    resource = None
else:
    import resource

CLONE_NEWNET = 0x40000000
CLONE_NEWUSER = 0x10000000
OUT_OF_MEMORY = 71
PACKAGE = Path(__file__).resolve().parent

# The child takes the parser's packages, and the ruler's readers of files, without running their __init__, so that
# neither Flask nor numpy nor a writer of workbooks is loaded into a process that only reads one file. We name the
# parser, the file never does.
_START = """
import sys, types
path, package = sys.argv[1], ""
for part in sys.argv[2].split(".")[:-1]:
    package, path = (package + "." + part, path + "/" + part) if package else (part, path)
    sys.modules[package] = types.ModuleType(package)
    sys.modules[package].__path__ = [path]
for package in ("frameworks", "frameworks.files"):
    sys.modules[package] = types.ModuleType(package)
    sys.modules[package].__path__ = [sys.argv[5] + "/" + package.replace(".", "/")]
sys.modules["numpy"] = None
from audit_app import limits
limits.serve(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
"""


@dataclass(frozen=True)
class Limits:
    """What a parser may use (security IM-1)."""

    memory_mb: int = 512
    cpu_seconds: int = 10
    wall_seconds: int = 30


@dataclass(frozen=True)
class Outcome:
    """What the child sent back, or in plain words why it sent nothing."""

    output: bytes = b""
    problem: str = ""


def run_limited(parser: str, data: bytes, limits: Limits = Limits()) -> Outcome:
    """Give bytes to `parser.answer(bytes) -> bytes` in a child process; its death is an Outcome, never an exception.

    Args:
        parser: The dotted name of a module inside audit_app that has an `answer` function.
        data: All that the child is told; it gets no path and no address (IM-8).
        limits: What it may use.
    """
    command = [sys.executable, "-I", "-B", "-c", _START, str(PACKAGE), parser]
    command += [str(limits.memory_mb), str(limits.cpu_seconds), str(PACKAGE.parent)]
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_bare_environment(),
        start_new_session=os.name == "posix",
    )
    try:
        output, _nothing = child.communicate(data, timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired:
        _end(child)
        return Outcome(problem="it takes too long to read")
    return Outcome(output) if child.returncode == 0 else Outcome(problem=_why(child.returncode))


def _bare_environment() -> dict[str, str]:
    """No settings and no keys reach the child; Windows cannot start a process without its system folder."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"}


def _end(child: subprocess.Popen) -> None:
    if os.name == "posix":
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):  # what was still to be sent has nobody to go to
                pipe.close()
    child.wait()


def _why(code: int) -> str:
    if code == OUT_OF_MEMORY:
        return "it unpacks to more than can be read safely"
    if os.name == "posix" and code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "it takes too long to read"
    return "it is damaged, or is not what its name says"


def serve(parser: str, memory_mb: int, cpu_seconds: int) -> None:
    """The child's whole life: confine itself, read, answer."""
    confine(memory_mb, cpu_seconds)
    try:
        output = importlib.import_module(parser).answer(sys.stdin.buffer.read())
        sys.stdout.buffer.write(output)
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def confine(memory_mb: int, cpu_seconds: int) -> None:
    """Take away from this process what a parser has no business with; for child processes only.

    Done by the child before it reads its first byte: doing it between fork and exec is unsafe in a threaded server.
    """
    _leave_network()
    if resource is None:
        return
    memory = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _leave_network() -> bool:
    """Move this process into an empty network of its own; False where the system does not allow it."""
    if not sys.platform.startswith("linux"):
        return False
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    return unshare(CLONE_NEWNET) == 0 or unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0


def open_files(wanted: int) -> int:
    """How many files this process may hold open, raised to what is wanted as far as the system allows.

    A usual limit is 1,024, which a program may raise by itself up to another one. Windows knows none for sockets.
    """
    if resource is None:
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (ValueError, OSError):  # some systems say "unlimited" and mean a number of their own
        return soft
    return most


def not_enforced() -> list[str]:
    """What this machine does not hold parsers to, for the lines printed at start."""
    missing = []
    if resource is None:
        missing.append("Files are read in a child process with a time limit, but without a limit on its memory.")
    if run_limited("audit_app.limits", b"network").output != b"no network":
        missing.append("Files are read in a child process that could reach the network: this system cannot cut it off.")
    return missing


def answer(question: bytes) -> bytes:
    """Tells, from inside a confined child, whether it still has a network."""
    if question != b"network":
        return b""
    return b"no network" if _only_idle_loopback() else b"network"


def _only_idle_loopback() -> bool:
    routes = Path("/proc/self/net/route")
    return routes.is_file() and len(routes.read_text(encoding="ascii").splitlines()) <= 1
