"""How long each kind of record is kept, what that would remove, and what has no period (PR-5)."""
