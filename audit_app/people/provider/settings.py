"""The provider as the settings name it: every fault at once, each in a sentence with what to do. Pure."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from audit_app.people.tables import Role
from audit_app.server_mode import UnsafeSettings

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# Addresses of Entra that stand for many tenants: anybody with a Microsoft account could come from there.
MANY_TENANTS = ("common", "organizations", "consumers")
FILE_EXAMPLE = '[[group]] and below it, a line each: group = "…", council = "greenhaven", role = "auditor".'


@dataclass(frozen=True)
class GroupRole:
    """Who is in this group at the provider has this role in this council."""

    group: str
    council: str
    role: Role


@dataclass(frozen=True)
class ProviderSettings:
    """What is set about the provider; what is secret never shows in its text."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    scopes: str
    groups_claim: str
    group_roles: tuple[GroupRole, ...]
    tenants: frozenset[str]
    just_in_time: bool
    only: bool
    factor_amr: frozenset[str]
    factor_acr: tuple[str, ...]
    vouched_for: bool  # the council says that its provider asks everybody for a second factor
    skew: timedelta
    seconds: float
    proxy: str
    ca_file: str

    @property
    def by_http(self) -> bool:
        """Whether it is asked without encryption, which is for tests on this machine alone."""
        return self.issuer.startswith("http:")


def read_settings(config: Mapping[str, Any]) -> ProviderSettings | None:
    """The provider that is set; None where there is none.

    Raises:
        UnsafeSettings: it cannot be used as it is set; every fault is named with what to do.
    """
    faults = list(_faults(config))
    if faults:
        raise UnsafeSettings(" ".join(faults))
    if not config["OIDC_ISSUER"]:
        return None
    return ProviderSettings(
        issuer=str(config["OIDC_ISSUER"]).strip(),
        client_id=str(config["OIDC_CLIENT_ID"]).strip(),
        client_secret=_secret(config),
        name=str(config["OIDC_NAME"]).strip(),
        scopes=" ".join(dict.fromkeys(["openid", *str(config["OIDC_SCOPES"]).split()])),
        groups_claim=str(config["OIDC_GROUPS_CLAIM"]).strip(),
        group_roles=_group_roles(config),
        tenants=frozenset(str(tenant).strip().lower() for tenant in config["OIDC_TENANTS"]),
        just_in_time=bool(config["OIDC_JUST_IN_TIME"]),
        only=bool(config["OIDC_ONLY"]),
        factor_amr=frozenset(config["OIDC_FACTOR_AMR"]),
        factor_acr=tuple(config["OIDC_FACTOR_ACR"]),
        vouched_for=config["SECOND_FACTOR"] == "provider",
        skew=timedelta(minutes=float(config["OIDC_CLOCK_SKEW_MINUTES"])),
        seconds=float(config["OIDC_SECONDS"]),
        proxy=str(config["OIDC_PROXY"]).strip(),
        ca_file=str(config["OIDC_CA_FILE"]).strip(),
    )


def _faults(config: Mapping[str, Any]) -> Iterator[str]:
    if not str(config["OIDC_ISSUER"]).strip():
        yield from _without_provider(config)
        return
    yield from _issuer_faults(str(config["OIDC_ISSUER"]).strip(), config["OIDC_TENANTS"])
    if not str(config["OIDC_CLIENT_ID"]).strip():
        yield "AUDIT_OIDC_CLIENT_ID is empty. Give it the id the provider gave this service when it was registered."
    yield from _faults_of(_secret, config)
    yield from _faults_of(_group_roles, config)
    if not 1 <= len(str(config["OIDC_NAME"]).strip()) <= 60:
        yield "AUDIT_OIDC_NAME is what the button says, such as “Greenhaven Council”: 1 to 60 characters."
    if not _is_between(config["OIDC_CLOCK_SKEW_MINUTES"], 0, 10):
        yield "AUDIT_OIDC_CLOCK_SKEW_MINUTES is a number from 0 to 10."
    if not _is_between(config["OIDC_SECONDS"], 0.1, 30):
        yield "AUDIT_OIDC_SECONDS is a number of seconds, at most 30."
    for name in ("OIDC_FACTOR_AMR", "OIDC_FACTOR_ACR", "OIDC_BREAK_GLASS", "OIDC_TENANTS"):
        if not isinstance(config[name], list | tuple) or not all(isinstance(word, str) for word in config[name]):
            yield f'AUDIT_{name} is a list of words, such as ["mfa"].'
    if config["OIDC_ONLY"] and not config["OIDC_BREAK_GLASS"]:
        yield (
            "AUDIT_OIDC_ONLY lets nobody in when the provider is down. Name at least one account kept for emergencies "
            'in AUDIT_OIDC_BREAK_GLASS, as in ["emergency@greenhaven.gov.uk"].'
        )
    ca_file = str(config["OIDC_CA_FILE"]).strip()
    if ca_file and not Path(ca_file).is_file():
        yield f"AUDIT_OIDC_CA_FILE names a file that is not there: {ca_file}."


