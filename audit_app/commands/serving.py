"""The commands that serve: `run` for one machine, `serve` and `worker` apart."""

import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click
import waitress
from flask import Flask, current_app
from flask.cli import with_appcontext

from audit_app import alike, config, evidence_store, jobs, limits, migrations, watching
from audit_app.commands import connections, databases, first_day

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
THREADS = 8
# Above what a request may hold, so that the application says no with a page of its own; and so that waitress keeps a
# form in memory, where it never writes typed text into a temporary file.
SPARE_BYTES = 1024 * 1024


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--empty", is_flag=True, help="Start without the fictional council, with a link for your own account.")
@with_appcontext
def run(host: str, port: int, empty: bool) -> None:
    """Migrate, fill an empty data folder, and serve with the worker beside it, until Ctrl-C."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    watching.set_up_logs(app.config)
    server = make_server(app, host, port, THREADS)
    say_address(app, host, port)
    refuse_unusable_store(app)
    databases.bring_up_to_date()
    alike.refuse_unlike(app.extensions["engine"], app.config)
    first_day.refuse_fiction(app)
    first_day.greet(app, empty=empty or app.config["SERVER_MODE"])
    first_day.say_without_factor(app)
    with worker_beside(app):
        click.echo(f"Open {app.config['PUBLIC_ADDRESS']} in a browser. Stop with Ctrl-C.")
        serve_until_stopped(server)


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=THREADS, show_default=True, type=click.IntRange(1, 64))
@with_appcontext
def serve(host: str, port: int, threads: int) -> None:
    """Serve the pages alone; start the worker with `audit-app worker`."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    watching.set_up_logs(app.config)
    refuse_unusable_store(app)
    databases.refuse_lost_history()
    migrations.check_known(app.extensions["engine"])
    alike.refuse_unlike(app.extensions["engine"], app.config)
    first_day.refuse_fiction(app)
    server = make_server(app, host, port, threads)
    say_address(app, host, port)
    first_day.say_without_factor(app)
    click.echo(f"Serving {app.config['PUBLIC_ADDRESS']} on {host}, port {port}.")
    click.echo(how_many_answer(app.extensions["engine"].dialect.name, threads))
    serve_until_stopped(server)


@click.command("worker")
@click.option("--beside-web", is_flag=True, hidden=True, help="End when the process that started it ends.")
@with_appcontext
def worker(beside_web: bool) -> None:
    """Do the work that takes longer: packs, imports, e-mails and regular checks."""
    watching.set_up_logs(current_app.config)
    queue = current_app.extensions["jobs"]
    databases.refuse_lost_history()
    migrations.check_known(queue.engine)
    alike.refuse_unlike(queue.engine, queue.config)
    jobs.run_worker(queue, beside_web=beside_web)


def how_many_answer(database: str, threads: int) -> str:
    """How many web processes may serve such a database, as the start says it; the documents give the reasons."""
    here = f"One process answers, up to {threads} requests at a time."
    if database == "sqlite":
        return f"{here} Where pages wait, one more may serve beside it on this machine, on a port of its own."
    return f"{here} Others may serve beside it, each on a port or a machine of its own."


def refuse_unusable_store(app: Flask) -> None:
    """Files could not be kept as the settings say; a store that only does not answer now is told and waited for.

    Raises:
        Unavailable: it refuses the key, or there is no such container: somebody must mend the settings.
    """
    try:
        evidence_store.ask(app.config)
    except evidence_store.Unavailable as problem:
        if not problem.may_pass:
            raise
        click.echo(f"{problem} Until it does, files can be neither added nor opened; everything else works.", err=True)


def make_server(app: Flask, host: str, port: int, threads: int) -> Any:
    """A server that holds its port already, so that a port in use is told before anything else is done.

    Raises:
        UnsafeSettings: the address can be reached from other machines, and this is not server mode.
    """
    if host not in LOOPBACK and not app.config["SERVER_MODE"]:
        raise config.UnsafeSettings(
            f"Serving on {host} would open this to other machines, so it needs AUDIT_SERVER_MODE=true. "
            "On one machine leave the address at 127.0.0.1."
        )
    return waitress.create_server(
        app,
        sockets=[held_port(host, port)],
        threads=threads,
        ident=None,
        max_request_body_size=most_sent(app.config) + SPARE_BYTES,
        inbuf_overflow=app.config["MAX_CONTENT_LENGTH"] + SPARE_BYTES,
        # Left on the request, so that the door sees them and refuses (AU-15); nothing here believes them.
        clear_untrusted_proxy_headers=False,
        **connections_held(app.config),
    )


def connections_held(settings: Mapping[str, Any]) -> dict[str, Any]:
    """How many connections waitress keeps, and how: as many as the settings ask for, where the system lets us."""
    files = limits.open_files(connections.files_wanted(settings))
    by_poll = hasattr(select, "poll")
    if warning := connections.warning(settings, files=files, by_poll=by_poll):
        click.echo(warning, err=True)
    return connections.options(settings, files=files, by_poll=by_poll)


def most_sent(settings: Mapping[str, Any]) -> int:
    """What may be sent at most, a ZIP that is somewhat too large and is told by its name included."""
    spare = settings["OVERSIZE_CONTENT_LENGTH"] - settings["UPLOAD_CONTENT_LENGTH"]
    return int(max(settings["OVERSIZE_CONTENT_LENGTH"], settings["ZIP_CONTENT_LENGTH"] + spare))


def held_port(host: str, port: int) -> socket.socket:
    """A socket bound to the address.

    Raises:
        UnsafeSettings: something else uses it, or it is not ours to use.
    """
    held = None
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        held = socket.socket(family, kind, protocol)
        if os.name == "posix":
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(address)
    except OSError as error:
        if held is not None:
            held.close()
        raise config.UnsafeSettings(
            f"Port {port} on {host} cannot be used ({error.strerror or error}). "
            f"Stop what uses it, or take another: make run PORT={port + 1}"
        ) from error
    return held


def say_address(app: Flask, host: str, port: int) -> None:
    """Links in e-mails and on this screen lead to where we serve, unless a setting names another address."""
    if app.config["PUBLIC_ADDRESS"] == config.DEFAULTS["PUBLIC_ADDRESS"]:
        app.config["PUBLIC_ADDRESS"] = f"http://{f'[{host}]' if ':' in host else host}:{port}"


def serve_until_stopped(server: Any) -> None:
    """Answer requests until Ctrl-C or terminate; those in hand are finished."""
    gc.freeze()  # the application stays: no request need wait while the collector walks through all of it
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    server.run()
    click.echo("Stopped.")


@contextmanager
def worker_beside(app: Flask) -> Iterator[None]:
    """The worker as a process of its own, started again when it is killed, ended when we end, however we end."""
    kept = jobs.KeptWorker(app.config, tell=lambda sentence: click.echo(sentence, err=True))
    try:
        yield
    finally:
        kept.stop()


GROUPS = (run, serve, worker)
