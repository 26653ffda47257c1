"""Runs of tests that start warm: a process that has read other people's packages forks once for each run.

Run as a script in a copy of the tree: each line on stdin is a run, as JSON: the seconds it may take, the arguments of
pytest and, where it is to be noted which test runs which line, the files watched. The answer is one line with its exit
code, or "late". Nothing of the product is read before the fork, so that each run reads it as it stands then.
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
LATE = "late"


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


def run(seconds, arguments, log, watched=None):
    """The exit code of one run of pytest in a fork, or "late" when it had to be ended."""
    child = os.fork()
    if child == 0:
        os.setsid()
        os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.dup2(1, 2)
        os._exit(_pytest(arguments, watched))
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return LATE


def _pytest(arguments, watched):
    try:
        plugins = [reached.Watcher(**watched)] if watched else []
        return int(pytest.main(arguments, plugins=plugins))
    finally:
        sys.stdout.flush()


if __name__ == "__main__":
    import pytest
    import reached

    for name in packages_of_others():
        importlib.import_module(name)
    print("ready", flush=True)
    for line in sys.stdin:
        wish = json.loads(line)
        print(run(**wish), flush=True)
