"""What people are told about plan actions: codes and words, without a word of what the action says."""

from audit_app import notices

LEAD_NAMED = "improvement.lead_named"
DELIVERY_NAMED = "improvement.delivery_named"
DUE_SOON = "improvement.due_soon"
OVERDUE = "improvement.overdue"
REOPENED = "improvement.reopened"

_ACTION = "/{authority}/plan-actions/{reference}"
_YOURS = "/{authority}/your-plan-actions#{reference}"

notices.register_notice(
    LEAD_NAMED,
    "You have been made lead of {reference}",
    (
        "You are now the lead of {reference}, an action in an improvement plan of {council}.",
        "Sign in to read it: {link}",
    ),
    path=_ACTION,
)
notices.register_notice(
    DELIVERY_NAMED,
    "You have been asked to deliver {reference}",
    ("You are now one of those who deliver {reference}, an action in an improvement plan of {council}.",
     "Sign in to read it: {link}"),
    path=_ACTION,
)  # fmt: skip
notices.register_notice(
    DUE_SOON,
    "{reference} is due soon",
    ("The plan action {reference} is due within the next few working days.",
     "Say how it is going, or that it is done, on the page of your actions: {link}"),
    path=_YOURS,
)  # fmt: skip
notices.register_notice(
    OVERDUE,
    "{reference} is past its due date",
    ("The plan action {reference} is past its due date.",
     "Say how it is going, or that it is done, on the page of your actions: {link}"),
    path=_YOURS,
)  # fmt: skip
notices.register_notice(
    REOPENED,
    "{reference} has been opened again",
    ("The plan action {reference} is open again. The reason is on its page.", "Sign in to read it: {link}"),
    path=_ACTION,
)
