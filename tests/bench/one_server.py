"""One web process of a kind on a socket that somebody else opened, so that several may share it.

Run as a program by `servers.py`: with the kind, the number of the socket, and threads; the database and the data folder
stand in the environment. gunicorn, which is no part of the product, is found where `--gunicorn` said it was unpacked.
"""

import gc
import os
import socket
import sys

import waitress

from audit_app import create_app
from audit_app.commands.serving import connections_held
from tests.conftest import TEST_SETTINGS


def application():
    """The application as each process makes it."""
    settings = {"DATA_FOLDER": os.environ["BENCH_DATA"], "DATABASE_URL": os.environ["BENCH_DATABASE"]}
    app = create_app({**TEST_SETTINGS, **settings, "EXPORTS_PER_HOUR": 1_000_000})
    gc.freeze()
    return app


def main():
    """Serve until terminated."""
    held, threads = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])
    app = application()
    waitress.create_server(app, sockets=[held], threads=threads, ident=None, **connections_held(app.config)).run()


if __name__ == "__main__":
    main()
