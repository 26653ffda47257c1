"""What can happen in data protection, each as the sentence the log tells (LG-8). It names no child (LG-9)."""

from audit_app.history import declare_event

PERIOD_SET = declare_event(
    "records.period_set", "{who} set how long {kind} are kept: {months} months from {counts_from}", facts=("before",)
)
PERIOD_TAKEN_AWAY = declare_event(
    "records.period_taken_away", "{who} took the period for {kind} away: nothing of that kind is removed any more"
)
HELD = declare_event(
    "records.held", "{who} placed the legal hold {reference} on {what} and said why; it is reviewed on {review_on}"
)
HOLD_CHANGED = declare_event("records.hold_changed", "{who} changed the legal hold {reference}: review on {review_on}")
LIFTED = declare_event("records.hold_lifted", "{who} lifted the legal hold {reference} and said why")
ASKED = declare_event(
    "records.removal_asked",
    "{who} asked for {count} things to be removed for good, {reference}, and said why",
    facts=("kind", "fingerprint"),
)
ASKED_ANEW = declare_event(
    "records.removal_asked_anew",
    "{who} asked anew for the removal {reference}, whose list had changed: {count} things",
    facts=("fingerprint",),
)
KEPT = declare_event("records.removal_kept", "{who} kept what the removal {reference} would have removed")
AGREED = declare_event("records.removal_agreed", "{who} agreed to the removal {reference}", facts=("fingerprint",))
REMOVED = declare_event(
    "records.removed", "{reference} and all that goes with it was removed for good under {removal}", facts=("kind",)
)
STOPPED = declare_event("records.removal_stopped", "{reference} was not removed under {removal}: it is held by {hold}")
FINISHED = declare_event(
    "records.removal_finished",
    "The removal {reference} was finished: {removed} things are gone, {stopped} were stopped by a legal hold",
)
ERASED_AGAIN = declare_event(
    "records.erased_again", "{reference}, which a restore had brought back, was removed again as under {removal}"
)
