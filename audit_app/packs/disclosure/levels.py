"""Which field may be printed for which audience, as one table; a pack's narrator applies it. Data only.

Nothing is ever covered up: a field above the level of a pack is not put into its contents at all (PD-9, PR-3).
"""

from audit_app.disclosure.audiences import INSPECTOR, INTERNAL, LEADERSHIP, NAMES, PUBLISHABLE

__all__ = ["FIELDS", "INSPECTOR", "INTERNAL", "LEADERSHIP", "MEANINGS", "NAMES", "PUBLISHABLE"]

MEANINGS = {
    INTERNAL: "Everything the register may print, practitioner codes included. For the quality assurance team.",
    LEADERSHIP: "Case references and what auditors wrote. For directors, heads of service and the improvement board.",
    INSPECTOR: "Each audit by a name of its own in this pack; no text about a single child. For inspectors on request.",
    PUBLISHABLE: "Totals only, small numbers hidden. For anybody, members and the public included.",
}

# What a pack for everybody is marked, whatever the council's own documents are.
OPEN_MARKING = "OFFICIAL"


def marking_of(level: int, councils: str) -> str:
    """The marking a pack of this level gets by itself: the council's own, but the open one where everybody may read."""
    return OPEN_MARKING if level == PUBLISHABLE else councils


def marking_fits(level: int, marking: str) -> bool:
    """Whether a marking says what the level means: nothing for everybody is sensitive or secret."""
    return level != PUBLISHABLE or not any(
        word in marking.upper() for word in ("SENSITIVE", "SECRET", "RESTRICTED", "CONFIDENTIAL")
    )


_LEADS = "it leads to a single child’s record"
_CHILD = "it is about a single child’s record"
_STAFF = "it points to a member of staff"
_WORKING = "it is a working note of the council"
_SINGLE = "a publishable pack shows totals, not single records"

