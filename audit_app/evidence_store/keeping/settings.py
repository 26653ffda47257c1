"""The settings of an object store: read, and refused in a sentence where they cannot be used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import util
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SCHEMES = {"az": "az", "azure": "az", "s3": "s3"}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
CONTAINER = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
PREFIX = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
EXAMPLES = "az://evidence/readiness or s3://evidence/readiness"


class UnusableStore(Exception):
    """Files cannot be kept as the settings say; the message says which setting, and what to do."""


@dataclass(frozen=True)
class StoreSettings:
    """An object store as the settings name it; what is secret never shows in its text."""

    kind: str  # az or s3
    container: str
    prefix: str
    endpoint: str
    region: str
    account: str  # of Azure the storage account, of S3 the id of the key
    secret: str = field(repr=False)
    seconds: float
    retries: int

    @property
    def address(self) -> str:
        """az://evidence/readiness."""
        return f"{self.kind}://{self.container}/{self.prefix}".rstrip("/")

    @property
    def by_http(self) -> bool:
        """Whether it is asked without encryption, which is for tests on this machine alone."""
        return self.endpoint.startswith("http:")


def read_settings(config: Mapping[str, Any], url: str | None = None) -> StoreSettings | None:
    """The object store that is set; None for a folder. `url` is asked for instead of the one that is set.

    Raises:
        UnusableStore: they cannot be used; the message says which, and what to do.
    """
    address = str(config.get("EVIDENCE_STORE_URL", "") if url is None else url).strip()
    if not address:
        return None
    kind, container, prefix = _parts_of(address)
    endpoint = str(config.get("EVIDENCE_STORE_ENDPOINT", "")).strip().rstrip("/")
    _check_endpoint(endpoint)
    account, secret = str(config.get("EVIDENCE_STORE_ACCOUNT", "")).strip(), _secret(config)
    if kind == "az" and not account:
        raise UnusableStore("AUDIT_EVIDENCE_STORE_ACCOUNT is empty. Give it the name of the Azure storage account.")
    if kind == "s3" and bool(account) != bool(secret):
        raise UnusableStore(
            "AUDIT_EVIDENCE_STORE_ACCOUNT (the id of the key) and AUDIT_EVIDENCE_STORE_SECRET belong together. Set "
            "both, or neither where the machine has an identity of its own."
        )
    if util.find_spec("obstore") is None:
        raise UnusableStore(
            f"AUDIT_EVIDENCE_STORE_URL names an object store ({kind}), but the package that talks to it is not "
            "installed. Install the product with its extra: pip install 'inspection-readiness[objectstore]'. Or leave "
            "the setting empty to keep files in the data folder."
        )
    seconds, retries = _numbers(config)
    region = str(config.get("EVIDENCE_STORE_REGION", "")).strip()
    return StoreSettings(kind, container, prefix, endpoint, region, account, secret, seconds, retries)


def _parts_of(address: str) -> tuple[str, str, str]:
    """Kind, container and prefix of an address. Never repeats it: somebody may have put a key into it."""
    wrong = UnusableStore(
        f"AUDIT_EVIDENCE_STORE_URL is no address of an object store. Give it a container and a place within it, "
        f"such as {EXAMPLES}; keys and hosts have settings of their own."
    )
    try:
        parts = urlsplit(address)
    except ValueError:
        raise wrong from None
    container, prefix = parts.netloc, parts.path.strip("/")
    sound = CONTAINER.fullmatch(container) and ".." not in container and (not prefix or PREFIX.fullmatch(prefix))
    if parts.scheme not in SCHEMES or not sound or parts.query or parts.fragment:
        raise wrong
    return SCHEMES[parts.scheme], container, prefix


def _check_endpoint(endpoint: str) -> None:
    if not endpoint:
        return
    wrong = UnusableStore(
        "AUDIT_EVIDENCE_STORE_ENDPOINT must be a whole https address, such as "
        "https://storage.greenhaven.example, without a name, a password or a question mark in it."
    )
    try:
        parts = urlsplit(endpoint)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or parts.query or parts.fragment:
        raise wrong
    if parts.scheme == "http" and host not in LOOPBACK:
        raise UnusableStore(
            f"AUDIT_EVIDENCE_STORE_ENDPOINT asks {host} without encryption, so files about children could be read on "
            "the way. Give it an https address; http is for tests on this machine alone."
        )


def _secret(config: Mapping[str, Any]) -> str:
    """The key, from the environment or from a file that only the service reads; empty for the machine's identity."""
    given, file = str(config.get("EVIDENCE_STORE_SECRET", "")), str(config.get("EVIDENCE_STORE_SECRET_FILE", ""))
    if given and file:
        raise UnusableStore("Set AUDIT_EVIDENCE_STORE_SECRET or AUDIT_EVIDENCE_STORE_SECRET_FILE, not both.")
    if not file:
        return given.strip()
    try:
        text = Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise UnusableStore(f"AUDIT_EVIDENCE_STORE_SECRET_FILE cannot be read ({why}): {file}") from None
    if not text:
        raise UnusableStore(f"AUDIT_EVIDENCE_STORE_SECRET_FILE is empty: {file}")
    return text


def _numbers(config: Mapping[str, Any]) -> tuple[float, int]:
    try:
        seconds = float(config.get("EVIDENCE_STORE_SECONDS", 60))
        retries = int(config.get("EVIDENCE_STORE_RETRIES", 2))
    except (TypeError, ValueError):
        raise UnusableStore("AUDIT_EVIDENCE_STORE_SECONDS and AUDIT_EVIDENCE_STORE_RETRIES are numbers.") from None
    if not (0 < seconds <= 3600 and 0 <= retries <= 20):
        raise UnusableStore(
            "AUDIT_EVIDENCE_STORE_SECONDS is more than 0 and at most 3600, AUDIT_EVIDENCE_STORE_RETRIES 0 to 20."
        )
    return seconds, retries
