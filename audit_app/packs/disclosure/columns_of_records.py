"""Why no pack prints how long things are kept, what is held and what was removed. Data only."""

KEEPING = "how long the council keeps things, what it holds and what it removed: a certificate of its own tells it"

# Table.column: why no pack prints it.
NOT_PRINTED = dict.fromkeys(
    (
        "legal_hold.target", "legal_hold.reason", "legal_hold.lifted_reason", "removal.target", "removal.reason",
        "removal.stays", "removal.fingerprint", "removal_line.reference", "removal_line.kind", "removal_line.counts",
        "removal_line.files", "retention_period.kind", "retention_period.counts_from", "retention_period.why",
    ),
    KEEPING,
)  # fmt: skip
