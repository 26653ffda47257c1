"""Readiness with its reasons: what is covered, fresh, answered, evidenced and signed, and what to do about the rest."""
