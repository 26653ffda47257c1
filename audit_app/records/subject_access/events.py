"""What can happen to a request for everything on somebody, as the sentences the log tells."""

from audit_app.history import declare_event

ASKED = declare_event("records.copy_asked", "{who} asked for everything on somebody, {reference}, and said why")
AGREED = declare_event("records.copy_agreed", "{who} agreed to {reference}, a request for everything on somebody")
REFUSED = declare_event("records.copy_refused", "{who} refused {reference}, a request for everything on somebody")
MADE = declare_event(
    "records.copy_made", "The copy of {reference} was made: {lines} places in {fields} fields", facts=("sha256",)
)
READ = declare_event("records.copy_read", "{who} took out the copy of {reference}", kind="reading", facts=("sha256",))
REMOVED = declare_event("records.copy_removed", "{who} removed the copy of {reference}", facts=("sha256",))
ENDED = declare_event(
    "records.copy_ended", "The time of the copy of {reference} was up and it was removed", facts=("sha256",)
)
