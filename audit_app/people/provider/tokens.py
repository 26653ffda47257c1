"""What the provider signs: whether a token is from it, for us, for this sign-in, and of now. Pure but for its keys.

The claims are checked by authlib's reading of OpenID Connect Core 1.0 (section 3.1.3.7); what it leaves to us is here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import ClaimError, ExpiredTokenError, JoseError, MissingClaimError

from audit_app.people.provider.known import TENANT, Description, Provider
from audit_app.people.provider.settings import ProviderSettings
from audit_app.people.provider.tables import LONGEST_ISSUER, LONGEST_SUBJECT
from audit_app.people.provider.trust import NotAccepted, Reason

LONGEST_TOKEN = 64 * 1024
# Some providers date their tokens back by five minutes, so that clocks behind their own accept them; Entra is said to.
DATED_BACK = timedelta(minutes=5)
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
REASONS = {
    "iss": Reason.issuer,
    "aud": Reason.audience,
    "azp": Reason.audience,
    "nonce": Reason.nonce,
    "exp": Reason.clock,
    "iat": Reason.clock,
    "nbf": Reason.clock,
}


@dataclass(frozen=True)
class Named:
    """Whom the provider named, and what it said about it."""

    issuer: str
    subject: str
    claims: Mapping[str, Any]

    @property
    def sid(self) -> str:
        """The provider's name for its own session, by which it may end ours; empty where it sends none."""
        sid = self.claims.get("sid")
        return sid if isinstance(sid, str) and len(sid) <= LONGEST_SUBJECT else ""

    @property
    def words(self) -> str:
        """The person as the provider calls them, for a page that asks whether it is them."""
        name, address = (str(self.claims.get(key) or "").strip() for key in ("name", "email"))
        address = address or str(self.claims.get("preferred_username") or "").strip()
        return (f"{name} ({address})" if name and address else name or address or self.subject)[:400]


def signed_claims(provider: Provider, token: Any) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """Header and claims of a token that a key of the provider signed.

    Raises:
        NotAccepted: it is no token, or nobody of the provider's signed it.
    """
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        raise NotAccepted(Reason.signature, "no token")
    allowed = provider.described().algorithms
    registry = jws.JWSRegistry(algorithms=list(allowed), strict_check_header=False)
    try:
        header = jws.extract_compact(token.encode("ascii")).protected
    except (JoseError, ValueError) as error:
        raise NotAccepted(Reason.signature, "no token") from error
    algorithm, kid = header.get("alg"), header.get("kid")
    if algorithm not in allowed or not isinstance(kid, str | None):
        raise NotAccepted(Reason.signature, "signed in a way that is not accepted")
    try:
        read = jwt.decode(token, provider.key(kid, algorithm), algorithms=[algorithm], registry=registry)
    except (JoseError, ValueError) as error:
        raise NotAccepted(Reason.signature, type(error).__name__) from error
    return read.header, read.claims


def named_by(
    provider: Provider, token: Any, *, nonce: str, access_token: str | None, now: datetime, header_type: str = "JWT"
) -> Named:
    """Whom an id token names, once all that must hold of it does.

    Raises:
        NotAccepted: it does not; the reason says in a word why.
    """
    settings = provider.settings
    header, claims = signed_claims(provider, token)
    if str(header.get("typ", header_type)).upper() != header_type:
        raise NotAccepted(Reason.token, "another kind of token")
    issuer = expected_issuer(settings, provider.described(), claims)
    checked = CodeIDToken(
        claims,
        header,
        options={
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": settings.client_id},
            "nonce": {"essential": True, "value": nonce},
        },
        params={"client_id": settings.client_id, "nonce": nonce, "access_token": access_token},
    )
    _validate(checked, settings, now)
    _check_subject(claims)
    return Named(issuer, claims["sub"], claims)


def _validate(claims: CodeIDToken, settings: ProviderSettings, now: datetime) -> None:
    leeway = int(settings.skew.total_seconds())
    try:
        claims.validate(now=int(now.timestamp()), leeway=leeway)
    except ExpiredTokenError as error:
        raise NotAccepted(Reason.clock, "exp") from error
    except ClaimError as error:
        raise NotAccepted(_reason_of(error), str(error.claim)) from error
    except (JoseError, ValueError, TypeError) as error:
        raise NotAccepted(Reason.token, type(error).__name__) from error
    # It was made for us a moment ago: one dated long before comes from a clock that is behind.
    if now.timestamp() - claims["iat"] > leeway + DATED_BACK.total_seconds():
        raise NotAccepted(Reason.clock, "iat")


def _reason_of(error: ClaimError) -> Reason:
    """A time that is missing says nothing of clocks."""
    reason = REASONS.get(str(error.claim), Reason.token)
    return Reason.token if reason == Reason.clock and isinstance(error, MissingClaimError) else reason


def _check_subject(claims: Mapping[str, Any]) -> None:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 1 <= len(subject) <= LONGEST_SUBJECT:
        raise NotAccepted(Reason.token, "sub")


def expected_issuer(settings: ProviderSettings, description: Description, claims: Mapping[str, Any]) -> str:
    """Who must have made the token: the provider, or with many tenants one of those that are set.

    Raises:
        NotAccepted: the tenant is none of them.
    """
    if not description.serves_many_tenants:
        return description.issuer
    tenant = str(claims.get("tid", "")).lower()
    if tenant not in settings.tenants:
        raise NotAccepted(Reason.issuer, "a tenant that is not set")
    issuer = description.issuer.replace(TENANT, tenant)
    if len(issuer) > LONGEST_ISSUER:
        raise NotAccepted(Reason.issuer, "too long")
    return issuer


@dataclass(frozen=True)
class Ended:
    """A session that the provider says has ended: one by its name there, or all of a subject's."""

    issuer: str
    subject: str
    sid: str
    once: str


def ended_by(provider: Provider, token: Any, *, now: datetime) -> Ended:
    """What a logout token ends (OpenID Connect Back-Channel Logout 1.0, section 2.6).

    Raises:
        NotAccepted: it does not hold.
    """
    settings = provider.settings
    header, claims = signed_claims(provider, token)
    if str(header.get("typ", "logout+jwt")).lower() not in ("logout+jwt", "jwt"):
        raise NotAccepted(Reason.token, "another kind of token")
    issuer = expected_issuer(settings, provider.described(), claims)
    needed: dict[str, Any] = {name: {"essential": True} for name in ("iat", "exp", "jti", "events")}
    needed |= {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": settings.client_id}}
    registry = jwt.JWTClaimsRegistry(int(now.timestamp()), int(settings.skew.total_seconds()), **needed)
    try:
        registry.validate(claims)
    except JoseError as error:
        raise NotAccepted(REASONS.get(str(getattr(error, "claim", "")), Reason.token), "logout") from error
    events = claims["events"]
    subject, sid = claims.get("sub", ""), claims.get("sid", "")
    right = isinstance(events, dict) and isinstance(events.get(LOGOUT_EVENT), dict) and "nonce" not in claims
    if not right or not isinstance(subject, str) or not isinstance(sid, str) or not (subject or sid):
        raise NotAccepted(Reason.token, "logout")
    return Ended(issuer, subject, sid, claims["jti"])
