"""The closed lists of evidence, for everybody; they are kept beside the tables, whose columns hold their words."""

from audit_app.evidence.tables_states import Effect, EntryStatus, Freshness, Held, Renewal, Scan

__all__ = ["Effect", "EntryStatus", "Freshness", "Held", "Renewal", "Scan"]
