"""What the settings must say before anything is served: all faults at once, each with what to do (AU-6, AU-15, SE-1).

Server mode is for a service that others than this machine reach. It stands behind a server that makes TLS.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from audit_app.server_mode.mail_settings import mail_faults

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}
SHORTEST_KEY = 32
SHORTEST_TOKEN = 20
LOG_FORMATS = ("text", "json")
FACTOR_WORDS = ("offered", "required", "provider")


class UnsafeSettings(Exception):
    """The settings would put people's data at risk; the message says which and what to do."""


def refuse_unsafe(config: Mapping[str, Any]) -> None:
    """Compare the settings with what must hold.

    Raises:
        UnsafeSettings: starting would not be safe; every fault is named.
    """
    faults = list(_server_faults(config) if config["SERVER_MODE"] else _needs_server_mode(config))
    if config["SECOND_FACTOR"] not in FACTOR_WORDS:
        faults.append(f"AUDIT_SECOND_FACTOR is {config['SECOND_FACTOR']!r}. It may be offered, required or provider.")
    if config["LOG_FORMAT"] not in LOG_FORMATS:
        faults.append(f"AUDIT_LOG_FORMAT is {config['LOG_FORMAT']!r}. It may be text or json.")
    if 0 < len(str(config["METRICS_TOKEN"])) < SHORTEST_TOKEN:
        faults.append(f"AUDIT_METRICS_TOKEN needs at least {SHORTEST_TOKEN} characters, random.")
    faults += mail_faults(config)
    if faults:
        raise UnsafeSettings(" ".join(faults))


def second_factor(config: Mapping[str, Any]) -> str:
    """Whether a second factor is offered or required, where nothing else is set: required in server mode (AU-6)."""
    return str(config["SECOND_FACTOR"]) or ("required" if config["SERVER_MODE"] else "offered")


def factor_is_required(config: Mapping[str, Any]) -> bool:
    """Whether a password alone opens nothing (AU-6)."""
    return config["SECOND_FACTOR"] in ("required", "provider")


def _needs_server_mode(config: Mapping[str, Any]) -> Iterator[str]:
    beyond = set(config["TRUSTED_HOSTS"]) - LOOPBACK
    if beyond:
        yield f"TRUSTED_HOSTS names {', '.join(sorted(beyond))}, so AUDIT_SERVER_MODE must be set to true."
    if config["TRUSTED_PROXIES"]:
        yield "TRUSTED_PROXIES names a server in front, so AUDIT_SERVER_MODE must be set to true."


def _server_faults(config: Mapping[str, Any]) -> Iterator[str]:
    key = str(config["SECRET_KEY"])
    if (
        "SECRET_KEY" not in config["KEYS_GIVEN"]
        or len(key.encode()) < SHORTEST_KEY
        or len(set(key)) < SHORTEST_KEY // 4
    ):
        yield "Server mode needs AUDIT_SECRET_KEY: at least 32 bytes, random, kept outside the data folder."
    if config["DEBUG"]:
        yield "Server mode cannot run with debugging on. Unset FLASK_DEBUG and AUDIT_DEBUG."
    if config["JOBS_IMMEDIATE"]:
        yield "Server mode needs a worker. Unset AUDIT_JOBS_IMMEDIATE."
    if config["SECOND_FACTOR"] == "offered":
        yield "Server mode requires a second factor of every account. Unset AUDIT_SECOND_FACTOR, or set it to required."
    if not str(config["SESSION_COOKIE"]).startswith("__Host-"):
        yield "AUDIT_SESSION_COOKIE must begin with __Host- in server mode."
    yield from _address_faults(config)


def _address_faults(config: Mapping[str, Any]) -> Iterator[str]:
    address = urlsplit(str(config["PUBLIC_ADDRESS"]))
    if address.scheme != "https" or not address.hostname or address.path.strip("/"):
        yield "Server mode needs AUDIT_PUBLIC_ADDRESS: the address people type, such as https://readiness.example.gov.uk."
    elif address.hostname not in config["TRUSTED_HOSTS"]:
        yield f'Server mode needs {address.hostname} in AUDIT_TRUSTED_HOSTS, as in ["{address.hostname}"].'
    count = config["TRUSTED_PROXIES"]
    if not isinstance(count, int) or not 1 <= count <= 5:
        yield (
            "Server mode needs AUDIT_TRUSTED_PROXIES: how many servers stand between people and this one, 1 to 5. "
            "The one nearest makes TLS or passes it on, and sets X-Forwarded-For and X-Forwarded-Proto."
        )
