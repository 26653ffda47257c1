"""What can happen to a long export, as the sentences the log tells."""

from audit_app.history import declare_event

MADE = declare_event("people.export_made", "The workbook {reference}, the register of {what}, was made: {rows} rows")
TAKEN = declare_event(
    "people.export_taken", "{who} took out {reference}, the register of {what}: {rows} rows", kind="reading"
)
STOPPED = declare_event("people.export_cancelled", "{who} stopped {reference}, the register of {what}")
REMOVED = declare_event("people.export_removed", "{who} removed the workbook {reference}")
ENDED = declare_event("people.export_ended", "The time of the workbook {reference} was up and it was removed")
