"""What the log tells of backups (LG-8). The installation's own, so no council's."""

from audit_app.history import declare_event

# Noted before the copy is made, so that the backup holds this entry too, and a restore of it has lost none.
BEGUN = declare_event("backups.begun", "A backup of everything was begun: {name}", "security")
RESTORED = declare_event(
    "backups.restored",
    "Everything was restored from the backup of {made_at}, which ended with entry {sequence} of this log. "
    "Entries known to be lost after it: {lost}",
    "security",
)
