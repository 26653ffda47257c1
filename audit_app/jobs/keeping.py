"""Keeps a worker beside the web process: one that ends though nobody stopped it is started again, after a while."""

import logging
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from audit_app.jobs.worker import WORKER_COMMAND, start_worker_process, stop_worker_process

log = logging.getLogger("audit_app.jobs")

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
STEADY_SECONDS = 120.0  # one that worked this long begins anew with the short pause
LOOK_SECONDS = 0.2


class KeptWorker:
    """A worker process, watched from a thread; `stop` ends both."""

    def __init__(
        self,
        config: Mapping[str, Any],
        command: Sequence[str] = WORKER_COMMAND,
        tell: Callable[[str], None] = log.error,
        first_pause: float = FIRST_PAUSE_SECONDS,
    ) -> None:
        self._config, self._command, self._tell = config, command, tell
        self._first_pause = self._pause = first_pause
        self._stopping = threading.Event()
        self.process = self._start()
        self._watcher = threading.Thread(target=self._watch, name="worker-watcher", daemon=True)
        self._watcher.start()

    def stop(self) -> int:
        """End the worker politely, and begin no other; gives its exit code."""
        self._stopping.set()
        self._watcher.join()
        return stop_worker_process(self.process)

    def _start(self) -> "subprocess.Popen[bytes]":
        self._began = time.monotonic()
        return start_worker_process(self._config, self._command)

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            code = self.process.poll()
            if code is not None:
                self._begin_again(code)

    def _begin_again(self, code: int) -> None:
        """After a pause that doubles each time, so that one that cannot live does not keep the machine busy."""
        if time.monotonic() - self._began > STEADY_SECONDS:
            self._pause = self._first_pause
        seconds = self._pause
        self._tell(f"The background worker ended ({ended_how(code)}). It is started again in {seconds:g} seconds.")
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        if self.process.stdin is not None:
            self.process.stdin.close()
        if self._stopping.wait(seconds):
            return
        try:
            self.process = self._start()
        except OSError as error:
            self._tell(f"The background worker could not be started ({error.strerror}). It will be tried again.")


def ended_how(code: int) -> str:
    """An exit code in words: "killed by SIGKILL", "exit code 1"."""
    if code < 0:
        try:
            return f"killed by {signal.Signals(-code).name}"
        except ValueError:
            return f"killed by signal {-code}"
    return f"exit code {code}"
