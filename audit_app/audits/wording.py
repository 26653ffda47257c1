"""What an audit's codes are called on pages, and what each way of choosing means for what may be said of it."""

from datetime import date, datetime

from audit_app.audits.tables import AuditType, HowChosen, Stage, Subject
from audit_app.words import Ours, due, listing, ours, short_date

SUBJECTS = {
    Subject.child: "A child",
    Subject.sibling_group: "A sibling group",
    Subject.supervision_file: "A supervision file",
    Subject.carer: "A foster carer’s file",
    Subject.decision: "One decision",
    Subject.observed_visit: "An observed visit",
    Subject.agency: "An agency",
    Subject.setting: "A setting, such as a school or a home",
    Subject.team: "A team",
    Subject.employer: "An employer",
}
AUDIT_TYPES = ours(
    {
        AuditType.case_audit: "Case audit",
        AuditType.learning_audit: "Learning audit, done together with the practitioner",
        AuditType.thematic_audit: "Thematic audit",
        AuditType.dip_sample: "Dip sample",
        AuditType.deep_dive: "Deep dive",
        AuditType.multi_agency_audit: "Multi-agency audit",
        AuditType.closure_audit: "Closure audit",
        AuditType.re_audit: "Re-audit",
    }
)
HOW_CHOSEN = {
    HowChosen.random: "Drawn at random",
    HowChosen.purposive: "Chosen for a reason",
    HowChosen.inspectors: "Chosen by inspectors",
    HowChosen.directors: "Chosen by the director",
}
READ_AGAIN = Ours("Read again to see whether practice had changed")
FOR_A_THEME = Ours("Chosen for a theme")
CONSEQUENCES = {
    HowChosen.random: "Counts towards figures about the whole service, with an interval.",
    HowChosen.purposive: "Good for learning. Never counted as a picture of the service.",
    HowChosen.inspectors: "Reported by itself. Not a picture of the service.",
    HowChosen.directors: "Reported by itself. Not a picture of the service.",
}
STAGE_WORDS = {
    Stage.drawn: "drawn",
    Stage.allocated: "not started",
    Stage.in_progress: "in progress",
    Stage.submitted: "submitted",
    Stage.in_moderation: "in moderation",
    Stage.agreed: "agreed",
    Stage.shared: "shared with the team",
    Stage.actions_open: "actions open",
    Stage.actions_done: "actions done",
    Stage.verified: "verified",
    Stage.re_audit_due: "re-audit due",
    Stage.closed: "closed",
    Stage.exempted: "exempted",
    Stage.replaced: "replaced",
    Stage.withdrawn: "withdrawn",
}


def way_chosen(how_chosen: HowChosen, audit_type: AuditType, *, again: bool) -> str:
    """How a record came to be read: why it was read again or for a theme says more than how it was found."""
    if again or audit_type is AuditType.re_audit:
        return READ_AGAIN
    return FOR_A_THEME if audit_type is AuditType.thematic_audit else HOW_CHOSEN[how_chosen]


def stage_title(stage: Stage) -> str:
    """A stage as it stands by itself, in a list of choices or a cell."""
    name = STAGE_WORDS[stage]
    return name[:1].upper() + name[1:]


def stage_and_days(
    stage: Stage, due_on: date, submitted_at: datetime | None, agreed_at: datetime | None, today: date
) -> str:
    """Where an audit stands, with each day named for what it is: no day is told for another.

    `submitted_at` is the last submission; an audit open again for a correction has one and waits for the next.
    """
    parts = [stage_title(stage)]
    if stage in (Stage.drawn, Stage.allocated, Stage.in_progress):
        parts.append(due(due_on, today, short=True))
        submitted, agreed = "last submitted", ""
    else:
        submitted = "" if stage is Stage.submitted else "submitted"
        agreed = "" if stage is Stage.agreed else "agreed"
    for day, what, its_own in ((agreed_at, agreed, Stage.agreed), (submitted_at, submitted, Stage.submitted)):
        if day is None:
            continue
        if stage is its_own:
            parts[0] += f" on {short_date(day)}"
        elif what:
            parts.append(f"{what} on {short_date(day)}")
    return ", ".join(parts)


# How audits came to be read, as lists are narrowed by it: each group whole, and each way of choosing.
WAYS_TO_NARROW = [
    ("random", HOW_CHOSEN[HowChosen.random]),
    ("chosen", Ours("Chosen, in whichever way")),
    *((how.value, HOW_CHOSEN[how]) for how in HowChosen if how is not HowChosen.random),
]

# By name, whatever their codes are; the widest first.
COHORTS = ours(
    {
        "ALL": "Any child",
        "ADO": "Adoption",
        "CL": "Care leaver",
        "CIC": "Child in care",
        "CIN": "Child in need",
        "CP": "Child protection",
        "CWD": "Disabled child",
        "EH": "Early or family help",
        "CARER": "Foster carer",
        "FD": "Front door",
        "OBS": "Observed visit",
        "PLO": "Pre-proceedings or court",
        "SUP": "Supervision file",
    }
)
SOURCES = ours(
    {
        "record": "The child’s record",
        "supervision": "Supervision records",
        "practitioner": "Conversation with the practitioner",
        "manager": "Conversation with the manager",
        "child": "The child",
        "parents": "Parents or carers",
        "partners": "Partner agencies",
        "observation": "Observation of practice",
    }
)
AGE_BANDS = {
    "unborn": "Unborn",
    "under-1": "Under 1",
    "1-4": "1 to 4",
    "5-9": "5 to 9",
    "10-15": "10 to 15",
    "16-17": "16 or 17",
    "18-and-over": "18 and over",
}
ETHNICITIES = {
    "asian": "Asian or Asian British",
    "black": "Black, Black British, Caribbean or African",
    "mixed": "Mixed or multiple ethnic groups",
    "white": "White",
    "other": "Other ethnic group",
    "not-recorded": "Not recorded on the file",
}
DISABILITIES = {"yes": "Yes", "no": "No", "not-recorded": "Not recorded on the file"}
LENGTHS = {"brief": "Brief", "core": "Core", "full": "Full"}
PROMPTING = frozenset(LENGTHS) - {"full"}  # lengths at which whatever need not be answered is only a prompt


def sources_said(codes: str) -> str:
    """The sources kept as codes with commas, in a sentence: The child’s record, supervision records and the child."""
    first, *others = [SOURCES.get(code, Ours(code)) for code in codes.split(",") if code] or [Ours("")]
    return listing([first, *(Ours(name[:1].lower() + name[1:]) for name in others)])
