"""Runs of tests that start warm: a process that has read other people's packages forks once for each run.

Run as a script in a copy of the tree: a line on stdin is a run, as JSON; the answer is one line with its exit code, or
"late". Nothing of the product is read before the fork, so that each run reads it as it stands then. With arguments of
pytest on the command line it has collected those tests first, product and all: a run then says what to change in place,
and the answer is "unfit" where that cannot be done.
"""

import ast
import importlib
import json
import os
import signal
import sys
import time
from pathlib import Path

OURS = {"audit_app", "findings", "frameworks", "tests"}
LATE, UNFIT = "late", "unfit"
UNFIT_CODE = 99


def packages_of_others():
    """Every module the product imports that is not its own, by name."""
    names = set()
    for package in sorted(OURS - {"tests"}):
        for file in Path(package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names |= {alias.name for alias in node.names}
                if isinstance(node, ast.ImportFrom) and node.module:
                    names.add(node.module)
    return sorted(name for name in names if name.partition(".")[0] not in OURS)


def run(wish):
    """The exit code of one run in a fork, "late" when it had to be ended, "unfit" when it could not be begun.

    Args:
        wish: The `seconds` it may take and the `log` of what it says. And either the `arguments` of pytest, with what
            is `watched` to note which test runs which line and what is `changed` (file, was, now); or the name of a
            module that it `reads` and no more.
    """
    child = os.fork()
    if child == 0:
        os.setsid()
        os.dup2(os.open(wish["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.dup2(1, 2)
        os._exit(_read(wish["reads"]) if "reads" in wish else _pytest(wish))
    ends = time.monotonic() + wish["seconds"]
    while time.monotonic() < ends:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            return UNFIT if code == UNFIT_CODE else code
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return LATE


def _read(name):
    try:
        importlib.import_module(name)
    except BaseException as error:  # whatever it is: the module cannot be read
        print(repr(error), flush=True)
        return 1
    return 0


def _pytest(wish):
    watched = wish.get("watched")
    # Compiling takes most of a short run: the watched one, where nothing is changed, leaves what others may read.
    sys.dont_write_bytecode = watched is None
    try:
        if wish.get("changed"):
            changed_in_place.put_in_place(*wish["changed"])
        plugins = [Failures(wish["log"]), *([reached.Watcher(**watched)] if watched else [])]
        return int(pytest.main(wish["arguments"], plugins=plugins))
    except changed_in_place.Unfit:
        return UNFIT_CODE
    finally:
        sys.stdout.flush()


class Failures:
    """A plugin of pytest that keeps the name of the last test that failed, beside the log."""

    def __init__(self, log):
        self._kept_in = failed_beside(log)
        self._kept_in.unlink(missing_ok=True)

    def pytest_runtest_logreport(self, report):
        """One part of a test: its making ready, the test itself, or its clearing away."""
        if report.failed:
            self._kept_in.write_text(report.nodeid, encoding="utf-8")


def failed_beside(log):
    """Where the test that failed in a run is named."""
    return Path(f"{log}.failed")


def read_all(arguments):
    """Read the product and these tests in this very process, saying nothing."""
    spoken = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        pytest.main(["--collect-only", "-q", *arguments])
    finally:
        sys.stdout.flush()
        os.dup2(spoken, 1)


if __name__ == "__main__":
    import changed_in_place
    import pytest
    import reached

    for name in packages_of_others():
        importlib.import_module(name)
    if sys.argv[1:]:
        read_all(sys.argv[1:])
    print("ready", flush=True)
    for line in sys.stdin:
        print(run(json.loads(line)), flush=True)
