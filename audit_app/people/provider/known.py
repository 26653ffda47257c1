"""What this process knows of the provider: how it describes itself, and the keys it signs with. No database.

Both are kept for an hour. A key that is not known is asked for at once, but not more often than each half minute.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from audit_app.people.provider import asking
from audit_app.people.provider.settings import ProviderSettings, read_settings
from audit_app.people.provider.trust import NotAccepted, Reason

KEPT_SECONDS = 3600.0
AGAIN_SECONDS = 30.0
# After one that did not answer the next are told at once, so that nobody waits for nothing in a row.
PAUSE_SECONDS = 5.0
# Signatures by a key pair alone: with a shared secret, or with none, anybody could sign (RFC 8725, section 3.1).
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
TENANT = "{tenantid}"


@dataclass(frozen=True)
class Description:
    """The provider as it describes itself (OpenID Connect Discovery 1.0)."""

    issuer: str
    authorization: str
    token: str
    keys: str
    user_info: str
    end_session: str
    token_auth: str
    names_itself: bool  # with the person it always sends its own name (RFC 9207)
    algorithms: tuple[str, ...]

    @property
    def serves_many_tenants(self) -> bool:
        """Whether its name has a place for the tenant, as Entra's has."""
        return TENANT in self.issuer


class Provider:
    """The provider as the settings name it, with what was learnt of it lately; shared by the threads of a process."""

    def __init__(self, settings: ProviderSettings, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is asked yet: the service starts whether the provider is up or not."""
        self.settings, self.clock = settings, clock
        self._lock = threading.Lock()
        self._description: tuple[float, Description] | None = None
        self._keys: tuple[float, tuple[Key, ...]] | None = None
        self._failed_at: float | None = None

    def described(self) -> Description:
        """How the provider describes itself.

        Raises:
            NotAccepted: it does not answer, or describes another.
        """
        with self._lock:
            if self._description is None or self.clock() - self._description[0] > KEPT_SECONDS:
                address = f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration"
                self._description = (self.clock(), describe(self._fetch(address), self.settings))
            return self._description[1]

    def key(self, kid: str | None, algorithm: str) -> Key:
        """The key a token says it is signed with; asked for again where it is not known, for providers change keys.

        Raises:
            NotAccepted: there is none, or the provider does not answer.
        """
        address = self.described().keys
        with self._lock:
            age = KEPT_SECONDS + 1 if self._keys is None else self.clock() - self._keys[0]
            if age <= KEPT_SECONDS and (known := _pick(self._known_keys(), kid, algorithm)) is not None:
                return known
            if age > AGAIN_SECONDS:
                self._keys = (self.clock(), read_keys(self._fetch(address)))
            known = _pick(self._known_keys(), kid, algorithm)
        if known is None:
            raise NotAccepted(Reason.signature, "the key is not known")
        return known

    def _known_keys(self) -> tuple[Key, ...]:
        return self._keys[1] if self._keys else ()

    def _fetch(self, address: str) -> Mapping[str, Any]:
        if self._failed_at is not None and self.clock() - self._failed_at < PAUSE_SECONDS:
            raise NotAccepted(Reason.unreachable, "it did not answer a moment ago")
        try:
            answer = asking.fetch_json(self.settings, address)
        except NotAccepted as refusal:
            self._failed_at = self.clock() if refusal.reason == Reason.unreachable else None
            raise
        self._failed_at = None
        return answer


def open_provider(config: Mapping[str, Any]) -> Provider | None:
    """The provider that the settings name; None where they name none.

    Raises:
        UnsafeSettings: it cannot be used as it is set.
    """
    settings = read_settings(config)
    return Provider(settings) if settings is not None else None


def describe(answer: Mapping[str, Any], settings: ProviderSettings) -> Description:
    """Read a description and compare it with the settings.

    Raises:
        NotAccepted: it is another provider's, or lacks what we need.
    """
    issuer = str(answer.get("issuer", ""))
    if issuer != settings.issuer and not (settings.tenants and TENANT in issuer):
        raise NotAccepted(Reason.misdescribed, f"it calls itself {issuer[:200]!r}; AUDIT_OIDC_ISSUER must say the same")
    offered = answer.get("id_token_signing_alg_values_supported") or ["RS256"]
    algorithms = tuple(word for word in ALGORITHMS if word in offered)
    if not algorithms:
        raise NotAccepted(Reason.misdescribed, "it signs in no way that is accepted")
    methods = answer.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    wanted = next((word for word in ("client_secret_basic", "client_secret_post") if word in methods), "")
    if not wanted:
        raise NotAccepted(Reason.misdescribed, "it takes no secret from this service")

    def address(name: str, *, needed: bool = True) -> str:
        given = answer.get(name)
        if not given and not needed:
            return ""
        return asking.check_address(given, settings)

    return Description(
        issuer=issuer,
        authorization=address("authorization_endpoint"),
        token=address("token_endpoint"),
        keys=address("jwks_uri"),
        user_info=address("userinfo_endpoint", needed=False),
        end_session=address("end_session_endpoint", needed=False),
        token_auth=wanted,
        names_itself=answer.get("authorization_response_iss_parameter_supported") is True,
        algorithms=algorithms,
    )


def read_keys(answer: Mapping[str, Any]) -> tuple[Key, ...]:
    """The keys for signatures in a key set; those of a kind we do not know are left out.

    Raises:
        NotAccepted: it is no key set.
    """
    rows = answer.get("keys")
    if not isinstance(rows, list):
        raise NotAccepted(Reason.misdescribed, "its keys are no key set")
    keys = []
    for row in rows[:100]:
        if not isinstance(row, dict) or row.get("kty") not in ("RSA", "EC") or row.get("use", "sig") != "sig":
            continue
        try:
            keys.append(JWKRegistry.import_key(row))
        except (JoseError, ValueError):
            continue
    return tuple(keys)


def _pick(keys: tuple[Key, ...], kid: str | None, algorithm: str) -> Key | None:
    """The key of this name; where a token names none, the only one of its kind."""
    kind = "EC" if algorithm.startswith("ES") else "RSA"
    fitting = [key for key in keys if key.key_type == kind and key.get("alg") in (None, algorithm)]
    if kid is not None:
        return next((key for key in fitting if key.kid == kid), None)
    return fitting[0] if len(fitting) == 1 else None
