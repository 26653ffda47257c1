"""The closed lists of evidence, for everybody; they are kept beside the tables, whose columns hold their words."""

from audit_app.evidence.tables_states import BatchState, Effect, EntryStatus, Freshness, Held, Renewal, Scan

__all__ = ["BatchState", "Effect", "EntryStatus", "Freshness", "Held", "Renewal", "Scan"]
