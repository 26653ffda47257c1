"""The text columns that only some kinds of pack print: self-assessments, evidence, concerns, kinds. Data only."""

OF_KINDS = {
    "self_assessment.text": (
        "self_assessment.title", "self_assessment.theme_words", "self_assessment.prompts",
        "self_assessment_section.agency_name", "self_assessment_section.grade_reason",
        "self_assessment_section.heading", "self_assessment_passage.text", "self_assessment_claim.text",
        "self_assessment_claim.rung_reason", "self_assessment_citation.shows",
        "self_assessment_citation.title", "self_assessment_citation.place", "self_assessment_plan_line.impact_shown_by",
        "self_assessment_plan_line.what", "self_assessment_plan_line.who", "self_assessment_look_back.words",
    ),
    "evidence.about": ("evidence.title", "evidence.shows", "evidence_use.proves"),
    # Where it is held stands with exhibits, which tell it more openly: a person chose each of them.
    "evidence.place": ("evidence_version.given_name",),
    "concern.text": ("concern.concern_words", "concern.outcome_words", "concern.spoken_to"),
}  # fmt: skip
