"""Text columns of documents that are printed from their own pages: looking back, shapes, templates,
summaries and versions; and of files that are no evidence yet. Data only."""

COLUMNS = (
    "self_assessment_look_back.reference",
    "self_assessment_shape.headings",
    "self_assessment_shape.prompts",
    "self_assessment_shape.title",
    "self_assessment_word_template.given_name",
    "self_assessment_word_template.note",
    "self_assessment_word_template.sha256",
    "self_assessment_summary_text.text",
    "self_assessment_version.contents",
    "self_assessment_version.fingerprint",
    "self_assessment_version.returned_note",
    "self_assessment_version.signed_post_title",
    "self_assessment_version.title",
    "self_assessment_version.withdrawn_why",
    "self_assessment_version_part.heading",
    "self_assessment_version_part.prompt",
    "self_assessment_version_part.text",
)
# Of a ZIP whose files wait to be confirmed.
UNCONFIRMED_FILES = (
    *(f"evidence_batch.{name}" for name in ("given_name", "message", "parts", "particulars", "sha256")),
    *(
        f"evidence_batch_file.{name}"
        for name in (
            "fault", "given_name", "kind", "left_out", "particulars", "path", "picture_sha256", "sha256", "text",
        )
    ),
)  # fmt: skip
