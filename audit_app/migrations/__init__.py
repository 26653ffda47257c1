"""Bring a database to the shape this version knows, and refuse one it does not know (DU-7, DU-8).

The steps stand in `versions/`, numbered. `upgrade` runs what is missing; `check_known` is asked before anything serves.
"""

from audit_app.migrations.known import SchemaNotKnown, check_known, current, head, is_empty
from audit_app.migrations.steps import NoBackup, Upgraded, create_all, upgrade

__all__ = [
    "NoBackup",
    "SchemaNotKnown",
    "Upgraded",
    "check_known",
    "create_all",
    "current",
    "head",
    "is_empty",
    "upgrade",
]