def _without_provider(config: Mapping[str, Any]) -> Iterator[str]:
    if config["SECOND_FACTOR"] == "provider":
        yield "AUDIT_SECOND_FACTOR is provider, so AUDIT_OIDC_ISSUER must name one. Or set it to required."
    if config["OIDC_ONLY"]:
        yield "AUDIT_OIDC_ONLY is set, so AUDIT_OIDC_ISSUER must name the provider."


def _is_between(value: Any, least: float, most: float) -> bool:
    try:
        return least <= float(value) <= most
    except (TypeError, ValueError):
        return False


def _issuer_faults(issuer: str, tenants: Any) -> Iterator[str]:
    try:
        parts = urlsplit(issuer)
        host = parts.hostname
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or parts.query or parts.fragment:
        yield (
            "AUDIT_OIDC_ISSUER must be the whole address the provider calls itself by, such as "
            "https://login.example.gov.uk/tenant/v2.0, without a question mark in it."
        )
    elif parts.scheme == "http" and host not in LOOPBACK:
        yield (
            f"AUDIT_OIDC_ISSUER asks {host} without encryption, so anybody on the way could say who somebody is. Give "
            "it an https address; http is for tests on this machine alone."
        )
    elif set(parts.path.split("/")) & set(MANY_TENANTS) and not tenants:
        yield (
            "AUDIT_OIDC_ISSUER stands for the tenants of every organisation. Name the council’s own tenant in it, or "
            "the tenants that may sign in here in AUDIT_OIDC_TENANTS."
        )


def _faults_of(read: Any, config: Mapping[str, Any]) -> Iterator[str]:
    try:
        read(config)
    except UnsafeSettings as fault:
        yield str(fault)


def _secret(config: Mapping[str, Any]) -> str:
    """What this service proves itself to the provider with, from the environment or a file only the service reads."""
    given, file = str(config["OIDC_CLIENT_SECRET"]).strip(), str(config["OIDC_CLIENT_SECRET_FILE"]).strip()
    if given and file:
        raise UnsafeSettings("Set AUDIT_OIDC_CLIENT_SECRET or AUDIT_OIDC_CLIENT_SECRET_FILE, not both.")
    text = given or (_text_of(file, "AUDIT_OIDC_CLIENT_SECRET_FILE").strip() if file else "")
    if not text:
        raise UnsafeSettings(
            "AUDIT_OIDC_CLIENT_SECRET is empty. Give it the secret the provider made for this service, or name a file "
            "that holds it in AUDIT_OIDC_CLIENT_SECRET_FILE."
        )
    return text


def _group_roles(config: Mapping[str, Any]) -> tuple[GroupRole, ...]:
    """The file that says which groups have which roles; none where none is named."""
    file = str(config["OIDC_GROUPS_FILE"]).strip()
    if not file:
        return ()
    try:
        rows = tomllib.loads(_text_of(file, "AUDIT_OIDC_GROUPS_FILE")).get("group", [])
    except tomllib.TOMLDecodeError as error:
        raise UnsafeSettings(f"{file} (AUDIT_OIDC_GROUPS_FILE) cannot be read: {error}.") from None
    if not isinstance(rows, list) or not rows:
        raise UnsafeSettings(f"{file} (AUDIT_OIDC_GROUPS_FILE) names no group. It holds entries such as {FILE_EXAMPLE}")
    return tuple(_group_role(row, number, file) for number, row in enumerate(rows, 1))


def _group_role(row: Any, number: int, file: str) -> GroupRole:
    wrong = f"Entry {number} of {file} (AUDIT_OIDC_GROUPS_FILE)"
    names = {"group", "council", "role"}
    if not isinstance(row, dict) or set(row) != names or not all(isinstance(row[key], str) for key in names):
        raise UnsafeSettings(f"{wrong} must have exactly a group, a council and a role, each in quotation marks.")
    if row["role"] not in set(Role.__members__):
        raise UnsafeSettings(f"{wrong} names the role {row['role']!r}. There are: {', '.join(Role)}.")
    return GroupRole(row["group"].strip(), row["council"].strip(), Role(row["role"]))


def _text_of(file: str, setting: str) -> str:
    try:
        return Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise UnsafeSettings(f"{setting} cannot be read ({why}): {file}.") from None
