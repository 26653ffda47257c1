"""What the log tells of words taken over from another self-assessment: references and kinds, never a text."""

from audit_app.history import declare_event

TAKEN_OVER = declare_event("self_assessment.taken_over", "{who} took {what} of {origin} over into {reference}")
