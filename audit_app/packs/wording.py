"""What the codes of the thread are called on paper. Data only."""

from findings.states import (
    ActionStatus,
    AreaStatus,
    Delivery,
    FindingKind,
    Impact,
    ImpactTest,
    InspectionKind,
    Origin,
    Timescale,
)

ORIGINS = {
    Origin.case_audit: "Case audits",
    Origin.inspection: "An inspection",
    Origin.peer_review: "A peer review",
    Origin.complaints_and_compliments: "Complaints and compliments",
    Origin.learning_review: "A learning review",
    Origin.children_and_young_people: "Children and young people",
    Origin.parents_and_carers: "Parents and carers",
    Origin.staff: "Staff",
    Origin.independent_reviewing_officer: "Independent reviewing officers",
    Origin.data: "Data",
    Origin.research: "Research",
    Origin.other_councils: "Other councils",
    Origin.self_identified: "The service itself",
}
KINDS = {
    FindingKind.strength: "strength",
    FindingKind.area_for_improvement: "area for improvement",
    FindingKind.area_for_priority_action: "area for priority action",
    FindingKind.recommendation: "recommendation",
    FindingKind.area_for_consideration: "area for consideration",
}
INSPECTIONS = {
    InspectionKind.inspection: "inspection",
    InspectionKind.focused_visit: "focused visit",
    InspectionKind.monitoring_visit: "monitoring visit",
    InspectionKind.peer_review: "peer review",
    InspectionKind.internal_review: "internal review",
    InspectionKind.other: "review",
}
TIMESCALES = {
    Timescale.immediately: "immediately",
    Timescale.one_month: "within one month",
    Timescale.three_months: "within three months",
    Timescale.six_months: "within six months",
    Timescale.twelve_months: "within twelve months",
}
TESTS = {
    ImpactTest.re_audit: "re-audit",
    ImpactTest.dip_sample: "a dip sample",
    ImpactTest.measure: "a measure",
    ImpactTest.voice: "what children and families say",
    ImpactTest.observation: "observation of practice",
}
SAMPLE_NOUNS = {
    ImpactTest.re_audit: ("record", "records"),
    ImpactTest.dip_sample: ("record", "records"),
    ImpactTest.measure: ("record", "records"),
    ImpactTest.voice: ("person", "people"),
    ImpactTest.observation: ("observation", "observations"),
}
IMPACTS = {
    Impact.not_yet_known: "not yet known",
    Impact.no_difference: "no difference yet",
    Impact.some_difference: "some difference",
    Impact.clear_difference: "a clear difference",
    Impact.not_sustained: "a difference that was not sustained",
}
DELIVERIES = {
    Delivery.not_started: "not started",
    Delivery.on_track: "on track",
    Delivery.at_risk: "at risk",
    Delivery.off_track: "off track",
    Delivery.complete: "complete",
}
STATUSES = {
    ActionStatus.open: "Open",
    ActionStatus.completed: "Completed, not yet verified",
    ActionStatus.verified: "Verified",
    ActionStatus.withdrawn: "Withdrawn",
}
AREA_STATUSES = {AreaStatus.open: "Open", AreaStatus.closed: "Closed"}
COLOUR_NAMES = {"blue": "Blue", "green": "Green", "amber": "Amber", "red": "Red", "grey": "Grey"}
HOW_CHOSEN = {
    "random": "Drawn at random",
    "purposive": "Chosen for a reason",
    "inspectors": "Chosen by inspectors",
    "directors": "Chosen by the director",
}
NOT_A_PICTURE = "chosen, not selected at random: not a picture of the service"
