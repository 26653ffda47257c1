"""Why no pack prints what data protection keeps: periods, holds, removals, papers, subject access. Data only."""

KEEPING = "how long the council keeps things, what it holds and what it removed: a certificate of its own tells it"

PAPERS = "data protection has papers of its own, which are no part of a pack"
PAPERS_HOLD = (
    "council_statement.question", "council_statement.text", "subject_request.sought", "subject_request.reason",
    "subject_request.refused_reason", "subject_request.counts", "subject_request.sha256",
)  # fmt: skip

# Table.column: why no pack prints it.
NOT_PRINTED = dict.fromkeys(PAPERS_HOLD, PAPERS) | dict.fromkeys(
    (
        "legal_hold.target", "legal_hold.reason", "legal_hold.lifted_reason", "removal.target", "removal.reason",
        "removal.stays", "removal.fingerprint", "removal_line.reference", "removal_line.kind", "removal_line.counts",
        "removal_line.files", "removal_line.was_in", "retention_period.kind", "retention_period.counts_from",
        "retention_period.why",
    ),
    KEEPING,
)  # fmt: skip
