"""What can happen to a self-assessment, each as the sentence the log tells; never a text somebody typed."""

from audit_app.history import declare_event

BEGUN = declare_event("self_assessment.begun", "{who} began {reference}", facts=("edition", "sections", "previous"))
CHANGED = declare_event("self_assessment.changed", "{who} changed what {reference} is called or covers")
GIVEN = declare_event(
    "self_assessment.given", "{who} gave a section of {reference} to person {person}", facts=("due_on",)
)
HANDED_OVER = declare_event(
    "self_assessment.handed_over", "{who} handed {reference} over from person {person} to person {new}"
)
HEADING_ADDED = declare_event("self_assessment.heading_added", "{who} added a section to {reference}")
WRITTEN = declare_event("self_assessment.written", "{who} wrote in a section of {reference}", facts=("passages",))
GRADED = declare_event("self_assessment.graded", "{who} gave {area} the self-assessed grade {grade} in {reference}")
READY = declare_event("self_assessment.section_ready", "{who} said that a section of {reference} is {state}")
COMMENTED = declare_event("self_assessment.commented", "{who} commented on a section of {reference}")
SETTLED = declare_event("self_assessment.comment_settled", "{who} settled a comment on {reference}")
SUGGESTED = declare_event("self_assessment.suggested", "{who} suggested other words in {reference}")
DECIDED = declare_event("self_assessment.suggestion_decided", "{who} {decision} suggested words in {reference}")
CLAIMED = declare_event("self_assessment.claimed", "{who} added a claim to {reference}", facts=("count",))
CLAIM_CHANGED = declare_event("self_assessment.claim_changed", "{who} changed a claim of {reference}")
CLAIM_TAKEN_OUT = declare_event("self_assessment.claim_taken_out", "{who} took a claim out of {reference}")
RUNG_DECIDED = declare_event(
    "self_assessment.rung_decided", "{who} decided how firm a claim of {reference} is: rung {rung} of the ladder"
)
CITED = declare_event("self_assessment.cited", "{who} cited {kind} for a claim of {reference}", facts=("cited",))
UNCITED = declare_event("self_assessment.uncited", "{who} took what a claim of {reference} cites away: {kind}")
PLANNED = declare_event("self_assessment.planned", "{who} added a plan to {reference}")
PLAN_CHANGED = declare_event("self_assessment.plan_changed", "{who} changed a plan of {reference}")
PLAN_TAKEN_OUT = declare_event("self_assessment.plan_taken_out", "{who} took a plan out of {reference}")
LOOKED_BACK = declare_event(
    "self_assessment.looked_back", "{who} said in {reference} what became of last year’s words: {became}"
)
WORDS_WRITTEN = declare_event("self_assessment.words_written", "{who} wrote the leader’s words of {reference}")
WORDS_SIGNED = declare_event("self_assessment.words_signed", "{who} signed the leader’s words of {reference}")
OFFERED = declare_event("self_assessment.offered", "{who} offered {reference} for signature", facts=("reviewer",))
RETURNED = declare_event("self_assessment.returned", "{who} gave {reference} back to its writers and said why")
SIGNED = declare_event("self_assessment.signed", "{who} signed {reference}; its fingerprint is {fingerprint}")
ABANDONED = declare_event("self_assessment.abandoned", "{who} gave up the draft {reference} and said why")
SHAPE_KEPT = declare_event("self_assessment.shape_kept", "{who} kept a shape for self-assessments to use again")
TEMPLATE_ADDED = declare_event(
    "self_assessment.template_added", "{who} added version {version} of the Word template for {document}"
)
TEMPLATE_SET_ASIDE = declare_event(
    "self_assessment.template_set_aside", "{who} set version {version} of the Word template for {document} aside"
)
SUMMARY_WRITTEN = declare_event(
    "self_assessment.summary_written", "{who} wrote in the summary of {reference}", facts=("parts",)
)
VERSION_BEGUN = declare_event("self_assessment.version_begun", "{who} began a version of {reference}: {audience}")
VERSION_WRITTEN = declare_event("self_assessment.version_written", "{who} wrote in a version of {reference}")
VERSION_OFFERED = declare_event(
    "self_assessment.version_offered", "{who} offered a version of {reference} for signature", facts=("reviewer",)
)
VERSION_RETURNED = declare_event("self_assessment.version_returned", "{who} gave a version of {reference} back")
VERSION_SIGNED = declare_event(
    "self_assessment.version_signed",
    "{who} signed a version of {reference}, which may be published; its fingerprint is {fingerprint}",
    facts=("cleared",),
)
VERSION_WITHDRAWN = declare_event("self_assessment.version_withdrawn", "{who} withdrew a version of {reference}")
SHAPE_CHANGED = declare_event("self_assessment.shape_changed", "{who} changed the draft of a shape")
SHAPE_PUBLISHED = declare_event("self_assessment.shape_published", "{who} published a shape for self-assessments")
SHAPE_RETIRED = declare_event("self_assessment.shape_retired", "{who} retired a shape for self-assessments")
