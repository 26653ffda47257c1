"""A line between two programs of this machine that can be cut and mended, as a switch or a firewall would."""

import contextlib
import socket
import threading


class Line:
    """What connects to its port is carried to another; `cut` ends every connection and refuses new ones."""

    def __init__(self, to_port):
        self.to_port = to_port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._ends, self._lock, self._whole = set(), threading.Lock(), True
        threading.Thread(target=self._serve, args=(self._door,), daemon=True).start()

    def _serve(self, door):
        while True:
            try:
                near, _address = door.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.to_port), 5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            with self._lock:
                whole = self._whole
                self._ends |= {near, far} if whole else set()
            if not whole:
                end(near)
                end(far)
                continue
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source, target):
        with contextlib.suppress(OSError):
            while part := source.recv(65536):
                target.sendall(part)
        with self._lock:
            self._ends -= {source, target}
        end(source)
        end(target)

    def cut(self):
        with self._lock:
            self._whole = False
            ends, self._ends = self._ends, set()
        end(self._door)
        for each in ends:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def mend(self):
        with self._lock:
            self._whole = True
        self._door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, args=(self._door,), daemon=True).start()


def end(connection):
    """Both ways, so that whoever waits on it hears of it."""
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
