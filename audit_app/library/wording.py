"""What the library calls its closed lists on pages: types of question, groups of children, kinds of framework."""

from audit_app import words
from audit_app.words import ours

TYPES = {
    "judged": "Judged: a grade",
    "check": "Check: yes, partly or no",
    "timescale": "Timescale: in time or late",
    "narrative": "Narrative: in words",
}
SUBJECTS = {
    "child": "A child’s record",
    "sibling_group": "The records of brothers and sisters",
    "supervision_file": "A supervision file",
    "carer": "A carer’s file",
    "decision": "A decision",
    "observed_visit": "An observed visit",
}
COHORTS = ours(
    {
        "ALL": "Every child",
        "FD": "Front door",
        "EH": "Early or family help",
        "CIN": "Children in need",
        "CP": "Child protection",
        "PLO": "Pre-proceedings and court",
        "CIC": "Children in care",
        "ADO": "Adoption",
        "CL": "Care leavers",
        "CWD": "Disabled children",
        "SUP": "Supervision files",
        "CARER": "Carers’ files",
        "OBS": "Observed visits",
    }
)
EDITION_TYPES = ours(
    {
        "graded_best_fit": "Graded: people choose the grade that fits best",
        "narrative": "Narrative: strengths and what must improve, without grades",
        "outcome": "Outcome: one of a few statements, each with what follows",
        "scored": "Scored: ratings become points",
        "expectations": "Expectations: statements used as tags",
        "case_audit": "Case audit questions",
    }
)
WORDINGS = {
    "ours": "Our wording",
    "published": "Published wording",
    "paraphrase": "Paraphrase of a published text",
}
VERIFIED = {
    "verified": "Verified: read whole at the source named",
    "partly": "Partly verified",
    "unverified": "Not verified",
}
AUDIENCES = ours(
    {
        "everyone": "Everyone",
        "voice": "Voice",
        "senior_leaders": "Senior leaders",
        "practice_supervisors": "Practice supervisors",
        "practitioners": "Practitioners",
    }
)
RELATIONS = {
    "same": "is the same as",
    "part_of": "is a part of",
    "overlaps": "shares ground with",
    "speaks_to": "speaks to",
}


def finding_kinds(kinds: tuple[str, ...]) -> str:
    """Strengths, areas for improvement and recommendations."""
    return words.listing([words.plural(kind.replace("_", " ")) for kind in kinds]).capitalize()
