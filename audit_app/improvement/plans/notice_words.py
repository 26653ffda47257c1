"""What people are told about the reviews of a plan they own: codes and words, without a word of what the plan says."""

from audit_app import notices

REVIEW_SOON = "improvement.review_soon"
REVIEW_PASSED = "improvement.review_passed"

_PLAN = "/{authority}/plans/{reference}"

notices.register_notice(
    REVIEW_SOON,
    "{reference} is to be reviewed soon",
    ("The plan {reference} is to be reviewed within the next few working days.",
     "Once it was, say on its page what came of it: {link}"),
    path=_PLAN,
)  # fmt: skip
notices.register_notice(
    REVIEW_PASSED,
    "The review date of {reference} has passed",
    ("The plan {reference} was to be reviewed by a day that has passed, and no review is recorded.",
     "Say on its page what came of it, or change the date: {link}"),
    path=_PLAN,
)  # fmt: skip
