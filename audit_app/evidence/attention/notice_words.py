"""What people are told about evidence: codes and words, without a word of what it says."""

from audit_app import notices

TO_RENEW = "evidence.to_renew"
STALE = "evidence.stale"
HARMFUL = "evidence.harmful"
OWNER_NAMED = "evidence.owner_named"
ENTRY_DUE = "evidence.entry_due"

_EVIDENCE = "/{authority}/evidence/{reference}"

notices.register_notice(
    TO_RENEW,
    "{reference} is to be renewed",
    ("{reference} is evidence that you own at {council}. What it speaks of has ended, and newer evidence is wanted.",
     "Sign in to add a new version: {link}"),
    path=_EVIDENCE,
)  # fmt: skip
notices.register_notice(
    STALE,
    "{reference} is stale",
    ("{reference} is evidence that you own at {council}. It is too old to stand for what it proves.",
     "Sign in to add a new version, or to withdraw it: {link}"),
    path=_EVIDENCE,
)  # fmt: skip
notices.register_notice(
    HARMFUL,
    "The virus scanner found something harmful in {reference}",
    ("The virus scanner found something harmful in the file of {reference}, which you added at {council}.",
     "It cannot be downloaded and goes into no pack. Sign in to add a clean version: {link}"),
    path=_EVIDENCE,
)  # fmt: skip
notices.register_notice(
    OWNER_NAMED,
    "You have been named as owner of {reference}",
    ("Your post at {council} now owns {reference}, a piece of evidence.", "Sign in to read it: {link}"),
    path=_EVIDENCE,
)  # fmt: skip
notices.register_notice(
    ENTRY_DUE,
    "{reference} of the evidence folder is to be refreshed",
    ("{reference} is an entry of the evidence folder of {council} that you own. Its day of refresh has come.",
     "Sign in to refresh it: {link}"),
    path="/{authority}/evidence-folder/{reference}",
)  # fmt: skip
