"""What a person could see when a file was made, as a mark that can be compared later. Pure."""

import hashlib

from audit_app.people.access.scope import Scope


def mark_of(scope: Scope) -> str:
    """A hash of roles, teams and posts: another one means that the person sees more or less than then."""
    parts = (sorted(scope.roles), sorted(scope.managed_teams), sorted(scope.own_posts))
    return hashlib.sha256(repr([[str(value) for value in part] for part in parts]).encode()).hexdigest()
