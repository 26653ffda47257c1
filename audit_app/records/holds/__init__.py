"""Legal holds: what must not be removed, whatever its time; a hold beats every removal (PR-5)."""
