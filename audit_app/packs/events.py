"""What can happen to an evidence pack, each as the sentence the log tells (LG-8, PD-6, PD-9)."""

from audit_app.history import declare_event

ASKED = declare_event(
    "packs.asked",
    "{who} asked for the pack {reference} under {edition} for {period_from} to {period_to} at level {level}",
)
LOWERED = declare_event(
    "packs.level_lowered",
    "{who} chose level {level} for the pack {reference}, which discloses more than a publishable one, and said why",
)
FROZEN = declare_event(
    "packs.frozen", "The contents of the pack {reference} were frozen with the fingerprint {fingerprint}"
)
BUILT = declare_event(
    "packs.built",
    "The files of the pack {reference} were built: {pages} pages; the manifest’s hash is {manifest}",
    facts=("pdf", "workbook", "archive", "fingerprint"),
)
CANCELLED = declare_event("packs.cancelled", "{who} stopped the building of the pack {reference}")
ASKED_AGAIN = declare_event("packs.asked_again", "{who} asked for the pack {reference} to be built again")
