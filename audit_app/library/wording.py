"""What the library calls its closed lists on pages: types of question, groups of children, kinds of framework."""

from datetime import date

from audit_app import words
from audit_app.words import ours
from frameworks import Edition

TYPES = {
    "judged": "Judged: a grade",
    "check": "Check: an answer from its scale, such as yes, partly or no",
    "timescale": "Timescale: in time or late",
    "narrative": "Narrative: in words",
    "several": "Several: tick all that apply",
    "date": "Date: a day",
    "number": "Number: in figures",
}
FACT_KINDS = {
    "text": "In words",
    "date": "A day",
    "number": "A number",
    "choice": "One of several choices",
}
SUBJECTS = {
    "child": "A child’s record",
    "sibling_group": "The records of brothers and sisters",
    "supervision_file": "A supervision file",
    "carer": "A carer’s file",
    "decision": "A decision",
    "observed_visit": "An observed visit",
    "agency": "An agency",
    "setting": "A setting, such as a school or a home",
    "team": "A team",
    "employer": "An employer",
}
# By name, whatever their codes are; the widest first.
COHORTS = ours(
    {
        "ALL": "Every child",
        "ADO": "Adoption",
        "CL": "Care leavers",
        "CARER": "Carers’ files",
        "CP": "Child protection",
        "CIC": "Children in care",
        "CIN": "Children in need",
        "CWD": "Disabled children",
        "EH": "Early or family help",
        "FD": "Front door",
        "OBS": "Observed visits",
        "PLO": "Pre-proceedings and court",
        "SUP": "Supervision files",
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


def in_force_words(edition: Edition) -> str:
    """From when to when an edition was in force, and what is known of its end: never more than somebody checked."""
    begins = f"from {words.date_words(edition.valid_from)}"
    if edition.valid_to:
        return f"{begins} to {words.date_words(edition.valid_to)}"
    return f"{begins}, {_end_words(edition)}"


def _end_words(edition: Edition) -> str:
    checked_on = words.date_words(edition.end_checked_on)
    if edition.superseded_by:
        return f"superseded by {edition.superseded_by}, as was found on {checked_on}"
    if edition.found_in_force:
        return f"still in force when checked on {checked_on}"
    if edition.end_checked_on:
        return f"no end known when last checked on {checked_on}"
    return "with no last day written in it"


def standing(edition: Edition, today: date, newer: Edition | None = None) -> str:
    """What to know before using an edition today; `newer` is the one of its family that is used instead."""
    if newer is not None:
        return (
            f"“{newer.title}” is the one to use since {words.date_words(newer.valid_from)}. "
            "What was recorded under this one stays as it was."
        )
    if today < edition.valid_from:
        return f"Not yet in force: {in_force_words(edition)}."
    if edition.in_force(today):
        return f"The one to use today: {in_force_words(edition)}."
    return "Not in force today: kept so that what was recorded under it reads right."


def version_words(edition: Edition) -> str:
    """2 of 29 November 2026, as corrected: what follows the word version; what was never corrected is the first."""
    if edition.version == 1:
        return "1, as first published"
    return f"{edition.version} of {words.date_words(edition.corrections[-1].published_on)}, as corrected"
