"""What hangs on a self-assessment, an inspection, a finding, an area, a plan and an action, children first.

Pure. What only points at such a thing, and stands without it, is loosened and not removed: `LOOSENED`.
"""

from sqlmodel import SQLModel

from audit_app.records.erasure.parts.hangs import Hanging
from audit_app.self_assessment import tables as own
from audit_app.self_assessment import tables_outputs as outputs
from findings import tables as thread
from findings.references import ACTION, AREA, FINDING, INSPECTION, PLAN

NUMBER, SECTION, VERSION = "assessment_number", "section_id", "version_id"
OF_SECTION = ((own.AssessmentSection, "id", NUMBER),)
OF_VERSION = ((outputs.AudienceVersion, "id", NUMBER),)
OF_CLAIM = ((own.Claim, "id", SECTION), *OF_SECTION)
OF_FINDING = ((thread.Finding, "number", "inspection_number"),)
OF_IMPACT = ((thread.ImpactJudgement, "id", "area_number"),)
OF_ACTION = ((thread.Action, "number", "plan_number"),)

ON_ASSESSMENTS: tuple[Hanging, ...] = (
    Hanging(own.Citation, "citation", "claim_id", OF_CLAIM),
    Hanging(own.Claim, "claim", SECTION, OF_SECTION),
    Hanging(own.Passage, "passage", SECTION, OF_SECTION),
    Hanging(own.AssessmentComment, "comment", SECTION, OF_SECTION),
    Hanging(own.Suggestion, "suggestion", SECTION, OF_SECTION),
    Hanging(own.PlanLine, "line of what is planned", SECTION, OF_SECTION, "lines of what is planned"),
    Hanging(own.AssessmentSection, "section", NUMBER),
    Hanging(own.AssessmentWriter, "record of a writer", NUMBER, (), "records of writers"),
    Hanging(own.LookBack, "line looking back", NUMBER, (), "lines looking back"),
    Hanging(outputs.SummaryText, "part of a summary", NUMBER, (), "parts of a summary"),
    Hanging(outputs.VersionPart, "part of a version", VERSION, OF_VERSION, "parts of a version"),
    Hanging(outputs.VersionWriter, "record of a writer", VERSION, OF_VERSION, "records of writers"),
    Hanging(outputs.AudienceVersion, "version for other readers", NUMBER, (), "versions for other readers"),
    Hanging(own.SelfAssessment, "self-assessment", "number"),
)

ON_INSPECTIONS: tuple[Hanging, ...] = (
    Hanging(thread.Source, "source", "finding_number", OF_FINDING),
    Hanging(thread.FindingInArea, "place in an area", "finding_number", OF_FINDING, "places in an area"),
    Hanging(
        thread.FindingJudgementArea, "judgement area of a finding", "finding_number", OF_FINDING,
        "judgement areas of findings",
    ),
    Hanging(thread.Finding, "finding", "inspection_number"),
    Hanging(thread.Judgement, "judgement", "inspection_number"),
    Hanging(thread.Inspection, "inspection", "number"),
)  # fmt: skip

ON_FINDINGS: tuple[Hanging, ...] = (
    Hanging(thread.Source, "source", "finding_number"),
    Hanging(thread.FindingInArea, "place in an area", "finding_number", (), "places in an area"),
    Hanging(
        thread.FindingJudgementArea, "judgement area of a finding", "finding_number", (), "judgement areas of findings"
    ),
    Hanging(thread.Finding, "finding", "number"),
)

ON_AREAS: tuple[Hanging, ...] = (
    Hanging(thread.Source, "source", "impact_id", OF_IMPACT),
    Hanging(thread.ImpactJudgement, "judgement of impact", "area_number", (), "judgements of impact"),
    Hanging(thread.FindingInArea, "place of a finding", "area_number", (), "places of findings"),
    Hanging(thread.ActionInArea, "place of an action", "area_number", (), "places of actions"),
    Hanging(thread.Measure, "measure", "area_number"),
    Hanging(thread.AreaForImprovement, "area for improvement", "number", (), "areas for improvement"),
)

# What hangs on one action, by its own number; and with a whole plan, by way of its actions.
PARTS_OF_ACTION: tuple[tuple[type[SQLModel], str, str], ...] = (
    (thread.ActionInArea, "place in an area", "places in an area"),
    (thread.ActionLead, "delivery post", ""),
    (thread.DueDateChange, "change of a due date", "changes of a due date"),
    (thread.Milestone, "milestone", ""),
    (thread.Progress, "report of progress", "reports of progress"),
    (thread.Measure, "measure", ""),
    (thread.PlanChange, "earlier state", ""),
)
ON_ACTIONS: tuple[Hanging, ...] = (
    *(Hanging(table, single, "action_number", (), many) for table, single, many in PARTS_OF_ACTION),
    Hanging(thread.Action, "action", "number"),
)
ON_PLANS: tuple[Hanging, ...] = (
    *(Hanging(table, single, "action_number", OF_ACTION, many) for table, single, many in PARTS_OF_ACTION),
    Hanging(thread.Action, "action", "plan_number"),
    Hanging(thread.Measure, "measure", "plan_number"),
    Hanging(thread.PlanChange, "earlier state", "plan_number", not_counted_with="action_number"),
    Hanging(thread.PlanReview, "review date", "plan_number"),
    Hanging(thread.PlanRisk, "risk", "plan_number"),
    Hanging(thread.Theme, "theme", "plan_number"),
    Hanging(thread.Plan, "plan", "number"),
)

ON: dict[str, tuple[Hanging, ...]] = {
    own.SELF_ASSESSMENT: ON_ASSESSMENTS,
    INSPECTION: ON_INSPECTIONS,
    FINDING: ON_FINDINGS,
    AREA: ON_AREAS,
    PLAN: ON_PLANS,
    ACTION: ON_ACTIONS,
}

# Columns that only point at such a thing: emptied when it goes, and the row that has them stays.
LOOSENED: tuple[tuple[type[SQLModel], str, str], ...] = (
    (thread.AreaForImprovement, "heading_from", FINDING),
    (own.SelfAssessment, "previous_number", own.SELF_ASSESSMENT),
)
