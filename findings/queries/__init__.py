"""Every read of the thread: single things, pages and counts, whole threads, and the gaps of an authority."""

from findings.colours_in_sql import ActionTotals, CalledDone, count_called_done, count_standings, total_actions
from findings.queries.area_order import AreaSort
from findings.queries.gap_counts import Unanswered, count_gaps, unanswered, unanswered_items
from findings.queries.gap_pages import GapFilter, GapPage, OwnedGap, page_of_gaps
from findings.queries.gaps import list_gaps
from findings.queries.judged import judged_areas, open_areas_by_impact
from findings.queries.lists import (
    LARGEST_PAGE,
    ActionFilter,
    AreaFilter,
    FindingFilter,
    Page,
    action_numbers,
    area_numbers,
    count_actions,
    count_areas,
    count_findings,
    finding_numbers,
    list_actions,
    list_areas,
    list_findings,
    those_numbered,
)
from findings.queries.plans import get_whole_plan, list_reviews_to_hold
from findings.queries.single import (
    get_action,
    get_area,
    get_finding,
    get_inspection,
    get_plan,
    list_inspections,
    list_judgements,
    list_plans,
    list_themes,
)
from findings.queries.threads import load_everything, load_rows, weave_areas
from findings.queries.totals import FindingTotals, total_findings

__all__ = [
    "LARGEST_PAGE",
    "ActionFilter",
    "ActionTotals",
    "AreaFilter",
    "AreaSort",
    "CalledDone",
    "FindingFilter",
    "FindingTotals",
    "GapFilter",
    "GapPage",
    "OwnedGap",
    "Page",
    "Unanswered",
    "action_numbers",
    "area_numbers",
    "count_actions",
    "count_areas",
    "count_called_done",
    "count_findings",
    "count_gaps",
    "count_standings",
    "finding_numbers",
    "get_action",
    "get_area",
    "get_finding",
    "get_inspection",
    "get_plan",
    "get_whole_plan",
    "judged_areas",
    "list_actions",
    "list_areas",
    "list_findings",
    "list_gaps",
    "list_inspections",
    "list_judgements",
    "list_plans",
    "list_reviews_to_hold",
    "list_themes",
    "load_everything",
    "load_rows",
    "open_areas_by_impact",
    "page_of_gaps",
    "those_numbered",
    "total_actions",
    "total_findings",
    "unanswered",
    "unanswered_items",
    "weave_areas",
]
