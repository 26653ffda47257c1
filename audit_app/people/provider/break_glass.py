"""Who may still sign in without the provider where everybody else must go through it. Pure.

So that nobody is shut out when it is down, a council names accounts kept for emergencies (break-glass). Each of their
sign-ins is logged and told to administrators.
"""

from collections.abc import Mapping
from typing import Any


def is_kept_for_emergencies(config: Mapping[str, Any], user_name: str) -> bool:
    """Whether the settings name this account."""
    named = {str(name).strip().casefold() for name in config["OIDC_BREAK_GLASS"]}
    return user_name.strip().casefold() in named


def may_enter_here(config: Mapping[str, Any], user_name: str) -> bool:
    """Whether this account opens with a password or passkey of its own."""
    return not config["OIDC_ONLY"] or is_kept_for_emergencies(config, user_name)
