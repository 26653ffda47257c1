"""What people are told about self-assessments: codes and words, without a word of what one says."""

from audit_app import notices

SECTION_GIVEN = "self_assessment.section_given"
OFFERED = "self_assessment.offered"
VERSION_OFFERED = "self_assessment.version_offered"
RETURNED = "self_assessment.returned"
HANDED_OVER = "self_assessment.handed_over"
SIGNED = "self_assessment.signed"

_PAGE = "/{authority}/self-assessments/{reference}"

notices.register_notice(
    SECTION_GIVEN,
    "A section of {reference} is yours to write",
    ("You have been given a section of the self-assessment {reference} of {council}.", "Sign in to write it: {link}"),
    path=_PAGE,
)
notices.register_notice(
    OFFERED,
    "{reference} waits for you to read and sign",
    ("The self-assessment {reference} of {council} has been offered for signature.",
     "Sign in to read it. Sign it, or give it back to its writers: {link}"),
    path=_PAGE,
)  # fmt: skip
notices.register_notice(
    VERSION_OFFERED,
    "A version of {reference} waits for you to read and sign",
    ("A version of the self-assessment {reference} of {council} has been offered for signature.",
     "Sign in to read it. Sign it, or give it back to its writers: {link}"),
    path=_PAGE + "/versions",
)  # fmt: skip
notices.register_notice(
    HANDED_OVER,
    "Work in {reference} was handed over to you",
    ("What somebody else led, wrote or was asked to sign in the self-assessment {reference} of {council} is yours now.",
     "Sign in to see what waits for you: {link}"),
    path=_PAGE,
)  # fmt: skip
notices.register_notice(
    RETURNED,
    "{reference} was given back to its writers",
    ("The self-assessment {reference} can be written in again. The reason is on its page.", "Sign in: {link}"),
    path=_PAGE,
)  # fmt: skip
notices.register_notice(
    SIGNED,
    "{reference} has been signed",
    ("The self-assessment {reference} of {council} has been signed and is frozen.", "Sign in to read it: {link}"),
    path=_PAGE,
)  # fmt: skip
