"""Text columns of documents that are printed from their own pages: looking back, shapes, templates,
summaries and versions. Data only."""

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
