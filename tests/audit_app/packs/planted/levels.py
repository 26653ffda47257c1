"""At which level the text of each column may be read, written down a second time and by another hand. Data only.

0 internal, 1 leadership, 2 inspector, 3 publishable: at that level and at each below it. NEVER: in nothing that leaves
its own page. A column that a pack prints and that is not here fails a test by its name.
"""

NEVER = -1
OF_LEVEL = {
    3: """
        finding: title text paragraphs timescale_text agencies national_framework_as_printed
        inspection: title body document_title theme
        judgement: printed_name paragraphs
        source: paragraph document
        area_for_improvement: heading owner_post_title different_for_children not_yet_good_enough
        action: what description provenance monitoring lead_post_title lead_printed due_text repeats local_label
        action: intended_impact indication_of_impact starting_position starting_as_at impact_test_note
        action: verified_by_post_title success_measure
        action_lead: post_title
        plan: title board owner_post_title monitoring description brag_blue brag_green brag_amber brag_red brag_grey
        theme: label title owner_post_title owner_printed monitoring description aims corporate_priority
        plan_review: what due_text
        measure: name unit due_text band_unmet band_met band_exceeded band_far_exceeded
        impact_judgement: different_for_children not_yet_good_enough next_steps judged_by_post_title
        brag_meaning: word meaning
        """,
    2: """
        finding: team_name
        source: grade_words
        area_for_improvement: closed_note
        action: completed_note verified_note withdrawn_reason
        due_date_change: why
        progress: note
        milestone: text due_text lead_post_title lead_printed monitoring completed_note
        impact_judgement: tested_by
        theme: staff_said
        plan_review: held_note
        self_assessment: theme_words prompts
        self_assessment_section: grade_reason heading agency_name
        self_assessment_passage: text
        self_assessment_claim: text rung_reason
        self_assessment_citation: title shows place
        self_assessment_plan_line: what who impact_shown_by
        self_assessment_look_back: words
        """,
    1: """
        source: words
        action: risk risk_before mitigation risk_after
        plan_risk: risk before_controls controls after_controls
        audit_action: what what_was_done what_changed
        concern: concern_words outcome_words spoken_to
        case_audit: case_reference overall_rationale strengths worries difference
        domain_answer: rationale
        answer: text evidence action action_owner
        self_assessment_summary_text: text
        """,
    0: """
        inspection: notes
        case_audit: practitioner_code manager_code
        """,
    NEVER: """
        case_audit: private_notes exit_reason theme sibling_link
        audit_action_update: note
        self_assessment: returned_note signed_note
        self_assessment_comment: text
        self_assessment_suggestion: new_words why reply
        self_assessment_version_part: text
        """,
}
# What a pack prints and is planted elsewhere: asked for with the pack, of evidence, chosen from a list, or a name of
# the council's own that stands on every page.
OTHERWISE = {
    *(f"evidence_pack.{name}" for name in ("title", "marking", "purpose", "author_post", "owner_post", "approvals",
                                           "circulation")),
    *(f"evidence.{name}" for name in ("title", "shows", "owner_post_title")),
    *(f"evidence_version.{name}" for name in ("given_name", "address", "held_where", "held_by")),
    *(f"self_assessment.{name}" for name in ("title", "leaders_words", "words_post_title")),
    *(f"case_audit.{name}" for name in ("team_name", "overall_grade", "age_band", "ethnicity", "disability")),
    "pack_kind.name", "pack_kind.what_for", "evidence_use.proves", "evidence_text.text", "authority.name",
    "self_assessment_section.grade_code", "judgement.grade_code", "source.audit_reference", "domain_answer.grade",
    "domain_answer.not_applicable_reason", "answer.code", "answer.given", "answer.second",
    "answer.action_due", "audit_fact.given",
    "own_term.one", "own_term.many",
}  # fmt: skip


def columns() -> dict[str, int]:
    """Each column with its level."""
    made = {}
    for level, lines in OF_LEVEL.items():
        for line in filter(str.strip, lines.splitlines()):
            table, _, names = line.strip().partition(": ")
            made |= {f"{table}.{name}": level for name in names.split()}
    return made
