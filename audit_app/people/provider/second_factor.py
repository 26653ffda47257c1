"""Whether the provider asked for a second factor, by what it says of the sign-in. Pure."""

from collections.abc import Mapping
from typing import Any

from audit_app.people.provider.settings import ProviderSettings


def was_given(claims: Mapping[str, Any], settings: ProviderSettings) -> bool:
    """Whether a second factor stands behind this sign-in.

    `acr` (how strong) or `amr` (by what; RFC 8176) says so in a word that is set. Where the council vouches for its
    provider (AUDIT_SECOND_FACTOR=provider), a token that says nothing of it counts as well; one that names the ways and
    none of those that are set does not: then it was a password alone.
    """
    if settings.factor_acr and claims.get("acr") in settings.factor_acr:
        return True
    ways = claims.get("amr")
    if isinstance(ways, list) and ways:
        return not settings.factor_amr.isdisjoint(way for way in ways if isinstance(way, str))
    return settings.vouched_for
