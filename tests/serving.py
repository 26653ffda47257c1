"""The real server beside a test: it runs in a thread and is gone when the test is."""

import threading
from contextlib import contextmanager

# The server looks that often whether it was closed: its own second would be waited for by every test.
LOOKS_EVERY_SECONDS = 0.05


@contextmanager
def serving(server):
    """Let a waitress server answer, and give its port."""
    server.adj.asyncore_loop_timeout = LOOKS_EVERY_SECONDS
    ended = threading.Event()
    thread = threading.Thread(target=_run, args=(server, ended), daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        ended.set()
        server.close()
        thread.join(10)


def _run(server, ended):
    """Serve until it is closed: the socket it waits on may be gone by then."""
    try:
        server.run()
    except OSError:
        if not ended.is_set():
            raise
