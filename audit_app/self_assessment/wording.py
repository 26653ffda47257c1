"""How the states of a self-assessment and the kinds of evidence read. Pure."""

from audit_app.self_assessment.tables import AssessmentState, Became, Cites, SectionState, Stance, SuggestionState
from audit_app.self_assessment.tables_outputs import Audience, SummaryPart, VersionState, WordFor
from audit_app.words import ours

STATES = ours(
    {
        AssessmentState.drafting: "Being written",
        AssessmentState.with_reviewer: "With the reviewer",
        AssessmentState.signed: "Signed",
        AssessmentState.abandoned: "Given up",
    }
)
SECTION_STATES = ours({SectionState.to_write: "Being written", SectionState.ready: "Ready to be read"})
STANCES = ours(
    {
        Stance.works_well: "That something works well",
        Stance.not_good_enough: "That something is not good enough yet",
        Stance.neither: "Neither: a fact",
    }
)
CITES = ours(
    {
        Cites.grades: "Agreed grades of audits",
        Cites.answers: "Answers of audits to one question",
        Cites.finding: "A finding",
        Cites.area: "An area for improvement and its impact",
        Cites.action: "A plan action",
        Cites.measure: "A measure",
        Cites.inspection: "What inspectors or peers said",
        Cites.evidence: "Evidence on file",
        Cites.voice: "What children, families or staff said",
        Cites.data: "Performance data",
        Cites.policy: "A policy or plan",
        Cites.other: "Something else",
    }
)
BECAME = ours(
    {
        Became.came_true: "It came true",
        Became.partly: "Partly",
        Became.not_yet: "Not yet",
        Became.dropped: "It was dropped",
    }
)
SUGGESTIONS = ours(
    {
        SuggestionState.open: "Waiting",
        SuggestionState.accepted: "Accepted",
        SuggestionState.declined: "Declined",
    }
)
DOUBTS = ours(
    {
        "no_evidence": "Without evidence",
        "stale": "Old evidence",
        "contradicted": "Contradicted",
        "fallen": "No longer stands",
    }
)
WORD_FOR = ours(
    {
        WordFor.whole: "The whole self-assessment",
        WordFor.summary: "The two-page summary",
        WordFor.staff: "Versions for staff",
        WordFor.children: "Versions for children and young people",
    }
)
SUMMARY_PARTS = ours(
    {
        SummaryPart.known: "What we know",
        SummaryPart.not_good_enough: "What is not good enough yet",
        SummaryPart.will_do: "What we will do",
    }
)
AUDIENCES = ours({Audience.staff: "For staff", Audience.children: "For children and young people"})
VERSION_STATES = ours(
    {
        VersionState.drafting: "Being written",
        VersionState.with_reviewer: "With the reviewer",
        VersionState.signed: "Signed: may be published",
        VersionState.withdrawn: "Withdrawn",
    }
)
HIDDEN = "You may not see what is cited here"


def stopped(text: str) -> str:
    """A text that ends as a sentence does."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
