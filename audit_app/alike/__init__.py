"""Several servers on one database: what all of them must have alike, and what one of them notes for the others.

Commands call `refuse_unlike` before a server serves or works; `note` and `noted` carry short texts between servers.
"""

from audit_app.alike.marks import Unlike
from audit_app.alike.queries import differences, noted, noted_on
from audit_app.alike.service import accept, forget_all, note, refuse_unlike

__all__ = ["Unlike", "accept", "differences", "forget_all", "note", "noted", "noted_on", "refuse_unlike"]
