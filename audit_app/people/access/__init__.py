"""Who may open which door, and what they see behind it."""

from audit_app.people.access.door import log_read, person
from audit_app.people.access.opening import allow, at_second_step, open_to_all, signed_in, whatever_room
from audit_app.people.access.scope import Scope, system_scope
from audit_app.people.tables import Role

__all__ = [
    "Role",
    "Scope",
    "allow",
    "at_second_step",
    "log_read",
    "open_to_all",
    "person",
    "signed_in",
    "system_scope",
    "whatever_room",
]
