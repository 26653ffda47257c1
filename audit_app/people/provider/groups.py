"""Which roles the groups at the provider give, council by council. Pure."""

from collections.abc import Mapping
from typing import Any

from audit_app.people.provider.settings import ProviderSettings
from audit_app.people.provider.trust import NotAccepted, Reason
from audit_app.people.tables import Role


def are_needed(settings: ProviderSettings) -> bool:
    """Whether any group gives a role."""
    return bool(settings.group_roles)


def are_left_out(claims: Mapping[str, Any], settings: ProviderSettings) -> bool:
    """Whether the provider says that there are more groups than it sends (Entra above 200: the groups overage)."""
    elsewhere = claims.get("_claim_names")
    return (isinstance(elsewhere, dict) and settings.groups_claim in elsewhere) or claims.get("hasgroups") is True


def groups_in(claims: Mapping[str, Any], settings: ProviderSettings) -> frozenset[str]:
    """The groups that the provider names.

    Raises:
        NotAccepted: it left them out. Were they read as none, somebody in too many groups would lose every role.
    """
    if are_left_out(claims, settings):
        raise NotAccepted(Reason.groups, "overage")
    sent = claims.get(settings.groups_claim, [])
    rows = sent if isinstance(sent, list) else [sent]
    return frozenset(row for row in rows if isinstance(row, str))


def roles_of(groups: frozenset[str], settings: ProviderSettings) -> dict[str, frozenset[Role]]:
    """The roles in each council that any group is named for, by the council's key; none where no group fits."""
    wanted: dict[str, set[Role]] = {row.council: set() for row in settings.group_roles}
    for row in settings.group_roles:
        if row.group in groups:
            wanted[row.council].add(row.role)
    return {council: frozenset(roles) for council, roles in wanted.items()}
