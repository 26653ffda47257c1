"""What can happen to evidence, each as the sentence the log tells (LG-8)."""

from audit_app.history import declare_event

ADDED = declare_event("evidence.added", "{who} added the evidence {reference}: {held}", facts=("sha256", "level"))
CORRECTED = declare_event("evidence.corrected", "{who} changed what is said of {reference}: {fields}")
LEVEL = declare_event(
    "evidence.level_changed", "{who} changed who may see {reference}: level {after} instead of {before}"
)
RENEWED = declare_event(
    "evidence.renewed", "{who} added version {version} of {reference} and said why", facts=("sha256", "held")
)
WITHDRAWN = declare_event("evidence.withdrawn", "{who} withdrew {reference} and said why")
KEPT_OUT = declare_event("evidence.kept_out", "{who} marked {reference} as not for packs and said why")
LET_IN = declare_event("evidence.let_in", "{who} let {reference} go into packs again")
ATTACHED = declare_event("evidence.attached", "{who} attached {reference}, version {version}, to {thing}")
DETACHED = declare_event("evidence.detached", "{who} took {reference} away from {thing} and said why")
SCANNED = declare_event("evidence.scanned", "Version {version} of {reference} was scanned: {outcome}")
FOLDER_BEGUN = declare_event("evidence.folder_begun", "{who} began the evidence folder with {count} entries")
ENTRY_ADDED = declare_event("evidence.entry_added", "{who} added the entry {reference} to the evidence folder")
ENTRY_CORRECTED = declare_event("evidence.entry_corrected", "{who} changed the entry {reference}: {fields}")
ENTRY_MOVED = declare_event("evidence.entry_moved", "{who} moved the entry {reference} to place {position}")
ENTRY_REFRESHED = declare_event("evidence.entry_refreshed", "{who} looked through the entry {reference}: it is ready")
ENTRY_REMOVED = declare_event(
    "evidence.entry_removed", "{who} took the entry {reference} out of the evidence folder and said why"
)
BROUGHT_IN = declare_event("evidence.brought_in", "{who} added {count} pieces of evidence at once, from {reference}")
