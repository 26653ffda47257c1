"""AUDIT_DATABASE_URL read: an SQLite file, a PostgreSQL server, or several of which one takes what is saved."""

import re
from typing import Any

import sqlalchemy as sa

from audit_app.server_mode.safe_settings import UnsafeSettings

POSTGRESQL = "postgresql"
USUAL_PORT = "5432"
# user:password@first:5432,second:5432, as PostgreSQL's own tools write it and SQLAlchemy cannot read it.
SEVERAL = re.compile(r"(?P<kind>[a-z0-9+]+)://(?P<who>.*@)?(?P<hosts>[^@/?]*,[^@/?]*)(?P<rest>[/?].*)?")
HOST = re.compile(r"(?P<host>\[[^]]*\]|[^:]*)(:(?P<port>\d+))?")

# A server that went away without a word is noticed within half a minute, and never holds a request for longer. libpq
# asks each of several servers in turn, each for this many seconds at most.
PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
TAKES_WRITES = {"target_session_attrs": "read-write"}


def database_address(text: str) -> sa.URL:
    """The address that a setting gives, complete: how long to wait, and of several servers the one to ask.

    Of several servers the one that takes writes is asked, unless the address says otherwise (target_session_attrs).

    Raises:
        UnsafeSettings: it is no address.
    """
    try:
        url = sa.make_url(_with_hosts_apart(text))
    except (sa.exc.ArgumentError, ValueError):
        raise UnsafeSettings(
            "AUDIT_DATABASE_URL cannot be read. It is empty for an SQLite file in the data folder, or "
            "postgresql+psycopg://user:password@server:5432/database, or with several servers "
            "postgresql+psycopg://user:password@first:5432,second:5432/database. In the password % is written %25, "
            "@ is %40, / is %2F and : is %3A."
        ) from None
    if url.get_backend_name() != POSTGRESQL:
        return url
    if url.drivername == POSTGRESQL:
        url = url.set(drivername=f"{POSTGRESQL}+psycopg")
    hosts = _hosts_of(url)
    several = {"host": ",".join(host for host, _port in hosts), "port": ",".join(port for _host, port in hosts)}
    added = {**PATIENCE, **(TAKES_WRITES if len(hosts) > 1 else {})}
    missing = {name: value for name, value in added.items() if name not in url.query}
    return url.update_query_dict({**missing, **(several if len(hosts) > 1 else {})})


def _with_hosts_apart(text: str) -> str:
    """Several servers moved to where SQLAlchemy reads them."""
    match = SEVERAL.fullmatch(text)
    if match is None:
        return text
    hosts = [_host_and_port(part) for part in match["hosts"].split(",")]
    named = f"host={','.join(host for host, _port in hosts)}&port={','.join(port for _host, port in hosts)}"
    path, _question, query = (match["rest"] or "").partition("?")
    return f"{match['kind']}://{match['who'] or '@'}{path or '/'}?{named}{'&' if query else ''}{query}"


def _hosts_of(url: sa.URL) -> list[tuple[str, str]]:
    """The servers of an address with their ports, where its query names them."""
    given: Any = url.query.get("host", ())
    hosts = [part for each in ([given] if isinstance(given, str) else given) for part in each.split(",")]
    ports = str(url.query.get("port", "")).split(",")
    if len(ports) == len(hosts):
        return list(zip(hosts, ports, strict=True))
    return [_host_and_port(host, ports[0]) for host in hosts]


def _host_and_port(text: str, otherwise: str = "") -> tuple[str, str]:
    """`db-1:5433` apart; the folder of a socket has no port in it."""
    if text.startswith("/"):
        return text, otherwise or USUAL_PORT
    match = HOST.fullmatch(text)
    if match is None or not match["host"]:
        raise ValueError(text)
    return match["host"].strip("[]"), match["port"] or otherwise or USUAL_PORT
