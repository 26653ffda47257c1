"""Gaps as the page lists them: each kind's heading, in the order the thread runs. Pure."""

from findings.gaps import GapCode

HEADINGS = {
    GapCode.finding_in_no_area: "Findings in no area for improvement",
    GapCode.answer_overdue: "Findings whose date for an answer has passed",
    GapCode.area_without_source: "Areas that do not say where they came from",
    GapCode.area_without_action: "Areas without an action",
    GapCode.area_without_owner: "Areas without an owner",
    GapCode.action_in_no_area: "Actions that answer no area",
    GapCode.action_without_lead: "Actions without a lead",
    GapCode.action_without_date: "Actions without a due date",
    GapCode.action_without_success_measure: "Actions without a success measure",
    GapCode.action_overdue: "Actions overdue",
    GapCode.action_not_verified: "Actions completed but not verified",
    GapCode.impact_not_judged: "Impact not judged",
    GapCode.impact_without_evidence: "Impact without evidence",
    GapCode.impact_evidence_old: "Evidence of impact out of date",
    GapCode.impact_not_sustained: "Difference not sustained",
    GapCode.plan_review_passed: "Plans whose review date has passed",
}
