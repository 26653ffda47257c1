"""Web processes for a benchmark: so many of a kind, behind one socket, each in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException

from tests.bench import memory, one_server

READY_SECONDS = 180


@contextmanager
def serving(kind, *, processes, threads, database_url, data, gunicorn=""):
    """The port, and the ids of the processes that serve it.

    Args:
        kind: "waitress" or "gunicorn".
        gunicorn: The folder gunicorn was unpacked into (`pip install --target`), outside this environment.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    held.listen(1024)
    held.set_inheritable(True)
    around = {**os.environ, "BENCH_DATABASE": database_url, "BENCH_DATA": str(data)}
    around["PYTHONPATH"] = os.pathsep.join(filter(None, (os.getcwd(), gunicorn)))
    wish = {"env": around, "pass_fds": [held.fileno()], "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if kind == "gunicorn":
        started = [subprocess.Popen(_gunicorn(held.fileno(), processes, threads), **wish)]
    else:
        command = [sys.executable, "-m", one_server.__name__, str(held.fileno()), str(threads)]
        started = [subprocess.Popen(command, **wish) for _ in range(processes)]
    try:
        port = held.getsockname()[1]
        _wait_for(port)
        yield port, [process.pid for process in started]
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)
        held.close()


def _gunicorn(number, processes, threads):
    return [
        sys.executable, "-m", "gunicorn", "--bind", f"fd://{number}", "--workers", str(processes),
        "--threads", str(threads), "--worker-class", "gthread", "--keep-alive", "75",
        f"{one_server.__name__}:application()",
    ]  # fmt: skip


def _wait_for(port):
    ends = time.monotonic() + READY_SECONDS
    while time.monotonic() < ends:
        connection = HTTPConnection("127.0.0.1", port, timeout=READY_SECONDS)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.5)
        finally:
            connection.close()
    raise TimeoutError("The server under test did not answer.")


def memory_mib(pids):
    """What each of these processes holds, its own and its part of what is shared; never that of who started it."""
    return [memory.own_mib(pid) for pid in pids]
