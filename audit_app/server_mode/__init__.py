"""Serving others than this machine: what the settings must say first, and standing behind other servers."""

from audit_app.server_mode.behind_proxies import BehindProxies, stand_behind_proxies
from audit_app.server_mode.database_address import database_address
from audit_app.server_mode.safe_settings import UnsafeSettings, factor_is_required, refuse_unsafe, second_factor

__all__ = [
    "BehindProxies",
    "UnsafeSettings",
    "database_address",
    "factor_is_required",
    "refuse_unsafe",
    "second_factor",
    "stand_behind_proxies",
]
