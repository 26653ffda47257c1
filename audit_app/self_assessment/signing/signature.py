"""How the signature of a self-assessment reads on its documents. Pure."""

from audit_app import words
from audit_app.self_assessment.tables import AssessmentState, SelfAssessment

NOT_SIGNED = {
    AssessmentState.drafting: "A draft that nobody has signed",
    AssessmentState.with_reviewer: "A draft with its reviewer: nobody has signed it",
    AssessmentState.abandoned: "Given up: a draft that nobody will sign",
}


def signature(row: SelfAssessment) -> str:
    """Who signed it and when; how it stands while nobody has. Without a full stop."""
    if row.state is AssessmentState.signed:
        return f"Signed by the {row.signed_post_title} on {words.date_words(row.signed_at)}"
    return NOT_SIGNED[row.state]