# Field: the highest level at which it may be printed, what it is called, why it is left out above that.
FIELDS: dict[str, tuple[int, str, str]] = {
    "finding.title": (PUBLISHABLE, "Titles of findings", ""),
    "finding.text": (PUBLISHABLE, "Text of findings", ""),
    "finding.team": (INSPECTOR, "The team a finding is about", "a small team could be recognised"),
    "finding.paragraph": (PUBLISHABLE, "Paragraph numbers", ""),
    "finding.timescale": (PUBLISHABLE, "Time limits that a report gives", ""),
    "finding.agencies": (PUBLISHABLE, "The bodies a finding is for", ""),
    "finding.printed_tag": (PUBLISHABLE, "Tags a report prints beside a finding", ""),
    "inspection.document": (PUBLISHABLE, "Inspections, who carried them out, and the grades they print", ""),
    "inspection.notes": (INTERNAL, "Notes on an inspection", _WORKING),
    "source.document": (PUBLISHABLE, "Titles of documents", ""),
    "source.audit": (INSPECTOR, "Which audit a finding rests on", _SINGLE),
    "source.grade": (INSPECTOR, "The grade of a single audit a finding rests on", _SINGLE),
    "source.words": (LEADERSHIP, "What a single piece of evidence said", "it may be about a single child’s record"),
    "area.heading": (PUBLISHABLE, "Headings of areas for improvement", ""),
    "area.owner_post": (PUBLISHABLE, "Posts that own areas", ""),
    "area.narrative": (PUBLISHABLE, "What an area is meant to change, and what is not yet good enough", ""),
    "area.closed_note": (INSPECTOR, "Notes on closing an area", _WORKING),
    "action.what": (PUBLISHABLE, "What an action is", ""),
    "action.lead_post": (PUBLISHABLE, "Posts that lead and deliver actions", ""),
    "action.due_words": (PUBLISHABLE, "Due dates in words, and how often an action repeats", ""),
    "action.label": (PUBLISHABLE, "The plan’s own numbers of actions", ""),
    "action.intended_impact": (PUBLISHABLE, "What an action is meant to change", ""),
    "action.starting_position": (PUBLISHABLE, "Where an action started from", ""),
    "action.impact_test": (PUBLISHABLE, "How an action will be tested, in its own words", ""),
    "action.provenance": (PUBLISHABLE, "Where the idea of an action came from", ""),
    "action.monitoring": (PUBLISHABLE, "Bodies that monitor plans, themes and actions", ""),
    "plan.about": (
        PUBLISHABLE,
        "What plans and themes are about, their aims and the corporate priorities they serve",
        "",
    ),
    "plan.staff_said": (INSPECTOR, "What staff said would help", _STAFF),
    "plan.reviews": (PUBLISHABLE, "When plans are reviewed", ""),
    "plan.review_notes": (INSPECTOR, "Notes on reviews of plans", _WORKING),
    "plan.title": (PUBLISHABLE, "Plans, their themes, owners and boards", ""),
    "plan.colours": (PUBLISHABLE, "What a plan says that its colours mean", ""),
    "action.verified_by_post": (PUBLISHABLE, "Posts that verified actions", ""),
    "action.success_measure": (PUBLISHABLE, "Success measures", ""),
    "action.progress_note": (INSPECTOR, "Progress notes", _WORKING),
    "action.completed_note": (INSPECTOR, "Notes on completing an action", _WORKING),
    "action.verified_note": (INSPECTOR, "Notes on verifying an action", _WORKING),
    "action.withdrawn_reason": (INSPECTOR, "Why an action was withdrawn", _WORKING),
    "action.date_change": (INSPECTOR, "Reasons for moving due dates", _WORKING),
    "action.risk": (LEADERSHIP, "Risks and what is done about them", _WORKING),
    "milestone.text": (INSPECTOR, "Milestones, who leads and who monitors them", _WORKING),
    "measure.figures": (PUBLISHABLE, "Figures of measures", ""),
    "impact.narrative": (PUBLISHABLE, "What was judged to be different", ""),
    "impact.tested_by": (INSPECTOR, "Who carried out a test of impact", _STAFF),
    "impact.judged_by_post": (PUBLISHABLE, "The post that judged impact", ""),
    "audit.reference": (LEADERSHIP, "Audit references", _LEADS),
    "audit.case_reference": (LEADERSHIP, "Case references", _LEADS),
    "audit.line": (INSPECTOR, "The list of single audits", _SINGLE),
    "audit.day": (LEADERSHIP, "The day an audit was submitted", "the month is printed instead"),
    "audit.team": (INSPECTOR, "The team whose work was audited", "a small team could be recognised"),
    "audit.grade": (INSPECTOR, "Grades of single audits", _SINGLE),
    "audit.words": (LEADERSHIP, "What auditors wrote about a child’s record", _CHILD),
    "audit.answers": (LEADERSHIP, "Answers of single audits", _CHILD),
    "audit.codes": (INTERNAL, "Practitioner and manager codes", _STAFF),
    "audit.characteristics": (INTERNAL, "Age band, ethnicity and disability of a single child", _CHILD),
    "audit_action.text": (LEADERSHIP, "Actions for a child or a practitioner", _CHILD),
    "self_assessment.grade": (INSPECTOR, "Grades that the council gives itself", "they are not published here"),
    "self_assessment.leader": (PUBLISHABLE, "What a leader wrote and signed", ""),
    "exhibit.words": (PUBLISHABLE, "What exhibits are called, show and where they are held", ""),
    "exhibit.file": (PUBLISHABLE, "Files of exhibits", ""),
    "self_assessment.text": (INSPECTOR, "What the council wrote of itself", "it is not published by a pack"),
    "evidence.about": (PUBLISHABLE, "Evidence, what it shows and what it proves", ""),
    "evidence.place": (LEADERSHIP, "Where evidence is kept, and the names of its files", "they may tell of a person"),
    "concern.text": (LEADERSHIP, "What was written of a concern about a child", _CHILD),
    "pack.control": (PUBLISHABLE, "Title, marking and document control of the pack", ""),
    "council.words": (PUBLISHABLE, "The council’s name, its own words and what its colours mean", ""),
}
