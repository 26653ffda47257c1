"""Gaps as the page lists them: each kind's heading, who owns what is missing, filters and counts. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from findings.gaps import Gap, GapCode

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


@dataclass(frozen=True)
class OwnedGap:
    """A gap with whose it is: the owner of the area or lead of the action, and the judgement areas it touches."""

    gap: Gap
    owner: str
    judgement_areas: frozenset[str]


def fits(owned: OwnedGap, *, kind: str = "", owner: str = "", area: str = "") -> bool:
    """Whether a gap is of the kind, owner and judgement area asked for; what is left empty does not narrow."""
    of_kind = not kind or owned.gap.code.value == kind
    of_owner = not owner or owned.owner[:40] == owner
    return of_kind and of_owner and (not area or area in owned.judgement_areas)


def counted(gaps: Sequence[OwnedGap]) -> list[tuple[str, str, int]]:
    """How many gaps there are of each kind that occurs, in the order the thread runs."""
    counts = Counter(owned.gap.code for owned in gaps)
    return [(code.value, heading, counts[code]) for code, heading in HEADINGS.items() if counts[code]]


def owners(gaps: Sequence[OwnedGap]) -> list[str]:
    """Everybody who owns a gap, by title."""
    return sorted({owned.owner for owned in gaps if owned.owner})
