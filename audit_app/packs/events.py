"""What can happen to an evidence pack, each as the sentence the log tells (LG-8, PD-6, PD-9)."""

from audit_app.history import declare_event

ASKED = declare_event(
    "packs.asked",
    "{who} asked for the pack {reference} under {edition} for {period_from} to {period_to} at level {level}",
    facts=("kind",),
)
LOWERED = declare_event(
    "packs.level_lowered",
    "{who} chose level {level} for the pack {reference}, which discloses more than a publishable one, and said why",
)
FROZEN = declare_event(
    "packs.frozen",
    "The contents of the pack {reference} were frozen with the fingerprint {fingerprint}",
    facts=("cleared", "accepted"),
)
BUILT = declare_event(
    "packs.built",
    "The files of the pack {reference} were built: {pages} pages; the manifest’s hash is {manifest}",
    facts=("pdf", "workbook", "archive", "fingerprint"),
)
EXHIBITS_CHOSEN = declare_event("packs.exhibits_chosen", "{who} chose the exhibits of the pack {reference}: {count}")
CANCELLED = declare_event("packs.cancelled", "{who} stopped the building of the pack {reference}")
ASKED_AGAIN = declare_event("packs.asked_again", "{who} asked for the pack {reference} to be built again")
CLEARED = declare_event(
    "packs.words_cleared",
    "{who} looked at words in {reference} that may tell of a person, found that they do not, and said why",
    facts=("column", "kind", "text"),
)
ACCEPTED = declare_event(
    "packs.words_accepted",
    "{who} accepted words in {reference} that tell of a person for packs of level {level} and below, and said why",
    facts=("column", "kind", "text"),
)
PROOF_READ = declare_event(
    "packs.proof_read",
    "{who} proof-read the pack {reference}; {faults} things to look at were left",
    facts=("fingerprint",),
)
RELEASED = declare_event(
    "packs.released",
    "{who} released the pack {reference} at level {level} on {on}; the register says to whom and what for",
    facts=("fingerprint",),
)
COPY_MADE = declare_event(
    "packs.copy_made", "The files of copy {copy} of the pack {reference} were made", facts=("pdf", "archive")
)
WITHDRAWN = declare_event("packs.withdrawn", "{who} withdrew the pack {reference} and said why")
DESTRUCTION_ASKED = declare_event(
    "packs.destruction_asked", "{who} asked for the pack {reference} to be destroyed and said why"
)
DESTRUCTION_REFUSED = declare_event("packs.destruction_refused", "{who} kept the pack {reference} from being destroyed")
DESTROYED = declare_event(
    "packs.destroyed",
    "{who} agreed to the destruction of the pack {reference}; its contents with the fingerprint {fingerprint} are gone",
)
DESTROYED_ON_DATE = declare_event(
    "packs.destroyed_on_date",
    "The pack {reference} was destroyed on the date set for it, {on}; its contents with the fingerprint {fingerprint} "
    "are gone",
)
FILES_REMOVED = declare_event(
    "packs.files_removed",
    "The files of the destroyed pack {reference} were removed from the evidence store",
    facts=("pdf", "workbook", "archive"),
)
KIND_MADE = declare_event("packs.kind_made", "{who} made the kind of pack {reference}", facts=("from",))
KIND_CHANGED = declare_event("packs.kind_changed", "{who} changed the kind of pack {reference}")
KIND_RETIRED = declare_event("packs.kind_retired", "{who} retired the kind of pack {reference}")
KIND_RESTORED = declare_event("packs.kind_restored", "{who} put the kind of pack {reference} back into use")
